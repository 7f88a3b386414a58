"""Everything the page of one referral shows, gathered for either side."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from referrals.accounts.queries import names_of as people_names
from referrals.accounts.roles import Permission, Side
from referrals.accounts.viewer import Viewer
from referrals.casework import asking, policy, queries
from referrals.casework.models import Consent, Referral
from referrals.casework.workflow import Transition, states
from referrals.correspondence.queries import letters_of
from referrals.directory.queries import agency, names_of
from referrals.documents.queries import evidence_of
from referrals.foundation.clock import today
from referrals.web.filters import day
from referrals.web.presenting import case
from referrals.web.presenting.any_news import any_news_for
from referrals.web.presenting.conversation import Reader, conversation_for, kept_for
from referrals.web.presenting.deadlines import deadlines_for, pressing_for
from referrals.web.presenting.documents import documents_for
from referrals.web.presenting.enquiries import enquiries_for
from referrals.web.presenting.evidence import attach_link, shown_by
from referrals.web.presenting.helping import helping_for
from referrals.web.presenting.knowledge import kept_of
from referrals.web.presenting.later import later_for
from referrals.web.presenting.letters import letters_for
from referrals.web.presenting.links import others_for
from referrals.web.presenting.outcome import outcome_for
from referrals.web.presenting.presence import here_for
from referrals.web.presenting.questions import open_question, questions_of, refusal_of
from referrals.web.presenting.steps import steps_for
from referrals.web.presenting.stories import about_referral
from referrals.web.presenting.strip import strip_for
from referrals.web.presenting.timeline import entries_for
from referrals.web.presenting.transfers import transfer_for

CLOSED_WORDS = "Your office can no longer read what this referral says, because it was declined or sent by mistake."


def sides_of(referral: Referral) -> dict[Side, str]:
    """The names of the group and of the office, in one query."""
    ids = [found for found in (referral.group_id, referral.office_id) if found]
    names = names_of(ids)
    office = names.get(referral.office_id, "the MP’s office") if referral.office_id else "the MP’s office"
    return {Side.GROUP: names.get(referral.group_id, "the group"), Side.OFFICE: office}


def other_side(viewer: Viewer) -> Side:
    """Who is on the other end of a referral."""
    return Side.OFFICE if viewer.side is Side.GROUP else Side.GROUP


def page_for(referral: Referral, viewer: Viewer) -> dict[str, Any]:
    """What `referrals/show.html` reads as `shown`."""
    sides = sides_of(referral)
    strip = strip_for(referral, queries.strip(referral, viewer), policy.available_moves(referral, viewer), viewer)
    if not policy.may_read_words(referral, viewer):
        return {"strip": strip, "closed": CLOSED_WORDS}
    dated = queries.dated(referral, viewer)
    asked_of = queries.enquiries_of(referral, viewer)
    handed = queries.transfers_of(referral, viewer)
    letters = letters_of(referral, viewer)
    news = queries.any_news(referral, viewer)
    told = [*queries.timeline(referral, viewer), *dated.timeline(), *queries.history_of(asked_of), *letters.timeline()]
    asked_later = queries.later_answers(referral, viewer)
    told += [*news.timeline(), *queries.later_timeline(asked_later)]
    entries = [*queries.named(told, referral), *handed.timeline(viewer)]
    entries.sort(key=lambda entry: entry.at, reverse=True)
    asked = questions_of(entries)
    bodies = {line.agency_id: line.agency for line in asked_of}
    body = agency(referral.agency_id) if referral.agency_id else None
    lines = entries_for(entries, referral, viewer, sides)
    attention = queries.attention(referral, viewer)
    resident = referral.resident
    return {
        "strip": strip | {"pressing": pressing_for(dated)},
        "closed": "",
        "side": "group" if viewer.side is Side.GROUP else "office",
        "other_side": sides[other_side(viewer)],
        "story": referral.story,
        "wanted": referral.wanted,
        "issue": case.issue_rows(referral, body.name if body else None),
        "person": resident and person_for(resident),
        "about": about_rows(referral, sides, viewer),
        "deadlines": deadlines_for(dated, referral, viewer),
        "steps": steps_for(dated, referral, viewer),
        "any_news": any_news_for(news, entries, referral, viewer, sides),
        "timeline": lines,
        "private": [line for line in lines if line["private_to"]],
        "conversation": conversation_for(entries, Reader(referral, viewer, sides, attention)),
        "kept": {kind: kept_for(referral, attention, f"notes/{kind}") for kind in ("private", "message")},
        "here": here_for(referral.reference or "", attention.others),
        "open_question": open_question(asked, referral, viewer),
        "refusal": refusal_of(entries, referral),
        "outcomes": outcomes_for(referral, viewer),
        "later": later_for(asked_later, referral, viewer),
        "enquiries": enquiries_for(asked_of, referral, viewer, body),
        "transfer": transfer_for(handed, referral, viewer),
        "documents": documents_for(referral, viewer, sides),
        "letters": letters_for(letters, referral, viewer),
        "case_studies": about_referral(referral, viewer),
        "knowledge": kept_of(referral, viewer),
        "consents": [consent_for(consent, bodies) for consent in queries.consents_of(referral, viewer)],
        "others": others_for(referral, viewer),
        "helping": helping_for(referral, viewer),
        "reaches_other": reaches_other(referral, viewer),
        "composers": policy.may_write(referral, viewer, Permission.NOTE_WRITE),
    }


def outcomes_for(referral: Referral, viewer: Viewer) -> list[dict[str, Any]]:
    """The result that stands, with the documents that show it, or nothing."""
    outcome = queries.outcome_of(referral, viewer)
    if outcome is None:
        return []
    shown = partial(shown_by, evidence_of(referral, outcome, viewer), referral)
    return [outcome_for(outcome, shown) | {"attach": attach_link(referral, viewer)}]


def reaches_other(referral: Referral, viewer: Viewer) -> bool:
    """Whether a message of the viewer may go to the other side: as far as the resident has agreed."""
    if viewer.side is Side.GROUP:
        return policy.may_go_on(referral)
    return policy.told_to_group_at_least(referral, policy.SCOPES[-1])


def person_for(resident: Any) -> dict[str, Any]:
    """The person: facts, advice, and the contact details that stay behind it."""
    return {
        "rows": case.person_rows(resident),
        "advice": case.safe_contact_advice(resident),
        "contact": case.contact_rows(resident),
    }


def about_rows(referral: Referral, sides: dict[Side, str], viewer: Viewer) -> case.Rows:
    """Who sent it to whom, who has it, and the days that mattered."""
    known = queries.standing_of(referral, viewer)
    people = people_names([found for found in (referral.submitted_by_id, known.assignee_id) if found])
    sent_by = _name(people, referral.submitted_by_id)
    rows = [
        ("Group", f"{sides[Side.GROUP]}{f' ({sent_by})' if sent_by else ''}"),
        ("MP’s office", sides[Side.OFFICE]),
        ("Assigned to", _name(people, known.assignee_id) or _unassigned(known)),
        ("Sent", day(referral.submitted_at)),
        ("Seen by the office", day(known.seen_at)),
        ("Accepted", day(known.accepted_at)),
        ("Next action", referral.next_action if known.state in {states.ACCEPTED, states.IN_PROGRESS} else ""),
        ("Ended", day(referral.ended_at)),
    ]
    return [{"key": key, "value": value} for key, value in rows if value]


def consent_for(consent: Consent, bodies: Mapping[UUID, str]) -> dict[str, Any]:
    """One agreement in words: what for, how far, and whether it stands today; `bodies` are the names of those known."""
    title = case.label_of("consent_kinds", consent.kind)
    body = bodies.get(consent.agency_id) if consent.agency_id else None
    return {
        "id": consent.id,
        "title": f"{title}: {body}" if body else title,
        "scope": case.label_of("consent_scopes", consent.scope),
        "standing": consent_standing(consent),
        "waits": consent.withdrawn_at is None and not policy.is_approved(consent),
        "stands": consent.withdrawn_at is None and not _has_ended(consent),
        "given": f"{case.label_of('consent_capacities', consent.given_by)}, "
        f"{case.label_of('consent_methods', consent.method).lower()}, {day(consent.given_on)}",
        "ground": case.label_of("consent_grounds", consent.ground),
        "health": "Yes" if consent.covers_health else "No",
        "note": consent.note,
    }


def consent_standing(consent: Consent) -> str:
    """Whether it stands, and since or until when."""
    if consent.withdrawn_at:
        return f"Withdrawn on {day(consent.withdrawn_at)}"
    if _has_ended(consent):
        return f"Ended on {day(consent.expires_on)}"
    if not policy.is_approved(consent):
        return "Waits for the approval of an area lead"
    if consent.kind == asking.AGENCY and not asking.is_for_office(consent):
        return f"Given to the office before, on {day(consent.given_on)}"
    until = f", until {day(consent.expires_on)}" if consent.expires_on else ""
    return f"Given on {day(consent.given_on)}{until}"


def changes_since(referral: Referral, moment: datetime, viewer: Viewer) -> list[dict[str, Any]]:
    """What happened to a referral after a moment, as the timeline shows it, newest first."""
    told = [*queries.timeline(referral, viewer), *queries.dated(referral, viewer).timeline()]
    told += queries.history_of(queries.enquiries_of(referral, viewer))
    new = [entry for entry in told if max(entry.at, entry.shared_at or entry.at) > moment]
    entries = sorted(new, key=lambda entry: entry.at, reverse=True)
    return entries_for(entries, referral, viewer, sides_of(referral))


def _has_ended(consent: Consent) -> bool:
    return consent.expires_on is not None and consent.expires_on < today()


def _name(people: dict[UUID, str], person_id: UUID | None) -> str:
    return people.get(person_id, "") if person_id else ""


def _unassigned(known: queries.Standing) -> str:
    return "" if known.ended_at or known.hushed else "Nobody yet"


def context_of(referral: Referral, row: Transition, viewer: Viewer) -> dict[str, Any] | None:
    """What the other side wrote that a form answers: the question, or the result; None for any other form."""
    if row.name == "provide_information":
        asked = open_question(questions_of(queries.timeline(referral, viewer)), referral, viewer)
        return asked and {
            "title": asked["title"],
            "words": asked["question"],
            "lines": [asked["by"]] if asked["by"] else [],
        }
    if row.name in {"confirm_outcome", "dispute_outcome"}:
        outcome = queries.outcome_of(referral, viewer)
        return _result_context(outcome_for(outcome)) if outcome else None
    return None


def _result_context(shown: dict[str, Any]) -> dict[str, Any]:
    sums = [f"{kind['kind']}: {', '.join(row['amount'] for row in kind['rows'])}" for kind in shown["money"]]
    return {"title": f"The office says: {shown['resolution']}", "words": shown["words"], "lines": shown["codes"] + sums}
