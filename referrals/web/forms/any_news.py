"""The office's answer to “any news?”."""

from referrals.casework.queries.any_news import WILL_WRITE
from referrals.casework.workflow.asks import LONGTEXT_LENGTH
from referrals.directory import lists
from referrals.web.forms.base import GovForm
from referrals.web.forms.choice import Option, Radios
from referrals.web.forms.dates import Day
from referrals.web.forms.text import LongText


class NewsForm(GovForm):
    """How things stand, and perhaps a few words."""

    answer = Radios(
        "How do things stand?",
        lambda: [
            Option(item.code, item.label, reveals="write_by" if item.code == WILL_WRITE else "")
            for item in lists.current("news_answers")
        ],
        required="Choose how things stand",
    )
    write_by = Day("By which day?", thing="the day", required="Enter the day by which you will write", future=True)
    words = LongText(
        "Anything to add? (optional)",
        thing="what you add",
        required=False,
        longest=LONGTEXT_LENGTH,
        hint="The group reads this. It cannot be taken back.",
    )
