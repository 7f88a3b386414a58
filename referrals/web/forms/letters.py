"""Forms of letters: to whom, the letter itself, that it was sent; and of the office's stationery."""

from typing import Any

from wtforms import HiddenField

from referrals.correspondence.letters import LONGEST
from referrals.directory import lists
from referrals.foundation.clock import now, today
from referrals.web.forms.base import GovForm
from referrals.web.forms.choice import Option, Radios, Select
from referrals.web.forms.dates import Day
from referrals.web.forms.enquiries import some_way, somebody
from referrals.web.forms.text import Email, LongText, Telephone, Text

ROWS = 20


class AgencyForm(GovForm):
    """Which body a letter goes to."""

    to = Select("Which body do you write to?", (), thing="a body", required="Choose a body")


class AgreementForm(GovForm):
    """That the resident agrees to a body being written to."""

    given_by = Radios("Who agreed?", somebody, required="Say who agreed")
    method = Radios("How did they agree?", some_way, required="Say how they agreed")
    given_on = Day("On which day?", thing="the day", required="Enter the day they agreed", past=True, default=today)


class WayForm(GovForm):
    """How a letter reaches the person; only what is safe is offered."""

    to = Radios("How will the letter reach them?", (), required="Choose how the letter will reach them")


class LetterForm(GovForm):
    """The letter, with its fields filled in."""

    # When the person began, so that a change made meanwhile can be shown; and the text they began with.
    opened = HiddenField(default=lambda: now().isoformat())
    text_version = HiddenField(default="0")
    name = Text("To whom?", thing="to whom the letter goes", required=False, longest=120)
    address = LongText("Address (optional)", thing="the address", required=False, longest=400, rows=4)
    reference = Text("Their reference (optional)", thing="their reference", required=False, longest=80)
    words = LongText("The letter", required="Write the letter first", longest=LONGEST, rows=ROWS)

    def shown_again(self, version: int) -> None:
        """Let it be sent over what somebody else has changed meanwhile."""
        self.version.data = version
        self.opened.data = now().isoformat()

    @property
    def made_from(self) -> int:
        """The version of the text that it began with."""
        sent = self.text_version.data or ""
        return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 7 else 0


class SentForm(GovForm):
    """How and when a letter was sent."""

    channel = Radios("How was it sent?", (), required="Choose how the letter was sent")
    sent_on = Day("On which day?", thing="the day", required="Enter the day it was sent", past=True, default=today)

    def offer(self, codes: tuple[str, ...]) -> None:
        """Offer these channels; the only one is chosen."""
        self.channel.offer([Option(code, lists.label("letter_channels", code)) for code in codes])
        if len(codes) == 1 and self.channel.data is None:
            self.channel.data = codes[0]


class TextForm(GovForm):
    """The office's own text of a kind of letter."""

    words = LongText("The text", required="Write the text of the letter", longest=LONGEST, rows=ROWS)


class LetterheadForm(GovForm):
    """How the office names itself, and how it is reached."""

    member = Text(
        "Name of the MP",
        thing="the name of the MP",
        longest=120,
        hint="As it stands at the top of letters, with MP after it.",
    )
    office = Text("Name of the office", thing="the name of the office", longest=160)
    address = LongText("Address (optional)", thing="the address", required=False, longest=400, rows=4)
    phone = Telephone("Telephone number (optional)", thing="a telephone number", required=False)
    email = Email("Email address (optional)", thing="an email address", required=False)
    web = Text("Website (optional)", thing="the website", required=False, longest=200)

    def values(self) -> dict[str, Any]:
        """What was typed, by the names of a sender."""
        return {name: self[name].data or "" for name in ("member", "office", "address", "phone", "email", "web")}
