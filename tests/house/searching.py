"""Looking for words in raw bytes, however they may be written there: case, spacing, backwards, hexadecimal, base64."""

import base64
import json
from collections.abc import Iterable, Iterator

# Shorter ones are found anywhere by chance.
SHORTEST = 6
# Without the spaces between words, shorter ones come together by chance ("is allowed" holds "sallow").
LONG_ENOUGH = 10
# Of a long text it is enough to find a part.
PART = 20
SPACES = b" \t\r\n\f\v"


def parts_of(text: str) -> Iterator[str]:
    """A short text as it is, a long one in pieces."""
    text = " ".join(text.split())
    if len(text) <= PART + 8:
        yield text
        return
    for start in range(0, len(text) - PART, PART):
        yield text[start : start + PART]


def spellings(word: str) -> set[bytes]:
    """The ways in which a word may stand in raw bytes, all in lower case, as the bytes searched are."""
    bare = "".join(word.split())
    found: set[bytes] = set()
    for way in {word, word.lower(), word.upper(), bare, bare[::-1], word[::-1]}:
        plain = way.encode()
        found |= {plain, plain.hex().encode(), way.encode("utf-16-le"), json.dumps(way)[1:-1].encode()}
        # Base64 looks different at each of three places in what it encodes; the ends hang on the neighbours.
        found |= {base64.b64encode(b"\0" * shift + plain)[4 if shift else 0 : -4] for shift in range(3)}
    return {spelling.lower() for spelling in found if len(spelling) >= SHORTEST}


class Needles:
    """Words to look for, each in all its spellings."""

    def __init__(self, words: Iterable[str]) -> None:
        self.words = {word: spellings(word) for word in words if len("".join(word.split())) >= SHORTEST}
        self._by_start: dict[bytes, list[tuple[bytes, str]]] = {}
        for word, ways in self.words.items():
            for way in ways:
                self._by_start.setdefault(way[:SHORTEST], []).append((way, word))

    def found_in(self, raw: bytes) -> set[str]:
        """The words that stand somewhere in these bytes."""
        low = raw.lower()
        close = {word for word in self._look(low.translate(None, SPACES)) if len("".join(word.split())) >= LONG_ENOUGH}
        return self._look(low) | close

    def _look(self, raw: bytes) -> set[str]:
        starts, found = self._by_start, set()
        for place in range(len(raw) - SHORTEST + 1):
            start = raw[place : place + SHORTEST]
            if start in starts:
                found |= {word for way, word in starts[start] if raw.startswith(way, place)}
        return found
