"""The forms of the first part: what is wrong, what is wanted, since when, how urgent, and who else is involved.

Whether an answer is needed is the catalogue's to say (casework/intake.py), so no field here is required.
"""

from typing import Any

from wtforms import HiddenField

from referrals.casework.intake import ADVICE, NUMBERS
from referrals.directory import lists
from referrals.web.forms import Checkbox, Day, GovForm, LongText, Radios, Select, Text
from referrals.web.forms.intake.since import Since


class PageForm(GovForm):
    """What the form of every page carries: the fingerprint of the answers that it showed, and numbered questions."""

    seen = HiddenField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self:
            if field.name in NUMBERS:
                field.label.text = f"{NUMBERS[field.name]} {field.label.text}"


def issues_of_residents() -> list[lists.Item]:
    """What an issue can be about; a question of the group itself has a form of its own (forms/advice.py)."""
    return [entry for entry in lists.current("issue_types") if entry.code != ADVICE]


class IssueForm(PageForm):
    """What it is about."""

    issue_type = Radios("What is it about?", issues_of_residents, thing="what it is about", required=False)


class StoryForm(PageForm):
    """What has happened."""

    story = LongText(
        "What has happened?",
        thing="what has happened",
        hint="In their words, in the order it happened. Say who said what, and when.",
        longest=6000,
        rows=9,
        required=False,
    )
    summary = Text(
        "Now in one line",
        thing="the one line",
        hint="The office sees this line first. For example: Nine months without a decision on PIP. Leave out names.",
        longest=120,
        required=False,
    )


class HopesForm(PageForm):
    """What they want, and what was tried."""

    wanted = LongText(
        "What do they want to happen?",
        thing="what they want",
        hint="What would make this right for them?",
        longest=2000,
        rows=4,
        required=False,
    )
    tried = LongText(
        "What has been tried so far? (optional)",
        thing="what has been tried",
        hint="Calls, letters, complaints, appeals, and what came of them. An office often asks for this first.",
        longest=3000,
        rows=4,
        required=False,
    )


class WaitingForm(PageForm):
    """Since when, and a date that is coming."""

    waiting_since = Since(
        "Since when have they been waiting?",
        hint="A month and year is enough, like March 2026. You can also write “9 months”.",
    )
    key_date_note = Text(
        "What happens on that date?",
        thing="what happens on that date",
        hint="For example: the appeal has to be in, the bailiffs come, a hospital appointment.",
        required=False,
    )
    key_date = Day("The date", thing="the date", required=False)


class UrgencyForm(PageForm):
    """How urgent it is; urgent needs a reason and a day."""

    urgency = Radios("How urgent is it?", lambda: lists.current("urgencies"), thing="how urgent it is", required=False)
    urgency_note = LongText("Why is it urgent?", thing="why it is urgent", longest=500, rows=3, required=False)
    urgent_by = Day("By which day must something happen?", thing="the day", future=True, required=False)


class BackgroundForm(PageForm):
    """The body it is about, and others who help; all optional."""

    agency = Select("Which body is this about?", lambda: lists.current("agencies"), thing="the body", required=False)
    agency_reference = Text(
        "Their reference number",
        thing="the reference number",
        hint="A National Insurance number, a claim or case number: whatever is on the letters.",
        longest=60,
        required=False,
        look={"classes": "govuk-input--width-20", "autocomplete": "off"},
    )
    helpers = LongText(
        "Who else is helping?",
        thing="who else is helping",
        hint="A family member, an adviser, a social worker.",
        longest=1000,
        rows=3,
        required=False,
    )
    plan_priority = Checkbox("This is one of the priorities of our area’s plan")
    trusted_body_conflict = Checkbox("This is about the body that holds our group’s money")
