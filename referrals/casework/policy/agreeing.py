"""What the resident agreed to, looked at when it is used: sending, carrying on, and what the group may be told.

Sending needs the resident's valid agreement for this office (with health where the category is health; approved by a
lead where somebody else's ground stands in for it); carrying on needs that it was not taken back.
"""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from referrals.accounts.roles import Side
from referrals.accounts.viewer import Viewer
from referrals.casework.models import Consent, Referral
from referrals.casework.workflow import states
from referrals.foundation.clock import today

OWN_REQUEST = "own_request"
GROUP_TO_OFFICE = "group_to_office"
OFFICE_TO_GROUP = "office_to_group"
TRANSFER = "transfer"
# What the office may tell the group, from least to most.
SCOPES = ("none", "status", "outcome", "full")
FULL = SCOPES[-1]
REQUEST_FOR_ADVICE = "request_for_advice"
# How a request for advice ends once the office has answered it.
ANSWERED = "answered"
NO_CONSENT_MESSAGE = "Record the resident’s agreement to send this to the MP’s office"
WITHDRAWN_MESSAGE = (
    "The resident’s agreement was withdrawn or has ended. Withdraw the referral, or record a new agreement"
)
HEALTH_MESSAGE = "Record the resident’s own words that health information may be sent too"
APPROVAL_MESSAGE = "A lead of your group must approve sending this without the resident’s own request"


def sending_fault(referral: Referral, day: date) -> str | None:
    """Why the group may not send this to its office on that day; None when it may."""
    given = [consent for consent in referral.consents if consent.kind == GROUP_TO_OFFICE or is_for_present(consent)]
    if not given:
        return NO_CONSENT_MESSAGE
    found = given_to_office(referral, day)
    if not found:
        return WITHDRAWN_MESSAGE if all(is_for_present(consent) for consent in given) else NO_CONSENT_MESSAGE
    if referral.category == "health" and not any(consent.covers_health for consent in found):
        return HEALTH_MESSAGE
    covering = [consent for consent in found if consent.covers_health or referral.category != "health"]
    return None if any(is_approved(consent) for consent in covering) else APPROVAL_MESSAGE


def standing(referral: Referral, kind: str, day: date) -> Sequence[Consent]:
    """The consents of a kind that were given, not taken back, and have not run out on that day; newest last."""
    return [
        consent
        for consent in referral.consents
        if consent.kind == kind
        and consent.withdrawn_at is None
        and consent.given_on <= day
        and (consent.expires_on is None or day <= consent.expires_on)
    ]


def given_to_office(referral: Referral, day: date) -> Sequence[Consent]:
    """The standing agreements on that day that the office which has the referral now may have it; newest last."""
    kinds = (GROUP_TO_OFFICE, TRANSFER)
    return [consent for kind in kinds for consent in standing(referral, kind, day) if is_for_present(consent)]


def given_to_other(referral: Referral, office_id: UUID, day: date) -> Consent | None:
    """The newest standing agreement of the resident that another office may have it; never another ground."""
    found = [
        consent
        for consent in standing(referral, TRANSFER, day)
        if consent.to_organisation_id == office_id and consent.ground == OWN_REQUEST
    ]
    return found[-1] if found else None


def is_approved(consent: Consent) -> bool:
    """Whether it counts: the resident's own request, or another ground that a lead has approved."""
    return consent.ground == OWN_REQUEST or consent.approved_at is not None


def is_for_present(consent: Consent) -> bool:
    """Whether it lets the office have the referral that has it now: given for it, or given when it was handed on."""
    office_id = consent.referral.office_id
    if consent.kind == GROUP_TO_OFFICE:
        return consent.to_organisation_id in (None, office_id)
    return consent.kind == TRANSFER and consent.to_organisation_id == office_id


def told_to_group(referral: Referral, day: date) -> str:
    """How much the office may tell the group on that day: none, status, outcome or full.

    The scope of the newest standing agreement for it; none where it was taken back, or where the referral was sent on
    another ground than the resident's own request. Where nobody ever asked, full: the request is the resident's own,
    made with the group's help. Where there is no resident there is nothing to agree to.
    """
    if not is_about_a_resident(referral):
        return FULL
    given = [consent for consent in referral.consents if consent.kind == OFFICE_TO_GROUP]
    found = standing(referral, OFFICE_TO_GROUP, day)
    if found:
        return found[-1].scope or FULL
    asked = not given and any(
        consent.ground == OWN_REQUEST for consent in referral.consents if consent.kind == GROUP_TO_OFFICE
    )
    return FULL if asked else SCOPES[0]


def is_about_a_resident(referral: Referral) -> bool:
    """Whether there is a person behind it; a request for advice has none."""
    return referral.issue_type != REQUEST_FOR_ADVICE


def may_be_told(referral: Referral, viewer: Viewer, scope: str) -> bool:
    """Whether what the office writes reaches this viewer, where it needs `scope`; the office itself always reads it."""
    return viewer.side is not Side.GROUP or told_to_group_at_least(referral, scope)


def told_to_group_at_least(referral: Referral, scope: str) -> bool:
    """Whether the office may tell the group as much as `scope` today."""
    return SCOPES.index(told_to_group(referral, today())) >= SCOPES.index(scope)


def is_hushed(referral: Referral, viewer: Viewer) -> bool:
    """Whether the office's steps are kept from the viewer: of a group that the resident lets hear nothing.

    What may be known all the same, on every page and list, is one rule: queries/hearing.py.
    """
    of_group = viewer.side is Side.GROUP and referral.submitted_at is not None
    return of_group and not told_to_group_at_least(referral, SCOPES[1])


def may_go_on(referral: Referral) -> bool:
    """Whether the agreement under which the group sent it still stands."""
    return not is_about_a_resident(referral) or bool(given_to_office(referral, today()))


def may_be_asked_later(referral: Referral) -> bool:
    """Whether the resident may be asked, some weeks after it was closed, how things are now.

    Never about what is open again, was withdrawn (because somebody died, for instance) or erased, never where their
    agreement was taken back or has ended, and not by a group that may not even hear that it is finished.
    """
    closed = referral.state == states.CLOSED and not referral.erased and is_about_a_resident(referral)
    return closed and may_go_on(referral) and told_to_group_at_least(referral, "status")
