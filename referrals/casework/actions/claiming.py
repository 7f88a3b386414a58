"""Adding to what the office claims came of a referral, as long as the group has not answered it."""

from sqlalchemy import select

from referrals.accounts.roles import Permission
from referrals.accounts.viewer import Viewer
from referrals.audit.actions import record
from referrals.casework import policy
from referrals.casework.actions.moving import flush
from referrals.casework.models import OutcomeCode, Referral
from referrals.casework.queries.results import current_outcome
from referrals.casework.workflow import states
from referrals.directory import lists
from referrals.foundation import clock
from referrals.foundation.database import db
from referrals.foundation.errors import IllegalMove, Invalid, Stale

CLAIMED = "claimed"


def add_code(referral: Referral, code: str, *, by: Viewer) -> None:
    """Add one outcome code to the present claim; the group reads it with the rest when it answers.

    What the group has answered is no longer added to: it agreed to what it read. The row gets a new version, so that an
    answer to what was there before is not taken. Raises NotFound, NotAllowed, Stale, IllegalMove, and Invalid under
    "code".
    """
    policy.must_write(referral, by, Permission.OUTCOME_RECORD)
    present = db.session.scalar(select(Referral.version).where(Referral.id == referral.id).with_for_update())
    if present != referral.version:
        raise Stale
    outcome = current_outcome(referral.id)
    if referral.state != states.OUTCOME_RECORDED or outcome is None or outcome.standing != CLAIMED:
        raise IllegalMove("Only a result that the group has not answered can be added to.")
    has = {one.code for one in outcome.codes}
    if code not in lists.codes("outcomes", referral.category) or code in has:
        raise Invalid({"code": "Choose a result that is not there yet"})
    position = max((one.position for one in outcome.codes), default=-1) + 1
    added = OutcomeCode(outcome_id=outcome.id, referral_id=referral.id, code=code, position=position)
    db.session.add(added)
    referral.updated_at = clock.now()
    flush()
    facts = {"outcome": str(outcome.id), "code": code}
    record("outcome.code_added", by=by, subject=("referral", referral.id), facts=facts)
