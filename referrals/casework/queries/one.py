"""One referral, as its viewer may read it, and the few lines at its head."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import joinedload, selectinload

from referrals.accounts.roles import Side
from referrals.accounts.viewer import Viewer
from referrals.casework import asking, clocks, policy
from referrals.casework.models import Consent, Referral
from referrals.casework.queries.hearing import standing_of
from referrals.casework.queries.visible import visible_to
from referrals.casework.workflow import STATES, states
from referrals.foundation.clock import local_day, today
from referrals.foundation.database import db
from referrals.foundation.errors import NotFound
from referrals.foundation.references import BadReference, normalise_reference


def referral(reference: str | UUID, viewer: Viewer) -> Referral:
    """The referral of that reference (or id), with its resident and consents, in two queries.

    Raises NotFound where there is none for this viewer. Where the viewer may know of it but no longer read it, its
    sealed attributes read as None. Leaves no event: a page that shows it goes through `actions.open_referral`.
    """
    if isinstance(reference, UUID):
        return _one(Referral.id == reference, viewer)
    try:
        return _one(Referral.reference == normalise_reference(reference), viewer)
    except BadReference:
        raise NotFound from None


def draft(referral_id: UUID, viewer: Viewer) -> Referral:
    """One draft of the viewer's. Raises NotFound, also for what was sent already."""
    return _one((Referral.id == referral_id) & (Referral.state == states.DRAFT), viewer)


def consent(consent_id: UUID, viewer: Viewer) -> Consent:
    """One consent, with its referral. Raises NotFound unless the viewer may see that referral."""
    found = db.session.get(Consent, consent_id)
    if found is None:
        raise NotFound
    referral(found.referral_id, viewer)
    return found


def consents_of(row: Referral, viewer: Viewer) -> list[Consent]:
    """All consents of a referral, oldest first, those taken back too. Raises NotFound to who may not see it.

    Those for bodies are not there for a group that may not be told of bodies being asked.
    """
    policy.must_see(row, viewer)
    bodies = policy.may_be_told(row, viewer, asking.TOLD_OF)
    return [given for given in row.consents if bodies or given.kind != asking.AGENCY]


def _one(where: ColumnElement[bool], viewer: Viewer) -> Referral:
    query = (
        select(Referral)
        .where(where, visible_to(viewer))
        .options(joinedload(Referral.resident), selectinload(Referral.consents))
    )
    found = db.session.scalar(query)
    if found is None:
        raise NotFound
    return for_viewer(found, viewer)


def for_viewer(row: Referral, viewer: Viewer) -> Referral:
    """The same row, with its words closed where the viewer may no longer read them."""
    row.words_closed = not policy.may_read_words(row, viewer)
    return row


@dataclass(frozen=True, slots=True)
class Strip:
    """The state, whose turn it is, by when, and what is done next: the four answers every page gives."""

    # Whether the office's steps are kept from the viewer (queries/hearing.py), and only what they may know stands here.
    hushed: bool
    state: str
    label: str
    colour: str
    # office, referrer, resident, agency; None when it is over.
    waiting_on: str | None
    # Whether it is the viewer's own side that should act.
    yours: bool
    due_on: date | None
    # Working days; 0 while in time.
    overdue_days: int
    next_action: str | None
    next_action_on: date | None
    hold_reason: str | None
    hold_review_on: date | None
    assignee_id: UUID | None
    # While the office's own clock stands: since when, and the working days it has left.
    clock_stopped_on: date | None
    days_left: int | None
    seen_on: date | None


def strip(row: Referral, viewer: Viewer) -> Strip:
    """The head of a referral's page; no queries. Raises NotFound to who may not see it."""
    policy.must_see(row, viewer)
    known = standing_of(row, viewer)
    state = STATES[known.state]
    own = {Side.GROUP: "referrer", Side.OFFICE: "office"}[viewer.side]
    return Strip(
        hushed=known.hushed,
        state=known.state,
        label=state.label_referrer if viewer.side is Side.GROUP else state.label_office,
        colour=state.colour,
        waiting_on=known.waiting_on,
        yours=known.waiting_on == own,
        due_on=known.due_on,
        overdue_days=clocks.days_overdue(known, today()),
        next_action=state.next_step or (None if known.hushed else row.next_action),
        next_action_on=known.next_action_on,
        hold_reason=known.hold_reason if known.state == states.ON_HOLD else None,
        hold_review_on=known.hold_review_on,
        assignee_id=known.assignee_id,
        clock_stopped_on=local_day(known.clock_stopped_at) if known.clock_stopped_at else None,
        days_left=known.days_left,
        seen_on=local_day(known.seen_at) if known.seen_at else None,
    )
