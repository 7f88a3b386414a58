"""Puts the cleaned answers of each intake page where they belong: the referral, its resident, or its consents."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from sqlalchemy import select

from referrals.accounts.viewer import Viewer
from referrals.casework import wording
from referrals.casework.intake import BY_POSTCODE, DIFFERENT, NOT_ASKED, OWN_REQUEST, TO_GROUP, TO_OFFICE, consent_of
from referrals.casework.models import Consent, Referral, Resident
from referrals.directory import lists
from referrals.directory.models import Agency
from referrals.directory.queries import Route, route, route_to
from referrals.foundation import clock
from referrals.foundation.database import db

Kept = Mapping[str, Any]
Writer = Callable[[Referral, Kept, Viewer], None]


def consents_of(referral: Referral) -> list[Consent]:
    """Every consent of the referral, oldest first."""
    return list(db.session.scalars(select(Consent).where(Consent.referral_id == referral.id).order_by(Consent.id)))


def write(code: str, referral: Referral, kept: Kept, by: Viewer) -> None:
    """Put the cleaned answers of one page into the draft; KeyError for a page that does not exist."""
    writer = _WRITERS.get(code)
    if writer is not None:
        writer(referral, kept, by)
        return
    for name, value in kept.items():
        setattr(referral, name, value)


def _issue(referral: Referral, kept: Kept, _: Viewer) -> None:
    code = kept["issue_type"]
    referral.issue_type = code
    referral.category = lists.item("issue_types", code).parent if code else None


def _urgency(referral: Referral, kept: Kept, _: Viewer) -> None:
    urgent = kept["urgency"] == "urgent"
    referral.urgency = kept["urgency"]
    referral.urgency_note = kept["urgency_note"] if urgent else None
    referral.urgent_by = kept["urgent_by"] if urgent else None


def _background(referral: Referral, kept: Kept, _: Viewer) -> None:
    code = kept["agency"]
    referral.agency_id = db.session.scalar(select(Agency.id).where(Agency.code == code)) if code else None
    referral.agency_reference = kept["agency_reference"]
    referral.helpers = kept["helpers"]
    referral.plan_priority = kept["plan_priority"]
    referral.trusted_body_conflict = kept["trusted_body_conflict"]


def _person(referral: Referral, kept: Kept, _: Viewer) -> None:
    resident = _resident_of(referral)
    moved = (resident.name, resident.postcode) != (kept["name"], kept["postcode"])
    routed_anew = resident.postcode != kept["postcode"]
    resident.name, resident.postcode, resident.address = kept["name"], kept["postcode"], kept["address"]
    if moved:
        # What was said about possible duplicates was said about another name or place.
        referral.duplicates_checked = None
    if routed_anew or (referral.routing is None and kept["postcode"]):
        route_by_postcode(referral)


def route_by_postcode(referral: Referral) -> None:
    """Send the draft where the resident's postcode leads today, or nowhere when it leads to no office."""
    postcode = referral.resident.postcode if referral.resident else None
    _send_to(referral, route(postcode) if postcode else None)


def _send_to(referral: Referral, found: Route | None) -> None:
    referral.routing_note = None
    referral.constituency_id = found.constituency.id if found else None
    referral.office_id = found.office.organisation_id if found and found.office else None
    referral.routing = BY_POSTCODE if found and found.office else None


def _office(referral: Referral, kept: Kept, _: Viewer) -> None:
    if kept["office"] is None:
        route_by_postcode(referral)
        return
    found = route_to(kept["office"])
    _send_to(referral, found)
    referral.routing, referral.routing_note = kept["routing"], kept["routing_note"]


def _contact(referral: Referral, kept: Kept, _: Viewer) -> None:
    resident = _resident_of(referral)
    resident.phone, resident.email = kept["phone"], kept["email"]
    safe = {
        "phone": bool(kept["phone"]),
        "text_message": kept["text_ok"],
        "email": bool(kept["email"]),
        "letter": kept["post_ok"],
    }
    resident.safe_contact = {
        "through": "volunteer" if kept["through_volunteer"] else "resident",
        "channels": [channel for channel, fine in safe.items() if fine],
        "times": kept["times"],
        "message_ok": kept["message_ok"],
        "note": kept["caution"],
    }


def _needs(referral: Referral, kept: Kept, _: Viewer) -> None:
    resident = _resident_of(referral)
    resident.household = kept["household"]
    resident.needs = {"needs": kept["needs"], "language": kept["language"], "note": kept["needs_note"]}


def _consent(referral: Referral, kept: Kept, by: Viewer) -> None:
    if kept["agreed"] is None:
        return
    consents = consents_of(referral)
    consent = consent_of(consents, TO_OFFICE) or _new_consent(referral, TO_OFFICE)
    consent.to_organisation_id = referral.office_id
    consent.method = kept["agreed"]
    consent.given_by, consent.given_on = kept["given_by"], kept["given_on"]
    consent.ground = kept["ground"] or OWN_REQUEST
    consent.covers_health = kept["covers_health"]
    # Whatever a lead approved before, they approved other words than these.
    consent.approved_by_id = consent.approved_at = None
    _sign(consent, by)
    feedback = consent_of(consents, TO_GROUP)
    if feedback is not None and kept["agreed"] == NOT_ASKED:
        db.session.delete(feedback)
    elif feedback is not None:
        _as_agreed(feedback, consent)


def _feedback(referral: Referral, kept: Kept, by: Viewer) -> None:
    if kept["scope"] is None:
        return
    consents = consents_of(referral)
    agreed = consent_of(consents, TO_OFFICE)
    consent = consent_of(consents, TO_GROUP) or _new_consent(referral, TO_GROUP)
    consent.to_organisation_id = referral.group_id
    consent.scope = kept["scope"]
    consent.ground = OWN_REQUEST
    if agreed is not None:
        _as_agreed(consent, agreed)
    _sign(consent, by)


def _duplicates(referral: Referral, kept: Kept, _: Viewer) -> None:
    referral.duplicates_checked = DIFFERENT if kept["different"] else None


def _resident_of(referral: Referral) -> Resident:
    if referral.resident is None:
        referral.resident = Resident(referral_id=referral.id)
    return referral.resident


def _new_consent(referral: Referral, kind: str) -> Consent:
    consent = Consent(
        referral=referral, referral_id=referral.id, kind=kind, given_on=clock.today(), created_at=clock.now()
    )
    consent.given_by, consent.method = "resident", "in_person"
    db.session.add(consent)
    return consent


def _as_agreed(consent: Consent, agreed: Consent) -> None:
    consent.method, consent.given_by, consent.given_on = agreed.method, agreed.given_by, agreed.given_on


def _sign(consent: Consent, by: Viewer) -> None:
    if by.person_id is None:
        raise TypeError("a consent is recorded by a person")
    consent.wording_version = wording.CURRENT
    consent.recorded_by_id = by.person_id


_WRITERS: Final[Mapping[str, Writer]] = {
    "issue": _issue,
    "urgency": _urgency,
    "background": _background,
    "person": _person,
    "office": _office,
    "contact": _contact,
    "needs": _needs,
    "consent": _consent,
    "feedback": _feedback,
    "duplicates": _duplicates,
}
