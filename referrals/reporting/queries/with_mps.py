"""Areas and their MPs, of a whole programme: which there were, and what was written down of them by a day."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import or_, select

from referrals.directory.models import Constituency, Group, Organisation, Term, group_constituencies
from referrals.engagement.models import Contact, Stage, Stance
from referrals.foundation.database import db
from referrals.reporting.periods import Period
from referrals.reporting.scope import Scope

Pair = tuple[UUID, UUID]


@dataclass(frozen=True, slots=True)
class Seat:
    """One term in a seat of an area; without an id where the seat had no MP at all."""

    area: UUID
    constituency: UUID
    region: str | None
    term: UUID | None
    begins_on: date | None
    ends_on: date | None

    def runs_on(self, day: date) -> bool:
        """Whether there was this MP on that day."""
        begun = self.begins_on is not None and self.begins_on <= day
        return begun and (self.ends_on is None or self.ends_on >= day)


@dataclass(frozen=True, slots=True)
class Said:
    """A stage or a stance that was said of an area and an MP: its code, for which day, and when it was written down."""

    pair: Pair
    code: str
    on: date
    at: datetime


@dataclass(frozen=True, slots=True)
class Touched:
    """One contact: whose, on which day, and for what."""

    pair: Pair
    on: date
    types: frozenset[str]


def areas_on(scope: Scope, day: date) -> dict[UUID, str]:
    """The region of each area of the programme that there was on a day, "" where nobody said it; one query."""
    query = (
        select(Group.organisation_id, Group.region)
        .join(Organisation, Organisation.id == Group.organisation_id)
        .where(
            Group.programme_id == scope.organisation_id,
            or_(Group.begins_on.is_(None), Group.begins_on <= day),
            or_(Group.ends_on.is_(None), Group.ends_on >= day),
            or_(Organisation.closed_on.is_(None), Organisation.closed_on > day),
        )
    )
    return {row.organisation_id: row.region or "" for row in db.session.execute(query)}


def seats(scope: Scope) -> list[Seat]:
    """Every term in the seats of the areas, and the seats without any; one query."""
    lies = group_constituencies
    query = (
        select(lies.c.group_id, lies.c.constituency_id, Constituency.region, Term.id, Term.begins_on, Term.ends_on)
        .join_from(lies, Group, Group.organisation_id == lies.c.group_id)
        .join(Constituency, Constituency.id == lies.c.constituency_id)
        .outerjoin(Term, Term.constituency_id == lies.c.constituency_id)
        .where(scope.covers_group(Group.organisation_id))
    )
    return [Seat(*row) for row in db.session.execute(query)]


def stances_by(scope: Scope, period: Period) -> list[Said]:
    """The stances that were written down before the period was over, the oldest first; one query.

    What was written down later of an earlier day is left out: so no quarter that was shown ever changes.
    """
    query = select(Stance.organisation_id, Stance.term_id, Stance.stance, Stance.assessed_on, Stance.assessed_at)
    query = query.where(
        scope.covers_group(Stance.organisation_id),
        Stance.assessed_on <= period.last,
        Stance.assessed_at < period.ends,
    )
    rows = db.session.execute(query.order_by(Stance.assessed_on, Stance.assessed_at))
    return [Said((row[0], row[1]), *row[2:]) for row in rows]


def stages_by(scope: Scope, period: Period) -> list[Said]:
    """The same of stages."""
    query = select(Stage.organisation_id, Stage.term_id, Stage.stage, Stage.since_on, Stage.set_at)
    query = query.where(
        scope.covers_group(Stage.organisation_id), Stage.since_on <= period.last, Stage.set_at < period.ends
    )
    rows = db.session.execute(query.order_by(Stage.since_on, Stage.set_at))
    return [Said((row[0], row[1]), *row[2:]) for row in rows]


def contacts_by(scope: Scope, since: date, period: Period) -> list[Touched]:
    """The contacts from a day on that were in the log before the period was over; one query."""
    query = select(Contact.organisation_id, Contact.term_id, Contact.happened_on, Contact.types).where(
        scope.covers_group(Contact.organisation_id),
        Contact.happened_on >= since,
        Contact.happened_on <= period.last,
        Contact.logged_at < period.ends,
    )
    return [Touched((row[0], row[1]), row[2], frozenset(row[3])) for row in db.session.execute(query)]
