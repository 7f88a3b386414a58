"""How areas and their MPs stood on a day, from all that was written down: pure counting, without any question asked."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from referrals.engagement.queries import QUIET, STAGES, YEAR
from referrals.reporting.queries.with_mps import Pair, Said, Seat, Touched

STANCES: Final = ("supportive", "neutral", "negative")
# In the order in which trust grows.
RANKS: Final = {code: rank for rank, code in enumerate(("no_contact", *reversed(STAGES)))}
FURTHER, SAME, BACK, NEW = "further", "same", "back", "new"
MOVES: Final = (FURTHER, SAME, BACK, NEW)


@dataclass(frozen=True, slots=True)
class Record:
    """All that was written down of the areas of a programme; see queries/with_mps.py."""

    # Their region by their id.
    areas: Mapping[UUID, str]
    seats: Sequence[Seat]
    stances: Sequence[Said]
    stages: Sequence[Said]
    contacts: Sequence[Touched]

    def pairs(self, day: date) -> list[Pair]:
        """Each area with each MP it had on a day."""
        return [(one.area, one.term) for one in self.seats if one.term and one.area in self.areas and one.runs_on(day)]

    def stances_on(self, day: date, until: datetime) -> dict[Pair, str]:
        """How each MP of then stood towards an area, as it was last said in the 12 months before a day."""
        fresh = (one for one in self.stances if day - YEAR < one.on <= day and one.at < until)
        found = _latest(fresh)
        return {pair: found[pair] for pair in self.pairs(day) if pair in found}

    def stages_on(self, day: date, until: datetime) -> dict[Pair, str]:
        """How far each had come by a day: as its lead said, or else what the log of 12 months showed."""
        said = _latest(one for one in self.stages if one.on <= day and one.at < until)
        logged = self._logged(day)
        return {pair: said.get(pair) or logged.get(pair, "no_contact") for pair in self.pairs(day)}

    def _logged(self, day: date) -> dict[Pair, str]:
        found: dict[Pair, str] = {}
        for one in self.contacts:
            if day - YEAR < one.on <= day:
                best = next(stage for stage in STAGES if stage in one.types)
                found[one.pair] = max(found.get(one.pair, best), best, key=RANKS.__getitem__)
        return found

    def types_on(self, day: date) -> dict[UUID, int]:
        """How many types of engagement each area had in the 12 months before a day."""
        found: dict[UUID, set[str]] = {area: set() for area in self.areas}
        for one in self.contacts:
            if day - YEAR < one.on <= day and one.pair[0] in found:
                found[one.pair[0]] |= one.types
        return {area: len(types) for area, types in found.items()}

    def quiet_on(self, day: date) -> set[UUID]:
        """The areas without any contact in the six months before a day."""
        touched = {one.pair[0] for one in self.contacts if day - QUIET < one.on <= day}
        return set(self.areas) - touched

    def changing_on(self, day: date, ahead: timedelta) -> set[UUID]:
        """The areas of which a seat has no MP on a day, or one whose term is known to end within some time."""
        taken = {(one.area, one.constituency) for one in self.seats if one.runs_on(day)}
        ending = {one.area for one in self.seats if one.runs_on(day) and one.ends_on and one.ends_on <= day + ahead}
        vacant = {one.area for one in self.seats if (one.area, one.constituency) not in taken}
        return (ending | vacant) & set(self.areas)

    def moves(self, before: tuple[date, datetime], now: tuple[date, datetime]) -> dict[Pair, str]:
        """How each moved between two days, of those that there was an MP for on the second."""
        earlier, later = self.stages_on(*before), self.stages_on(*now)
        return {pair: _move(earlier.get(pair), stage) for pair, stage in later.items()}


def _move(before: str | None, now: str) -> str:
    if before is None:
        return NEW
    if RANKS[before] == RANKS[now]:
        return SAME
    return FURTHER if RANKS[now] > RANKS[before] else BACK


def _latest(said: Iterable[Said]) -> dict[Pair, str]:
    # They come in their order, so the last one stays.
    return {one.pair: one.code for one in said}
