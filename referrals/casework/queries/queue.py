"""The list that an office works from: its queue, what presses most first."""

from collections.abc import Mapping, Sequence
from typing import Final

from sqlalchemy import ColumnElement, or_

from referrals.accounts.roles import Side
from referrals.accounts.viewer import Viewer
from referrals.casework.deadlines.following import near_until
from referrals.casework.models import Referral
from referrals.casework.queries.lines import Page, counts, page
from referrals.casework.queries.paging import Order, Section, by_day, by_moment
from referrals.foundation.clock import today
from referrals.foundation.errors import NotAllowed

Conditions = list[ColumnElement[bool]]

# The tabs of the office in their order.
QUEUE_TABS: Final = ("unassigned", "mine", "team", "ended")
PAGE_SIZE: Final = 25

_OPEN: Final[Conditions] = [Referral.ended_at.is_(None), Referral.submitted_at.is_not(None)]
_ENDED: Final[Conditions] = [Referral.ended_at.is_not(None)]
# Due longest ago first: what is late stands on top.
_DUE: Final = by_day(Referral.due_on, Referral.id)
_LIMIT: Final = by_day(Referral.limit_on, Referral.id)
_ENDED_LAST: Final = by_moment(Referral.ended_at, Referral.id, descending=True)


def queue(viewer: Viewer, tab: str = "unassigned", after: str | None = None, limit: int = PAGE_SIZE) -> Page:
    """One page of the office's queue; `tab` is one of QUEUE_TABS, an unknown one reads as the first. Three queries.

    On top stands what a limit on the resident falls on within seven days, or has fallen on; then what is due.

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
    pressing = pressing_first(_DUE)
    sections = {"unassigned": pressing, "mine": pressing, "team": pressing, "ended": (Section((), _ENDED_LAST),)}
    return _page(conditions, sections, viewer, tab=tab, after=after, limit=limit)


def pressing_first(order: Order) -> tuple[Section, Section]:
    """Two sections of any list of the office: what a limit presses, the soonest first, then the rest in `order`."""
    last = near_until(today())
    near, far = Referral.limit_on <= last, or_(Referral.limit_on.is_(None), Referral.limit_on > last)
    return Section((near,), _LIMIT), Section((far,), order)


def _page(
    conditions: dict[str, Conditions],
    sections: Mapping[str, Sequence[Section]],
    viewer: Viewer,
    *,
    tab: str,
    after: str | None,
    limit: int,
) -> Page:
    tab = tab if tab in conditions else next(iter(conditions))
    rows, cursor = page(conditions[tab], sections[tab], viewer, after, limit)
    # What has ended only grows, and nobody needs its number to work.
    counted = {name: where for name, where in conditions.items() if where is not _ENDED}
    return Page(rows, counts(counted, viewer), cursor)
