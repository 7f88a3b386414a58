"""What an office waits for: its open enquiries over all its cases, the longest overdue first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, func, literal, select

from referrals.accounts.roles import Side
from referrals.accounts.viewer import Viewer
from referrals.casework import asking, clocks
from referrals.casework.models import Chaser, Enquiry, Referral
from referrals.casework.queries.lines import COUNTED_TO, Line, lines_of
from referrals.casework.queries.paging import by_day, page_size
from referrals.casework.queries.visible import visible_to
from referrals.directory.models import Agency
from referrals.foundation.clock import today
from referrals.foundation.database import db
from referrals.foundation.errors import NotAllowed

_DUE: Final = by_day(Enquiry.due_on, Enquiry.id)


@dataclass(frozen=True, slots=True)
class OpenEnquiry:
    """One enquiry that waits for its answer, with the line of its referral."""

    id: UUID
    agency: str
    sent_on: date
    due_on: date
    # Working days; 0 while in time.
    overdue_days: int
    # How often it was chased, and whether a chaser is ready to be sent.
    chased: int
    ready: bool
    referral: Line


@dataclass(frozen=True, slots=True)
class OpenEnquiries:
    """One page of them, the cursor of the next or None, and how many there are and are overdue, up to 999 and one."""

    rows: list[OpenEnquiry]
    next_cursor: str | None
    open: int
    overdue: int


def open_enquiries(viewer: Viewer, agency_id: UUID | None, after: str | None, limit: int) -> OpenEnquiries:
    """One page of the office's open enquiries, of all bodies or of one; three queries. NotAllowed to anybody else."""
    if viewer.side is not Side.OFFICE:
        raise NotAllowed
    size = page_size(limit)
    where = [Enquiry.office_id == viewer.organisation_id, Enquiry.ended_on.is_(None), visible_to(viewer)]
    if agency_id is not None:
        where.append(Enquiry.agency_id == agency_id)
    query = (
        select(
            Enquiry.id,
            Enquiry.referral_id,
            Enquiry.sent_on,
            Enquiry.due_on,
            Agency.name.label("agency"),
            _chasers(sent=True).label("chased"),
            _chasers(sent=False).label("drafts"),
        )
        .join(Referral, Referral.id == Enquiry.referral_id)
        .outerjoin(Agency, Agency.id == Enquiry.agency_id)
        .where(*where, *_DUE.after(after))
        .order_by(*_DUE.by)
        .limit(size + 1)
    )
    found = db.session.execute(query).all()
    shown = found[:size]
    lines = {line.id: line for line in lines_of([row.referral_id for row in shown], viewer)}
    day = today()
    return OpenEnquiries(
        rows=[_line(row, lines[row.referral_id], day) for row in shown],
        next_cursor=_DUE.cursor(shown[-1]) if len(found) > size else None,
        **_counts(where, day),
    )


def _chasers(*, sent: bool) -> Any:
    is_sent = Chaser.sent_on.is_not(None) if sent else Chaser.sent_on.is_(None)
    return select(func.count()).where(Chaser.enquiry_id == Enquiry.id, is_sent).scalar_subquery()


def _line(row: Any, referral: Line, day: date) -> OpenEnquiry:
    late = asking.is_overdue(row.due_on, None, day)
    return OpenEnquiry(
        id=row.id,
        agency=row.agency,
        sent_on=row.sent_on,
        due_on=row.due_on,
        overdue_days=max(1, clocks.working_days_between(row.due_on, day)) if late else 0,
        chased=row.chased,
        ready=row.drafts > 0,
        referral=referral,
    )


def _counts(where: Sequence[ColumnElement[bool]], day: date) -> dict[str, int]:
    """How many there are, counted no further than a page says."""

    def capped(*more: ColumnElement[bool]) -> Any:
        each = select(literal(1)).select_from(Enquiry).join(Referral, Referral.id == Enquiry.referral_id)
        each = each.where(*where, *more).limit(COUNTED_TO + 1)
        return select(func.count()).select_from(each.subquery()).scalar_subquery()

    row = db.session.execute(select(capped().label("open"), capped(Enquiry.due_on < day).label("overdue"))).one()
    return {"open": row.open, "overdue": row.overdue}
