"""The publicity of an area as read: the register, one entry, and what of its quotes and pictures may be shown."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from sqlalchemy import func, select

from referrals.accounts.viewer import Viewer
from referrals.engagement import permitting
from referrals.engagement.models import Publicity, PublicityPermission, PublicityPiece
from referrals.engagement.permitting import Shown
from referrals.engagement.policy import publicity as policy
from referrals.foundation.clock import today
from referrals.foundation.database import db
from referrals.foundation.errors import NotFound

SIZE: Final = 20


@dataclass(frozen=True, slots=True)
class Piece:
    """A quote or a picture with what is permitted of it; `shown` is None where it may not be shown."""

    id: UUID
    kind: str
    whose: str
    permissions: list[PublicityPermission]
    shown: Shown | None


def register(viewer: Viewer, *, page: int = 1) -> tuple[list[Publicity], int]:
    """A page, from 1 on, of the group's publicity, the newest first, and how many pages there are; two queries."""
    own = Publicity.organisation_id == policy.must_keep_publicity(viewer)
    total = db.session.scalar(select(func.count()).select_from(Publicity).where(own)) or 0
    query = select(Publicity).where(own).order_by(Publicity.happened_on.desc(), Publicity.id.desc())
    return list(db.session.scalars(query.limit(SIZE).offset((page - 1) * SIZE))), -(-total // SIZE)


def numbers_by_kind(viewer: Viewer) -> dict[str, int]:
    """How many entries of each kind the group has; one query."""
    own = Publicity.organisation_id == policy.must_keep_publicity(viewer)
    query = select(Publicity.kind, func.count()).where(own).group_by(Publicity.kind)
    return {row[0]: int(row[1]) for row in db.session.execute(query)}


def publicity(publicity_id: UUID, viewer: Viewer) -> Publicity:
    """One entry of the viewer's group. Raises NotFound."""
    found = db.session.get(Publicity, publicity_id)
    if found is None or not policy.may_keep(found, viewer):
        raise NotFound
    return found


def piece(piece_id: UUID, viewer: Viewer) -> PublicityPiece:
    """One quote or picture of the viewer's group. Raises NotFound."""
    found = db.session.get(PublicityPiece, piece_id)
    if found is None:
        raise NotFound
    publicity(found.publicity_id, viewer)
    return found


def permission(permission_id: UUID, viewer: Viewer) -> PublicityPermission:
    """One permission in the viewer's group. Raises NotFound."""
    found = db.session.get(PublicityPermission, permission_id)
    if found is None:
        raise NotFound
    publicity(found.publicity_id, viewer)
    return found


def pieces_of(found: Publicity, use: str | None = None) -> list[Piece]:
    """The quotes and pictures of an entry that a query has given out, in their order; two queries.

    Their words are there only where they may be shown today: for one use, a code of permission_uses, or at all.
    """
    query = select(PublicityPiece).where(PublicityPiece.publicity_id == found.id)
    pieces = list(db.session.scalars(query.order_by(PublicityPiece.added_at, PublicityPiece.id)))
    permitted: dict[UUID, list[PublicityPermission]] = defaultdict(list)
    asked = select(PublicityPermission).where(PublicityPermission.publicity_id == found.id)
    for one in db.session.scalars(asked.order_by(PublicityPermission.given_on, PublicityPermission.id)):
        permitted[one.piece_id].append(one)
    day = today()
    return [
        Piece(one.id, one.kind, one.whose or "", permitted[one.id], permitting.shown(one, permitted[one.id], day, use))
        for one in pieces
    ]


def came_of(contact_ids: list[UUID], viewer: Viewer) -> list[Publicity]:
    """The publicity that came of some contacts in the viewer's own log, the oldest first; one query."""
    query = select(Publicity).where(
        Publicity.contact_id.in_(contact_ids), Publicity.organisation_id == viewer.organisation_id
    )
    return list(db.session.scalars(query.order_by(Publicity.happened_on, Publicity.id))) if contact_ids else []
