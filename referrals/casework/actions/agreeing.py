"""Consents as records of their own: recorded, approved where somebody's ground stands in for them, and taken back."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from referrals.accounts.roles import Permission, Side
from referrals.accounts.viewer import Viewer
from referrals.audit.actions import record
from referrals.casework import policy, wording
from referrals.casework.actions.asking_later import stop_asking
from referrals.casework.actions.lapsing import lapse
from referrals.casework.actions.telling import ask_leads, tell
from referrals.casework.actions.writing import touch
from referrals.casework.asking import AGENCY
from referrals.casework.models import Consent, Referral
from referrals.casework.workflow import Audience
from referrals.directory import lists
from referrals.directory.queries import agency, offices_in_use
from referrals.foundation import clock
from referrals.foundation.database import db
from referrals.foundation.errors import IllegalMove, Invalid, NotFound
from referrals.notifications.messages import ConsentWithdrawn, TransferAgreed

_LISTS: Final = {
    "kind": ("consent_kinds", "Choose what was agreed to"),
    "given_by": ("consent_capacities", "Choose who agreed"),
    "method": ("consent_methods", "Choose how they agreed"),
    "ground": ("consent_grounds", "Choose on what ground this goes on"),
}
# Which side asks the resident for which agreement.
KINDS_OF: Final = {
    Side.GROUP: ("group_to_office", "office_to_group", "story", "transfer"),
    Side.OFFICE: ("office_to_group", AGENCY, "story", "transfer"),
}


@dataclass(frozen=True, kw_only=True)
class Agreement:
    """What was agreed, as a form gives it; codes of the lists, days as dates. Who it is for follows from the kind."""

    kind: str
    given_by: str
    method: str
    given_on: date
    ground: str = policy.OWN_REQUEST
    covers_health: bool = False
    # For office_to_group: none, status, outcome or full.
    scope: str | None = None
    agency_id: UUID | None = None
    # For transfer: the other office.
    to_organisation_id: UUID | None = None
    expires_on: date | None = None
    note: str = ""


def record_consent(referral: Referral, agreement: Agreement, *, by: Viewer) -> Consent:
    """Keep what the resident agreed to, in the wording in use today; a lead is asked where it needs approval.

    Raises NotFound, NotAllowed, IllegalMove for an agreement the other side has to ask for, and Invalid.
    """
    policy.must_write(referral, by, Permission.CONSENT_RECORD)
    if agreement.kind in lists.codes("consent_kinds") and agreement.kind not in KINDS_OF[by.side]:
        raise IllegalMove("This agreement is for the other side to ask for.")
    if agreement.kind == policy.TRANSFER:
        policy.must_agree_to_other(referral, by)
    errors = _faults(agreement, referral.office_id)
    if errors:
        raise Invalid(errors)
    consent = Consent(
        referral=referral,
        referral_id=referral.id,
        kind=agreement.kind,
        to_organisation_id=_receiver(referral, agreement),
        agency_id=agreement.agency_id if agreement.kind == AGENCY else None,
        scope=agreement.scope if agreement.kind == policy.OFFICE_TO_GROUP else None,
        covers_health=agreement.covers_health,
        wording_version=wording.CURRENT,
        given_by=agreement.given_by,
        method=agreement.method,
        ground=agreement.ground,
        given_on=agreement.given_on,
        expires_on=agreement.expires_on,
        recorded_by_id=by.person_id,
        created_at=clock.now(),
        note=agreement.note.strip() or None,
    )
    db.session.add(consent)
    touch(referral.id)
    _record("consent.recorded", consent, by, {"ground": consent.ground, "covers_health": consent.covers_health})
    if not policy.is_approved(consent):
        ask_leads(referral, by=by)
    if agreement.kind == policy.TRANSFER and by.side is Side.GROUP:
        tell(referral, TransferAgreed, Audience.OFFICE, by=by)
    return consent


def approve_consent(consent: Consent, *, by: Viewer) -> None:
    """Approve, as a lead, a ground that stands in for the resident's own request.

    Raises NotFound, NotAllowed, and IllegalMove when there is nothing to approve.
    """
    policy.must_write(consent.referral, by, Permission.CONSENT_APPROVE)
    if policy.is_approved(consent) or consent.withdrawn_at is not None:
        raise IllegalMove("There is nothing to approve here.")
    consent.approved_by_id, consent.approved_at = by.person_id, clock.now()
    touch(consent.referral_id)
    _record("consent.approved", consent, by, {"ground": consent.ground})


def withdraw_consent(consent: Consent, reason: str = "", *, by: Viewer) -> None:
    """Note that the resident took an agreement back; from this moment it no longer counts, and the other side is told.

    `reason` is kept, sealed, with the event. Where it was the agreement to send the referral, what is left to do with
    it is to withdraw it. Raises NotFound, NotAllowed, and IllegalMove when it was taken back before.
    """
    policy.must_write(consent.referral, by, Permission.CONSENT_RECORD)
    if consent.withdrawn_at is not None:
        raise IllegalMove("This agreement was taken back already.")
    end_consent(consent, reason, by=by)


def end_consent(consent: Consent, reason: str = "", *, by: Viewer) -> None:
    """Note that a standing agreement was taken back; for actions that have checked who may say so."""
    consent.withdrawn_at = clock.now()
    touch(consent.referral_id)
    _record("consent.withdrawn", consent, by, {}, reason.strip())
    if consent.kind == policy.TRANSFER:
        # What is offered rests on it.
        lapse(consent.referral, consent.to_organisation_id)
    if not policy.may_go_on(consent.referral):
        stop_asking(consent.referral)
    tell(consent.referral, ConsentWithdrawn, Audience.OTHER_SIDE, by=by)


def _faults(agreement: Agreement, office_id: UUID | None) -> dict[str, str]:
    errors = {
        name: message
        for name, (list_code, message) in _LISTS.items()
        if getattr(agreement, name) not in lists.codes(list_code)
    }
    if agreement.kind == policy.OFFICE_TO_GROUP and agreement.scope not in lists.codes("consent_scopes"):
        errors["scope"] = "Choose how much the office may tell the group"
    if agreement.kind == AGENCY and not _is_agency(agreement.agency_id):
        errors["agency_id"] = "Choose the body the office may contact"
    if agreement.kind == policy.TRANSFER and agreement.to_organisation_id not in {one.id for one in offices_in_use()}:
        errors["to_organisation_id"] = "Choose the office that may have it"
    if agreement.kind == policy.TRANSFER and agreement.to_organisation_id == office_id:
        errors["to_organisation_id"] = "Choose another office: this one has it"
    if agreement.kind == policy.TRANSFER and agreement.ground != policy.OWN_REQUEST:
        errors["ground"] = "Only the resident can agree to this"
    if agreement.given_on > clock.today():
        errors["given_on"] = "Enter today’s date or one in the past"
    if agreement.expires_on is not None and agreement.expires_on < max(agreement.given_on, clock.today()):
        errors["expires_on"] = "Enter a date in the future"
    return errors


def _is_agency(agency_id: UUID | None) -> bool:
    if agency_id is None:
        return False
    try:
        agency(agency_id)
    except NotFound:
        return False
    return True


def _receiver(referral: Referral, agreement: Agreement) -> UUID | None:
    # The resident lets this office contact a body, by its name (wording.py): another one asks them anew.
    if agreement.kind in (policy.GROUP_TO_OFFICE, AGENCY):
        return referral.office_id
    if agreement.kind == policy.OFFICE_TO_GROUP:
        return referral.group_id
    return agreement.to_organisation_id if agreement.kind == policy.TRANSFER else None


def _record(action: str, consent: Consent, by: Viewer, facts: dict[str, Any], words: str = "") -> None:
    record(
        action,
        by=by,
        subject=("referral", consent.referral_id),
        facts={"consent": str(consent.id), "kind": consent.kind, **facts},
        words=words or None,
        key=consent.seal_key(),
    )
