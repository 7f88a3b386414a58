"""What a round and an award are as somebody tells them, and what can be wrong with either."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final
from uuid import UUID

from referrals.directory import lists
from referrals.foundation.clock import today
from referrals.foundation.faults import faults_in, length_fault, words_fault

# A round has so many themes at most, by their place on its form.
PLACES: Final = (1, 2, 3, 4, 5, 6)
LONGEST_NAME: Final = 80
# So long a title of a grant may be in the 360Giving Data Standard.
LONGEST_PROJECT: Final = 140
LONGEST_RECIPIENT: Final = 120
LONGEST_PURPOSE: Final = 600
LONGEST_LINE: Final = 120
MOST_PENCE: Final = 100_000_000
# How somebody begins who writes down a person instead of a group: nobody's name belongs in a public register of grants.
_PERSON: Final = re.compile(r"(?:mr|mrs|ms|miss|mx)\.?\s", re.IGNORECASE)
# The number of a charity (England and Wales, Scotland, Northern Ireland), a company, or a school (its URN).
NUMBERS: Final[dict[str, re.Pattern[str]]] = {
    "charity": re.compile(r"[1-9][0-9]{5,6}|SC[0-9]{6}|NIC[0-9]{6}"),
    "company": re.compile(r"[0-9]{8}|[A-Z]{2}[0-9]{6}"),
    "school": re.compile(r"[1-9][0-9]{5}"),
}
_SHAPES: Final = {
    "charity": "A charity number has 6 or 7 numbers, or begins with SC or NIC",
    "company": "A company number has 8 characters, like 01234567",
    "school": "The number of a school (URN) has 6 numbers",
}


@dataclass(frozen=True, kw_only=True)
class Round:
    """A round as its form gives it; its themes by their place, from 1 on, those left empty not among them."""

    name: str
    opens_on: date
    closes_on: date
    total_pence: int
    themes: Mapping[int, str]


@dataclass(frozen=True, kw_only=True)
class Award:
    """An award as its form gives it; a code of grant_recipients."""

    theme_id: UUID | None
    recipient: str
    recipient_kind: str
    project: str
    purpose: str
    amount_pence: int
    awarded_on: date
    recipient_number: str = ""
    presenter: str = ""
    event: str = ""
    presented_on: date | None = None


def in_pounds(pence: int) -> str:
    """'£187', or '£187.50'."""
    return f"£{as_pounds(pence):,.2f}".removesuffix(".00")


def as_pounds(pence: int) -> Decimal:
    """The amount in pounds, exactly."""
    return Decimal(pence) / 100


def as_pence(pounds: Decimal) -> int:
    """An amount of whole pence in pence."""
    return int(pounds * 100)


def tidy_number(text: str) -> str:
    """A number as registers write it, without spaces; that of a company with its leading noughts."""
    return re.sub(r"[\s-]", "", text).upper()


def number_fault(kind: str, text: str) -> str:
    """What is wrong with the number of a recipient of that kind; nothing where there is none."""
    number = tidy_number(text)
    if not number:
        return ""
    shape = NUMBERS.get(kind)
    if shape is None:
        return "Only a charity, a company or a school has a number. Leave this empty"
    return "" if shape.fullmatch(number) else _SHAPES[kind]


def round_faults(told: Round) -> dict[str, str]:
    """What is wrong with it, under the names of its form."""
    names = [name.strip().casefold() for name in told.themes.values()]
    wrong = {
        "name": words_fault(told.name, LONGEST_NAME, "Say what the round is called"),
        "closes_on": "The last day must not be before the first" if told.closes_on < told.opens_on else "",
        "total": _amount_fault(told.total_pence),
        "theme_1": "" if names else "Name at least one theme",
    }
    for place, name in told.themes.items():
        wrong[f"theme_{place}"] = words_fault(name, LONGEST_NAME, "Name the theme, or leave its box empty")
        if not wrong[f"theme_{place}"] and names.count(name.strip().casefold()) > 1:
            wrong[f"theme_{place}"] = "Two themes have this name"
    return faults_in(wrong)


def award_faults(told: Award) -> dict[str, str]:
    """What is wrong with it by itself, under the names of its form."""
    late = told.presented_on is not None and told.presented_on < told.awarded_on
    wrong = {
        "recipient": _recipient_fault(told.recipient),
        "recipient_kind": "" if told.recipient_kind in lists.codes("grant_recipients") else "Choose what they are",
        "recipient_number": number_fault(told.recipient_kind, told.recipient_number),
        "project": words_fault(told.project, LONGEST_PROJECT, "Say what is paid for, in a few words"),
        "purpose": words_fault(told.purpose, LONGEST_PURPOSE, "Say what it is for"),
        "amount": _amount_fault(told.amount_pence),
        "awarded_on": "The day must be today or in the past" if told.awarded_on > today() else "",
        "presented_on": "It cannot be handed over before it was awarded" if late else "",
        "presenter": length_fault(told.presenter, LONGEST_LINE),
        "event": length_fault(told.event, LONGEST_LINE),
    }
    return faults_in(wrong)


def _recipient_fault(text: str) -> str:
    if _PERSON.match(text.strip()):
        return "Name the group or the project, not a person"
    return words_fault(text, LONGEST_RECIPIENT, "Name the group or the project")


def _amount_fault(pence: int) -> str:
    return "" if 0 < pence <= MOST_PENCE else f"The amount must be between 1p and {in_pounds(MOST_PENCE)}"
