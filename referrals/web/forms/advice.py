"""The form of a request for advice: a question about no resident, and whom to ask."""

from typing import Final

from referrals.casework.actions.advising import LONGEST_QUESTION, LONGEST_SUMMARY
from referrals.directory import lists
from referrals.web.forms.base import GovForm
from referrals.web.forms.choice import Option, Radios, Select
from referrals.web.forms.text import LongText, Postcode, Text

# Chosen in place of an office of the group's own area: then a postcode says which.
ELSEWHERE: Final = "elsewhere"


class AdviceForm(GovForm):
    """What a group wants to know, and from whose office."""

    summary = Text(
        "Your question in one line",
        thing="your question",
        required="Enter your question in one line",
        longest=LONGEST_SUMMARY,
        hint="For example: Is street lighting the council’s statutory job?",
    )
    question = LongText(
        "Say more about it",
        thing="your question",
        required="Say more about your question",
        longest=LONGEST_QUESTION,
        rows=7,
        hint="What you have seen, what you have been told, and what you would like to know. Do not name anybody here.",
    )
    category = Radios(
        "What is it about?",
        lambda: lists.current("categories"),
        required="Choose what it is about",
        look={"classes": "govuk-radios--small"},
    )
    agency = Select(
        "Which body is it about? (optional)", lambda: lists.current("agencies"), thing="the body", required=False
    )
    office = Radios("Which MP’s office do you want to ask?", (), required="Choose which MP’s office to ask")
    postcode = Postcode(
        "A postcode of the place",
        thing="the postcode",
        hint="Of a building or a street, and not of a person. It is not kept.",
        required=False,
        look={"autocomplete": "off", "classes": "govuk-input--width-10"},
    )

    def offer_offices(self, offices: list[Option]) -> None:
        """Offer the offices of the group's area, and any other by a postcode."""
        other = Option(ELSEWHERE, "Another office, found by a postcode", reveals="postcode")
        self.office.offer([*offices, other])
