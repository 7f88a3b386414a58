"""How much room words take in a picture, which nobody can ask of a browser beforehand, and words broken into lines."""

from typing import Final

# The advance of each character in hundredths of the size, of DejaVu Sans: the widest font that pages fall back to.
_ADVANCES: Final = {
    "'": 27, "ijl": 28, "IJ": 30, " ,.’": 32, "/:;\\|": 34, "f-": 36, "()[]t!": 40, "r": 41, '"': 46, "*_`–": 50,
    "sz“”?": 53, "c": 55, "L": 56, "Fkvxy": 59, "PTYao": 61, "ESbdghnpque": 63, "$0123456789{}£": 64, "K": 66,
    "ABRVXZ": 69, "C": 70, "U": 73, "HNDG": 77, "&OQ": 79, "w": 82, "#+<=>^~": 84, "M": 86, "m%": 97,
}  # fmt: skip
_ADVANCE: Final = {character: advance for group, advance in _ADVANCES.items() for character in group}
_WIDEST: Final = 100
_BOLD: Final = 1.13
ELLIPSIS: Final = "…"


def width_of(words: str, size: float, *, bold: bool = False) -> float:
    """The width of a line of words, rather too much than too little."""
    width = sum(_ADVANCE.get(character, _WIDEST) for character in words) * size / 100
    return width * _BOLD if bold else width


def wrapped(words: str, room: float, size: float, *, bold: bool = False, most: int = 3) -> list[str]:
    """The words in as many lines as they need, at most so many, none of them wider than the room."""
    lines: list[str] = []
    for word in words.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width_of(longer, size, bold=bold) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    if len(lines) > most:
        lines = [*lines[: most - 1], f"{lines[most - 1]}{ELLIPSIS}"]
    return [_cut(line, room, size, bold=bold) for line in lines] or [""]


def _cut(line: str, room: float, size: float, *, bold: bool) -> str:
    if width_of(line, size, bold=bold) <= room:
        return line
    kept = line.removesuffix(ELLIPSIS)
    while kept and width_of(kept + ELLIPSIS, size, bold=bold) > room:
        kept = kept[:-1]
    return kept.rstrip() + ELLIPSIS
