"""Forms of the referral page that are no transition: notes, steps, the next action, consents, and finding."""

from typing import Final

from referrals.casework.workflow.asks import LONGTEXT_LENGTH, TEXT_LENGTH, facets
from referrals.directory import lists
from referrals.web.forms.base import GovForm
from referrals.web.forms.choice import Checkbox, Radios, Select
from referrals.web.forms.dates import Day
from referrals.web.forms.moves import named_with_parents
from referrals.web.forms.text import LongText, Text

LONGEST_SEARCH: Final = 100
FACETS: Final = ("category", "issue_type", "sensitivity", "transferability")
SENSITIVITY, TRANSFERABILITY = facets()


class PrivateNoteForm(GovForm):
    """A note that only the writer's own organisation reads."""

    body = LongText("Note", id="private-note", required="Write the note first", longest=LONGTEXT_LENGTH)


class MessageForm(GovForm):
    """A message to the other side."""

    body = LongText("Message", id="message", required="Write the message first", longest=LONGTEXT_LENGTH)


class PlainForm(GovForm):
    """A form with nothing to fill in: a confirmation, or a button."""


class MilestoneForm(GovForm):
    """A dated step on the way."""

    code = Select("What happened?", lambda: lists.current("milestones"), required="Choose what happened")
    happened_on = Day("On which day?", thing="the day", required="Enter the day it happened", past=True)
    words = LongText(
        "Anything to add? (optional)",
        thing="what you add",
        required=False,
        longest=LONGTEXT_LENGTH,
        hint="The group and the office can both read this.",
    )


class NextActionForm(GovForm):
    """What the office does next, and when."""

    next_action = Text(
        "What will you do next?",
        required="Say what you will do next",
        longest=TEXT_LENGTH,
        hint="The group reads this. For example: Write to the department.",
    )
    next_action_on = Day("On which day?", thing="the day", required="Enter the day of the next action", future=True)


class TurnForm(GovForm):
    """Whose turn it is while a case is worked on."""

    waiting_on = Radios(
        "Whose turn is it?",
        lambda: [entry for entry in lists.current("waiting_on") if entry.code != "referrer"],
        required="Choose whose turn it is",
        hint="To wait for the group, ask for information instead.",
    )
    due_on = Day(
        "By when should they act?",
        thing="the day",
        required=False,
        future=True,
        hint="Leave this empty for the usual time.",
    )


class FacetsForm(GovForm):
    """What a case is about, and how it is to be handled."""

    category = Radios(
        "Category",
        lambda: lists.current("categories"),
        required="Choose a category",
        look={"classes": "govuk-radios--small"},
    )
    issue_type = Select(
        "Type of issue",
        lambda: named_with_parents(lists.current("issue_types")),
        thing="a type of issue",
        required=False,
        hint="It has to belong to the category.",
    )
    sensitivity = Radios(
        SENSITIVITY.label,
        lambda: lists.current("sensitivities"),
        thing="an answer",
        required=False,
        hint=SENSITIVITY.hint,
        look={"classes": "govuk-radios--small"},
    )
    transferability = Radios(
        TRANSFERABILITY.label,
        lambda: lists.current("transferabilities"),
        thing="an answer",
        required=False,
        hint=TRANSFERABILITY.hint,
        look={"classes": "govuk-radios--small"},
    )


class WithdrawConsentForm(GovForm):
    """Why an agreement of the resident no longer holds."""

    reason = LongText(
        "Why is it withdrawn?",
        required="Say why it is withdrawn",
        longest=LONGTEXT_LENGTH,
        hint="For example, the resident asked on the telephone today.",
    )


class FeedbackScopeForm(GovForm):
    """What the resident lets the office tell the group from now on."""

    scope = Radios(
        "What may the office tell the group?",
        lambda: lists.current("consent_scopes"),
        required="Choose what the office may tell the group",
    )
    given_by = Radios("Who agreed?", lambda: lists.current("consent_capacities"), required="Say who agreed")
    method = Radios("How did they agree?", lambda: lists.current("consent_methods"), required="Say how they agreed")
    given_on = Day("On which day?", thing="the day", required="Enter the day they agreed", past=True)


class FindForm(GovForm):
    """One box for whatever is known, and where to look."""

    text = Text(
        "Find a referral",
        thing="what you are looking for",
        required="Enter a reference, name, postcode, telephone number or words of the story",
        longest=LONGEST_SEARCH,
        hint="One of these: a reference (ours or an agency’s), a name or the beginning of it, a postcode or the first "
        "half of it, a telephone number, or words of the story.",
    )
    open_only = Checkbox("Only referrals that are still open")
