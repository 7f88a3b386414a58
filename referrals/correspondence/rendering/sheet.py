"""Everything that stands on a letter, as plain texts in the order in which it is read."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from referrals.correspondence.fields import written
from referrals.correspondence.letters import KINDS
from referrals.correspondence.merging import clean
from referrals.correspondence.models import Letter
from referrals.correspondence.senders import Sender


@dataclass(frozen=True, slots=True)
class Sheet:
    """One letter. Paragraphs may hold line ends; nothing else in any text means anything."""

    # The document's own name; it names nobody.
    title: str
    heading: str
    member: str
    office: str
    # How the office is reached.
    head: tuple[str, ...]
    recipient: tuple[str, ...]
    # The date and the references, each with what it is.
    marks: tuple[tuple[str, str], ...]
    paragraphs: tuple[str, ...]

    def plain(self) -> dict[str, Any]:
        """As JSON, for the template that prints it."""
        return asdict(self)


def sheet_of(letter: Letter) -> Sheet:
    """The sheet of a letter whose words may be read."""
    sender, kind = Sender.of(letter.head), KINDS.get(letter.kind)
    reference = letter.referral.reference or ""
    to: Mapping[str, str] = letter.recipient or {}
    marks = [
        ("Date", written(letter.made_at)),
        ("Our reference", reference),
        ("Your reference", to.get("reference", "")),
    ]
    return Sheet(
        title=f"Letter {reference}",
        heading=kind.heading if kind else "",
        member=clean(sender.member),
        office=clean(sender.office),
        head=tuple(map(clean, sender.lines())),
        recipient=tuple(_lines(f"{to.get('name', '')}\n{to.get('address', '')}")),
        marks=tuple((key, clean(value)) for key, value in marks if value),
        paragraphs=tuple(_paragraphs(letter.words or "")),
    )


def _lines(text: str) -> list[str]:
    return [line.strip() for line in clean(text).split("\n") if line.strip()]


def _paragraphs(text: str) -> list[str]:
    return [part.strip("\n") for part in clean(text).split("\n\n") if part.strip()]
