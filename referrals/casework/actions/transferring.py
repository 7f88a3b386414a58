"""Handing a referral on to another office: offered, then taken on, not taken on, or taken back."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final
from uuid import UUID

from sqlalchemy import delete, select

from referrals.accounts.queries import mail_recipients
from referrals.accounts.viewer import Viewer
from referrals.audit.actions import record
from referrals.casework import clocks, policy
from referrals.casework.actions.agreeing import Agreement, record_consent
from referrals.casework.actions.answers import checked
from referrals.casework.actions.lapsing import OFFERS
from referrals.casework.actions.moving import flush, move
from referrals.casework.actions.telling import recipients
from referrals.casework.models import LimitNotice, Move, Referral, Transfer
from referrals.casework.queries.choices import CASE_ROLES
from referrals.casework.workflow import TRANSFERS, Audience, Party, TransferStep
from referrals.casework.workflow.transfers import OFFERED
from referrals.directory.models import Office
from referrals.directory.queries import offices_in_use
from referrals.foundation import clock
from referrals.foundation.database import db
from referrals.foundation.errors import IllegalMove, Invalid, NotAllowed, Stale
from referrals.notifications.actions import queue
from referrals.notifications.messages import Recipient

# How much a resident must let a group know for it to hear of a transfer.
STATUS: Final = "status"

_OFFER: Final = TRANSFERS["offer_transfer"]
OFFERED_ALREADY: Final = "This is on offer to another office already. Take that offer back first."


def offer_transfer(
    referral: Referral,
    office_id: UUID | None,
    answers: Mapping[str, Any],
    agreement: Agreement | None = None,
    *,
    by: Viewer,
    version: int | None,
) -> Transfer:
    """Offer a referral to another office, with the resident's agreement for that office.

    `answers` are by the names of the asks of the step; `agreement` is what the resident said, where it is recorded
    now. Raises NotFound, NotAllowed, Stale, IllegalMove where it is on offer already or cannot be handed on, and
    Invalid under "office", "consent" and the names of the answers.
    """
    policy.must_write(referral, by, _OFFER.permission)
    if version not in (None, _lock(referral)):
        raise Stale
    if not policy.may_offer(referral, by):
        raise IllegalMove
    if _on_offer(referral.id):
        raise IllegalMove(OFFERED_ALREADY)
    given = checked(_OFFER.asks, answers, referral=referral, by=by)
    target = _office(referral, office_id)
    if agreement is not None and policy.is_about_a_resident(referral):
        record_consent(referral, agreement, by=by)
    if fault := policy.transfer_fault(referral, target, clock.today()):
        raise Invalid({"consent": fault})
    consent = policy.given_to_other(referral, target, clock.today())
    transfer = Transfer(
        referral=referral,
        referral_id=referral.id,
        from_office_id=by.organisation_id,
        to_office_id=target,
        standing=_OFFER.standing,
        reason=given["reason"],
        consent_id=consent.id if consent else None,
        offered_by_id=by.person_id,
        offered_at=clock.now(),
        due_on=_decide_by(referral, target),
        words=given.get("words"),
    )
    db.session.add(transfer)
    db.session.flush()
    _record(_OFFER, transfer, by, {"reason": transfer.reason}, given.get("words"))
    _tell(_OFFER, transfer, by)
    return transfer


def accept_transfer(transfer: Transfer, answers: Mapping[str, Any], *, by: Viewer, version: int | None) -> Move:
    """Take a referral on from the office that offered it: from now on it is this office's, and the other's no more.

    `answers` are those of the transition accept_transfer. Raises NotFound, NotAllowed, Stale, IllegalMove where it is
    no longer on offer, and Invalid, under "consent" where the resident's agreement no longer stands.
    """
    step = TRANSFERS["accept_transfer"]
    referral = _begin(step, transfer, by, version)
    if fault := policy.transfer_fault(referral, transfer.to_office_id, clock.today()):
        raise Invalid({"consent": fault})
    worker = referral.assignee_id
    _end(step, transfer, by)
    # The row is written once, by move(): with its new office, for whose people the rest of it is checked.
    with db.session.no_autoflush:
        referral.office_id, referral.assignee_id = transfer.to_office_id, None
        made = move(referral, "accept_transfer", answers, by=by, version=None)
    # The new office was warned of no last day yet.
    db.session.execute(delete(LimitNotice).where(LimitNotice.referral_id == referral.id))
    facts = {"transfer": str(transfer.id), "to": str(transfer.to_office_id)}
    left = Viewer(person_id=None, name="", role=None, organisation_id=transfer.from_office_id)
    record("referral.passed_on", by=left, subject=("referral", referral.id), facts=facts)
    _tell(step, transfer, by, worker)
    return made


def reject_transfer(transfer: Transfer, answers: Mapping[str, Any], *, by: Viewer, version: int | None) -> None:
    """Say that this office does not take on what was offered, and why; it stays where it is.

    Raises NotFound, NotAllowed, Stale, IllegalMove where it is no longer on offer, and Invalid.
    """
    step = TRANSFERS["reject_transfer"]
    referral = _begin(step, transfer, by, version)
    given = checked(step.asks, answers, referral=referral, by=by)
    transfer.answer_reason, transfer.answer = given["reason"], given["answer"]
    _end(step, transfer, by)
    flush()
    _record(step, transfer, by, {"reason": transfer.answer_reason}, given["answer"])
    _tell(step, transfer, by, referral.assignee_id)


def revoke_transfer(transfer: Transfer, *, by: Viewer, version: int | None) -> None:
    """Take an offer back. Raises NotFound, NotAllowed, Stale, and IllegalMove where it is no longer on offer."""
    step = TRANSFERS["revoke_transfer"]
    _begin(step, transfer, by, version)
    _end(step, transfer, by)
    flush()
    _record(step, transfer, by, {}, None)
    _tell(step, transfer, by)


def read_transfer(transfer: Transfer, *, by: Viewer) -> Transfer:
    """The transfer as its page shows it, with the words meant for the other office; the reading leaves its event."""
    if not policy.may_see_transfer(transfer, by):
        raise NotAllowed
    facts = {"transfer": str(transfer.id)}
    record("transfer.read", by=by, subject=("referral", transfer.referral_id), facts=facts)
    return transfer


def _begin(step: TransferStep, transfer: Transfer, by: Viewer, version: int | None) -> Referral:
    """Take the rows of the referral and the offer, and see that it is still the offer the person looked at."""
    policy.must_step(step, transfer, by)
    referral: Referral = transfer.referral
    _lock(referral)
    seen = transfer.version
    db.session.refresh(transfer, with_for_update=True)
    if transfer.standing != OFFERED:
        raise IllegalMove("This is no longer on offer.")
    if version not in (None, transfer.version) or seen != transfer.version:
        raise Stale
    return referral


def _end(step: TransferStep, transfer: Transfer, by: Viewer) -> None:
    transfer.standing = step.standing
    transfer.ended_by_id, transfer.ended_at = by.person_id, clock.now()


def _lock(referral: Referral) -> int:
    """Hold the referral's row, read anew; its version."""
    db.session.refresh(referral, ["state", "office_id", "assignee_id", "version"], with_for_update=True)
    return referral.version


