"""The dates of a referral and the deadlines that follow from them, for one viewer."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from referrals.accounts.queries import names_of
from referrals.accounts.roles import ROLES, Role, Side
from referrals.accounts.viewer import Viewer
from referrals.casework import deadlines, policy
from referrals.casework.deadlines import Deadline, following
from referrals.casework.models import DatedEvent, DeadlineDecision, Referral
from referrals.casework.queries.timeline import SERVICE_NAME, TimelineEntry
from referrals.foundation.database import db
from referrals.foundation.errors import NotFound

# How much of a case the office must be allowed to tell the group for the group to see the dates it recorded.
DATES = "outcome"

_TITLES = {
    following.MOVED: "Last day changed",
    following.COUNTED_AGAIN: "Last day counted again",
    following.MET: "Done",
    following.DROPPED: "No longer applies",
    following.OPENED_AGAIN: "Opened again",
}


@dataclass(frozen=True, slots=True)
class Dated:
    """What a viewer may know of the dates of a referral."""

    # All of them in the order they were recorded, withdrawn ones too.
    events: list[DatedEvent]
    decisions: list[DeadlineDecision]
    # Of the dates that stand, in the order of `deadlines.follow`.
    deadlines: list[Deadline]
    names: dict[UUID, str]

    @property
    def standing(self) -> list[DatedEvent]:
        """The dates that were not withdrawn, the latest first."""
        return sorted(
            (event for event in self.events if event.withdrawn_at is None), key=lambda event: event.day, reverse=True
        )

    def name_of(self, person_id: UUID | None) -> str:
        """Who it was."""
        return self.names.get(person_id, SERVICE_NAME) if person_id else SERVICE_NAME

    def timeline(self) -> list[TimelineEntry]:
        """What was recorded, taken back and decided, as entries of the timeline."""
        kinds = {event.id: event for event in self.events}
        return [
            *(self._recorded(event) for event in self.events),
            *(self._withdrawn(event) for event in self.events if event.withdrawn_at),
            *(self._decided(one) for one in self.decisions if one.event_id in kinds),
        ]

    def _recorded(self, event: DatedEvent) -> TimelineEntry:
        return TimelineEntry(
            at=event.created_at,
            kind="date",
            code=event.kind,
            title=f"Date recorded: {kind_label(event.kind)}",
            by_name=self.name_of(event.recorded_by_id),
            side=_side(event.role),
            role=event.role,
            organisation_id=event.organisation_id,
            words=(("", event.words),) if event.words else (),
            happened_on=event.day,
            id=event.id,
        )

    def _withdrawn(self, event: DatedEvent) -> TimelineEntry:
        assert event.withdrawn_at is not None
        assert event.withdrawn_role is not None
        return TimelineEntry(
            at=event.withdrawn_at,
            kind="date",
            code=event.kind,
            title=f"Date taken back: {kind_label(event.kind)}",
            by_name=self.name_of(event.withdrawn_by_id),
            side=_side(event.withdrawn_role),
            role=event.withdrawn_role,
            words=(("", event.reason),) if event.reason else (),
            happened_on=event.day,
            id=event.id,
        )

    def _decided(self, one: DeadlineDecision) -> TimelineEntry:
        return TimelineEntry(
            at=one.at,
            kind="deadline",
            code=one.decision,
            title=f"{_TITLES[one.decision]}: {rule_name(one.rule)}",
            by_name=self.name_of(one.by_id),
            side=_side(one.role),
            role=one.role,
            organisation_id=one.organisation_id,
            words=(("", one.words),) if one.words else (),
            happened_on=one.day,
            id=one.id,
        )


def dated(row: Referral, viewer: Viewer) -> Dated:
    """The dates and deadlines of a referral; one query where there are none, else three. Raises NotFound to strangers.

    Where the resident did not agree that the office tells the group so much, the group reads of its own dates only.
    """
    policy.must_see(row, viewer)
    events, decisions = load([row.id])
    if not policy.may_be_told(row, viewer, DATES):
        events = [event for event in events if event.organisation_id == viewer.organisation_id]
        decisions = [one for one in decisions if one.organisation_id == viewer.organisation_id]
    people = {event.recorded_by_id for event in events} | {one.by_id for one in decisions}
    people |= {event.withdrawn_by_id for event in events if event.withdrawn_by_id}
    return Dated(events, decisions, deadlines.follow(events, decisions), names_of(people) if people else {})


def dated_event(row: Referral, event_id: UUID, viewer: Viewer, *, even_withdrawn: bool = False) -> DatedEvent:
    """One date of this referral that stands, or `even_withdrawn`. Raises NotFound, also where it is not theirs."""
    policy.must_see(row, viewer)
    found = db.session.get(DatedEvent, event_id)
    if found is None or found.referral_id != row.id or (found.withdrawn_at is not None and not even_withdrawn):
        raise NotFound
    if found.organisation_id != viewer.organisation_id and not policy.may_be_told(row, viewer, DATES):
        raise NotFound
    return found


def deadline(row: Referral, event_id: UUID, rule: str, viewer: Viewer) -> Deadline:
    """What one rule makes of one date of this referral. Raises NotFound."""
    event = dated_event(row, event_id, viewer)
    found = (one for one in deadlines.follow(*load([row.id])) if one.event.id == event.id and one.rule.code == rule)
    one = next(found, None)
    if one is None:
        raise NotFound
    return one


def load(referral_ids: Collection[UUID]) -> tuple[list[DatedEvent], list[DeadlineDecision]]:
    """The dates of these referrals, and what was decided about their deadlines, oldest first; for nobody's eyes."""
    # What the session has seen before may have changed since: a writer reads again once it holds the lock.
    fresh = {"populate_existing": True}
    dates = select(DatedEvent).where(DatedEvent.referral_id.in_(referral_ids)).order_by(DatedEvent.id)
    events = list(db.session.scalars(dates, execution_options=fresh))
    if not events:
        return [], []
    decided = select(DeadlineDecision).where(DeadlineDecision.referral_id.in_(referral_ids))
    decided = decided.order_by(DeadlineDecision.at, DeadlineDecision.id)
    return events, list(db.session.scalars(decided, execution_options=fresh))


def of_each(referral_ids: Collection[UUID]) -> dict[UUID, list[Deadline]]:
    """The deadlines of each of these referrals, in two queries; for nobody's eyes."""
    events, decisions = load(referral_ids)
    return {
        referral_id: deadlines.follow(
            [event for event in events if event.referral_id == referral_id],
            [one for one in decisions if one.referral_id == referral_id],
        )
        for referral_id in referral_ids
    }


def kind_label(code: str) -> str:
    """What a date is called; its bare code where the catalogue no longer has it."""
    try:
        return deadlines.trigger(code).label
    except LookupError:
        return code


def rule_name(code: str) -> str:
    """What a rule is called; its bare code where the catalogue no longer has it."""
    try:
        return deadlines.rule(code).name
    except LookupError:
        return code


def _side(role: str) -> Side:
    return ROLES[Role(role)].side
