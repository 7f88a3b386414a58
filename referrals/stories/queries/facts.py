"""What a referral gives a case study: general facts to begin with, and what must not be found in it."""

from referrals.accounts.viewer import Viewer
from referrals.casework import policy
from referrals.casework.models import Outcome, Referral
from referrals.casework.queries import enquiries_of, milestones, outcome_of
from referrals.directory.queries import agency, names_of, office_of
from referrals.foundation.clock import local_day
from referrals.stories.generalising import Known, Sum, facts_of, first_words
from referrals.stories.recognising import Held

CONFIRMED = "confirmed"


def first_of(referral: Referral, viewer: Viewer) -> dict[str, str]:
    """The words with which each section begins. Raises NotFound to who may not see the referral."""
    return first_words(_known(referral, viewer))


def facts_about(referral: Referral, viewer: Viewer) -> dict[str, tuple[str, str]]:
    """The facts that can stand beside the story, by their codes. Raises NotFound to who may not see the referral."""
    return facts_of(_known(referral, viewer))


def held_by(referral: Referral, viewer: Viewer) -> Held:
    """What would say who it is about. Raises NotFound to who may not see the referral."""
    policy.must_see(referral, viewer)
    resident = referral.resident
    office = office_of(referral.office_id) if referral.office_id else None
    body = agency(referral.agency_id) if referral.agency_id else None
    return Held(
        name=(resident and resident.name) or "",
        postcode=(resident and resident.postcode) or "",
        phone=(resident and resident.phone) or "",
        email=(resident and resident.email) or "",
        address=(resident and resident.address) or "",
        agency_reference=referral.agency_reference or "",
        reference=referral.reference or "",
        member=office.term.member.name if office else "",
        body=body.name if body else "",
        seat=office.term.constituency.name if office else "",
    )


def _known(referral: Referral, viewer: Viewer) -> Known:
    outcome = outcome_of(referral, viewer)
    steps = milestones(referral, viewer)
    sent = local_day(referral.submitted_at) if referral.submitted_at else None
    since = referral.waiting_since
    result = local_day(outcome.recorded_at) if outcome else None
    body = agency(referral.agency_id) if referral.agency_id else None
    return Known(
        area=names_of([referral.group_id]).get(referral.group_id, "the area"),
        category=referral.category or "other",
        body_kind=body.kind if body else None,
        waited_before=(sent - since).days if sent and since else None,
        worked_on=(result - sent).days if sent and result else None,
        enquiries=len(enquiries_of(referral, viewer)),
        milestones=tuple(dict.fromkeys(step.code for step in steps)),
        outcomes=tuple(row.code for row in outcome.codes) if outcome else (),
        sums=_sums(outcome) if outcome else (),
    )


def _sums(outcome: Outcome) -> tuple[Sum, ...]:
    return tuple(
        Sum(kind=row.kind, pounds=row.annual_amount or row.amount, confirmed=row.basis == CONFIRMED)
        for row in outcome.money
    )
