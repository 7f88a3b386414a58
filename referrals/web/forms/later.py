"""What a resident says four weeks after closing, written down by the volunteer."""

from typing import Any, Final

from referrals.casework.workflow.asks import LONGTEXT_LENGTH
from referrals.directory import lists
from referrals.web.forms.base import GovForm
from referrals.web.forms.choice import Radios
from referrals.web.forms.dates import Day
from referrals.web.forms.text import LongText

INLINE: Final = {"classes": "govuk-radios--inline govuk-radios--small"}


def _question(words: str) -> Any:
    return Radios(words, lambda: lists.current("later_answers"), thing="an answer", required=False, look=INLINE)


class LaterForm(GovForm):
    """What came of asking, and the three answers; which of them are needed is checked by the action."""

    result = Radios("What came of asking?", lambda: lists.current("later_results"), required="Say what came of asking")
    helped_forward = _question("Did it help you find a way forward?")
    is_solved = _question("Is it solved?")
    less_worried = _question("Are you less worried?")
    way = Radios("How did you ask?", lambda: lists.current("later_ways"), thing="how you asked", required=False)
    on = Day("On which day did they answer?", thing="the day", required=False, past=True)
    words = LongText(
        "Anything else they said? (optional)",
        thing="what they said",
        required=False,
        longest=LONGTEXT_LENGTH,
        hint="The group and the office can both read this. Write only what the person is glad to have passed on.",
    )
