"""The forms of the answers that an area keeps: looking for one, writing one, checking it, and taking it down."""

from referrals.directory import lists
from referrals.knowledge.actions import LONGEST_ANSWER, LONGEST_QUESTION, LONGEST_SOURCE, Told
from referrals.web.forms.base import GovForm
from referrals.web.forms.choice import Checkboxes, Radios, Select
from referrals.web.forms.contacts import SMALL, SMALL_BOXES
from referrals.web.forms.text import LongText, Text

LONGEST_SEARCH = 100


class SearchForm(GovForm):
    """What somebody looks for."""

    words = Text(
        "What do you want to know?",
        thing="what you look for",
        required=False,
        longest=LONGEST_SEARCH,
        hint="A word or two, like “street lights”. Each of them must be in the answer.",
        look={"autocomplete": "off"},
    )
    category = Select("About (optional)", lambda: lists.current("categories"), thing="what it is about", required=False)


class EntryForm(GovForm):
    """A question and its answer, about nobody."""

    question = Text(
        "The question, in one line",
        thing="the question",
        required="Write the question in one line",
        longest=LONGEST_QUESTION,
        hint="As anybody might ask it, not as somebody did.",
    )
    answer = LongText(
        "The answer",
        thing="the answer",
        required="Write the answer",
        longest=LONGEST_ANSWER,
        rows=9,
        hint="What is true for everybody. No names, streets or dates of one person.",
    )
    source = Text(
        "Where does it say so? (optional)",
        thing="the source",
        required=False,
        longest=LONGEST_SOURCE,
        hint="A law, a page or a body. For example: Highways Act 1980, section 97.",
    )
    category = Radios(
        "What is it about?", lambda: lists.current("categories"), required="Choose what it is about", look=SMALL
    )
    agency = Select(
        "Which body is it about? (optional)", lambda: lists.current("agencies"), thing="the body", required=False
    )

    def told(self) -> Told:
        """It as the action takes it."""
        return Told(
            question=self.question.data,
            answer=self.answer.data,
            source=self.source.data or "",
            category=self.category.data,
            agency=self.agency.data or None,
        )


class CheckForm(GovForm):
    """What whoever checks an answer has looked for."""

    checks = Checkboxes(
        "What you have looked for",
        lambda: lists.current("knowledge_checks"),
        required="Tick what you have looked for",
        hint="All of them. If one is not so, correct the answer instead.",
        look=SMALL_BOXES,
    )


class TakeDownForm(GovForm):
    """Why an answer is taken off the page."""

    why = Radios("Why?", lambda: lists.current("knowledge_endings"), required="Say why it is taken down", look=SMALL)
