"""Which outcomes are offered first: those usual for the type of issue, and those that follow what has happened."""

from collections.abc import Collection
from typing import Final

from referrals.directory import lists

# More would have to be read, and reading is what takes the time.
MOST_SUGGESTED: Final = 6
# What has happened in the case tells most, then the type of issue, then its category.
_FOLLOWS, _SUITS, _OF_CATEGORY, _OF_ANY = 8, 4, 2, 1


def suggested_outcomes(category: str | None, issue_type: str | None, happened: Collection[str]) -> list[str]:
    """The codes to offer first, the likeliest first. `happened`: codes of milestones and of enquiries' results."""
    scored = [(_score(item, category, issue_type, happened), item.code) for item in lists.current("outcomes")]
    likely = sorted((one for one in scored if one[0]), key=lambda one: -one[0])
    return [code for _, code in likely[:MOST_SUGGESTED]]


def _score(item: lists.Item, category: str | None, issue_type: str | None, happened: Collection[str]) -> int:
    return (
        (_FOLLOWS if set(item.follows) & set(happened) else 0)
        + (_SUITS if issue_type in item.suits else 0)
        + (_OF_CATEGORY if category is not None and item.parent == category else 0)
        + (_OF_ANY if item.parent == lists.ANY_PARENT else 0)
    )
