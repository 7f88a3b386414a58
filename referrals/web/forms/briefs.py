"""The forms of a brief for an MP: its words, the approval, what the MP did, and the results behind it."""

from collections.abc import Iterable
from typing import Any

from referrals.directory import lists
from referrals.publishing.actions.answering import LONGEST, LONGEST_LINK
from referrals.publishing.briefs.wording import LONGEST as PART_LENGTH
from referrals.web.forms.base import GovForm
from referrals.web.forms.choice import Checkbox, Checkboxes, Radios, Select
from referrals.web.forms.dates import Day
from referrals.web.forms.text import LongText, Text


def part(label: str, *, required: bool | str = False, hint: str = "") -> LongText:
    """A field for one part of a brief."""
    thing = f"“{label}”"
    return LongText(label, thing=thing, required=required, longest=PART_LENGTH, hint=hint)


class BriefForm(GovForm):
    """What a brief says and asks."""

    happening = part("What keeps happening", required="Say what keeps happening")
    answers = part("How the body answers")
    costs = part("What it costs people")
    worked = part("What has already worked")
    asks = Checkboxes(
        "What do you ask of the MP?",
        lambda: lists.current("brief_asks"),
        required="Choose what you ask of the MP",
        look={"classes": "govuk-checkboxes--small"},
    )
    asking = part("In your own words (optional)", hint="What exactly, of whom, and by when.")
    meeting_on = Day(
        "When do you next meet the office? (optional)",
        thing="the day of the meeting",
        required=False,
        future=True,
        hint="Filled in from your planned meetings with this MP, where there is one.",
    )
    story_slug = Select(
        "A case study that goes with it (optional)",
        (),
        thing="a case study",
        required=False,
        nothing="None",
        hint="Published ones that reports may name. It is linked, and left out again as soon as it is taken down.",
    )


class ApproveForm(GovForm):
    """That somebody has read it as a stranger would."""

    looked = Checkbox(
        "I have read every word. Nobody can be recognised in it, and every number is one that is shown in the figures.",
        required="Tick the box when you have read every word",
    )


class AnswerForm(GovForm):
    """What the MP did with a brief."""

    kind = Radios("What did the MP do?", lambda: lists.current("brief_answers"), required="Choose what the MP did")
    happened_on = Day("On which day?", thing="the day", required="Enter the day", past=True)
    link = Text(
        "Where can it be read? (optional)",
        thing="the address",
        required=False,
        longest=LONGEST_LINK,
        hint="For example a page of Hansard.",
        look={"type": "url", "spellcheck": False},
    )
    words = LongText(
        "Anything to add? (optional)",
        thing="what you add",
        required=False,
        longest=LONGEST,
        hint="Those who wrote the brief read this. No names of residents.",
    )


class Results(Checkboxes):
    """Results to choose from; those that were there when the page was made are for the action to take or refuse."""

    known: frozenset[str] = frozenset()

    def refuse_unoffered(self, values: Iterable[str]) -> None:
        """Only referrals behind the brief: a form sent twice names one that is not offered any more."""
        super().refuse_unoffered(set(values) - self.known)


class ResultsForm(GovForm):
    """The results to which it is added that the MP raised the wider issue."""

    referrals = Results("Results that the group has not answered yet", (), required="Choose at least one result")

    def offer(self, choices: Any, known: Iterable[str]) -> None:
        """Which results there are to choose from, and all that are behind the brief."""
        self.referrals.offer(choices)
        self.referrals.known = frozenset(known)
