"""Four weeks after closing: when a resident is to be asked how things are now, and when not any more."""

from datetime import timedelta
from typing import Final

from sqlalchemy import select

from referrals.casework import policy
from referrals.casework.models import LaterAnswer, Referral
from referrals.foundation import clock
from referrals.foundation.database import db

# Four weeks: what has come of it is known, and the help is still remembered.
ASKED_AFTER: Final = timedelta(days=28)
# Then it lapses: what somebody says after eight weeks is no answer to "after four weeks", and would be counted with
# them. As long again as the wait, so that neither a holiday nor an illness of the volunteer loses an answer.
OPEN_FOR: Final = timedelta(days=28)
WAITING: Final = "waiting"
LAPSED: Final = "lapsed"
STOPPED: Final = "stopped"


def plan_to_ask(referral: Referral) -> None:
    """Note, as a referral is closed, when its resident is to be asked; the event is that of the closing.

    Nothing where there is nobody to ask, or where they must not be (policy.may_be_asked_later).
    """
    if not policy.may_be_asked_later(referral):
        return
    moment = clock.now()
    due = clock.local_day(moment) + ASKED_AFTER
    db.session.add(
        LaterAnswer(
            referral=referral,
            referral_id=referral.id,
            group_id=referral.group_id,
            closed_at=moment,
            due_on=due,
            ends_on=due + OPEN_FOR,
            standing=WAITING,
        )
    )


def stop_asking(referral: Referral) -> None:
    """End what still waits to be asked, because the referral is open again or must not be asked about any more.

    The event is that of what happened to the referral.
    """
    query = select(LaterAnswer).where(LaterAnswer.referral_id == referral.id, LaterAnswer.standing == WAITING)
    for one in db.session.scalars(query.with_for_update()):
        one.standing, one.ended_at = STOPPED, clock.now()
