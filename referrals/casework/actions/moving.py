"""Moving a referral along its way: `move()` is the only writer of its state."""

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm.exc import StaleDataError

from referrals.accounts.roles import Side
from referrals.accounts.viewer import Viewer
from referrals.audit.actions import record
from referrals.casework import policy
from referrals.casework.actions import effects
from referrals.casework.actions.answers import checked
from referrals.casework.actions.telling import tell
from referrals.casework.actions.timing import Step, apply_clock, is_naked
from referrals.casework.models import Move, Referral
from referrals.casework.workflow import TRANSITIONS, Audience, ConsentNeed, Tell, Transition
from referrals.foundation import clock
from referrals.foundation.database import db
from referrals.foundation.errors import IllegalMove, Invalid, NotAllowed, Stale


def move(
    referral: Referral,
    transition: str,
    answers: Mapping[str, Any],
    *,
    by: Viewer,
    version: int | None,
    quietly: bool = False,
) -> Move:
    """Carry out one transition of the workflow and return what happened.

    `answers` are by the names of the transition's asks, of the kinds that `AskKind` describes; others are ignored.
    `version` is that of the row the person looked at, or None when nobody looked (the service's own work).
    `quietly` leaves telling people of it to the caller, who tells them of many at once.
    Raises NotFound, NotAllowed, Stale (somebody was first), IllegalMove, and Invalid with a message per answer.
    """
    row = TRANSITIONS.get(transition)
    if row is None:
        raise IllegalMove
    _lock(referral, row, by, version)
    policy.must_make(row, referral, by)
    _must_be_agreed(row, referral)
    step = Step(
        row=row,
        referral=referral,
        answers=checked(row.asked_of(by.side), answers, referral=referral, by=by),
        by=by,
        moment=clock.now(),
        state_from=referral.state,
        state_to=row.target_for(by.side, referral.state, referral.state_before),
    )
    made = _carry_out(step)
    for one in () if quietly else row.tells:
        if _reaches(one, row, referral, by):
            tell(referral, one.message, one.to, by=by)
    return made


def _reaches(one: Tell, row: Transition, referral: Referral, by: Viewer) -> bool:
    """Whether they may be told of it: a group of what the office does, as far as the resident has agreed to that."""
    is_to_group = one.to in (Audience.GROUP, Audience.OTHER_SIDE) and by.side is not Side.GROUP
    return not is_to_group or policy.told_to_group_at_least(referral, row.told)


def _carry_out(step: Step) -> Move:
    referral = step.referral
    # The row is written once, when everything about it is known, so that a change is one version.
    with db.session.no_autoflush:
        effects.prepare(step)
        effects.apply(step)
        referral.state = step.state_to
        apply_clock(step)
        referral.updated_at = step.moment
        if is_naked(referral):
            raise Invalid({"next_action": "Say what you will do next, and on which day"})
        made = _note(step)
    flush()
    for do in step.afterwards:
        do(referral)
    _record(step, made)
    return made


def _lock(referral: Referral, row: Transition, by: Viewer, version: int | None) -> None:
    """Take the row for this transaction, and see that it is the one the person looked at."""
    if by.person_id is not None:
        policy.must_see(referral, by)
        permission = policy.permission_for(row, referral, by)
        if permission is None or not by.may(permission):
            raise NotAllowed
    present = db.session.scalar(select(Referral.version).where(Referral.id == referral.id).with_for_update())
    if present != referral.version or version not in (None, present):
        raise Stale


def _must_be_agreed(row: Transition, referral: Referral) -> None:
    # Sending says itself what is missing, with everything else that is; going on only needs this one thing.
    fault = policy.consent_fault(row, referral) if row.consent is ConsentNeed.STANDING else None
    if fault:
        raise Invalid({"consent": fault})


def _note(step: Step) -> Move:
    referral, by = step.referral, step.by
    made = Move(
        referral=referral,
        referral_id=referral.id,
        transition=step.row.name,
        state_from=step.state_from,
        state_to=step.state_to,
        by_id=by.person_id,
        organisation_id=by.organisation_id,
        role=by.role.value if by.role else None,
        at=step.moment,
        reason=step.answers.get("reason"),
        due_on=referral.due_on,
        facts=effects.facts_of(step),
        words=effects.words_of(step) or None,
    )
    db.session.add(made)
    return made


def _record(step: Step, made: Move) -> None:
    words = effects.words_of(step)
    record(
        f"referral.{step.row.past}",
        by=step.by,
        subject=("referral", step.referral.id),
        facts={"from": step.state_from, "to": step.state_to, "move": str(made.id), **made.facts},
        words=json.dumps(words, ensure_ascii=False, sort_keys=True) if words else None,
        key=step.referral.seal_key(),
    )


def flush() -> None:
    """Write what has changed; raises Stale when somebody else wrote the same row first."""
    try:
        db.session.flush()
    except StaleDataError:
        raise Stale from None
