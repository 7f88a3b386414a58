"""What each transition does to the clock: whose turn it is, by when, and how many days are left when it stops."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

from referrals.accounts.viewer import Viewer
from referrals.casework import clocks, policy
from referrals.casework.models import Referral
from referrals.casework.workflow import STATES, ClockEffect, Transition
from referrals.directory.models import Office
from referrals.foundation.clock import local_day
from referrals.foundation.database import db


@dataclass
class Step:
    """One transition being carried out: the row of the workflow, the referral, the checked answers, who, and when."""

    row: Transition
    referral: Referral
    answers: Mapping[str, Any]
    by: Viewer
    moment: datetime
    state_from: str
    state_to: str
    # What the move says besides the answers: codes and dates only.
    facts: dict[str, Any] = field(default_factory=dict)
    # What is done once the row itself is written.
    afterwards: list[Callable[[Referral], None]] = field(default_factory=list)

    @property
    def day(self) -> date:
        """The London day of it."""
        return local_day(self.moment)


def office_clocks(referral: Referral) -> Mapping[str, Any]:
    """What the referral's office has set in place of the default clocks."""
    office = db.session.get(Office, referral.office_id) if referral.office_id else None
    return office.clocks if office else {}


def deadline(referral: Referral, clock: str, start: date) -> date:
    """When a clock that starts on a day runs out, for this referral and its office."""
    urgent = referral.urgency == "urgent"
    return clocks.add_working_days(start, clocks.days_of(clock, office_clocks(referral), urgent=urgent))


def set_due(referral: Referral, due: date | None) -> None:
    """By when the next thing should happen. The two dates go together, so that no open case stands without one."""
    referral.due_on = due
    referral.next_action_on = due


def stop_clock(referral: Referral, moment: datetime) -> None:
    """Keep the working days that were left; a clock that stands already keeps what it had."""
    if referral.clock_stopped_at is None:
        left = clocks.working_days_between(local_day(moment), referral.due_on) if referral.due_on else 0
        referral.days_left = max(0, left)
        referral.clock_stopped_at = moment


def resume_clock(referral: Referral, moment: datetime) -> None:
    """Go on with the days that were left when the clock stopped; without any it is due today."""
    set_due(referral, clocks.add_working_days(local_day(moment), referral.days_left or 0))
    forget_stop(referral)


def forget_stop(referral: Referral) -> None:
    """The clock no longer stands."""
    referral.clock_stopped_at = None
    referral.days_left = None


def apply_clock(step: Step) -> None:
    """Carry out the clock effect of the transition, and give the turn to whom the new state gives it."""
    referral = step.referral
    effect = step.row.clocks.get(step.by.side, step.row.clock)
    _EFFECTS[effect](step)
    if step.state_to != step.state_from:
        waiting = STATES[step.state_to].waiting_on
        referral.waiting_on = waiting.value if waiting else None
        referral.waiting_on_since = step.moment if waiting else None


def decision_deadline(referral: Referral, start: date) -> date:
    """By when the office should have opened it, or, once it has, decided."""
    return deadline(referral, clocks.DECISION if referral.seen_at else clocks.SEEN, start)


def _keep(_step: Step) -> None:
    pass


def _decision(step: Step) -> None:
    forget_stop(step.referral)
    set_due(step.referral, decision_deadline(step.referral, step.day))


def _stop(step: Step) -> None:
    stop_clock(step.referral, step.moment)
    set_due(step.referral, step.answers["due_on"])


def _resume(step: Step) -> None:
    if "next_action_on" in step.answers:
        _next_action(step)
    else:
        resume_clock(step.referral, step.moment)


def _next_action(step: Step) -> None:
    forget_stop(step.referral)
    given: date | None = step.answers.get("next_action_on")
    set_due(step.referral, given or step.referral.next_action_on)


def _first_action(step: Step) -> None:
    forget_stop(step.referral)
    set_due(step.referral, deadline(step.referral, clocks.FIRST_ACTION, step.day))


def _review(step: Step) -> None:
    stop_clock(step.referral, step.moment)
    set_due(step.referral, step.answers["review_on"])


def _confirmation(step: Step) -> None:
    forget_stop(step.referral)
    set_due(step.referral, deadline(step.referral, clocks.CONFIRMATION, step.day))


def _end(step: Step) -> None:
    step.referral.next_action = None
    forget_stop(step.referral)
    set_due(step.referral, None)


_EFFECTS: Final[dict[ClockEffect, Callable[[Step], None]]] = {
    ClockEffect.KEEP: _keep,
    ClockEffect.DECISION: _decision,
    ClockEffect.STOP: _stop,
    ClockEffect.RESUME: _resume,
    ClockEffect.NEXT_ACTION: _next_action,
    ClockEffect.FIRST_ACTION: _first_action,
    ClockEffect.REVIEW: _review,
    ClockEffect.CONFIRMATION: _confirmation,
    ClockEffect.END: _end,
}


def is_naked(referral: Referral) -> bool:
    """Whether an open referral with an office stands without a next action or a day for it."""
    return policy.lacks(referral) is not None
