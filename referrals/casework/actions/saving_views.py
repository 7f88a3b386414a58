"""Saving what is asked of the queue under a name, for oneself or for the whole office."""

from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from sqlalchemy import func, select

from referrals.accounts.roles import Permission
from referrals.accounts.viewer import Viewer
from referrals.audit.actions import record
from referrals.casework import policy
from referrals.casework.actions.moving import flush
from referrals.casework.models import SavedView
from referrals.casework.queries.narrowing import Narrowed, known_to, narrowed
from referrals.casework.queries.queue import QUEUE_TABS, sorts_of
from referrals.foundation import clock
from referrals.foundation.database import db
from referrals.foundation.errors import IllegalMove, Invalid, NotAllowed, NotFound, Stale
from referrals.foundation.locks import hold

# So many of one person, and so many that an office shares: a list of more would help nobody.
MOST_OWN: Final = 20
MOST_SHARED: Final = 30
LONGEST_NAME: Final = 60


def save_view(name: str, tab: str, sort: str, narrow: Narrowed, *, shared: bool = False, by: Viewer) -> SavedView:
    """Keep a tab with its order and filters under a name, and share it with the office if wanted.

    Raises NotAllowed, NotFound for what nobody can ask of the queue, and Invalid under "name" and "shared".
    """
    by.must(Permission.REFERRAL_WORK)
    if tab not in QUEUE_TABS or sort not in sorts_of(tab) or narrowed(narrow, tab, known_to(by)) != narrow:
        raise NotFound
    _hold(by)
    own = _views_of(by.person_id, by)
    errors = _faults(name, own, shared=shared, by=by)
    if len(own) >= MOST_OWN:
        errors["name"] = f"You have {MOST_OWN} views already. Delete one first"
    if errors:
        raise Invalid(errors)
    moment = clock.now()
    made = SavedView(
        organisation_id=by.organisation_id,
        person_id=by.person_id,
        codes={"tab": [tab], "sort": [sort], **{one: list(values) for one, values in narrow.items()}},
        created_at=moment,
        shared_at=moment if shared else None,
        name=name,
    )
    db.session.add(made)
    flush()
    _record("saved_view.added", made, by)
    if shared:
        _record("saved_view.shared", made, by)
    return made


def rename_view(view: SavedView, name: str, *, version: int | None, by: Viewer) -> None:
    """Give a view another name. Raises NotAllowed, Stale, and Invalid under "name"."""
    _must_keep(view, version, by)
    _hold(by)
    others = [one for one in _views_of(view.person_id, by) if one.id != view.id]
    errors = _faults(name, others, shared=False, by=by)
    if errors:
        raise Invalid(errors)
    view.name = name
    flush()
    _record("saved_view.renamed", view, by)


def share_view(view: SavedView, *, version: int | None, by: Viewer) -> None:
    """Let the whole office have a view of one's own. Raises NotAllowed, Stale, and IllegalMove."""
    _must_own(view, version, by)
    _hold(by)
    if view.shared_at is not None:
        raise IllegalMove("Your office has this view already.")
    if _is_full(by):
        raise IllegalMove(_FULL + ".")
    view.shared_at = clock.now()
    flush()
    _record("saved_view.shared", view, by)


def unshare_view(view: SavedView, *, version: int | None, by: Viewer) -> None:
    """Keep a view of one's own for oneself again. Raises NotAllowed, Stale, and IllegalMove."""
    _must_own(view, version, by)
    if view.shared_at is None:
        raise IllegalMove("This view is only yours already.")
    view.shared_at = None
    flush()
    _record("saved_view.unshared", view, by)


def remove_view(view: SavedView, *, version: int | None, by: Viewer) -> None:
    """Delete a view, for everybody who has it; the referrals stay as they are. Raises NotAllowed and Stale."""
    _must_keep(view, version, by)
    _record("saved_view.removed", view, by)
    db.session.delete(view)
    flush()


_FULL: Final = f"Your office shares {MOST_SHARED} views already. Stop sharing or delete one first"


def _must_keep(view: SavedView, version: int | None, by: Viewer) -> None:
    if not policy.may_keep_view(view, by):
        raise NotAllowed
    if version != view.version:
        raise Stale


def _must_own(view: SavedView, version: int | None, by: Viewer) -> None:
    if view.person_id != by.person_id:
        raise NotAllowed
    _must_keep(view, version, by)


def _hold(by: Viewer) -> None:
    hold(f"saved views of {by.organisation_id}")


def _views_of(person_id: UUID | None, by: Viewer) -> Sequence[SavedView]:
    query = select(SavedView).where(SavedView.organisation_id == by.organisation_id, SavedView.person_id == person_id)
    return db.session.scalars(query).all()


def _is_full(by: Viewer) -> bool:
    query = select(func.count()).where(
        SavedView.organisation_id == by.organisation_id, SavedView.shared_at.is_not(None)
    )
    return (db.session.scalar(query) or 0) >= MOST_SHARED


def _faults(name: str, others: Sequence[SavedView], *, shared: bool, by: Viewer) -> dict[str, str]:
    errors = {}
    if not name.strip():
        errors["name"] = "Enter a name"
    elif len(name) > LONGEST_NAME:
        errors["name"] = f"The name must be {LONGEST_NAME} characters or fewer"
    elif name.casefold() in {(one.name or "").casefold() for one in others}:
        errors["name"] = "There is a view of this name already. Choose another name"
    if shared and _is_full(by):
        errors["shared"] = _FULL
    return errors


def _record(action: str, view: SavedView, by: Viewer) -> None:
    facts: dict[str, Any] = {"view": str(view.id), "version": view.version}
    record(action, by=by, subject=("organisation", view.organisation_id), facts=facts)
