"""The lists people work from: the office's queue, and the group's own referrals by whose turn it is."""

from typing import Final

from sqlalchemy import ColumnElement

from referrals.accounts.roles import Side
from referrals.accounts.viewer import Viewer
from referrals.casework.models import Referral
from referrals.casework.queries.lines import Line, Page, counts, page
from referrals.casework.queries.paging import Order, by_day, by_moment
from referrals.casework.workflow import Waiting, states
from referrals.foundation.errors import NotAllowed

Conditions = list[ColumnElement[bool]]

# The tabs of the office, and of the group, in their order.
QUEUE_TABS: Final = ("unassigned", "mine", "team", "ended")
GROUP_TABS: Final = ("needs_me", "with_office", "drafts", "finished")
PAGE_SIZE: Final = 25

_OPEN: Final[Conditions] = [Referral.ended_at.is_(None), Referral.submitted_at.is_not(None)]
_ENDED: Final[Conditions] = [Referral.ended_at.is_not(None)]
# Due longest ago first: what is late stands on top.
_DUE: Final = by_day(Referral.due_on, Referral.id)
_ENDED_LAST: Final = by_moment(Referral.ended_at, Referral.id, descending=True)
_CHANGED_LAST: Final = by_moment(Referral.updated_at, Referral.id, descending=True)


def queue(viewer: Viewer, tab: str = "unassigned", after: str | None = None, limit: int = PAGE_SIZE) -> Page:
    """One page of the office's queue; `tab` is one of QUEUE_TABS, an unknown one reads as the first. Two queries.

    Raises NotAllowed to anybody but an office's people.
    """
    if viewer.side is not Side.OFFICE:
        raise NotAllowed
    conditions: dict[str, Conditions] = {
        "unassigned": [*_OPEN, Referral.assignee_id.is_(None)],
        "mine": [*_OPEN, Referral.assignee_id == viewer.person_id],
        "team": _OPEN,
        "ended": _ENDED,
    }
    orders = {"ended": _ENDED_LAST}
    return _page(conditions, orders, viewer, tab=tab, after=after, limit=limit)


def my_referrals(viewer: Viewer, tab: str = "needs_me", after: str | None = None, limit: int = PAGE_SIZE) -> Page:
    """One page of the group's referrals: a volunteer's own, a lead's whole area; `tab` is one of GROUP_TABS.

    An unknown tab reads as the first. Two queries. Raises NotAllowed to anybody but a group's people.
    """
    if viewer.side is not Side.GROUP:
        raise NotAllowed
    conditions: dict[str, Conditions] = {
        "needs_me": [*_OPEN, Referral.waiting_on == Waiting.REFERRER.value],
        "with_office": [*_OPEN, Referral.waiting_on != Waiting.REFERRER.value],
        "drafts": [Referral.ended_at.is_(None), Referral.state == states.DRAFT],
        "finished": _ENDED,
    }
    orders = {"drafts": _CHANGED_LAST, "finished": _ENDED_LAST}
    return _page(conditions, orders, viewer, tab=tab, after=after, limit=limit)


def drafts(viewer: Viewer) -> list[Line]:
    """The viewer's drafts, the last changed first, at most 100."""
    return my_referrals(viewer, "drafts", limit=100).rows


def _page(
    conditions: dict[str, Conditions],
    orders: dict[str, Order],
    viewer: Viewer,
    *,
    tab: str,
    after: str | None,
    limit: int,
) -> Page:
    tab = tab if tab in conditions else next(iter(conditions))
    rows, cursor = page(conditions[tab], orders.get(tab, _DUE), viewer, after, limit)
    # What has ended only grows, and nobody needs its number to work.
    counted = {name: where for name, where in conditions.items() if where is not _ENDED}
    return Page(rows, counts(counted, viewer), cursor)
