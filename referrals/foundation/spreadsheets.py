"""CSV that opens with a double click, and in which nothing can run as a formula."""

import csv
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Final

# A cell that begins with one of these is a formula, or becomes one, in some spreadsheet (OWASP, "CSV injection").
_DANGEROUS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

Cell = str | int | Decimal


def to_csv(header: Sequence[str], lines: Iterable[Sequence[Cell]]) -> bytes:
    """The lines under their header, in UTF-8 with a byte order mark, so that Excel reads it as such."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([safe(cell) for cell in line] for line in lines)
    return text.getvalue().encode("utf-8-sig")


def safe(cell: Cell) -> str:
    """A cell as text. Numbers stay numbers; words that a spreadsheet would run are made words by an apostrophe."""
    if not isinstance(cell, str):
        return f"{cell:f}" if isinstance(cell, Decimal) else str(cell)
    return f"'{cell}" if cell.startswith(_DANGEROUS) else cell
