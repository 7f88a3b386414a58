"""CSV and workbooks that open with a double click, and in which nothing can run as a formula."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final

import xlsxwriter

# A cell that begins with one of these is a formula, or becomes one, in some spreadsheet (OWASP, "CSV injection").
_DANGEROUS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

Cell = str | int | Decimal
Line = Sequence[Cell | None]

# What Excel does not take in the name of a sheet, and how long one may be.
_NOT_IN_NAMES: Final = re.compile(r"[\[\]:*?/\\']")
_LONGEST_NAME: Final = 31


class Look(StrEnum):
    """How the numbers of a column are written, in Excel's own codes."""

    WORDS = "@"
    # A whole number; one with a half gets its own, because Excel would write a point behind every whole one.
    NUMBER = "#,##0"
    POUNDS = "£#,##0.00"
    # The number is the percentage itself.
    PERCENT = '0"%"'


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a workbook. `looks` and `widths` (in letters) are those of its columns from the left."""

    title: str
    header: Sequence[str]
    lines: Sequence[Line]
    looks: Sequence[Look] = ()
    widths: Sequence[int] = ()
    # Whether the last line is the total of the others.
    has_total: bool = False


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


def to_workbook(title: str, sheets: Sequence[Sheet]) -> bytes:
    """An Excel workbook with these sheets, each under its own name; words are never formulas or links."""
    content = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(content, options) as book:
        book.set_properties({"title": title})
        taken: set[str] = set()
        for sheet in sheets:
            _write_sheet(book, sheet, _name(sheet.title, taken))
    return content.getvalue()


def _write_sheet(book: Any, sheet: Sheet, name: str) -> None:
    page = book.add_worksheet(name)
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    for place, width in enumerate(sheet.widths):
        page.set_column(place, place, width)
    page.write_row(0, 0, sheet.header, bold)
    page.freeze_panes(1, 1)
    for number, line in enumerate(sheet.lines, start=1):
        is_total = sheet.has_total and number == len(sheet.lines)
        for place, cell in enumerate(line):
            look = sheet.looks[place] if place < len(sheet.looks) else Look.NUMBER
            _write_cell(page, (number, place), cell, _format(book, cell, look, is_total))


def _write_cell(page: Any, place: tuple[int, int], cell: Cell | None, look: Any) -> None:
    if isinstance(cell, str):
        page.write_string(*place, cell, look)
    elif cell is not None:
        page.write_number(*place, cell, look)


def _format(book: Any, cell: Cell | None, look: Look, is_total: bool) -> Any:
    shape: dict[str, Any] = {"valign": "top", "bold": is_total, "top": 1 if is_total else 0}
    if isinstance(cell, str):
        return book.add_format(shape | {"text_wrap": True, "align": "left" if look is Look.WORDS else "general"})
    is_broken = look is Look.NUMBER and cell is not None and cell != int(cell)
    return book.add_format(shape | {"num_format": "#,##0.0#" if is_broken else look.value})


def _name(title: str, taken: set[str]) -> str:
    """A name that Excel takes, and that no other sheet has: whole words of the title, as many as there is room for."""
    plain = _NOT_IN_NAMES.sub(" ", title).strip()
    if len(plain) > _LONGEST_NAME:
        plain = plain[: _LONGEST_NAME + 1].rpartition(" ")[0].rstrip(" ,;") or plain[:_LONGEST_NAME]
    plain = plain or "Sheet"
    name, number = plain, 1
    while name.lower() in taken:
        number += 1
        name = f"{plain[: _LONGEST_NAME - 4]} {number}"
    taken.add(name.lower())
    return name
