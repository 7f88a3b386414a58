"""Saved views as read: one's own, and those that colleagues share with the office."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import or_, select

from referrals.accounts.models import Person
from referrals.accounts.roles import Permission
from referrals.accounts.viewer import Viewer
from referrals.casework import policy
from referrals.casework.models import SavedView
from referrals.foundation.database import db
from referrals.foundation.errors import NotFound


@dataclass(frozen=True, slots=True)
class ViewLine:
    """One saved view in a list."""

    id: UUID
    name: str
    # The values of the queue's address by name, as they were saved.
    codes: Mapping[str, Sequence[str]]
    own: bool
    shared: bool
    by_name: str
    # Whether the viewer may rename and remove it.
    kept: bool
    version: int


def saved_views(viewer: Viewer) -> list[ViewLine]:
    """The viewer's own views, then those that others share with the office, each by name; one query.

    Raises NotAllowed to anybody but an office's people.
    """
    viewer.must(Permission.REFERRAL_WORK)
    query = (
        select(SavedView, Person.name)
        .join(Person, Person.id == SavedView.person_id)
        .where(
            SavedView.organisation_id == viewer.organisation_id,
            or_(SavedView.person_id == viewer.person_id, SavedView.shared_at.is_not(None)),
        )
    )
    lines = [_line(found, by_name, viewer) for found, by_name in db.session.execute(query)]
    return sorted(lines, key=lambda line: (not line.own, line.name.casefold(), line.id))


def saved_view(view_id: UUID, viewer: Viewer) -> SavedView:
    """One view that the viewer sees in the list. Raises NotFound."""
    viewer.must(Permission.REFERRAL_WORK)
    found = db.session.get(SavedView, view_id)
    if found is None or not policy.may_see_view(found, viewer):
        raise NotFound
    return found


def _line(found: SavedView, by_name: str, viewer: Viewer) -> ViewLine:
    return ViewLine(
        id=found.id,
        name=found.name or "",
        codes=found.codes,
        own=found.person_id == viewer.person_id,
        shared=found.shared_at is not None,
        by_name=by_name,
        kept=policy.may_keep_view(found, viewer),
        version=found.version,
    )
