"""What referrals count as, read from the tables of casework as they are now: SELECTs for each table of counted rows."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from sqlalchemy import Select, Table

from referrals.reporting.summaries.facts.agreements import APPROVED, UNAPPROVED, agreements_now
from referrals.reporting.summaries.facts.answers import CLOSING, LATER, answers_now
from referrals.reporting.summaries.facts.enquiries import GIVEN_UP, REPLIED, WAITING, enquiries_now
from referrals.reporting.summaries.facts.money import CONFIRMED, SEEN, codes_now, gains_now, money_now
from referrals.reporting.summaries.facts.referrals import referrals_now
from referrals.reporting.summaries.facts.tables import (
    AGREEMENTS,
    ANSWERS,
    PARTS,
    REFERRALS,
    TURNS,
    Chosen,
    between,
    these,
)
from referrals.reporting.summaries.facts.turns import (
    ANSWERING,
    CHECKING,
    DECIDING,
    REPLYING,
    WORKING,
    turns_now,
)

__all__ = [
    "AGREEMENTS",
    "ANSWERING",
    "ANSWERS",
    "APPROVED",
    "CHECKING",
    "CLOSING",
    "CONFIRMED",
    "DECIDING",
    "GIVEN_UP",
    "LATER",
    "NOW",
    "PARTS",
    "REFERRALS",
    "REPLIED",
    "REPLYING",
    "SEEN",
    "TURNS",
    "UNAPPROVED",
    "WAITING",
    "WORKING",
    "Chosen",
    "between",
    "these",
]

# What stands in each table, in the order in which they are filled: most rest on the referrals that are counted.
NOW: Final[Mapping[Table, Callable[[Chosen], list[Select[Any]]]]] = {
    REFERRALS: lambda chosen: [referrals_now(chosen)],
    PARTS: lambda chosen: [codes_now(chosen), money_now(chosen), gains_now(chosen), enquiries_now(chosen)],
    TURNS: turns_now,
    AGREEMENTS: lambda chosen: [agreements_now(chosen)],
    ANSWERS: answers_now,
}
