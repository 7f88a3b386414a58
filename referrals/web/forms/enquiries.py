"""Forms of enquiries to bodies: what is asked, that the resident agrees to it, and what came of it."""

from collections.abc import Iterable

from referrals.casework.workflow.asks import LONGTEXT_LENGTH, TEXT_LENGTH
from referrals.directory import lists
from referrals.directory.lists import Item
from referrals.web.forms.base import GovForm
from referrals.web.forms.choice import Radios
from referrals.web.forms.dates import Day
from referrals.web.forms.text import LongText, Text


def somebody() -> Iterable[Item]:
    """Who can agree: whoever speaks for the resident."""
    return [item for item in lists.current("consent_capacities") if item.code != "nobody"]


def some_way() -> Iterable[Item]:
    """How they can agree."""
    return [item for item in lists.current("consent_methods") if item.code != "none"]


class AskForm(GovForm):
    """A question to a body for which the resident's agreement is there, or none is needed."""

    asked = LongText("What are you asking?", required="Write what you are asking", longest=LONGTEXT_LENGTH)
    channel = Radios(
        "How are you asking?", lambda: lists.current("enquiry_channels"), required="Choose how you are asking"
    )
    sent_on = Day("When did you ask?", thing="the day", required="Enter the day you asked", past=True)
    due_on = Day(
        "By when do you expect an answer?",
        thing="the day",
        required="Enter the day by which you expect an answer",
        hint="We suggest the usual time of your office. Half way there, a chaser will be ready for you.",
    )
    agency_reference = Text(
        "Their reference (optional)",
        thing="their reference",
        required=False,
        longest=TEXT_LENGTH,
        hint="You can find the referral by it later.",
        look={"classes": "govuk-input--width-20"},
    )


class AgreeAndAskForm(AskForm):
    """A question to a body that the resident has not agreed to yet: the agreement is recorded in the same step."""

    given_by = Radios("Who agreed?", somebody, required="Say who agreed")
    method = Radios("How did they agree?", some_way, required="Say how they agreed")
    given_on = Day("On which day?", thing="the day", required="Enter the day they agreed", past=True)


class ChangeEnquiryForm(GovForm):
    """Another day by which the answer is expected, or the body's reference, which often comes later."""

    due_on = Day(
        "By when do you expect an answer?",
        thing="the day",
        required="Enter the day by which you expect an answer",
    )
    agency_reference = Text(
        "Their reference (optional)",
        thing="their reference",
        required=False,
        longest=TEXT_LENGTH,
        hint="You can find the referral by it later.",
        look={"classes": "govuk-input--width-20"},
    )


class ChaseForm(GovForm):
    """A reminder, as it was sent."""

    words = LongText(
        "What do you say?",
        required="Write what you say",
        longest=LONGTEXT_LENGTH,
        rows=9,
        hint="Change it as you like, and copy it into your email or letter, or read it out.",
    )
    channel = Radios("How do you chase?", lambda: lists.current("enquiry_channels"), required="Choose how you chase")
    sent_on = Day("When did you chase?", thing="the day", required="Enter the day you chased", past=True)
    due_on = Day(
        "By when do you expect an answer now?",
        thing="the day",
        required="Enter the day by which you expect an answer",
    )


class AnswerForm(GovForm):
    """What came of an enquiry."""

    result = Radios("What came of it?", lambda: lists.current("enquiry_results"), required="Choose what came of it")
    on = Day("On which day?", thing="the day", required="Enter the day the answer came", past=True)
    words = LongText(
        "What did they say?",
        thing="what they said",
        required=False,
        longest=LONGTEXT_LENGTH,
        hint="Without an answer, say why you no longer wait for one.",
    )


class LastAnswerForm(AnswerForm):
    """The same for the last answer that is waited for: then it is the office's turn again."""

    next_action = Text(
        "What will you do next?",
        required="Say what you will do next",
        longest=TEXT_LENGTH,
        hint="The group reads this. For example: Tell the group what the department says.",
    )
    next_action_on = Day("On which day?", thing="the day", required="Enter the day of the next action", future=True)
