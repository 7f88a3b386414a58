"""What a draft already holds, page by page, and what it still lacks before it may be sent."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from referrals.casework.intake import (
    BY_CODE,
    BY_POSTCODE,
    DIFFERENT,
    OWN_REQUEST,
    TO_GROUP,
    TO_OFFICE,
    Page,
    Question,
    consent_of,
    pages_for,
)
from referrals.casework.models import Consent, Referral
from referrals.directory.queries import agency

Reader = Callable[[Referral, Sequence[Consent]], dict[str, Any]]


def answers(referral: Referral, consents: Sequence[Consent], code: str) -> dict[str, Any]:
    """The stored answers of one page by question name; KeyError for a page that does not exist.

    Values are text, a date, a truth value, a list of codes or a UUID, and None (or an empty list) where unanswered.
    """
    page = BY_CODE[code]
    reader = _READERS.get(code)
    if reader is not None:
        return reader(referral, consents)
    return {question.name: getattr(referral, question.name) for question in page.questions}


def missing(referral: Referral, consents: Sequence[Consent]) -> dict[str, str]:
    """What must still be answered before it is sent: a sentence for each question's name, in the order of the pages."""
    found: dict[str, str] = {}
    for page in pages_for(referral, consents):
        found.update(lacking(page, answers(referral, consents, page.code), referral))
    return found


def lacking(page: Page, given: Mapping[str, Any], referral: Referral) -> dict[str, str]:
    """What these answers of one page lack, a sentence for each question's name."""
    return {question.name: question.ask for question in page.questions if _lacks(question, given, referral)}


def fingerprint(given: Mapping[str, Any]) -> str:
    """A short name for exactly these answers, by which a page can tell that somebody changed them meanwhile."""
    told = sorted((name, str(value or "")) for name, value in given.items())
    return hashlib.sha256(repr(told).encode()).hexdigest()[:32]


def unfinished(referral: Referral, consents: Sequence[Consent]) -> list[Page]:
    """The pages on which something needed is missing, in order."""
    return [
        page
        for page in pages_for(referral, consents)
        if lacking(page, answers(referral, consents, page.code), referral)
    ]


def _lacks(question: Question, given: Mapping[str, Any], referral: Referral) -> bool:
    return question.needed(given, referral) and given.get(question.name) in (None, "", False, [])


def _background(referral: Referral, _: Sequence[Consent]) -> dict[str, Any]:
    return {
        "agency": agency(referral.agency_id).code if referral.agency_id else None,
        "agency_reference": referral.agency_reference,
        "helpers": referral.helpers,
        "plan_priority": referral.plan_priority,
        "trusted_body_conflict": referral.trusted_body_conflict,
    }


def _person(referral: Referral, _: Sequence[Consent]) -> dict[str, Any]:
    resident = referral.resident
    if resident is None:
        return {"name": None, "postcode": None, "no_postcode": False, "address": None}
    name, postcode = resident.name, resident.postcode
    return {
        "name": name,
        "postcode": postcode,
        "no_postcode": bool(name) and not postcode,
        "address": resident.address,
    }


def _office(referral: Referral, _: Sequence[Consent]) -> dict[str, Any]:
    by_hand = referral.routing if referral.routing != BY_POSTCODE else None
    # An office that the postcode named is nobody's answer: only one chosen by hand is.
    return {
        "office": referral.office_id if by_hand else None,
        "routing": by_hand,
        "routing_note": referral.routing_note,
    }


def _contact(referral: Referral, _: Sequence[Consent]) -> dict[str, Any]:
    resident = referral.resident
    safe: dict[str, Any] = (resident and resident.safe_contact) or {}
    channels = safe.get("channels", [])
    return {
        "phone": resident and resident.phone,
        "message_ok": safe.get("message_ok", False),
        "text_ok": "text_message" in channels,
        "email": resident and resident.email,
        "post_ok": "letter" in channels,
        "through_volunteer": safe.get("through") == "volunteer",
        "times": safe.get("times"),
        "caution": safe.get("note"),
    }


def _needs(referral: Referral, _: Sequence[Consent]) -> dict[str, Any]:
    needs: dict[str, Any] = (referral.resident and referral.resident.needs) or {}
    return {
        "needs": needs.get("needs", []),
        "language": needs.get("language"),
        "needs_note": needs.get("note"),
        "household": referral.resident and referral.resident.household,
    }


def _consent(referral: Referral, consents: Sequence[Consent]) -> dict[str, Any]:
    consent = consent_of(consents, TO_OFFICE)
    # An agreement is with one office: when the referral goes to another, it has to be asked for again.
    if consent is None or consent.to_organisation_id != referral.office_id:
        return {"agreed": None, "given_by": None, "ground": None, "given_on": None, "covers_health": False}
    return {
        "agreed": consent.method,
        "given_by": consent.given_by,
        "ground": None if consent.ground == OWN_REQUEST else consent.ground,
        "given_on": consent.given_on,
        "covers_health": consent.covers_health,
    }


def _feedback(_: Referral, consents: Sequence[Consent]) -> dict[str, Any]:
    consent = consent_of(consents, TO_GROUP)
    return {"scope": consent.scope if consent else None}


def _duplicates(referral: Referral, _: Sequence[Consent]) -> dict[str, Any]:
    return {"different": referral.duplicates_checked == DIFFERENT}


_READERS: dict[str, Reader] = {
    "background": _background,
    "person": _person,
    "office": _office,
    "contact": _contact,
    "needs": _needs,
    "consent": _consent,
    "feedback": _feedback,
    "duplicates": _duplicates,
}
