"""Signposts in words: the figure of the month, and a line for each count."""

from typing import Any

from referrals.casework.queries import SignpostLine
from referrals.directory import lists
from referrals.web.presenting.case import small


def month_words(number: int) -> str:
    """How many people were shown the way this month."""
    if number == 0:
        return "You have not counted anybody this month yet."
    people = "1 person" if number == 1 else f"{number:,} people"
    return f"You have pointed {people} the right way this month."


def lines_of(found: list[SignpostLine]) -> list[dict[str, Any]]:
    """What the page of signposts lists."""
    return [
        {
            "id": line.id,
            "people": "1 person" if line.number == 1 else f"{line.number} people",
            "destination": small(lists.label("signpost_destinations", line.destination)),
            "category": lists.label("categories", line.category),
            "day": line.day,
            "by_name": line.by_name,
            "may_undo": line.may_undo,
        }
        for line in found
    ]
