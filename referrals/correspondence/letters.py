"""The catalogue of letters: one row each, with its text in `templates/letters/<code>.txt`."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Final

TEMPLATES: Final = Path(__file__).parents[2] / "templates"
# Characters of a text, and of a letter made from it.
LONGEST: Final = 10_000


class Audience(StrEnum):
    """To whom a letter is written."""

    AGENCY = "agency"
    RESIDENT = "resident"
    GROUP = "group"


class Channel(StrEnum):
    """How a letter travels; codes of the list letter_channels."""

    POST = "post"
    EMAIL = "email"
    HANDED_OVER = "handed_over"
    # Read on the referral's page.
    ON_PAGE = "on_page"


@dataclass(frozen=True, slots=True)
class LetterKind:
    """One kind of letter: to whom, what it is called, and what stands above its text."""

    code: str
    audience: Audience
    title: str
    # The heading of the letter itself; it names nobody.
    heading: str
    hint: str

    # Whether it reminds a body of an enquiry, and so needs one.
    chases: bool = False

    def service_text(self) -> str:
        """The text of the service, which an office may replace by its own."""
        return _read(f"letters/{self.code}.txt")


@cache
def _read(name: str) -> str:
    return (TEMPLATES / name).read_text(encoding="utf-8").strip()


_ROWS: Final = (
    LetterKind(
        "acknowledgement_resident",
        Audience.RESIDENT,
        "Acknowledgement to the person",
        "We have your case",
        "Says that the case has arrived, and what its reference is",
    ),
    LetterKind(
        "holding_resident",
        Audience.RESIDENT,
        "Holding letter to the person",
        "We are still working on your case",
        "Says that it goes on, and what is done next",
    ),
    LetterKind(
        "outcome_resident",
        Audience.RESIDENT,
        "Outcome letter to the person",
        "What came of your case",
        "Says what came of it",
    ),
    LetterKind(
        "closing_resident",
        Audience.RESIDENT,
        "Closing letter to the person",
        "We have finished work on your case",
        "Says that the case is finished, and how to come back",
    ),
    LetterKind(
        "acknowledgement_group",
        Audience.GROUP,
        "Acknowledgement to the group",
        "Your referral has arrived",
        "Says that the referral has arrived, and who looks after it",
    ),
    LetterKind(
        "holding_group",
        Audience.GROUP,
        "Holding letter to the group",
        "We are still working on your referral",
        "Says that it goes on, and what is done next",
    ),
    LetterKind(
        "outcome_group",
        Audience.GROUP,
        "Outcome letter to the group",
        "What came of your referral",
        "Says what came of it, and asks the group to check it",
    ),
    LetterKind(
        "closing_group",
        Audience.GROUP,
        "Closing letter to the group",
        "We have finished work on your referral",
        "Says that the referral is finished",
    ),
    LetterKind(
        "enquiry",
        Audience.AGENCY,
        "Enquiry to a body",
        "A constituent’s case",
        "Asks what has happened and what will be done, by a day",
    ),
    LetterKind(
        "chaser",
        Audience.AGENCY,
        "Chaser to a body",
        "A constituent’s case: we have had no reply",
        "Reminds a body that has not answered an enquiry",
        chases=True,
    ),
)
KINDS: Final[dict[str, LetterKind]] = {row.code: row for row in _ROWS}
