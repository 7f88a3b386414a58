"""Transfers as read: what is offered to an office and by it, and what a referral's page tells of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, ScalarSelect, Select, func, select
from sqlalchemy.orm import aliased

from referrals.accounts.queries import names_of as people_names
from referrals.accounts.roles import Permission, Side
from referrals.accounts.viewer import Viewer
from referrals.casework import clocks, policy
from referrals.casework.models import Referral, Transfer
from referrals.casework.queries.timeline import SERVICE_NAME, TimelineEntry
from referrals.casework.workflow.transfers import ACCEPTED, LAPSED, OFFERED, REJECTED, REVOKED
from referrals.directory import lists
from referrals.directory.models import Organisation
from referrals.directory.queries import names_of
from referrals.foundation.clock import local_day, today
from referrals.foundation.database import db
from referrals.foundation.errors import NotFound

MOST: Final = 100
_GROUP, _FROM, _TO = aliased(Organisation), aliased(Organisation), aliased(Organisation)
_ENDINGS: Final = {
    REJECTED: "Not taken on by the other office",
    REVOKED: "Offer to another office taken back",
    LAPSED: "Offer to another office ended",
}


@dataclass(frozen=True, slots=True)
class Offer:
    """A transfer in codes and dates, as either office may know it before it is taken on: nobody's name, no story."""

    id: UUID
    reference: str
    standing: str
    # Codes of the lists transfer_reasons, categories, urgencies and transfer_rejections.
    reason: str
    category: str | None
    urgency: str | None
    answer_reason: str | None
    area: str
    from_office: str
    to_office: str
    # Calendar days since the referral was sent.
    age_days: int
    offered_on: date
    due_on: date
    # Working days since it should have been decided; 0 while it need not, and once it is.
    overdue_days: int
    ended_on: date | None
    # Whether it was offered to the viewer's own office.
    incoming: bool
    version: int


@dataclass(frozen=True, slots=True)
class Transfers:
    """What a viewer may know of the transfers of one referral."""

    # Oldest first.
    rows: list[Transfer]
    offices: dict[UUID, str]
    people: dict[UUID, str]

    @property
    def on_offer(self) -> Transfer | None:
        """The one that waits for an answer."""
        return next((row for row in self.rows if row.standing == OFFERED), None)

    def timeline(self, viewer: Viewer) -> list[TimelineEntry]:
        """The offers and how they ended, but for that of taking it on, which is a move of the referral."""
        entries = [self._offered(row, viewer) for row in self.rows]
        return entries + [self._ended(row, viewer) for row in self.rows if row.standing in _ENDINGS]

    def _offered(self, row: Transfer, viewer: Viewer) -> TimelineEntry:
        readable = viewer.side is Side.OFFICE and row.words
        return TimelineEntry(
            at=row.offered_at,
            kind="transfer",
            code="offer_transfer",
            title="Offered to another office",
            by_name=self.people.get(row.offered_by_id, SERVICE_NAME),
            side=Side.OFFICE,
            organisation=self.offices.get(row.from_office_id, ""),
            words=(("For the other office", row.words or ""),) if readable else (),
            facts=(("To", self.offices.get(row.to_office_id, "")), ("Reason", _reason(row))),
            id=row.id,
        )

    def _ended(self, row: Transfer, viewer: Viewer) -> TimelineEntry:
        by = row.ended_by_id
        readable = viewer.side is Side.OFFICE and row.answer
        place = row.to_office_id if row.standing == REJECTED else row.from_office_id
        return TimelineEntry(
            at=row.ended_at or row.offered_at,
            kind="transfer",
            code=row.standing,
            title=_ENDINGS[row.standing],
            by_name=self.people.get(by, SERVICE_NAME) if by else SERVICE_NAME,
            side=Side.OFFICE if by else Side.SERVICE,
            organisation=self.offices.get(place, "") if by else "",
            words=(("Their answer", row.answer or ""),) if readable else (),
            facts=(("Reason", lists.label("transfer_rejections", row.answer_reason)),) if row.answer_reason else (),
            id=row.id,
        )


def transfers_of(row: Referral, viewer: Viewer) -> Transfers:
    """The transfers of a referral that the viewer may know of; one query where there are none, else three.

    The group knows of all, unless it hears nothing of how it goes on; an office of those it is one of the two ends of.
    Raises NotFound to strangers.
    """
    policy.must_see(row, viewer)
    query = select(Transfer).where(Transfer.referral_id == row.id).order_by(Transfer.id)
    rows = list(db.session.scalars(query))
    if viewer.side is Side.OFFICE:
        rows = [found for found in rows if policy.may_see_transfer(found, viewer)]
    if not rows or policy.is_hushed(row, viewer):
        return Transfers([], {}, {})
    offices = {found.from_office_id for found in rows} | {found.to_office_id for found in rows}
    people = {found.offered_by_id for found in rows} | {found.ended_by_id for found in rows}
    return Transfers(rows, names_of(offices), people_names(people))


