"""The case for another casework system: everything the viewer may read, as plain JSON with codes and their words."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from referrals.accounts.queries import names_of as people_names
from referrals.accounts.viewer import Viewer
from referrals.casework import queries as cases
from referrals.casework.models import Consent, LaterAnswer, MoneyRow, Outcome, Referral, Resident
from referrals.casework.queries import EnquiryLine, TimelineEntry
from referrals.casework.workflow import STATES
from referrals.directory import lists
from referrals.directory import queries as directory
from referrals.documents import queries as documents
from referrals.documents.packing import Part
from referrals.documents.queries import Line
from referrals.foundation import clock

# Raised when a reader of the file would have to change.
VERSION: Final = 1
Plain = dict[str, Any]


def case_file(referral: Referral, viewer: Viewer, parts: Collection[Part]) -> Plain:
    """The chosen parts. Moments are in UTC and dates as ISO 8601, money in pounds as text, codes with their labels."""
    made: Plain = {
        "format": "referrals-case",
        "version": VERSION,
        "made_at": clock.now(),
        "case": _case(referral, viewer),
    }
    if Part.STORY in parts:
        made["story"] = _story(referral, viewer)
    if Part.PERSON in parts and referral.resident is not None:
        made["person"] = _person(referral.resident, contact=Part.CONTACT in parts)
    if Part.TIMELINE in parts:
        entries = [entry for entry in cases.timeline(referral, viewer) if Part.PRIVATE in parts or not entry.private]
        made["events"] = [_event(entry) for entry in reversed(entries)]
        made["milestones"] = [
            {"code": _coded("milestones", step.code), "happened_on": step.happened_on, "words": step.words}
            for step in cases.milestones(referral, viewer)
        ]
    if Part.OUTCOME in parts:
        outcome = cases.outcome_of(referral, viewer)
        made["outcome"] = outcome and _outcome(outcome)
        made["after_four_weeks"] = [_later(found.asked) for found in cases.later_answers(referral, viewer)]
    if Part.ENQUIRIES in parts:
        made["enquiries"] = [_enquiry(line) for line in cases.enquiries_of(referral, viewer)]
    if Part.DOCUMENTS in parts:
        found = documents.documents_of(referral, viewer)
        made["documents"] = [_document(line) for line in found if Part.PRIVATE in parts or not line.private]
    if Part.CONSENTS in parts:
        made["consents"] = [_consent(consent) for consent in cases.consents_of(referral, viewer)]
    plain: Plain = _plain(made)
    return plain


def _story(referral: Referral, viewer: Viewer) -> Plain:
    made = {name: getattr(referral, name) for name in ("summary", "story", "wanted", "tried", "helpers")}
    hushed = cases.standing_of(referral, viewer).hushed
    return made | {"next_action": None if hushed else referral.next_action}


def _case(referral: Referral, viewer: Viewer) -> Plain:
    bodies = directory.names_of([found for found in (referral.group_id, referral.office_id) if found])
    agency = directory.agency(referral.agency_id) if referral.agency_id else None
    known = cases.standing_of(referral, viewer)
    people = people_names([known.assignee_id, referral.submitted_by_id])
    state = STATES[known.state]
    dates = ("submitted_at", "seen_at", "accepted_at", "started_at", "outcome_at", "ended_at")
    days = ("due_on", "next_action_on", "hold_review_on")
    of_issue = ("waiting_since", "key_date", "urgent_by")
    return {
        "reference": referral.reference,
        "state": {"code": known.state, "label": state.label_office},
        "waiting_on": _coded("waiting_on", known.waiting_on),
        "group": bodies.get(referral.group_id),
        "office": bodies.get(referral.office_id) if referral.office_id else None,
        "sent_by": people.get(referral.submitted_by_id) if referral.submitted_by_id else None,
        "assigned_to": people.get(known.assignee_id) if known.assignee_id else None,
        "category": _coded("categories", referral.category),
        "issue_type": _coded("issue_types", referral.issue_type),
        "urgency": _coded("urgencies", referral.urgency),
        "sensitivity": _coded("sensitivities", referral.sensitivity),
        "transferability": _coded("transferabilities", referral.transferability),
        "agency": agency and {"code": agency.code, "label": agency.name},
        "agency_reference": referral.agency_reference,
        **{name: getattr(known, name) for name in (*dates, *days)},
        **{name: getattr(referral, name) for name in of_issue},
    }


def _person(resident: Resident, *, contact: bool) -> Plain:
    made: Plain = {"name": resident.name, "household": resident.household, "needs": resident.needs}
    if contact:
        ways = ("safe_contact", "phone", "email", "address", "postcode")
        made |= {name: getattr(resident, name) for name in ways}
    return made


def _event(entry: TimelineEntry) -> Plain:
    return {
        "at": entry.at,
        "kind": entry.kind,
        "code": entry.code,
        "title": entry.title,
        "by": entry.by_name,
        "side": entry.side,
        "private": entry.private,
        "happened_on": entry.happened_on,
        "words": [{"label": label, "text": text} for label, text in entry.words],
        "facts": [{"label": label, "value": value} for label, value in entry.facts],
    }


def _outcome(outcome: Outcome) -> Plain:
    answers = ("agreed", "resident_said", "helped_forward", "is_solved", "less_worried")
    return {
        "resolution": _coded("resolutions", outcome.resolution),
        "contribution": _coded("contributions", outcome.contribution),
        "standing": outcome.standing,
        "evidenced": outcome.evidenced,
        "recorded_at": outcome.recorded_at,
        "answered_at": outcome.answered_at,
        "words": outcome.words,
        "codes": [_coded("outcomes", one.code) for one in outcome.codes],
        "money": [_money(row) for row in outcome.money],
        **{name: getattr(outcome, name) for name in answers},
    }


def _later(asked: LaterAnswer) -> Plain:
    names = ("due_on", "ends_on", "standing", "answered_on", "way", "helped_forward", "is_solved", "less_worried")
    return {**{name: getattr(asked, name) for name in names}, "words": asked.words}


def _money(row: MoneyRow) -> Plain:
    return {
        "kind": _coded("money_kinds", row.kind),
        "amount": row.amount,
        "frequency": _coded("frequencies", row.frequency),
        "annual_amount": row.annual_amount,
        "basis": _coded("money_bases", row.basis),
        "evidence": _coded("evidence_kinds", row.evidence),
        "happened_on": row.happened_on,
    }


def _enquiry(line: EnquiryLine) -> Plain:
    days = ("sent_on", "due_on", "ended_on")
    words = ("asked", "agency_reference", "reply")
    return {
        "agency": line.agency,
        "channel": _coded("enquiry_channels", line.channel),
        "result": _coded("enquiry_results", line.result),
        **{name: getattr(line, name) for name in (*days, *words)},
        "chasers": [
            {"sent_on": one.sent_on, "channel": _coded("enquiry_channels", one.channel), "words": one.words}
            for one in line.chasers
        ],
    }


def _document(line: Line) -> Plain:
    return {
        "id": line.id,
        "name": line.name,
        "kind": line.kind,
        "size": line.size,
        "added_at": line.added_at,
        "added_by": line.added_by,
        "side": line.side,
        "private": line.private,
        "removed_at": line.removed_at,
        "removal_reason": _coded("document_removal_reasons", line.removal_reason),
    }


def _consent(consent: Consent) -> Plain:
    return {
        "kind": _coded("consent_kinds", consent.kind),
        "scope": _coded("consent_scopes", consent.scope),
        "ground": _coded("consent_grounds", consent.ground),
        "given_by": _coded("consent_capacities", consent.given_by),
        "method": _coded("consent_methods", consent.method),
        "wording_version": consent.wording_version,
        "covers_health": consent.covers_health,
        "given_on": consent.given_on,
        "expires_on": consent.expires_on,
        "withdrawn_at": consent.withdrawn_at,
    }


def _coded(list_code: str, code: str | None) -> Plain | None:
    if code is None:
        return None
    try:
        return {"code": code, "label": lists.label(list_code, code)}
    except LookupError:
        return {"code": code, "label": code}


def _plain(value: Any) -> Any:
    """The same in what JSON has."""
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, datetime | date):
        return value.isoformat()
    if value is None or isinstance(value, bool | int):
        return value
    return f"{value:f}" if isinstance(value, Decimal) else str(value)
