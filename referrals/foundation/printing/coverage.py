"""Which characters the fonts can print, read from their own tables, and text made to hold no others."""

import struct
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

# Stands for a character that cannot be printed; a tagged PDF may not have a hole where one should be.
STAND_IN: Final = "□"
# A full Unicode table, then one for the first 65,536 characters; OpenType specification, "cmap".
WHOLE: Final = 12
BASIC: Final = 4


def printable_in(files: Iterable[Path]) -> frozenset[int]:
    """The characters that some family of these files has in each of its weights; "Name-Bold.ttf" is of "Name"."""
    families: dict[str, frozenset[int]] = {}
    for file in files:
        found, family = characters_of(file.read_bytes()), file.stem.split("-")[0]
        families[family] = families.get(family, found) & found
    return frozenset().union(*families.values())


def characters_of(font: bytes) -> frozenset[int]:
    """Every character that a TrueType or OpenType font has a glyph for, by number."""
    count = struct.unpack_from(">H", font, 4)[0]
    tables = {tag: at for tag, _, at, _ in (struct.unpack_from(">4sIII", font, 12 + 16 * n) for n in range(count))}
    start = tables[b"cmap"]
    found: set[int] = set()
    for n in range(struct.unpack_from(">H", font, start + 2)[0]):
        at = start + struct.unpack_from(">I", font, start + 4 + 8 * n + 4)[0]
        kind = struct.unpack_from(">H", font, at)[0]
        if kind == WHOLE:
            found.update(_whole(font, at))
        elif kind == BASIC:
            found.update(_basic(font, at))
    return frozenset(found)


def _whole(font: bytes, at: int) -> Iterator[int]:
    for n in range(struct.unpack_from(">I", font, at + 12)[0]):
        first, last = struct.unpack_from(">II", font, at + 16 + 12 * n)
        yield from range(first, last + 1)


def _basic(font: bytes, at: int) -> Iterator[int]:
    count = struct.unpack_from(">H", font, at + 6)[0] // 2
    lasts = struct.unpack_from(f">{count}H", font, at + 14)
    firsts_at = at + 16 + 2 * count
    firsts = struct.unpack_from(f">{count}H", font, firsts_at)
    deltas = struct.unpack_from(f">{count}H", font, firsts_at + 2 * count)
    offsets_at = firsts_at + 4 * count
    offsets = struct.unpack_from(f">{count}H", font, offsets_at)
    for n, (first, last, delta, offset) in enumerate(zip(firsts, lasts, deltas, offsets, strict=True)):
        for character in range(first, min(last, 0xFFFE) + 1):
            glyph = character
            if offset:
                glyph = struct.unpack_from(">H", font, offsets_at + 2 * n + offset + 2 * (character - first))[0]
            if glyph and (glyph + delta) & 0xFFFF:
                yield character


def printable(data: Mapping[str, Any], covered: frozenset[int]) -> tuple[dict[str, Any], bool]:
    """The same data with nothing in its texts that cannot be printed, and whether anything had to be replaced."""
    cleaner = _Cleaner(covered)
    return {key: cleaner.value(value) for key, value in data.items()}, cleaner.replaced


class _Cleaner:
    def __init__(self, covered: frozenset[int]) -> None:
        self.covered = covered
        self.replaced = False

    def value(self, value: Any) -> Any:
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, Mapping):
            return {key: self.value(one) for key, one in value.items()}
        if isinstance(value, list | tuple):
            return [self.value(one) for one in value]
        return value

    def text(self, text: str) -> str:
        composed = unicodedata.normalize("NFC", text).replace("\r\n", "\n")
        return "".join(self.character(one) for one in composed)

    def character(self, character: str) -> str:
        if character in "\n\t":
            return character
        kind = unicodedata.category(character)
        # Nothing to print; what turns the direction of the words around it could also hide what they say.
        if kind in {"Cc", "Cf", "Cs"}:
            return ""
        if ord(character) in self.covered:
            return character
        if kind == "Mn":
            return ""
        self.replaced = True
        return STAND_IN
