"""Quarterly briefings as pages show them: in lists, and each on its own page with what can be done with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from referrals.accounts.queries.people import names_of
from referrals.accounts.viewer import Viewer
from referrals.directory import queries as directory
from referrals.directory.models import Term
from referrals.publishing.actions.briefings import last_quarter, may_approve
from referrals.publishing.briefings.sheet import shown_today
from referrals.publishing.models import Briefing
from referrals.publishing.periods import period_of
from referrals.publishing.policy import briefings as policy
from referrals.publishing.queries import briefings as queries
from referrals.publishing.workflow import APPROVED, DRAFT


@dataclass(frozen=True, slots=True)
class Line:
    """One briefing in a list."""

    id: UUID
    title: str
    # From whom or to whom it is.
    other: str
    state: str
    tone: str
    on: Any


def lines_of(briefings: Sequence[Briefing], viewer: Viewer) -> list[Line]:
    """The briefings as lines; two queries for all of them, or none for none."""
    terms = directory.terms({one.term_id for one in briefings})
    names = directory.names_of([one.organisation_id for one in briefings])
    return [_line(one, terms[one.term_id], names[one.organisation_id], viewer) for one in briefings]


def _line(one: Briefing, term: Term, about: str, viewer: Viewer) -> Line:
    own = one.organisation_id == viewer.organisation_id
    state, tone = state_of(one)
    return Line(
        id=one.id,
        title=period_of(one.period).label,
        other=f"To {term.member.name} MP, {term.constituency.name}" if own else f"From {about}",
        state=state,
        tone=tone,
        on=one.sent_at or one.edited_at or one.drafted_at,
    )


def state_of(one: Briefing) -> tuple[str, str]:
    """How things stand with a briefing, and the colour of the tag that says so."""
    if one.sent_at is not None:
        return "Sent", "teal"
    if one.state == APPROVED:
        return "Approved, not sent yet", "purple"
    if one.edited_at is None:
        return "Drafted by the service" if one.drafted_by_id is None else "Draft", "grey"
    return ("Waits for approval", "yellow") if one.asked_at is not None else ("Draft", "grey")


def to_begin(own: Sequence[Briefing], terms: Sequence[Term]) -> list[dict[str, Any]]:
    """The MPs to whom nothing about the last quarter is there yet, neither draft nor sent."""
    period = last_quarter()
    there = {one.term_id for one in own if one.period == period.code}
    return [
        {"term_id": term.id, "member": f"{term.member.name} MP", "period": period.label}
        for term in terms
        if term.id not in there
    ]


def page_of(found: Briefing, viewer: Viewer) -> dict[str, Any]:
    """What the page of one briefing reads."""
    state, tone = state_of(found)
    own = found.organisation_id == viewer.organisation_id
    sheet = shown_today(found)
    may_change = policy.may_write(viewer) and own and found.sent_at is None
    return {
        "briefing": found,
        "sheet": sheet,
        "state": state,
        "tone": tone,
        "own": own,
        "is_draft": found.state == DRAFT,
        "is_ready": found.edited_at is not None,
        "may_change": may_change,
        "may_approve": may_change and found.state == DRAFT and may_approve(found, viewer),
        "is_alone": found.edited_by_id == viewer.person_id,
        "life": _life(found) if own else [],
        "addresses": found.addresses if own else [],
    }


def _life(found: Briefing) -> list[dict[str, Any]]:
    """Who did what with it, the oldest first."""
    approved = "Approved by the same person, with nobody else here," if found.approved_alone else "Approved by"
    rows = [
        ("Drafted by", found.drafted_by_id, found.drafted_at),
        ("Last changed by", found.edited_by_id, found.edited_at),
        (approved, found.approved_by_id, found.approved_at),
        ("Sent by", found.sent_by_id, found.sent_at),
    ]
    names = names_of([who for _, who, _ in rows])
    return [
        {"words": words, "who": names[who] if who else "the service, because the quarter was over", "at": at}
        for words, who, at in rows
        if at is not None
    ]


def places_of(found: Briefing, viewer: Viewer) -> list[tuple[str, str]]:
    """Where it can be sent: the address and whose it is."""
    return [(one.email, f"{one.name}, {one.email}") for one in queries.addresses_of(found.term_id, viewer)]
