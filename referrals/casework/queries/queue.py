"""The list that an office works from: its queue, what presses most first."""

from typing import Final

from sqlalchemy import ColumnElement, not_, or_

from referrals.accounts.roles import Side
from referrals.accounts.viewer import Viewer
from referrals.casework.deadlines.following import near_until
from referrals.casework.models import Referral
from referrals.casework.queries.lines import Page, counts, page
from referrals.casework.queries.narrowing import ENDED, UNPLANNED, Narrowed, conditions
from referrals.casework.queries.paging import Order, Section, by_day, by_moment
from referrals.casework.queries.transfers import offers_to_count
from referrals.foundation.clock import today
from referrals.foundation.errors import NotAllowed

Conditions = list[ColumnElement[bool]]

# The tabs of the office in their order.
QUEUE_TABS: Final = ("unassigned", "mine", "team", ENDED)
# How the office can sort what is open, and what has ended; the first is what it gets unasked.
OPEN_SORTS: Final = ("due", "newest", "waiting", "urgency", "changed")
ENDED_SORTS: Final = ("ended", "newest")
PAGE_SIZE: Final = 25

_OPEN: Final[Conditions] = [Referral.ended_at.is_(None), Referral.submitted_at.is_not(None)]
_ENDED: Final[Conditions] = [Referral.ended_at.is_not(None)]
# Due longest ago first: what is late stands on top.
_DUE: Final = by_day(Referral.due_on, Referral.id)
_LIMIT: Final = by_day(Referral.limit_on, Referral.id)
_BEGUN_FIRST: Final = by_moment(Referral.created_at, Referral.id)
_ENDED_LAST: Final = by_moment(Referral.ended_at, Referral.id, descending=True)
_ORDERS: Final[dict[str, Order]] = {
    "due": _DUE,
    "newest": by_moment(Referral.submitted_at, Referral.id, descending=True),
    "waiting": by_moment(Referral.waiting_on_since, Referral.id),
    "changed": by_moment(Referral.updated_at, Referral.id, descending=True),
    "ended": _ENDED_LAST,
}


def queue(
    viewer: Viewer,
    tab: str = "unassigned",
    after: str | None = None,
    limit: int = PAGE_SIZE,
    *,
    narrow: Narrowed | None = None,
    sort: str = "",
) -> Page:
    """One page of the office's queue; `tab` is one of QUEUE_TABS, an unknown one reads as the first. Two queries.

    On top stands what a limit on the resident falls on within seven days, or has fallen on; then what nobody has
    planned; then the rest, sorted by one of OPEN_SORTS (what has ended by one of ENDED_SORTS, and nothing on top).
    `narrow` comes from `narrowed()`. Raises NotAllowed to anybody but an office's people.
    """
    if viewer.side is not Side.OFFICE:
        raise NotAllowed
    tabs: dict[str, Conditions] = {
        "unassigned": [*_OPEN, Referral.assignee_id.is_(None)],
        "mine": [*_OPEN, Referral.assignee_id == viewer.person_id],
        "team": _OPEN,
        ENDED: _ENDED,
    }
    tab = tab if tab in tabs else QUEUE_TABS[0]
    wanted = [*tabs[tab], *conditions(narrow or {}, viewer)]
    sort = sort if sort in sorts_of(tab) else sorts_of(tab)[0]
    sections = (Section((), _ORDERS[sort]),) if tab == ENDED else _pressing_first(sort)
    rows, cursor = page(wanted, sections, viewer, after, limit)
    # What has ended only grows, and nobody needs its number to work.
    counted = {name: where for name, where in tabs.items() if name != ENDED}
    if narrow and tab != ENDED:
        counted["found"] = wanted
    numbers = counts(counted, viewer, _DUE, beside={"offers": offers_to_count(viewer)})
    offers, found = numbers.pop("offers"), numbers.pop("found", None)
    return Page(rows, numbers, cursor, found, offers)


def sorts_of(tab: str) -> tuple[str, ...]:
    """The ways in which a tab can be sorted."""
    return ENDED_SORTS if tab == ENDED else OPEN_SORTS


def _pressing_first(sort: str) -> tuple[Section, ...]:
    """The sections of an open list: what a limit presses, the soonest first, what is not planned, the rest in order."""
    last = near_until(today())
    near, far = Referral.limit_on <= last, or_(Referral.limit_on.is_(None), Referral.limit_on > last)
    rest = far, not_(UNPLANNED)
    first = Section((near,), _LIMIT), Section((far, UNPLANNED), _BEGUN_FIRST)
    if sort == "urgency":
        return *first, *(Section((*rest, one), _DUE) for one in _by_urgency())
    if sort == "waiting":
        # A turn without a beginning would be lost between two pages.
        begun = Section((*rest, Referral.waiting_on_since.is_not(None)), _ORDERS[sort])
        return *first, begun, Section((*rest, Referral.waiting_on_since.is_(None)), _BEGUN_FIRST)
    return *first, Section(rest, _ORDERS[sort])


def _by_urgency() -> tuple[ColumnElement[bool], ...]:
    urgent, soon = Referral.urgency == "urgent", Referral.urgency == "soon"
    return urgent, soon, or_(Referral.urgency.is_(None), Referral.urgency.not_in(("urgent", "soon")))
