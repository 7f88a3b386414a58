"""The register of small grants as read: rounds with what they have given, and one round with its awards."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import case, func, select

from referrals.accounts.viewer import Viewer
from referrals.engagement.models import GrantAward, GrantGiver, GrantRound, GrantTheme
from referrals.engagement.policy import grants as policy
from referrals.foundation.database import db
from referrals.foundation.errors import NotFound


@dataclass(frozen=True, slots=True)
class RoundLine:
    """One round, and what it has given so far; what was withdrawn does not count."""

    round: GrantRound
    awards: int
    given_pence: int


def grant_rounds(viewer: Viewer) -> list[RoundLine]:
    """The rounds that the viewer may read, the newest first."""
    counts = case((GrantAward.id.is_not(None) & GrantAward.withdrawn_at.is_(None), 1), else_=0)
    query = (
        select(
            GrantRound,
            func.coalesce(func.sum(counts), 0),
            func.coalesce(func.sum(counts * GrantAward.amount_pence), 0),
        )
        .outerjoin(GrantAward, GrantAward.round_id == GrantRound.id)
        .where(GrantRound.organisation_id.in_(policy.readable_groups(viewer)))
        .group_by(GrantRound.id)
        .order_by(GrantRound.opens_on.desc(), GrantRound.id.desc())
    )
    return [RoundLine(row[0], int(row[1]), int(row[2])) for row in db.session.execute(query)]


def grant_round(round_id: UUID, viewer: Viewer) -> GrantRound:
    """One round that the viewer may read. Raises NotFound."""
    found = db.session.get(GrantRound, round_id)
    if found is None or not policy.may_read_register(found.organisation_id, viewer):
        raise NotFound
    return found


def award(award_id: UUID, viewer: Viewer) -> GrantAward:
    """One award that the viewer may read. Raises NotFound."""
    found = db.session.get(GrantAward, award_id)
    if found is None or not policy.may_read_register(found.organisation_id, viewer):
        raise NotFound
    return found


def themes_of(round_ids: Collection[UUID]) -> list[GrantTheme]:
    """The themes of rounds that a query has given out, in the order of their form."""
    query = select(GrantTheme).where(GrantTheme.round_id.in_(list(round_ids)))
    return list(db.session.scalars(query.order_by(GrantTheme.round_id, GrantTheme.place)))


def awards_of(round_ids: Collection[UUID]) -> list[GrantAward]:
    """The awards of rounds that a query has given out, the newest first, withdrawn ones too."""
    query = select(GrantAward).where(GrantAward.round_id.in_(list(round_ids)))
    return list(db.session.scalars(query.order_by(GrantAward.awarded_on.desc(), GrantAward.id)))


def given_pence(round_id: UUID, but: UUID | None = None) -> int:
    """What a round has given, in pence, without one award that is about to be changed."""
    query = select(func.sum(GrantAward.amount_pence)).where(
        GrantAward.round_id == round_id, GrantAward.withdrawn_at.is_(None)
    )
    return db.session.scalar(query if but is None else query.where(GrantAward.id != but)) or 0


def giver(organisation_id: UUID) -> GrantGiver | None:
    """Under which name and numbers a group's awards go out; None where nobody has said."""
    return db.session.get(GrantGiver, organisation_id)


def handed_over(organisation_id: UUID, on: date, viewer: Viewer) -> list[GrantAward]:
    """What a group handed over on a day, for who may read its register; one query."""
    if not policy.may_read_register(organisation_id, viewer):
        return []
    query = select(GrantAward).where(
        GrantAward.organisation_id == organisation_id,
        GrantAward.presented_on == on,
        GrantAward.withdrawn_at.is_(None),
    )
    return list(db.session.scalars(query.order_by(GrantAward.id)))
