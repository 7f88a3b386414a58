"""The forms of a signpost: the short one of the home page, and the one with the day on its own page."""

from typing import Any

from wtforms.validators import StopValidation

from referrals.casework.actions.signposting import MOST
from referrals.directory import lists
from referrals.web.forms.base import GovForm
from referrals.web.forms.choice import Select
from referrals.web.forms.dates import Day
from referrals.web.forms.text import Text


class Number(Text):
    """A whole number from 1 on, typed on a short line; `data` stays what was typed, `number` is what it says."""

    def __init__(self, label: str, *, most: int, **kwargs: Any) -> None:
        self.most = most
        look = {"classes": "govuk-input--width-3", "inputmode": "numeric", "autocomplete": "off"}
        super().__init__(label, longest=10, look=look, **kwargs)

    @property
    def number(self) -> int:
        """The number, or 0 where none was typed."""
        typed = self.data or ""
        return int(typed) if typed.isascii() and typed.isdigit() else 0

    def check(self, text: str) -> None:
        """Refuse what is no number between 1 and the most."""
        if not 1 <= self.number <= self.most:
            raise StopValidation(f"Enter a number from 1 to {self.most}")


class SignpostForm(GovForm):
    """What it was about, where they were told to go, when, and how many people."""

    category = Select("What was it about?", lambda: lists.current("categories"), required="Choose what it was about")
    destination = Select(
        "Where did you tell them to go?",
        lambda: lists.current("signpost_destinations"),
        required="Choose where they were told to go",
    )
    number = Number("How many people?", most=MOST, required="Enter how many people", default="1")
    day = Day("On which day?", thing="the day", required="Enter the day", past=True)
