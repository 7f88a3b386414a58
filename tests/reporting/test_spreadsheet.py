"""The download: numbers as numbers, words that cannot run, and a name that says nothing about anybody."""

import csv
import io
from datetime import date
from decimal import Decimal

import pytest

from referrals.reporting import spreadsheet
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
    content = spreadsheet.to_csv(a_report())
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
    for line in read(spreadsheet.to_csv(a_report(about=words, label=words)))[1:]:
        assert line[1] == f"'{words}"
        assert line[5] in (f"'{words}", "All")


@pytest.mark.parametrize("words", ['He said "no"', "a,b;c", "line\nbreak =1", "5 - 3", "Štěpán’s group"])
def test_other_words_stay_as_they_are(words: str) -> None:
    assert read(spreadsheet.to_csv(a_report(about=words)))[1][1] == words


def test_the_file_name_is_plain() -> None:
    assert spreadsheet.file_name(a_report(about="../../Mrs Example\r\n")) == "outcomes-2026-q2.csv"
