"""The downloads: numbers as numbers, words that cannot run, and a name that says nothing about anybody."""

import csv
import io
import json
import zipfile
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from referrals.foundation.spreadsheets import Sheet, to_workbook
from referrals.reporting.formats import FORMATS
from referrals.reporting.formats.as_csv import to_csv
from referrals.reporting.formats.as_json import to_json
from referrals.reporting.formats.as_xlsx import to_xlsx
from referrals.reporting.periods import quarter
from referrals.reporting.report import Column, Report, Row, Table, Unit

DANGEROUS = ["=1+1", "+44 20", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1"]


def a_report(about: str = "White City", label: str = "Regular payment") -> Report:
    table = Table(
        key="money",
        title="Money",
        first="Kind",
        columns=(Column("Claimed", Unit.POUNDS), Column("Referrals"), Column("Median", Unit.DAYS)),
        rows=(Row(label, (Decimal("1234.50"), 12, None)),),
        total=Row("All", (Decimal("-1E+3"), 0, Decimal("8.5"))),
    )
    return Report(
        name="outcomes",
        title="Outcomes",
        about=about,
        period=quarter(date(2026, 5, 5)),
        headline=(),
        figures=(),
        tables=(table,),
        definitions=(),
        counted_on=date(2026, 11, 23),
        precision="exact",
    )


def read(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_one_line_a_number() -> None:
    content = to_csv(a_report())
    assert content.startswith(b"\xef\xbb\xbf")
    start = ["Outcomes", "White City", "2026-04-01", "2026-06-30", "Money"]
    assert read(content)[1:] == [
        [*start, "Regular payment", "Claimed", "pounds", "1234.50", "exact"],
        [*start, "Regular payment", "Referrals", "referrals", "12", "exact"],
        [*start, "Regular payment", "Median", "days", "", "not shown"],
        [*start, "All", "Claimed", "pounds", "-1000", "exact"],
        [*start, "All", "Referrals", "referrals", "0", "exact"],
        [*start, "All", "Median", "days", "8.5", "exact"],
    ]


@pytest.mark.parametrize("words", DANGEROUS)
def test_words_never_run(words: str) -> None:
    lines = read(to_csv(a_report(about=words, label=words)))[1:]
    assert len(lines) >= 3
    for line in lines:
        assert line[1] == f"'{words}"
        assert line[5] in (f"'{words}", "All")


@pytest.mark.parametrize("words", ['He said "no"', "a,b;c", "line\nbreak =1", "5 - 3", "Štěpán’s group"])
def test_other_words_stay_as_they_are(words: str) -> None:
    assert read(to_csv(a_report(about=words)))[1][1] == words


@pytest.mark.parametrize("code", FORMATS)
def test_the_file_name_is_plain(code: str) -> None:
    assert FORMATS[code].file_name(a_report(about="../../Mrs Example\r\n")) == f"outcomes-2026-q2.{code}"


def test_json_says_all_of_it() -> None:
    found = json.loads(to_json(a_report()))
    assert (found["about"], found["period"]["from"], found["precision"]) == ("White City", "2026-04-01", "exact")
    (table,) = found["tables"]
    assert [measure["unit"] for measure in table["measures"]] == ["pounds", "referrals", "days"]
    assert table["lines"] == [{"label": "Regular payment", "values": [1234.5, 12, None]}]
    assert table["total"] == {"label": "All", "values": [-1000, 0, 8.5]}


MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def sheets_of(content: bytes) -> dict[str, list[list[Any]]]:
    """The cells of each sheet by its name, as Excel reads them: words as text, numbers as numbers."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        shared = [
            # What XML cannot hold is written so (ECMA-376, part 1, 22.9.2.19).
            "".join(part.text or "" for part in item.iter(f"{MAIN}t")).replace("_x000D_", "\r")
            for item in ET.fromstring(book.read("xl/sharedStrings.xml"))
        ]
        names = [one.get("name") for one in ET.fromstring(book.read("xl/workbook.xml")).iter(f"{MAIN}sheet")]
        pages = [ET.fromstring(book.read(f"xl/worksheets/sheet{number}.xml")) for number in range(1, len(names) + 1)]
    assert not [cell for page in pages for cell in page.iter(f"{MAIN}f")]
    return {
        str(name): [_cells(row, shared) for row in page.iter(f"{MAIN}row")]
        for name, page in zip(names, pages, strict=True)
    }


def _cells(row: Any, shared: list[str]) -> list[Any]:
    found = []
    for cell in row.iter(f"{MAIN}c"):
        value = cell.findtext(f"{MAIN}v")
        found.append(shared[int(value)] if cell.get("t") == "s" else float(value))
    return found


def test_a_workbook_has_a_sheet_for_each_table() -> None:
    sheets = sheets_of(to_xlsx(a_report()))
    assert list(sheets) == ["Outcomes", "Money", "How we count"]
    assert sheets["Money"] == [
        ["Kind", "Claimed", "Referrals", "Median"],
        ["Regular payment", 1234.5, 12, "not shown"],
        ["All", -1000, 0, 8.5],
    ]
    assert ["About", "White City"] in sheets["Outcomes"]


@pytest.mark.parametrize("words", DANGEROUS)
def test_in_a_workbook_words_are_words(words: str) -> None:
    sheets = sheets_of(to_xlsx(a_report(about=words, label=words)))
    assert sheets["Money"][1][0].strip() == words.strip()


def test_the_name_of_a_sheet_ends_with_a_whole_word() -> None:
    (table,) = a_report().tables
    long = "What the office claims, and what the group says"
    sheets = sheets_of(to_xlsx(replace(a_report(), tables=(replace(table, title=long),))))
    assert "What the office claims, and" in sheets


def test_a_whole_number_has_no_point_behind_it() -> None:
    book = zipfile.ZipFile(io.BytesIO(to_workbook("Numbers", [Sheet("Numbers", ["A"], [[1005], [Decimal("15.5")]])])))
    styles = book.read("xl/styles.xml").decode()
    assert "#,##0.##" not in styles
    assert "#,##0.0#" in styles


@pytest.mark.parametrize("title", ["A/B: [c]*?", "x" * 40, "How we count", "'"])
def test_a_sheet_has_a_name_that_excel_takes(title: str) -> None:
    (table,) = a_report().tables
    sheets = sheets_of(to_xlsx(replace(a_report(), tables=(replace(table, title=title), replace(table, title=title)))))
    assert len(sheets) == 4
    assert all(0 < len(name) <= 31 and not set(name) & set("[]:*?/\\'") for name in sheets)
