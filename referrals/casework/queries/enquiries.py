"""The enquiries of a referral as a viewer may read them.

The office that asked reads all of it, the group as far as it may be told. An office that took the case on reads what
the group may be told, because that is what the resident agreed to hand on (casework/wording.py).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import aliased

from referrals.accounts.models import Person
from referrals.accounts.roles import ROLES, Role, Side
from referrals.accounts.viewer import Viewer
from referrals.casework import asking, clocks, policy
from referrals.casework.models import Chaser, Enquiry, Referral
from referrals.casework.queries.timeline import SERVICE_NAME, TimelineEntry
from referrals.directory import lists
from referrals.directory.models import Agency
from referrals.foundation.clock import today
from referrals.foundation.database import db
from referrals.foundation.errors import NotFound

_SENDER, _ENDER, _CHASER = aliased(Person), aliased(Person), aliased(Person)


@dataclass(frozen=True, slots=True)
class ChaserLine:
    """A reminder that was sent, or, without a day, the draft of one."""

    id: UUID
    sent_on: date | None
    channel: str | None
    words: str | None
    by_name: str
    role: str | None
    recorded_at: datetime | None


@dataclass(frozen=True, slots=True)
class EnquiryLine:
    """One enquiry; what the viewer may not be told is None."""

    id: UUID
    # Whether the viewer's own organisation asked; a case can have come from another office.
    own: bool
    agency_id: UUID
    agency: str
    channel: str
    sent_on: date
    due_on: date
    ended_on: date | None
    result: str | None
    # Whether it ended with an answer of the body.
    answered: bool
    asked: str | None
    agency_reference: str | None
    reply: str | None
    by_name: str
    role: str
    created_at: datetime
    ended_by: str
    ended_role: str | None
    ended_at: datetime | None
    # Those that were sent, oldest first, and the draft of the next where there is one.
    chasers: tuple[ChaserLine, ...]
    draft: ChaserLine | None
    # Whether an answer can be noted: it waits for one, or was given up before one came.
    may_be_answered: bool

    @property
    def is_open(self) -> bool:
        """Whether it waits for an answer."""
        return self.ended_on is None

    @property
    def overdue_days(self) -> int:
        """Working days since the answer was due; 0 while it is not overdue, and at least 1 once it is."""
        day = today()
        if not asking.is_overdue(self.due_on, self.ended_on, day):
            return 0
        return max(1, clocks.working_days_between(self.due_on, day))


def enquiries_of(row: Referral, viewer: Viewer) -> list[EnquiryLine]:
    """The enquiries the viewer may know of with their chasers, the newest first; one query.

    To the group there are none unless the office may tell it how far the case has got. Raises NotFound to strangers.
    """
    policy.must_see(row, viewer)
    if not policy.may_be_told(row, viewer, asking.TOLD_OF):
        return []
    query = (
        select(Enquiry, Agency.name, _SENDER.name, _ENDER.name, Chaser, _CHASER.name)
        .join(Agency, Agency.id == Enquiry.agency_id)
        .outerjoin(_SENDER, _SENDER.id == Enquiry.sent_by_id)
        .outerjoin(_ENDER, _ENDER.id == Enquiry.ended_by_id)
        .outerjoin(Chaser, Chaser.enquiry_id == Enquiry.id)
        .outerjoin(_CHASER, _CHASER.id == Chaser.sent_by_id)
        .where(Enquiry.referral_id == row.id)
        .order_by(Enquiry.sent_on.desc(), Enquiry.id.desc(), Chaser.sent_on, Chaser.id)
    )
    found: dict[UUID, tuple[Any, list[ChaserLine]]] = {}
    for one, agency, sender, ender, chaser, chased_by in db.session.execute(query):
        _, chasers = found.setdefault(one.id, ((one, agency, sender, ender), []))
        if chaser is not None:
            chasers.append(_chaser(chaser, chased_by))
    return [_line(one, chasers, row, viewer) for one, chasers in found.values()]


def enquiry(row: Referral, enquiry_id: UUID, viewer: Viewer) -> Enquiry:
    """One enquiry of this referral, for the office that asked. Raises NotFound to everybody else."""
    policy.must_see(row, viewer)
    found = db.session.get(Enquiry, enquiry_id)
    if found is None or found.referral_id != row.id or not _is_own(found, viewer):
        raise NotFound
    return found


def history_of(lines: Sequence[EnquiryLine]) -> list[TimelineEntry]:
    """What was asked, chased, and answered or given up, as entries of the timeline."""
    return [entry for line in lines for entry in _entries(line)]


def _chaser(chaser: Chaser, by_name: str | None) -> ChaserLine:
    return ChaserLine(
        id=chaser.id,
        sent_on=chaser.sent_on,
        channel=chaser.channel,
        words=chaser.words,
        by_name=by_name or SERVICE_NAME,
        role=chaser.role,
        recorded_at=chaser.recorded_at,
    )


def _line(found: Any, chasers: Sequence[ChaserLine], row: Referral, viewer: Viewer) -> EnquiryLine:
    one, agency, sender, ender = found
    own = _is_own(one, viewer)
    words = own or policy.told_to_group_at_least(row, asking.TOLD_WORDS)
    result = own or policy.told_to_group_at_least(row, asking.TOLD_RESULT)
    return EnquiryLine(
        id=one.id,
        own=own,
        agency_id=one.agency_id,
        agency=agency,
        channel=one.channel,
        sent_on=one.sent_on,
        due_on=one.due_on,
        ended_on=one.ended_on,
        result=one.result if result else None,
        answered=asking.is_reply(one.result),
        asked=one.asked if words else None,
        agency_reference=one.agency_reference if words else None,
        reply=one.reply if words else None,
        by_name=sender or SERVICE_NAME,
        role=one.role,
        created_at=one.created_at,
        ended_by=ender or SERVICE_NAME,
        ended_role=one.ended_role,
        ended_at=one.ended_at,
        chasers=tuple(_told(chaser, words=words) for chaser in chasers if chaser.sent_on is not None),
        draft=next((chaser for chaser in chasers if chaser.sent_on is None), None) if own else None,
        may_be_answered=own and asking.may_be_answered(one),
    )


def _is_own(one: Enquiry, viewer: Viewer) -> bool:
    return viewer.side is Side.OFFICE and one.office_id == viewer.organisation_id


def _told(chaser: ChaserLine, *, words: bool) -> ChaserLine:
    return ChaserLine(
        id=chaser.id,
        sent_on=chaser.sent_on,
        channel=chaser.channel,
        words=chaser.words if words else None,
        by_name=chaser.by_name,
        role=chaser.role,
        recorded_at=chaser.recorded_at,
    )


def _entries(line: EnquiryLine) -> Iterator[TimelineEntry]:
    yield TimelineEntry(
        at=line.created_at,
        kind="enquiry",
        code="sent",
        title=f"Asked: {line.agency}",
        by_name=line.by_name,
        side=_side(line.role),
        role=line.role,
        words=(("", line.asked),) if line.asked else (),
        facts=(("How", lists.label("enquiry_channels", line.channel)),),
        happened_on=line.sent_on,
        id=line.id,
    )
    for chaser in line.chasers:
        if chaser.recorded_at is None:
            continue
        yield TimelineEntry(
            at=chaser.recorded_at,
            kind="enquiry",
            code="chased",
            title=f"Chased: {line.agency}",
            by_name=chaser.by_name,
            side=_side(chaser.role),
            role=chaser.role,
            words=(("", chaser.words),) if chaser.words else (),
            facts=(("How", lists.label("enquiry_channels", chaser.channel)),) if chaser.channel else (),
            happened_on=chaser.sent_on,
            id=chaser.id,
        )
    if line.ended_at is not None:
        yield _ended(line, line.ended_at)


def _ended(line: EnquiryLine, at: datetime) -> TimelineEntry:
    title = f"Answer from: {line.agency}" if line.answered else f"No longer waiting for: {line.agency}"
    return TimelineEntry(
        at=at,
        kind="enquiry",
        code="ended",
        title=title,
        by_name=line.ended_by,
        side=_side(line.ended_role),
        role=line.ended_role,
        words=(("", line.reply),) if line.reply else (),
        facts=(("What came of it", lists.label("enquiry_results", line.result)),) if line.result else (),
        happened_on=line.ended_on,
        id=line.id,
    )


def _side(role: str | None) -> Side:
    return ROLES[Role(role)].side if role else Side.SERVICE
