"""What somebody has in hand that is not over: in an office what is assigned to them, in a group what they follow."""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, func, select

from referrals.accounts.roles import Permission, Side
from referrals.accounts.viewer import Viewer
from referrals.casework.models import Referral
from referrals.casework.queries.choices import people_of
from referrals.casework.queries.lines import Line, lines_of
from referrals.casework.queries.visible import visible_to
from referrals.foundation.database import db

# So many can be chosen one by one on a page.
MOST_SHOWN: Final = 100


def count_held(person_id: UUID | None, viewer: Viewer) -> int:
    """How many open referrals the person has, or, for None, people who cannot come in any more; two queries at most."""
    if not viewer.may(Permission.REFERRAL_HAND_OVER):
        return 0
    query = select(func.count()).select_from(Referral).where(*held_by(person_id, viewer, people_of(viewer)))
    return db.session.scalar(query) or 0


def held(person_id: UUID | None, viewer: Viewer) -> list[Line]:
    """The first hundred of them, the oldest first. Raises NotAllowed to who hands nothing over."""
    viewer.must(Permission.REFERRAL_HAND_OVER)
    where = held_by(person_id, viewer, people_of(viewer))
    ids = db.session.scalars(select(Referral.id).where(*where).order_by(Referral.id).limit(MOST_SHOWN))
    return lines_of(list(ids), viewer)


def held_by(person_id: UUID | None, viewer: Viewer, here: Mapping[UUID, str]) -> list[ColumnElement[bool]]:
    """The condition under which a row is theirs; `here` are the people who can come in."""
    owner: Any = (
        Referral.assignee_id
        if viewer.side is Side.OFFICE
        else func.coalesce(Referral.referrer_id, Referral.created_by_id)
    )
    theirs = owner == person_id if person_id else owner.is_not(None) & owner.not_in(list(here))
    return [visible_to(viewer), Referral.ended_at.is_(None), theirs]
