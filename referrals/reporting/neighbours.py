"""What a programme, its groups and the offices they write to may show beside each other, without giving anybody away.

They hold the same referrals. A reader who lays the figures of a programme beside those of all its groups but one can
take these from that, and has the last group's, small or not; an office that hears from few groups is as good a whole.
Each set of figures is safe by itself, and each is rounded and hidden by its own threshold; only together they tell.

So the figures of a quarter are kept one after the other, each with those that are kept already in view:

1.  A programme's come first: its coordinators read them, and nothing that a group publishes later may change them.
2.  Whoever comes next gets a star for each organisation that holds all of its referrals (a group's programme, an
    office that is the only one the group writes to), and for itself where it holds all of others'. A star is a whole,
    those of its parts that have shown their figures, and the rest. What is shown already stays, so count by count it
    is the newcomer's that is withheld, unless every small number of the star, the rest's too, could still be any
    number under the threshold. Then the star tells nothing of it that a reader did not know.
3.  What is withheld is hidden in the newcomer's tables from the start, so these hide what would give it away; and
    because readers know the others' tables too, its small counts keep more values than those of one report alone.
4.  Of a sum of money, what is left of the whole's without the newcomer's must stand for as many residents as any sum.

Tables of several organisations are no flow any more, so what all of them say together is not worked out but attacked:
tests/reporting/test_neighbours.py holds linear programming against all of them, and finds no small number with fewer
than four values left, where it finds one with two when each looks at its own alone.

What was shown with a lower threshold cannot be unsaid: a programme that shows counts from five up has said so much of
a group's six, whatever an office that hears from it alone would have hidden. Medians are of different people in each,
and no median follows from others. Longer periods are added up from quarters, and say nothing that these do not say.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final
from uuid import UUID

from referrals.accounts.roles import Side
from referrals.directory import queries as directory
from referrals.reporting import queries
from referrals.reporting.deduction import Edge, Key
from referrals.reporting.disclosure import Given, Held, Profile, Shown, exact, known
from referrals.reporting.periods import Period
from referrals.reporting.report import Report
from referrals.reporting.scope import Scope, scope_of_programme

# How far a star must leave room beyond the small values.
SPARE: Final = 2

Build = Callable[[Scope, Period], Report]


@dataclass(frozen=True, slots=True)
class Kept:
    """What an organisation has shown, and the threshold of then."""

    given: Given
    threshold: int


@dataclass(frozen=True, slots=True)
class Star:
    """An organisation, and others that share out its referrals, or some of them, without one in common."""

    whole: UUID
    parts: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class Limits:
    """What an organisation may not show, what its sums of money differ by from those of others, and how many values
    more than usual its small counts keep.
    """

    withheld: frozenset[Key] = frozenset()
    apart: Mapping[Key, tuple[Held, ...]] = field(default_factory=dict)
    spare: int = 0


@dataclass(frozen=True, slots=True)
class Witness(Profile):
    """Shows every number to nobody, and remembers it: how things are now."""

    held: dict[Key, Held] = field(default_factory=dict, compare=False)

    def counts(self, edges: Iterable[Edge]) -> dict[Key, int | None]:
        """Every count as it is."""
        found = exact(edges)
        self.given.counts.update(found)
        return found

    def pounds(self, key: Key, held: Held, *apart: Held) -> Decimal | None:
        """The sum as it is."""
        del apart
        self.held[key] = held
        return held.amount


def programmes_first(scope: Scope) -> list[Scope]:
    """The programmes that hold referrals of this group or office; none for a programme."""
    if scope.side is Side.PROGRAMME:
        return []
    own = scope.organisation_id
    theirs = {pair.programme_id for pair in queries.who_writes_to_whom() if own in (pair.group_id, pair.office_id)}
    if scope.side is Side.GROUP and (group := directory.group_of(own)):
        theirs |= {group.programme_id}
    return [scope_of_programme(one) for one in directory.programmes() if one.organisation_id in theirs]


def limits(build: Build, scope: Scope, period: Period, kept: Mapping[UUID, Kept]) -> Limits:
    """What this organisation may not show of a period, where others have shown what is `kept` by their ids."""
    house = _House(build, scope, period)
    stars = list(house.stars(kept))
    withheld = {key for star in stars for key in house.withheld(star, kept)}
    apart: dict[Key, tuple[Held, ...]] = {}
    for star in stars:
        for key, rest in house.rests(star, kept):
            apart[key] = (*apart.get(key, ()), rest)
    # A programme comes first, and is read by its coordinators by the usual rules.
    spare = 0 if scope.side is Side.PROGRAMME else (scope.threshold or 0) // 5
    return Limits(frozenset(withheld), apart, spare)


@dataclass(frozen=True, slots=True)
class _Ray:
    """One count of a star: what it is, under what it is small, and between what a reader knows it to be."""

    value: int
    limit: int
    known: tuple[int, int]


def _is_free(one: _Ray, whole: _Ray, parts: list[_Ray]) -> bool:
    """Whether a star says nothing about a small count in it: every small value fits, with a little to spare.

    Of nobody it may be said that they are few, as long as half the small values fit.
    """
    if one is whole:
        low, high = (sum(part.known[end] for part in parts) for end in (0, 1))
    else:
        others = [part for part in parts if part is not one]
        low = whole.known[0] - sum(part.known[1] for part in others)
        high = whole.known[1] - sum(part.known[0] for part in others)
    if one.value == 0:
        return high - max(low, 0) + 1 >= one.limit // 2
    return low <= -SPARE and high >= one.limit - 1 + SPARE


# One cell: the referrals of one group to one office.
_Cell = tuple[UUID, UUID]


class _House:
    """All organisations as sets of cells, and how things are now in those that matter."""

    def __init__(self, build: Build, scope: Scope, period: Period) -> None:
        self._build, self._scope, self._period = build, scope, period
        self._known: dict[UUID, Witness] = {}
        self.sides: dict[UUID, Side] = {}
        self.cells: dict[UUID, set[_Cell]] = {}
        for pair in queries.who_writes_to_whom():
            holders = ((pair.group_id, Side.GROUP), (pair.office_id, Side.OFFICE), (pair.programme_id, Side.PROGRAMME))
            for holder, side in holders:
                if holder:
                    self.sides[holder] = side
                    self.cells.setdefault(holder, set()).add((pair.group_id, pair.office_id))
        self._who_only_shows_the_way()

    def _who_only_shows_the_way(self) -> None:
        """A group that has sent nothing yet may have shown people the way, as its programme counts too."""
        own = self._scope.organisation_id
        if self._scope.side is Side.GROUP and own not in self.cells and (group := directory.group_of(own)):
            for holder, side in ((own, Side.GROUP), (group.programme_id, Side.PROGRAMME)):
                if holder:
                    self.sides[holder] = side
                    self.cells.setdefault(holder, set()).add((own, own))

    def stars(self, kept: Mapping[UUID, Kept]) -> Iterator[Star]:
        """Those that this organisation is a part of, and those that it is the whole of."""
        own, side = self._scope.organisation_id, self._scope.side
        others = [one for one in kept if one in self.cells and one != own]
        if own not in self.cells:
            return
        for whole in others:
            if self.sides[whole] is not side and self.cells[own] <= self.cells[whole]:
                yield Star(whole, (own, *self._inside(whole, side, others)))
        for kind in set(Side) - {side}:
            if parts := self._inside(own, kind, others):
                yield Star(own, tuple(parts))

    def _inside(self, whole: UUID, side: Side, others: list[UUID]) -> list[UUID]:
        return [one for one in others if self.sides[one] is side and self.cells[one] <= self.cells[whole]]

    def _is_shared_out(self, star: Star) -> bool:
        """Whether the parts are all there is, so that everybody knows that nothing is left."""
        return self.cells[star.whole] == set().union(*(self.cells[part] for part in star.parts))

    def withheld(self, star: Star, kept: Mapping[UUID, Kept]) -> Iterator[Key]:
        """The counts of this organisation that would give something away in a star."""
        for key in self._now(self._scope.organisation_id).given.counts:
            if self._gives_away(star, key, kept):
                yield key

    def _gives_away(self, star: Star, key: Key, kept: Mapping[UUID, Kept]) -> bool:
        whole = self._ray(star.whole, key, kept)
        parts = [ray for part in star.parts if (ray := self._ray(part, key, kept))]
        if whole is None or not parts:
            # The one or the other does not count this at all.
            return False
        rest = whole.value - sum(part.value for part in parts)
        if rest < 0:
            return True
        if rest or not self._is_shared_out(star):
            threshold = self._scope.threshold or 0
            parts.append(_Ray(rest, threshold, (0, threshold - 1) if rest < threshold else (threshold, 2 * rest)))
        return any(one.value < one.limit and not _is_free(one, whole, parts) for one in (whole, *parts))

    def _ray(self, organisation_id: UUID, key: Key, kept: Mapping[UUID, Kept]) -> "_Ray | None":
        """A count of an organisation as a reader sees it; None for one that it does not show or hide at all."""
        value = self._now(organisation_id).given.counts.get(key)
        if organisation_id == self._scope.organisation_id:
            limit = self._scope.threshold or 0
            edge = Edge(key, key, key, value or 0)
            return _Ray(edge.value, limit, known(edge, set() if edge.value >= limit else {key}, limit))
        one = kept[organisation_id]
        if key not in one.given.counts:
            return None
        edge = Edge(key, key, key, value or 0)
        before = {key: Shown(one.given.counts[key], one.threshold)}
        return _Ray(edge.value, one.threshold, known(edge, set(), one.threshold, before))

    def rests(self, star: Star, kept: Mapping[UUID, Kept]) -> Iterator[tuple[Key, Held]]:
        """What is left of each sum of money of the whole without what its parts show of it."""
        own = self._scope.organisation_id
        for key, mine in self._now(own).held.items():
            whole = self._now(star.whole).held.get(key)
            if whole is None or (star.whole != own and kept[star.whole].given.pounds.get(key) is None):
                continue
            shown = [one for one in star.parts if one != own and kept[one].given.pounds.get(key) is not None]
            parts = [held for one in shown if (held := self._now(one).held.get(key))]
            parts += [mine] if star.whole != own else []
            if parts:
                yield key, _rest(whole, parts)

    def _now(self, organisation_id: UUID) -> Witness:
        if organisation_id not in self._known:
            witness = Witness(self._scope.profile.rules, self._scope.threshold, given=Given())
            side = self.sides.get(organisation_id, self._scope.side)
            self._build(Scope(side, organisation_id, "", witness), self._period)
            self._known[organisation_id] = witness
        return self._known[organisation_id]


def _rest(whole: Held, parts: list[Held]) -> Held:
    amount = whole.amount - sum((part.amount for part in parts), Decimal())
    behind = whole.behind - sum(part.behind for part in parts)
    # Whose the largest of the whole is, is not known: it may be in the rest.
    return Held(amount, behind, min(whole.largest, amount))
