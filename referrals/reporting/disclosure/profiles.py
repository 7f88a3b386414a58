"""The profiles: who reads a report, and by which rules counts, shares, sums of money and medians are shown to them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Final, TypeVar

from referrals.reporting.deduction import Edge, Key
from referrals.reporting.disclosure.counts import (
    MONEY_ROUND_TO,
    ROUND_TO,
    exact,
    guarded,
    percentage,
    rounded_pounds,
)

# A sum of money needs this many residents behind it, however low a threshold is.
FEWEST_RESIDENTS: Final = 3
# And no single one of them may hold more than this share of it: the sum would nearly be theirs.
MOST_OF_ONE: Final = Decimal("0.8")
# Shares of what is no resident need so many times the threshold behind them.
OF_SHARES: Final = 5


Number = TypeVar("Number", int, Decimal)


class Name(StrEnum):
    """The names of the profiles."""

    OWNER = "owner"
    PROGRAMME = "programme"
    PUBLIC = "public"


@dataclass(frozen=True, slots=True)
class Rules:
    """One profile in words and numbers. `threshold` is the usual one, `lowest` what a programme may set it to."""

    name: Name
    readers: str
    threshold: int | None = None
    lowest: int | None = None


PROFILES: Final[dict[Name, Rules]] = {
    rules.name: rules
    for rules in (
        Rules(Name.OWNER, "The organisation whose referrals they are: every number as it is."),
        Rules(Name.PROGRAMME, "A programme's coordinators: whole quarters, kept as first shown.", 10, lowest=5),
        Rules(Name.PUBLIC, "Anybody: the same few tables of each month, kept as first shown.", 10, lowest=10),
    )
}


@dataclass(slots=True)
class Given:
    """What a report showed: its counts and its sums, by key. It is kept with the report."""

    counts: dict[Key, int | None] = field(default_factory=dict)
    pounds: dict[Key, Decimal | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Held:
    """Money of several residents: what it comes to, how many hold a part of it, and what one holds at most."""

    amount: Decimal
    behind: int
    largest: Decimal


@dataclass(frozen=True, slots=True)
class Profile:
    """The one way by which numbers leave the house: ask it for each number a report shows.

    `decided` is what is shown of all counts of a period, where that was decided for all its reports together: what is
    not in it is hidden.
    `parts` is what was shown of the periods that make up a longer one: then nothing is counted, and only what was shown
    is added up. `withheld` are counts that would give away something beside what other organisations have shown, and
    `apart` is by how much a sum of money differs from theirs; `spare` is how many values more than usual each small
    count keeps, because others show figures of the same referrals; see reporting/neighbours.py.
    """

    rules: Rules
    # Counts under this are hidden; None where nothing is.
    threshold: int | None = None
    decided: Mapping[Key, int | None] | None = None
    parts: tuple[Given, ...] = ()
    withheld: Collection[Key] = ()
    apart: Mapping[Key, tuple[Held, ...]] = field(default_factory=dict)
    spare: int = 0
    given: Given = field(default_factory=Given, compare=False)

    @property
    def is_exact(self) -> bool:
        """Whether every number is shown as it is."""
        return self.threshold is None

    def counts(self, edges: Iterable[Edge]) -> dict[Key, int | None]:
        """Every count of a net of cells and totals: exact, rounded (totals by themselves), or None for a hidden one.

        Give all tables of a report in one call: a number is only safe beside the others. A count that stands in two
        reports of a period carries the same key in both, so that it is the same number in both. Raises ValueError when
        the edges do not add up.
        """
        if self.threshold is None:
            return exact(edges)
        found = [replace(edge, shown=False) if edge.key in self.withheld else edge for edge in edges]
        if self.parts:
            shown = {edge.key: _added([part.counts.get(edge.key) for part in self.parts]) for edge in found}
        elif self.decided is not None:
            shown = {edge.key: self.decided.get(edge.key) for edge in found}
        else:
            shown = guarded(found, self.threshold, spare=self.spare)
        self.given.counts.update(shown)
        return shown

    def percentage(self, part: int | None, whole: int | None) -> int | None:
        """How many of a hundred, from two numbers as they are shown; see `percentage`."""
        return percentage(part, whole)

    def pounds(self, key: Key, held: Held, *apart: Held) -> Decimal | None:
        """A sum of money, or None where too few residents are behind it or one of them holds nearly all of it.

        `apart` is what it differs by from each sum that is shown beside it and of which it is a part: that difference
        can be worked out, so it must stand for as many. Exact for owners, else to the nearest 100 pounds.
        """
        if self.threshold is None:
            return held.amount
        if self.parts:
            shown = _added([part.pounds.get(key) for part in self.parts])
        else:
            differences = (each for each in (*apart, *self.apart.get(key, ())) if each.behind)
            enough = all(map(self.is_of_many, (held, *differences)))
            shown = rounded_pounds(held.amount) if enough else None
        self.given.pounds[key] = shown
        return shown

    def is_of_many(self, held: Held) -> bool:
        """Whether money stands for enough residents, with none of them holding nearly all of it."""
        fewest = max(self.threshold or 0, FEWEST_RESIDENTS)
        return held.behind >= fewest and held.largest <= MOST_OF_ONE * held.amount

    def median(self, value: Decimal | None, behind: int | None, percent: int = 50) -> Decimal | None:
        """A median of days, or another percentile, from the number behind it as it is shown (None: hidden).

        Whole days for all but owners, and only where at least half the threshold lies on either side of it: a
        median needs as many as the threshold, a ninetieth percentile five times as many.
        """
        if value is None or self.threshold is None:
            return value if behind else None
        if self.parts or not behind or behind * min(percent, 100 - percent) < 50 * self.threshold:
            return None
        return value.quantize(Decimal(1), ROUND_HALF_UP)

    def shares(self, values: Sequence[int]) -> tuple[int | None, ...]:
        """How many of a hundred each of several parts is, of things that are no residents, as of areas.

        For others than owners a share may stand for fewer than the threshold, because what must not be told is whose it
        is, and not how many there are: so it takes five times the threshold behind them all, whole per cents, and at
        least the threshold that is something else than what most are, so that no part is as good as everybody's.
        """
        whole = sum(values)
        if self.threshold is not None:
            enough = whole >= OF_SHARES * self.threshold and whole - max(values) >= self.threshold
            if self.parts or not enough:
                return (None,) * len(values)
        return tuple(percentage(value, whole) for value in values)

    def precision(self, *, money: bool = False) -> str:
        """How exact the numbers are, for each line of a download."""
        if self.threshold is None:
            return "exact"
        return f"rounded to the nearest {ROUND_TO}" + (f" (money: {MONEY_ROUND_TO})" if money else "")

    def warning(self, *, money: bool = False) -> str:
        """What is hidden and why, in words for above the figures; nothing where every number is as it is."""
        if self.threshold is None:
            return ""
        pounds = f", and money to the nearest £{MONEY_ROUND_TO}" if money else ""
        said = (
            f"Numbers are rounded to the nearest {ROUND_TO}{pounds}. “Not shown” means fewer than {self.threshold}, or "
            f"a number from which one that is fewer than {self.threshold} could be worked out. Totals are rounded by "
            "themselves, so they can differ from the sum of what is above them."
        )
        return said if not self.parts else f"{said} {_ADDED}"


@dataclass(frozen=True, slots=True)
class Listening(Profile):
    """Shows nothing, and remembers every count that it is asked for, as it is."""

    heard: dict[Key, int] = field(default_factory=dict, compare=False)

    def counts(self, edges: Iterable[Edge]) -> dict[Key, int | None]:
        """Nothing of each."""
        found = list(edges)
        self.heard.update({edge.key: edge.value for edge in found})
        return dict.fromkeys(edge.key for edge in found)

    def shares(self, values: Sequence[int]) -> tuple[int | None, ...]:
        """Nothing of each."""
        return (None,) * len(values)

    def pounds(self, key: Key, held: Held, *apart: Held) -> Decimal | None:
        """Nothing."""


_ADDED: Final = (
    "Figures of a year or half a year are added up from what was shown of its quarters: a number that is hidden in one "
    "of them is hidden here, and there are no medians."
)


OWNER: Final = Profile(PROFILES[Name.OWNER])


def profile_of(name: Name, threshold: int) -> Profile:
    """The profile of that name for a programme that hides counts under `threshold`, or under more where it must."""
    rules = PROFILES[name]
    return Profile(rules, None if rules.lowest is None else max(threshold, rules.lowest))


def _added(shown: Sequence[Number | None]) -> Number | None:
    found = [value for value in shown if value is not None]
    return sum(found[1:], found[0]) if found and len(found) == len(shown) else None