def transfer(transfer_id: UUID, viewer: Viewer) -> Transfer:
    """One transfer, with its referral, for an action. Raises NotFound to all but its two offices."""
    found = db.session.get(Transfer, transfer_id)
    if found is None or not policy.may_see_transfer(found, viewer):
        raise NotFound
    return found


def was_offered(transfer_id: UUID, viewer: Viewer) -> bool:
    """Whether the viewer's office is one of the two of a transfer, also where it sees nothing of it any more."""
    found = db.session.get(Transfer, transfer_id)
    return found is not None and viewer.organisation_id in (found.from_office_id, found.to_office_id)


def offer(transfer_id: UUID, viewer: Viewer) -> Offer:
    """One transfer in codes and dates. Raises NotFound to all but its two offices."""
    transfer(transfer_id, viewer)
    return _offers([Transfer.id == transfer_id], viewer)[0]


def offers_to(viewer: Viewer) -> list[Offer]:
    """What other offices offer to the viewer's own now, the one to be decided first on top; at most 100."""
    viewer.must(Permission.REFERRAL_WORK)
    return _offers([Transfer.to_office_id == viewer.organisation_id, Transfer.standing == OFFERED], viewer)


def offers_by(viewer: Viewer) -> tuple[list[Offer], list[Offer]]:
    """What the viewer's own office offers now, and what came of its earlier offers; at most 100 of each."""
    viewer.must(Permission.REFERRAL_WORK)
    own = Transfer.from_office_id == viewer.organisation_id
    ended = _offers([own, Transfer.standing != OFFERED], viewer, newest=True)
    return _offers([own, Transfer.standing == OFFERED], viewer), ended


def offers_to_count(viewer: Viewer) -> ScalarSelect[int]:
    """How many referrals other offices offer to the viewer's own now, to be read in a query of something else."""
    query = select(func.count()).select_from(Transfer)
    query = query.where(Transfer.to_office_id == viewer.organisation_id, Transfer.standing == OFFERED)
    return query.scalar_subquery()


def passed_on(reference: str, viewer: Viewer) -> UUID | None:
    """The transfer by which a referral left the viewer's office for another one, the last of them; None without one."""
    query = (
        select(Transfer.id)
        .join(Referral, Referral.id == Transfer.referral_id)
        .where(Referral.reference == reference, Transfer.standing == ACCEPTED)
        .where(Transfer.from_office_id == viewer.organisation_id, Referral.office_id != viewer.organisation_id)
    )
    return db.session.scalar(query.order_by(Transfer.ended_at.desc())) if viewer.side is Side.OFFICE else None


def _offers(where: Sequence[ColumnElement[bool]], viewer: Viewer, *, newest: bool = False) -> list[Offer]:
    order = (Transfer.ended_at.desc(), Transfer.id) if newest else (Transfer.due_on, Transfer.id)
    rows = db.session.execute(_lines().where(*where).order_by(*order).limit(MOST))
    return [_offer(row, viewer) for row in rows]


def _lines() -> Select[*tuple[Any, ...]]:
    columns = (Referral.reference, Referral.category, Referral.urgency, Referral.submitted_at)
    return (
        select(Transfer, *columns, _GROUP.name, _FROM.name, _TO.name)
        .join(Referral, Referral.id == Transfer.referral_id)
        .join(_GROUP, _GROUP.id == Referral.group_id)
        .join(_FROM, _FROM.id == Transfer.from_office_id)
        .join(_TO, _TO.id == Transfer.to_office_id)
    )


def _offer(row: Any, viewer: Viewer) -> Offer:
    found, reference, category, urgency, submitted_at, area, from_office, to_office = row
    day, waits = today(), found.standing == OFFERED
    late = clocks.working_days_between(found.due_on, day) if waits and found.due_on < day else 0
    return Offer(
        id=found.id,
        reference=reference,
        standing=found.standing,
        reason=found.reason,
        category=category,
        urgency=urgency,
        answer_reason=found.answer_reason,
        area=area,
        from_office=from_office,
        to_office=to_office,
        age_days=_age(submitted_at, found.ended_at),
        offered_on=local_day(found.offered_at),
        due_on=found.due_on,
        overdue_days=max(1, late) if waits and found.due_on < day else 0,
        ended_on=local_day(found.ended_at) if found.ended_at else None,
        incoming=found.to_office_id == viewer.organisation_id,
        version=found.version,
    )


def _age(submitted_at: datetime, ended_at: datetime | None) -> int:
    until = local_day(ended_at) if ended_at else today()
    return (until - local_day(submitted_at)).days


def _reason(row: Transfer) -> str:
    return lists.label("transfer_reasons", row.reason)
