"""The lists of a group's home: its referrals by whose turn it is, a volunteer's own or a lead's whole area."""

from collections.abc import Mapping
from datetime import date
from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import load_only, selectinload

from referrals.accounts.roles import Side
from referrals.accounts.viewer import Viewer
from referrals.casework import policy
from referrals.casework.models import Referral
from referrals.casework.queries.hearing import waiting_for
from referrals.casework.queries.lines import Line, Page, counts, page
from referrals.casework.queries.paging import Section, by_day, by_moment
from referrals.casework.queries.visible import visible_to, written_by
from referrals.casework.workflow import Waiting, states
from referrals.foundation.clock import today
from referrals.foundation.database import db
from referrals.foundation.errors import NotAllowed

Conditions = list[ColumnElement[bool]]

PAGE_SIZE: Final = 25

_OPEN: Final[Conditions] = [Referral.ended_at.is_(None), Referral.submitted_at.is_not(None)]
_ENDED: Final[Conditions] = [Referral.ended_at.is_not(None)]
# Due longest ago first: what is late stands on top.
_DUE: Final = by_day(Referral.due_on, Referral.id)
_ORDERS: Final = {
    "drafts": by_moment(Referral.updated_at, Referral.id, descending=True),
    "finished": by_moment(Referral.ended_at, Referral.id, descending=True),
}


_DRAFTS: Final[Conditions] = [Referral.ended_at.is_(None), Referral.state == states.DRAFT]
_TABS: Final[Mapping[str, Conditions | Waiting]] = {
    "needs_me": Waiting.REFERRER,
    "drafts": _DRAFTS,
    "with_office": Waiting.OFFICE,
    "with_agency": Waiting.AGENCY,
    "with_resident": Waiting.RESIDENT,
    "finished": _ENDED,
}
# In the order in which they matter.
GROUP_TABS: Final = tuple(_TABS)


def my_referrals(
    viewer: Viewer, tab: str = "needs_me", after: str | None = None, limit: int = PAGE_SIZE, *, own: bool = False
) -> Page:
    """One page of the group's referrals; `tab` is one of GROUP_TABS, an unknown one reads as the first.

    A volunteer's own, a lead's whole area, or with `own` what they wrote or sent themself. Two queries. Raises
    NotAllowed to anybody but a group's people.
    """
    rows, cursor = _rows(viewer, tab if tab in _TABS else GROUP_TABS[0], after, limit, own=own)
    return Page(rows, _counts(viewer, own=own), cursor)


def home(viewer: Viewer, shown: Mapping[str, int], *, own: bool = False) -> dict[str, Page]:
    """The beginning of each list in `shown`, as many rows of it as that says; a query each, and one for all counts."""
    counted = _counts(viewer, own=own)
    found = {}
    for tab, limit in shown.items():
        rows, cursor = _rows(viewer, tab, None, limit, own=own)
        found[tab] = Page(rows, counted, cursor)
    return found


def drafts(viewer: Viewer) -> list[Line]:
    """The viewer's drafts, the last changed first, at most 100."""
    return my_referrals(viewer, "drafts", limit=100).rows


def told_of(referral_ids: set[UUID], viewer: Viewer) -> dict[UUID, str]:
    """How much the office may tell the group of each of these today: codes of consent_scopes; two queries."""
    query = (
        select(Referral)
        .where(Referral.id.in_(referral_ids), visible_to(viewer))
        .options(load_only(Referral.id, Referral.issue_type), selectinload(Referral.consents))
    )
    day: date = today()
    return {row.id: policy.told_to_group(row, day) for row in db.session.scalars(query)}


def _rows(viewer: Viewer, tab: str, after: str | None, limit: int, *, own: bool) -> tuple[list[Line], str | None]:
    where = [*_in(tab, viewer), *_whose(viewer, own=own)]
    return page(where, (Section((), _ORDERS.get(tab, _DUE)),), viewer, after, limit)


def _counts(viewer: Viewer, *, own: bool) -> dict[str, int]:
    # What has ended only grows, and nobody needs its number to work.
    whose = _whose(viewer, own=own)
    counted = [tab for tab, where in _TABS.items() if where is not _ENDED]
    return counts({tab: [*_in(tab, viewer), *whose] for tab in counted}, viewer)


def _in(tab: str, viewer: Viewer) -> Conditions:
    where = _TABS[tab]
    # As far as the group may know whose turn it is.
    return [*_OPEN, waiting_for(where, viewer)] if isinstance(where, Waiting) else where


def _whose(viewer: Viewer, *, own: bool) -> Conditions:
    if viewer.side is not Side.GROUP:
        raise NotAllowed
    return [written_by(viewer)] if own else []