def _on_offer(referral_id: UUID) -> bool:
    query = select(Transfer.id).where(Transfer.referral_id == referral_id, Transfer.standing == OFFERED)
    return db.session.scalar(query) is not None


def _office(referral: Referral, office_id: UUID | None) -> UUID:
    known = {line.id for line in offices_in_use()} - {referral.office_id}
    if office_id is None or office_id not in known:
        raise Invalid({"office": "Choose the office to offer it to"})
    return office_id


def _decide_by(referral: Referral, office_id: UUID) -> date:
    """The other office's own clock for a decision, from today."""
    office = db.session.get_one(Office, office_id)
    days = clocks.days_of(clocks.DECISION, office.clocks, urgent=referral.urgency == "urgent")
    return clocks.add_working_days(clock.today(), days)


def _record(step: TransferStep, transfer: Transfer, by: Viewer, facts: dict[str, Any], words: str | None) -> None:
    record(
        f"transfer.{step.past}",
        by=by,
        subject=("referral", transfer.referral_id),
        facts={"transfer": str(transfer.id), "to": str(transfer.to_office_id), **facts},
        words=words,
        key=transfer.seal_key(),
    )


def _tell(step: TransferStep, transfer: Transfer, by: Viewer, worker: UUID | None = None) -> None:
    """Queue the messages of a step; `worker` had the referral in hand at the office that offered it."""
    referral: Referral = transfer.referral
    reference = referral.reference or ""
    for party, message in step.tells.items():
        if party is Party.GROUP and not policy.told_to_group_at_least(referral, STATUS):
            continue
        path = f"/referrals/{reference}" if party is Party.GROUP else f"{OFFERS}/{transfer.id}"
        to = [one for one in _party(party, transfer, worker) if one.person_id != by.person_id]
        queue(message(reference=reference, path=path), to=to)


def _party(party: Party, transfer: Transfer, worker: UUID | None) -> list[Recipient]:
    if party is Party.GROUP:
        return recipients(transfer.referral, Audience.GROUP)
    if party is Party.TARGET:
        return mail_recipients(transfer.to_office_id, CASE_ROLES)
    here = mail_recipients(transfer.from_office_id, CASE_ROLES)
    concerned = [one for one in here if one.person_id in (transfer.offered_by_id, worker)]
    return concerned or here
