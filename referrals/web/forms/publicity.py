"""The forms of publicity: an entry, a quote, a picture, and what somebody permits of it."""

from typing import Any, Final
from uuid import UUID

from wtforms import Field
from wtforms.validators import StopValidation

from referrals.directory import lists
from referrals.engagement.actions.permitting import LONGEST_PIECE, LONGEST_WHOSE, Permitted
from referrals.engagement.actions.publicising import (
    LONGEST_LINK,
    LONGEST_TITLE,
    LONGEST_WORDS,
    MOST_REACHED,
    Told,
)
from referrals.engagement.models import PICTURE, QUOTE, Publicity, PublicityPermission
from referrals.web.forms.base import GovForm
from referrals.web.forms.choice import Checkboxes, Radios, Select
from referrals.web.forms.dates import Day
from referrals.web.forms.text import LongText, Text, typed_text
from referrals.web.forms.widgets import TextBox

SMALL: Final = {"classes": "govuk-radios--small"}
ADDRESS: Final = {"type": "url", "spellcheck": False}


class HowMany(Field):
    """A whole number, as people write it: 1,200 or 1200; `data` is an int or None."""

    widget: Any = TextBox()

    def __init__(self, label: str, *, hint: str = "", **kwargs: Any) -> None:
        self.thing = "the number"
        self.look = {"classes": "govuk-input--width-10", "inputmode": "numeric", "spellcheck": False}
        super().__init__(label, description=hint, **kwargs)

    def _value(self) -> str:
        if self.raw_data is not None:
            return typed_text(self)
        return "" if self.data is None else f"{self.data:,}"

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read the number; ValueError when it is none."""
        self.data = None
        text = typed_text(self).replace(",", "").replace(" ", "")
        if not text:
            return
        if not (text.isascii() and text.isdigit() and len(text) < 12):
            raise ValueError("The number must be a whole number, like 1,200")
        self.data = int(text)

    def pre_validate(self, form: Any) -> None:
        """Refuse numbers out of bounds."""
        if self.process_errors:
            raise StopValidation
        if self.data is not None and not 0 < self.data <= MOST_REACHED:
            raise StopValidation(f"The number must be between 1 and {MOST_REACHED:,}")


class PublicityForm(GovForm):
    """An entry of the register, in the order in which somebody tells it."""

    kind = Radios("What was it?", lambda: lists.current("publicity_kinds"), required="Choose what it was", look=SMALL)
    title = Text(
        "In a line",
        thing="what it was, in a line",
        longest=LONGEST_TITLE,
        hint="For example: The MP opens our new community kitchen",
    )
    happened_on = Day("On which day?", thing="the day", required="Enter the day", past=True)
    channel = Radios(
        "Where did it appear?",
        lambda: lists.current("publicity_channels"),
        required="Choose where it appeared",
        look=SMALL,
    )
    link = Text(
        "Where can it be seen? (optional)",
        thing="the address",
        required=False,
        longest=LONGEST_LINK,
        hint="Its address on the web, beginning with https://",
        look=ADDRESS,
    )
    words = LongText(
        "Your text, ready to be shared (optional)",
        thing="the text",
        required=False,
        longest=LONGEST_WORDS,
        rows=6,
        hint="In your group’s own words. What other people said, and pictures of them, you add afterwards.",
    )
    reach = HowMany("How many did it reach? (optional)")
    reach_way = Radios("How was that counted?", lambda: lists.current("publicity_reach"), required=False, look=SMALL)
    contact_id = Select(
        "Did it come of a contact with your MP? (optional)",
        (),
        thing="the contact",
        required=False,
        nothing="No, or not in the log",
    )

    def told(self) -> Told:
        """The entry as the action takes it."""
        return Told(
            kind=self.kind.data,
            title=self.title.data,
            happened_on=self.happened_on.data,
            channel=self.channel.data,
            link=self.link.data,
            words=self.words.data,
            reach=self.reach.data,
            reach_way=self.reach_way.data,
            contact_id=UUID(self.contact_id.data) if self.contact_id.data else None,
        )


def as_kept(found: Publicity) -> dict[str, Any]:
    """An entry as its form shows it."""
    return {
        "version": found.version,
        "kind": found.kind,
        "title": found.title,
        "happened_on": found.happened_on,
        "channel": found.channel,
        "link": found.link,
        "words": found.words,
        "reach": found.reach,
        "reach_way": found.reach_way,
        "contact_id": str(found.contact_id) if found.contact_id else None,
    }


class QuoteForm(GovForm):
    """Something that somebody said."""

    words = LongText(
        "What was said?", thing="what was said", required="Write down what was said", longest=LONGEST_PIECE, rows=4
    )
    whose = Text(
        "Whose words are these?",
        thing="whose words these are",
        required="Say whose words these are",
        longest=LONGEST_WHOSE,
        hint="As it is to be printed, for example: A parent of Wormholt. It goes with the quote wherever it is shown.",
    )


class PictureForm(GovForm):
    """A picture of people."""

    words = LongText(
        "What does it show?",
        thing="what it shows",
        required="Say what the picture shows",
        longest=LONGEST_PIECE,
        rows=3,
        hint="As you would tell it to somebody who cannot see it.",
    )
    whose = Text(
        "Who took it?",
        thing="who took it",
        required="Say who took it",
        longest=LONGEST_WHOSE,
        hint="As it is to be printed beside it.",
    )
    link = Text(
        "Where is it kept? (optional)",
        thing="the address",
        required=False,
        longest=LONGEST_LINK,
        hint="The address of the picture in your group’s own files.",
        look=ADDRESS,
    )


PIECES: Final[dict[str, type[GovForm]]] = {QUOTE: QuoteForm, PICTURE: PictureForm}


class PermissionForm(GovForm):
    """What somebody permits, how, and until when."""

    whose = Text(
        "Who permits it?",
        thing="who permits it",
        required="Say who permits it",
        longest=LONGEST_WHOSE,
        hint="Their name. It stays with your group. For a child, the name of a parent or guardian.",
    )
    uses = Checkboxes(
        "What may it be used for?",
        lambda: lists.current("permission_uses"),
        required="Choose what it may be used for",
        hint="Choose only what they said yes to.",
        look={"classes": "govuk-checkboxes--small"},
    )
    way = Radios(
        "How did they permit it?",
        lambda: lists.current("permission_ways"),
        required="Say how they permitted it",
        look=SMALL,
    )
    given_on = Day("On which day?", thing="the day", required="Enter the day", past=True)
    ends_on = Day(
        "Until which day?",
        thing="the last day",
        required="Enter the last day",
        hint="Up to 5 years. After it, it is not shown until they are asked again.",
    )

    def told(self) -> Permitted:
        """What is permitted as the action takes it."""
        return Permitted(
            whose=self.whose.data,
            uses=self.uses.data,
            way=self.way.data,
            given_on=self.given_on.data,
            ends_on=self.ends_on.data,
        )


def permission_as_kept(found: PublicityPermission) -> dict[str, Any]:
    """A permission as its form shows it; of one that was taken back, only whose it was: the rest is to be asked."""
    kept: dict[str, Any] = {"version": found.version, "whose": found.whose}
    if found.withdrawn_at is None:
        kept |= {"uses": found.uses, "way": found.way, "given_on": found.given_on, "ends_on": found.ends_on}
    return kept
