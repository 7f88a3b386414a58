"""The forms of a letter to an MP: what only the writer knows, and the letter itself before it is used."""

from typing import Any, Final

from referrals.correspondence.fields import written
from referrals.correspondence.letters import LONGEST
from referrals.correspondence.mp_letters import Kind, MpLetter
from referrals.engagement.actions.logging import LONGEST_SUBJECT
from referrals.web.forms.base import GovForm
from referrals.web.forms.choice import Radios
from referrals.web.forms.dates import Day
from referrals.web.forms.text import LongText, Text

SMALL: Final = {"classes": "govuk-radios--small"}
WAYS: Final = (("email", "By email"), ("letter", "As a letter"))
LONGEST_ANSWER: Final = 400


class WritingForm(GovForm):
    """To which MP; what is asked besides is added for each letter by `form_for`."""

    term_id = Radios("To which MP?", (), required="Choose the MP", look=SMALL)


def form_for(letter: MpLetter, **filled: Any) -> WritingForm:
    """The form of one letter. Every answer may wait: what is missing is named in the letter itself."""
    fields: dict[str, Any] = {f"answer_{place}": _field(one) for place, one in enumerate(letter.asked)}
    made: WritingForm = type("LetterForm", (WritingForm,), fields)(**filled)
    return made


def answers_of(form: GovForm, letter: MpLetter) -> dict[str, str]:
    """What was answered, by the names of the fields."""
    found = {one.name: form[f"answer_{place}"].data for place, one in enumerate(letter.asked)}
    return {name: value if isinstance(value, str) else written(value) for name, value in found.items()}


def _field(one: Any) -> Any:
    label = f"{one.question} (optional)"
    if one.kind is Kind.DAY:
        return Day(label, thing="the day", required=False, hint=one.hint)
    return Text(label, thing="your answer", required=False, longest=LONGEST_ANSWER, hint=one.hint)


class LetterForm(GovForm):
    """The letter as it is, to be changed before it is used."""

    subject = Text("Subject", thing="the subject", longest=LONGEST_SUBJECT * 2)
    words = LongText("Letter", thing="the letter", longest=LONGEST, rows=22)
    sent_as = Radios("How did you send it?", WAYS, required="Say how you sent it", look=SMALL)
