"""Looking for words in raw bytes, however they may be written there: case, spacing, backwards, hexadecimal, base64."""

import base64
import json
from collections.abc import Iterable, Iterator

import numpy as np

# Shorter ones are found anywhere by chance.
SHORTEST = 6
# Without the spaces between words, shorter ones come together by chance ("is allowed" holds "sallow").
LONG_ENOUGH = 10
# Of a long text it is enough to find a part.
PART = 20
SPACES = b" \t\r\n\f\v"
# How many bytes are looked at in one go, and how many numbers there are for the beginnings of words.
BLOCK = 1 << 20
BITS = 24
# Spreads the beginnings evenly over those numbers (Knuth, The Art of Computer Programming, 6.4).
SPREAD = np.uint64(0x9E3779B97F4A7C15)


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
        self._numbers = np.zeros(1 << BITS, dtype=bool)
        self._numbers[numbered(b"".join(self._by_start))[::SHORTEST]] = True

    def found_in(self, raw: bytes) -> set[str]:
        """The words that stand somewhere in these bytes."""
        low = raw.lower()
        close = {word for word in self._look(low.translate(None, SPACES)) if len("".join(word.split())) >= LONG_ENOUGH}
        return self._look(low) | close

    def _look(self, raw: bytes) -> set[str]:
        starts, found = self._by_start, set()
        for place in self._worth_a_look(raw):
            if (start := raw[place : place + SHORTEST]) in starts:
                found |= {word for way, word in starts[start] if raw.startswith(way, place)}
        return found

    def _worth_a_look(self, raw: bytes) -> Iterator[int]:
        """Where a word may begin: everywhere one does, and at a few places more."""
        for begin in range(0, len(raw), BLOCK):
            numbers = numbered(raw[begin : begin + BLOCK + SHORTEST - 1])
            yield from (begin + int(place) for place in np.flatnonzero(self._numbers[numbers]))


def numbered(raw: bytes) -> np.ndarray:
    """For each place in these bytes a number made of those that begin there, as many as the shortest word has."""
    length = max(len(raw) - SHORTEST + 1, 0)
    # Eight bytes from each place on, of which the last two are pushed out again.
    eight = np.ndarray(length, dtype="<u8", buffer=raw + b"\0\0", strides=(1,))
    return ((eight << np.uint64(64 - 8 * SHORTEST)) * SPREAD) >> np.uint64(64 - BITS)
