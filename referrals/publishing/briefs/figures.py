"""The figures of a brief: counted exactly, and at once made into what may leave the house.

Nothing under the threshold is kept at all. What is kept of a count is the same step of five as in every other figure
that leaves the house, so that a brief laid beside a report says no more about a number than the report alone. A median
or a sum is kept only where enough people stand behind it, and only roughly.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from decimal import Decimal
from statistics import median
from typing import Any, Final
from uuid import UUID

from referrals.reporting.disclosure import Held, Profile, rounded

WEEK: Final = 7
# The mean length of a month, and from how many days on a wait is told in months.
MONTH: Final = Decimal("30.44")
LONG: Final = 61


@dataclass(frozen=True, slots=True)
class Case:
    """What is looked at of one referral, by codes and dates alone. Days and amounts are exact here."""

    id: UUID
    sent_on: date
    group_id: UUID
    # Days from when the resident began to wait to when it was sent.
    waited: int | None
    # Of its present result, unless the group disputes it: outcome codes; and sums by kind and basis.
    codes: tuple[str, ...] = ()
    money: tuple[tuple[str, str, Decimal], ...] = ()


@dataclass(frozen=True, slots=True)
class Ledger:
    """How a body answers, as the ledger of the reports shows it to others; None where too few stand behind it."""

    reply_days: int | None = None
    kept_percent: int | None = None


@dataclass(frozen=True, slots=True)
class Figures:
    """What may leave the house."""

    threshold: int
    # Never under the threshold; equal to it where all that is told is that it was reached.
    residents: int
    # The month, as "2026-03", in which so many residents as the threshold says had come.
    reached: str
    # The areas with as many residents each; None where there are not two of them.
    areas: int | None = None
    waited_days: int | None = None
    reply_days: int | None = None
    kept_percent: int | None = None
    # Outcome codes and how many residents have each.
    codes: list[list[Any]] = field(default_factory=list)
    # Kind, basis and whole pounds.
    money: list[list[Any]] = field(default_factory=list)

    def plain(self) -> dict[str, Any]:
        """As JSON."""
        return asdict(self)

    @classmethod
    def of(cls, plain: Mapping[str, Any]) -> "Figures":
        """From JSON."""
        return cls(**plain)


def figures_of(
    cases: list[Case], person_of: Mapping[UUID, UUID], first: date, profile: Profile, ledger: Ledger
) -> Figures | None:
    """What may leave the house of the cases of one pattern; None where fewer people than the threshold are behind it.

    Raises ValueError for a profile that shows numbers as they are.

    `cases` are all there ever were, up to the last of the days counted, which begin at `first`. Waits and areas are
    of the days counted, because they say how things are; results are of all, because they say what helps.
    """
    threshold = profile.threshold
    if threshold is None:
        raise ValueError("a brief leaves the house")
    lately = [case for case in cases if case.sent_on >= first]
    residents = _people(lately, person_of)
    if residents < threshold:
        return None
    return Figures(
        threshold=threshold,
        residents=shown(residents, threshold),
        reached=_reached(cases, person_of, threshold),
        areas=_areas(lately, person_of, threshold),
        waited_days=_waited(lately, person_of, profile),
        reply_days=ledger.reply_days,
        kept_percent=ledger.kept_percent,
        codes=_codes(cases, person_of, threshold),
        money=_money(cases, person_of, profile),
    )


def shown(count: int, threshold: int) -> int:
    """A count that reaches the threshold, as it may be shown."""
    return max(threshold, rounded(count))


def _people(cases: Iterable[Case], person_of: Mapping[UUID, UUID]) -> int:
    return len({person_of[case.id] for case in cases})


def _reached(cases: list[Case], person_of: Mapping[UUID, UUID], threshold: int) -> str:
    seen: set[UUID] = set()
    for case in sorted(cases, key=lambda one: (one.sent_on, one.id)):
        seen.add(person_of[case.id])
        if len(seen) >= threshold:
            return f"{case.sent_on:%Y-%m}"
    raise ValueError("too few people")


def _areas(cases: list[Case], person_of: Mapping[UUID, UUID], threshold: int) -> int | None:
    found: dict[UUID, set[UUID]] = defaultdict(set)
    for case in cases:
        found[case.group_id].add(person_of[case.id])
    large = sum(len(people) >= threshold for people in found.values())
    return large if large > 1 else None


def _waited(cases: list[Case], person_of: Mapping[UUID, UUID], profile: Profile) -> int | None:
    """The median of the longest wait of each person, to the week, or to the month where it is long."""
    longest: dict[UUID, int] = {}
    for case in cases:
        if case.waited is not None:
            person = person_of[case.id]
            longest[person] = max(case.waited, longest.get(person, 0))
    middle = Decimal(median(longest.values())) if longest else None
    days = profile.median(middle, len(longest))
    if days is None:
        return None
    unit = MONTH if days >= LONG else Decimal(WEEK)
    return round((days / unit).quantize(Decimal(1)) * unit)


def _codes(cases: list[Case], person_of: Mapping[UUID, UUID], threshold: int) -> list[list[Any]]:
    found: dict[str, set[UUID]] = defaultdict(set)
    for case in cases:
        for code in case.codes:
            found[code].add(person_of[case.id])
    enough = {code: shown(len(people), threshold) for code, people in found.items() if len(people) >= threshold}
    # By what is shown: an order by the true numbers would say which of two equal ones is larger.
    return [[code, number] for code, number in sorted(enough.items(), key=lambda one: (-one[1], one[0]))]


def _money(cases: list[Case], person_of: Mapping[UUID, UUID], profile: Profile) -> list[list[Any]]:
    """Each kind and basis apart, never added to each other."""
    held: dict[tuple[str, str], dict[UUID, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for case in cases:
        for kind, basis, amount in case.money:
            held[kind, basis][person_of[case.id]] += amount
    found = []
    for (kind, basis), parts in sorted(held.items()):
        whole = Held(sum(parts.values(), Decimal(0)), len(parts), max(parts.values()))
        pounds = profile.pounds(("brief", kind, basis), whole)
        if pounds is not None:
            found.append([kind, basis, int(pounds)])
    return found
