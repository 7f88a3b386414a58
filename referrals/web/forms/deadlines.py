"""Forms of the rights clock: a date, another last day, and the end of a deadline."""

import re
from datetime import datetime, time
from typing import Any, Final

from wtforms.validators import StopValidation

from referrals.casework.deadlines import Trigger
from referrals.casework.workflow.asks import LONGTEXT_LENGTH
from referrals.foundation.clock import LONDON
from referrals.web.forms.base import GovForm
from referrals.web.forms.choice import Option, Radios
from referrals.web.forms.dates import Day
from referrals.web.forms.text import LongText, Text

_TIME: Final = re.compile(r"([0-9]{1,2})(?:[:.]([0-9]{2}))? ?(am|pm)?", re.IGNORECASE)
_NAMED: Final = {"midday": time(12), "noon": time(12), "midnight": time(0)}
BY_RULE, MET, DROPPED = "counted", "met", "dropped"


class TimeOfDay(Text):
    """A time of day, typed as people do; `time` is what was meant, or None for none."""

    @property
    def time(self) -> time | None:
        """The time that was typed; None where nothing, or none that there is, was."""
        return read_time(self.data or "")

    def check(self, text: str) -> None:
        """Refuse what is no time."""
        if read_time(text) is None:
            raise StopValidation("Enter a time, like 2:30pm or 14:30")


def read_time(text: str) -> time | None:
    """`14:30`, `2.30 pm`, `2pm` or `midday` as a time; None for anything else."""
    found = _TIME.fullmatch(text)
    if found is None:
        return _NAMED.get(text.lower())
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").lower()
    if half and not 1 <= hour <= 12:
        return None
    hour = hour % 12 + (12 if half == "pm" else 0) if half else hour
    # A bare number without minutes or half could be anything.
    return time(hour, minute) if hour < 24 and minute < 60 and (half or found[2]) else None


class DateForm(GovForm):
    """What the form of every date shares."""

    def exactly(self) -> datetime | None:
        """The exact moment, where a time was asked for and given."""
        given: Any = getattr(self, "moment", None)
        if given is None or given.time is None or self["day"].data is None:
            return None
        return datetime.combine(self["day"].data, given.time, LONDON)


def date_form(trigger: Trigger) -> type[DateForm]:
    """The form for one kind of date."""
    fields: dict[str, Any] = {
        "day": Day(
            trigger.question,
            thing="the date",
            required="Enter the date",
            past=not trigger.may_lie_ahead,
            hint=trigger.hint,
        )
    }
    if trigger.timed:
        fields["moment"] = TimeOfDay(
            "At what time? (optional)",
            thing="the time",
            required=False,
            longest=10,
            hint="For example, 2:30pm or 14:30",
            look={"classes": "govuk-input--width-5"},
        )
    fields["words"] = LongText(
        "Anything to add? (optional)",
        thing="what you add",
        required=False,
        longest=LONGTEXT_LENGTH,
        rows=3,
        hint="The group and the office can both read this.",
    )
    return type("DateForm", (DateForm,), fields)


class WithdrawDateForm(GovForm):
    """Why a date was wrong."""

    reason = LongText(
        "What was wrong with it?",
        required="Say what was wrong with it",
        longest=LONGTEXT_LENGTH,
        rows=3,
        hint="The group and the office can both read this.",
    )


class LastDayForm(GovForm):
    """Another last day than the rule counts."""

    day = Day("What is the last day?", thing="the last day", required="Enter the last day")
    reason = LongText(
        "Why is it another day?",
        required="Say why the last day is another one",
        longest=LONGTEXT_LENGTH,
        rows=3,
        hint="For example: the letter says so, or more time was given. The group and the office can both read this.",
    )


class EndForm(GovForm):
    """That a deadline is over."""

    how = Radios(
        "What happened?",
        [
            Option(MET, "It was done", reveals="day"),
            Option(DROPPED, "It no longer applies", "It does not concern this person, or it is too late", "reason"),
        ],
        required="Say what happened",
    )
    day = Day("On which day was it done?", thing="the day", required=False)
    reason = LongText(
        "Why does it no longer apply?",
        required=False,
        longest=LONGTEXT_LENGTH,
        rows=3,
        hint="The group and the office can both read this.",
    )
