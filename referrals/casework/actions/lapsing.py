"""Ending an offer to another office when the referral comes to where it cannot be handed on any more."""

from typing import Final
from uuid import UUID

from sqlalchemy import select

from referrals.accounts.queries import mail_recipients
from referrals.accounts.viewer import SERVICE
from referrals.audit.actions import record
from referrals.casework.models import Referral, Transfer
from referrals.casework.queries.choices import CASE_ROLES
from referrals.casework.workflow.transfers import LAPSED, OFFERED
from referrals.foundation import clock
from referrals.foundation.database import db
from referrals.notifications.actions import queue
from referrals.notifications.messages import TransferRevoked

OFFERS: Final = "/offers"


def lapse(referral: Referral, office_id: UUID | None = None) -> None:
    """End the open offer of a referral (only that to one office, where it is named), and tell the office."""
    query = select(Transfer).where(Transfer.referral_id == referral.id, Transfer.standing == OFFERED)
    open_one = db.session.scalar(query.with_for_update())
    if open_one is None or office_id not in (None, open_one.to_office_id):
        return
    open_one.standing, open_one.ended_at = LAPSED, clock.now()
    facts = {"transfer": str(open_one.id), "to": str(open_one.to_office_id)}
    record("transfer.lapsed", by=SERVICE, subject=("referral", referral.id), facts=facts)
    if referral.reference:
        to = mail_recipients(open_one.to_office_id, CASE_ROLES)
        queue(TransferRevoked(reference=referral.reference, path=OFFERS), to=to)
