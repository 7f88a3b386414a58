"""Many areas with an MP each, written straight into the tables: whatever a test says of them, on the day it says."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID

from referrals.directory import models as directory
from referrals.engagement.models import Contact, Stage, Stance
from referrals.foundation.database import db
from referrals.foundation.ids import new_id
from tests import people

REGIONS = ("North East", "North West", "London", "South East", "West Midlands")
BEGAN = date(2024, 7, 4)


def noon(day: date) -> datetime:
    """The moment at which what is said of a day is written down."""
    return datetime.combine(day, time(12), UTC)


@dataclass
class Areas:
    """Areas of the coordinator's programme by their place, in the order in which they were made."""

    ids: list[UUID] = field(default_factory=list)
    terms: list[UUID] = field(default_factory=list)
    rows: list[tuple[Any, dict[str, Any]]] = field(default_factory=list)

    def add(self, number: int, *, regions: Sequence[str | None] = REGIONS, ends_on: date | None = None) -> "Areas":
        """So many more, over these regions in turn."""
        for _ in range(number):
            place = len(self.ids)
            area, seat, member, term = (new_id() for _ in range(4))
            named = {"id": area, "kind": "group", "code": f"many-{place}", "name": f"Area {place}"}
            self._row(directory.Organisation, **named, created_at=noon(BEGAN), closed_on=None)
            region = regions[place % len(regions)]
            self._row(
                directory.Group,
                organisation_id=area,
                programme_id=people.BIG_LOCAL.id,
                region=region,
                priorities=[],
            )
            self._row(
                directory.Constituency,
                id=seat,
                gss_code=f"E{14_800_000 + place}",
                name=f"Seat {place}",
                nation="England",
            )
            self.rows.append((directory.group_constituencies, {"group_id": area, "constituency_id": seat}))
            self._row(directory.Member, id=member, name=f"Member {place}")
            dates = {"begins_on": BEGAN, "ends_on": ends_on}
            self._row(directory.Term, id=term, member_id=member, constituency_id=seat, **dates)
            self.ids.append(area)
            self.terms.append(term)
        return self

    def stand(self, stances: Sequence[str], day: date, *, at: datetime | None = None) -> "Areas":
        """What the first areas say of their MPs on a day."""
        for place, stance in enumerate(stances):
            known = {"assessed_on": day, "assessed_at": at or noon(day), "assessed_by_id": people.LEAD.id}
            self._said(Stance, place, stance=stance, due_on=day, reminded=False, evidence_sealed=b"x", **known)
        return self

    def reach(self, place: int, stage: str, day: date) -> "Areas":
        """How far one of them has come, as its lead says."""
        return self._said(Stage, place, stage=stage, since_on=day, set_at=noon(day), set_by_id=people.LEAD.id)

    def meet(self, place: int, day: date, *types: str) -> "Areas":
        """A contact of one of them."""
        contact = new_id()
        what = {"channel": "meeting", "types": list(types), "contributions": [], "ours": [], "member_there": True}
        logged = {"happened_on": day, "logged_at": noon(day), "logged_by_id": people.LEAD.id}
        return self._said(
            Contact, place, id=contact, story_id=contact, subject_sealed=b"x", version=1, **what, **logged
        )

    def write(self) -> "Areas":
        """Into the database, in one transaction."""
        db.session.rollback()
        with db.engine.begin() as connection:
            for table, row in self.rows:
                connection.execute(table.insert(), row)
        self.rows.clear()
        return self

    def _said(self, model: Any, place: int, **values: Any) -> "Areas":
        self._row(model, **({"id": new_id()} | values), organisation_id=self.ids[place], term_id=self.terms[place])
        return self

    def _row(self, model: Any, **values: Any) -> None:
        self.rows.append((model.__table__, values))
