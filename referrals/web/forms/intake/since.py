"""The field for "since when": a day, a month and year, or how long ago, in whatever way people write it."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, Final

from wtforms import Field
from wtforms.validators import StopValidation

from referrals.foundation.clock import today
from referrals.web.filters import day as full_day
from referrals.web.forms.dates import month_number
from referrals.web.forms.text import typed_text
from referrals.web.forms.widgets import TextBox

LONGEST: Final = 60
NUMBERS: Final = {
    "a": 1, "an": 1, "one": 1, "two": 2, "couple": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "fifteen": 15, "eighteen": 18, "twenty": 20,
}  # fmt: skip

_AGO = re.compile(
    r"(?:(?:about|around|over|nearly|almost|some|for|more than|at least|a)\s+)*?"
    r"(?P<number>[0-9]{1,3}|[a-z]+)(?:\s+of)?\s+(?P<unit>day|week|month|year)s?(?:\s+ago)?"
)
_DAY = re.compile(r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?[\s./-]+(?P<month>[0-9]{1,2}|[a-z]+)[\s./-]+(?P<year>[0-9]{4})")
_MONTH = re.compile(r"(?P<month>[0-9]{1,2}|[a-z]+)[\s./-]+(?P<year>[0-9]{4})")
_ISO = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})")


def parse_since(text: str, on: date) -> date | None:
    """The day meant by "14 March 2026", "14/3/2026", "March 2026" (its first day) or "nine months" (back from `on`).

    None for anything else. Months count to the same day of the month, or to the last one where there is no such day.
    """
    words = re.sub(r"[,\s]+", " ", text.strip().lower()).removeprefix("since ")
    if words in {"today", "yesterday"}:
        return on - timedelta(days=words == "yesterday")
    if match := _AGO.fullmatch(words):
        return _ago(match["number"], match["unit"], on)
    for pattern in (_ISO, _DAY, _MONTH):
        if match := pattern.fullmatch(words):
            return _date(match.groupdict())
    return None


def _ago(number: str, unit: str, on: date) -> date | None:
    count = int(number) if number.isdigit() else NUMBERS.get(number)
    return None if count is None else _STEPS[unit](on, count)


def _months_before(on: date, count: int) -> date | None:
    months = on.year * 12 + on.month - 1 - count
    year, month = divmod(months, 12)
    for day in range(on.day, 0, -1):
        try:
            return date(year, month + 1, day)
        except ValueError:
            continue
    return None


_STEPS: Final[dict[str, Callable[[date, int], date | None]]] = {
    "day": lambda on, count: on - timedelta(days=count),
    "week": lambda on, count: on - timedelta(weeks=count),
    "month": _months_before,
    "year": lambda on, count: _months_before(on, 12 * count),
}


def _date(parts: dict[str, str]) -> date | None:
    try:
        return date(int(parts["year"]), int(month_number(parts["month"])), int(parts.get("day", "1")))
    except ValueError:
        return None


class Since(Field):
    """A day in the past, typed on one line; `data` is a date or None."""

    widget: Any = TextBox()

    def __init__(self, label: str, *, hint: str = "", **kwargs: Any) -> None:
        self.look: dict[str, Any] = {"classes": "govuk-input--width-20", "autocomplete": "off"}
        super().__init__(label, description=hint, **kwargs)

    def _value(self) -> str:
        if self.raw_data is not None:
            return typed_text(self)
        # The first of a month is how "March 2026" is kept.
        return "" if self.data is None else full_day(self.data).removeprefix("1 ")

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read what was typed; ValueError when it is no time that can be understood."""
        self.data = None
        text = typed_text(self)
        if not text:
            return
        self.data = parse_since(text, today()) if len(text) <= LONGEST else None
        if self.data is None:
            raise ValueError(f"Enter a month and year like March {today().year}, or how long, like 9 months")

    def pre_validate(self, form: Any) -> None:
        """Refuse days to come, and days before anybody now living."""
        if self.process_errors:
            raise StopValidation
        if self.data is not None and self.data > today():
            raise StopValidation("The date must be today or in the past")
        if self.data is not None and self.data.year < today().year - 100:
            raise StopValidation("Check the year of this date")
