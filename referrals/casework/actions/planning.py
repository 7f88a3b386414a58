"""Planning: what the office does next and when, and whose turn it is while a case is worked on."""

from datetime import date
from typing import Final

from sqlalchemy import select

from referrals.accounts.roles import Permission
from referrals.accounts.viewer import Viewer
from referrals.audit.actions import record
from referrals.casework import clocks, policy
from referrals.casework.actions.answers import Fault, check_day, checked
from referrals.casework.actions.moving import flush
from referrals.casework.actions.timing import deadline, forget_stop, set_due, stop_clock
from referrals.casework.models import Referral
from referrals.casework.workflow import WORKING_STATES, Waiting, When, asks
from referrals.directory import lists
from referrals.foundation import clock
from referrals.foundation.database import db
from referrals.foundation.errors import IllegalMove, Invalid, Stale

# Whose turn the office can say it is, and how long they are given.
TURNS: Final = {
    Waiting.OFFICE: clocks.FIRST_ACTION,
    Waiting.AGENCY: clocks.AGENCY_REPLY,
    Waiting.RESIDENT: clocks.INFORMATION,
}


def set_next_action(referral: Referral, words: str, due_on: date, *, by: Viewer, version: int | None) -> None:
    """Say what the office does next and on which day; the turn is the office's again.

    Also of an open referral that is not being worked on, where something of it is missing; then the turn stays.
    Raises NotFound, NotAllowed, Stale, IllegalMove, and Invalid under "next_action" and "next_action_on".
    """
    _must_be_planned(referral, by, version)
    questions = asks.next_action(required=True)
    given = checked(questions, {"next_action": words, "next_action_on": due_on}, referral=referral, by=by)
    referral.next_action = given["next_action"]
    set_due(referral, given["next_action_on"])
    if referral.state in WORKING_STATES:
        forget_stop(referral)
        _give_turn(referral, Waiting.OFFICE)
    referral.updated_at = clock.now()
    flush()
    record(
        "referral.next_action_planned",
        by=by,
        subject=("referral", referral.id),
        facts={"due_on": given["next_action_on"].isoformat()},
        words=given["next_action"],
        key=referral.seal_key(),
    )


def set_follow_up(referral: Referral, day: date, *, by: Viewer, version: int | None) -> None:
    """Set the day of the next action of a case that is being worked on; the action itself and the turn stay.

    Raises as `set_next_action`; Invalid under "next_action" where there is none yet, under "day" for one that is over.
    """
    _must_be_as_seen(referral, by, version)
    if referral.state not in WORKING_STATES:
        raise IllegalMove("It is not being worked on, so it has no day of its own choosing.")
    try:
        check_day(day, When.FROM_TODAY)
    except Fault as fault:
        raise Invalid({"day": str(fault)}) from None
    if referral.next_action_sealed is None:
        raise Invalid({"next_action": "Say first what happens next"})
    set_due(referral, day)
    referral.updated_at = clock.now()
    flush()
    facts = {"due_on": day.isoformat()}
    record("referral.follow_up_set", by=by, subject=("referral", referral.id), facts=facts)


def set_waiting_on(
    referral: Referral, waiting_on: str, due_on: date | None = None, *, by: Viewer, version: int | None
) -> None:
    """Say whose turn it is while a case is worked on: office, agency or resident.

    `due_on` is by when they should act; without it, the office's clock for it. While it is not the office's turn its
    own clock stands, and it goes on with the days left when the turn comes back. Raises as `set_next_action`, Invalid
    under "waiting_on" and "due_on".
    """
    _must_be_worked_on(referral, by, version)
    if waiting_on not in TURNS or waiting_on not in lists.codes("waiting_on"):
        raise Invalid({"waiting_on": "Choose whose turn it is"})
    if due_on is not None and due_on < clock.today():
        raise Invalid({"due_on": "Enter today’s date or one in the future"})
    give_turn(referral, Waiting(waiting_on), due_on, by=by)


def give_turn(referral: Referral, turn: Waiting, due_on: date | None, *, by: Viewer) -> None:
    """Give the turn to somebody, with what that does to the office's clock; without a day, the usual time.

    The caller holds the row, and has seen that the case is being worked on. A day that has passed stands as it is.
    """
    moment = clock.now()
    day = clock.local_day(moment)
    if turn is Waiting.OFFICE:
        left = clocks.add_working_days(day, referral.days_left) if referral.days_left is not None else None
        set_due(referral, due_on or left or referral.due_on)
        forget_stop(referral)
    else:
        stop_clock(referral, moment)
        set_due(referral, due_on or deadline(referral, TURNS[turn], day))
    _give_turn(referral, turn)
    flush()
    facts = {"waiting_on": turn.value, "due_on": referral.due_on.isoformat() if referral.due_on else None}
    record("referral.turn_given", by=by, subject=("referral", referral.id), facts=facts)


def _give_turn(referral: Referral, turn: Waiting) -> None:
    if referral.waiting_on != turn.value:
        referral.waiting_on, referral.waiting_on_since = turn.value, clock.now()
    referral.updated_at = clock.now()


def _must_be_planned(referral: Referral, by: Viewer, version: int | None) -> None:
    _must_be_as_seen(referral, by, version)
    if referral.state not in WORKING_STATES and policy.lacks(referral) is None:
        raise IllegalMove


def _must_be_worked_on(referral: Referral, by: Viewer, version: int | None) -> None:
    _must_be_as_seen(referral, by, version)
    if referral.state not in WORKING_STATES:
        raise IllegalMove


def _must_be_as_seen(referral: Referral, by: Viewer, version: int | None) -> None:
    policy.must_write(referral, by, Permission.REFERRAL_WORK)
    hold(referral, version)


def hold(referral: Referral, version: int | None) -> None:
    """Take the row for this transaction; raises Stale unless it is as it was read, and as the person saw it."""
    present = db.session.scalar(select(Referral.version).where(Referral.id == referral.id).with_for_update())
    if present != referral.version or version not in (None, present):
        raise Stale
