"""Reading a report in a test: its lines by what they are called, and what a spread of days should be."""

from datetime import date
from math import ceil
from statistics import median
from typing import Any

from referrals.reporting import catalogue
from referrals.reporting.report import Report
from tests import people
from tests.people import Someone
from tests.reporting import making
from tests.reporting.counting import day

Row = dict[str, Any]
TODAY = making.NOW.date()
PERIODS = {
    "all": (None, TODAY),
    "2025": (date(2025, 1, 1), date(2025, 12, 31)),
    "2026-q2": (date(2026, 4, 1), date(2026, 6, 30)),
}
CATEGORIES = {
    "housing": "Housing",
    "health": "Health and care",
    "welfare": "Benefits and money",
    "other": "Something else",
    None: "No category",
}


def report(name: str, person: Someone, period: str | None = "all") -> Report:
    """The report of that name as somebody reads it."""
    return catalogue.request(name, period, person.viewer).build()


def lines(found: Report, key: str) -> dict[str, tuple[Any, ...]]:
    """The values of each line of one table, its total among them."""
    (table,) = [one for one in found.tables if one.key == key]
    return {row.label: row.values for row in (*table.rows, *([table.total] if table.total else ()))}


def owned(rows: list[Row], person: Someone) -> list[Row]:
    """The referrals that count for a lead or a manager: theirs, sent, and not by mistake."""
    owner = "office_id" if person is people.MANAGER else "group_id"
    mine = [row for row in rows if row[owner] == person.place.id]
    return [row for row in mine if row["submitted_at"] and row["state"] != "entered_in_error"]


def within(moment: Any, period: str) -> bool:
    """Whether a moment falls into one of the PERIODS; never for an empty one."""
    first, last = PERIODS[period]
    return moment is not None and (first or date.min) <= day(moment) <= last


def spread(days: list[int]) -> tuple[Any, Any, int]:
    """The median, what nine of ten took at most, and how many there are."""
    found = sorted(days)
    return (median(found), found[ceil(len(found) * 0.9) - 1], len(found)) if found else (None, None, 0)
