"""How a referral stands as far as the viewer may know: for all its lists and pages, of one row and as SQL.

Where the resident lets the office tell the group nothing, the group knows that it sent the referral, and of every step
that asks something of it or ends the referral. Between those it reads one and the same thing, whatever the office does:
sent, and with the office. No day of the office's is shown either, because a day that moves tells of a step.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, and_, case, exists, false, func, or_, select

from referrals.accounts.roles import Side
from referrals.accounts.viewer import Viewer
from referrals.casework import policy
from referrals.casework.models import Consent, Referral
from referrals.casework.workflow import STATES, UNHEARD_STATES, Waiting, states
from referrals.foundation.clock import today

_NOTHING: Final = policy.SCOPES[0]


@dataclass(frozen=True, slots=True)
class Standing:
    """The facts of a referral that change as the office goes on, as the viewer may know them."""

    # Whether the office's steps are kept from the viewer.
    hushed: bool
    state: str
    waiting_on: str | None
    waiting_on_since: datetime | None
    due_on: date | None
    next_action_on: date | None
    hold_reason: str | None
    hold_review_on: date | None
    clock_stopped_at: datetime | None
    days_left: int | None
    assignee_id: UUID | None
    seen_at: datetime | None
    accepted_at: datetime | None
    started_at: datetime | None
    outcome_at: datetime | None
    updated_at: datetime
    submitted_at: datetime | None
    ended_at: datetime | None


# What of it a group knows that hears nothing, where something is asked of it or it has ended.
_KNOWN: Final = ("state", "waiting_on", "waiting_on_since", "due_on")
_FIELDS: Final = tuple(name for name in Standing.__dataclass_fields__ if name != "hushed")


def standing_of(row: Referral, viewer: Viewer) -> Standing:
    """How the referral stands for the viewer; its consents must be loaded."""
    return standing_where(row, hushed=policy.is_hushed(row, viewer))


def standing_where(row: Referral, *, hushed: bool, only: tuple[str, ...] = _FIELDS) -> Standing:
    """The same where it is known whether the viewer hears nothing; `only` names what was loaded of the row."""
    values: dict[str, Any] = dict.fromkeys(_FIELDS)
    if not hushed:
        values |= {name: getattr(row, name) for name in only}
        return Standing(hushed=False, **values)
    sent = row.submitted_at or row.created_at
    values |= {"submitted_at": row.submitted_at, "ended_at": row.ended_at, "updated_at": row.ended_at or sent}
    if STATES[row.state].waiting_on is Waiting.OFFICE or row.state in UNHEARD_STATES:
        values |= {"state": states.SUBMITTED, "waiting_on": Waiting.OFFICE.value, "waiting_on_since": sent}
    else:
        values |= {name: getattr(row, name) for name in _KNOWN}
    return Standing(hushed=True, **values)


def hushed_for(viewer: Viewer) -> ColumnElement[bool]:
    """The condition under which a row of referrals is hushed for the viewer (policy.is_hushed says it of one row)."""
    if viewer.side is not Side.GROUP:
        return false()
    day, of_row = today(), Consent.referral_id == Referral.id
    told = and_(of_row, Consent.kind == policy.OFFICE_TO_GROUP)
    newest = (
        select(func.coalesce(Consent.scope, policy.FULL))
        .where(
            told,
            Consent.withdrawn_at.is_(None),
            Consent.given_on <= day,
            or_(Consent.expires_on.is_(None), Consent.expires_on >= day),
        )
        .order_by(Consent.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    own = exists().where(of_row, Consent.kind == policy.GROUP_TO_OFFICE, Consent.ground == policy.OWN_REQUEST)
    never_asked = and_(own, ~exists().where(told))
    scope = func.coalesce(newest, case((never_asked, policy.FULL), else_=_NOTHING))
    about_a_resident = Referral.issue_type.is_distinct_from(policy.REQUEST_FOR_ADVICE)
    return and_(Referral.submitted_at.is_not(None), about_a_resident, scope == _NOTHING)


def state_for(viewer: Viewer) -> ColumnElement[str]:
    """The state of a row as the viewer may know it."""
    if viewer.side is not Side.GROUP:
        return Referral.state.expression
    unheard = and_(Referral.state.in_(UNHEARD_STATES), hushed_for(viewer))
    return case((unheard, states.SUBMITTED), else_=Referral.state)


def waiting_for(turn: Waiting, viewer: Viewer) -> ColumnElement[bool]:
    """The condition under which it is, as far as the viewer may know, the turn of `turn` on a sent, open referral."""
    on_turn = Referral.waiting_on == turn.value
    if viewer.side is not Side.GROUP:
        return on_turn
    # Asked only of the few states in which it makes a difference.
    unheard = and_(Referral.state.in_(UNHEARD_STATES), Referral.waiting_on != Waiting.OFFICE.value, hushed_for(viewer))
    return or_(on_turn, unheard) if turn is Waiting.OFFICE else and_(on_turn, ~unheard)
