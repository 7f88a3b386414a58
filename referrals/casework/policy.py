"""Who may see a referral, read its words, and move it.

A referral is seen by two organisations at most. In the group, a volunteer sees what they made, sent or were given, a
lead all of the group's. In the MP's office: everybody who works cases there, but never a draft. Coordinators,
administrators and the service itself see none. Somebody who may not see a referral is told the same as if there were
none.

Conflict of the trusted body. A group's money is held by a body of its own choosing, and sometimes the complaint is
about that very body (in Toothill it is the council). The people who answer to that body are the group's leads, so a
referral flagged `trusted_body_conflict` is, within the group, seen only by who made or sent it. The office sees it as
any other. For the same reason a lead may approve a consent of their own referral, because no other lead may see it.

Another office. A referral that is offered to another office stays what it was to everybody; to that office it is not
there. Its people see the offer alone (`may_see_transfer`), until they take it on: then the referral is theirs, and the
office it came from sees only that it offered it. Of an offer that was rejected or taken back they see nothing.

Words. An office that declined keeps no content: 30 days later it still knows that there was a referral, and reads no
word of it. Of one that was sent by mistake it reads nothing from then on.

Consent is looked at when it is used. Sending needs the resident's valid agreement for this office (with health where
the category is health; approved by a lead where somebody else's ground stands in for it); carrying on needs that it
was not taken back.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from referrals.accounts.roles import Permission, Reach, Side
from referrals.accounts.viewer import Viewer
from referrals.casework.clocks import DECLINED_WORDS_DAYS
from referrals.casework.models import Consent, Referral, SavedView, Transfer
from referrals.casework.workflow import (
    STATES,
    TRANSFERABLE,
    TRANSITIONS,
    UNHEARD_STATES,
    WORKING_STATES,
    ConsentNeed,
    Party,
    TransferStep,
    Transition,
    states,
    transfers,
)
from referrals.foundation.clock import local_day, today
from referrals.foundation.errors import IllegalMove, NotAllowed, NotFound

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


def may_see(referral: Referral, viewer: Viewer) -> bool:
    """Whether the viewer may know that this referral exists."""
    if viewer.person_id is None or viewer.reach is Reach.NONE:
        return False
    if viewer.side is Side.GROUP:
        return referral.group_id == viewer.organisation_id and _seen_in_group(referral, viewer)
    return referral.office_id == viewer.organisation_id and referral.submitted_at is not None


def _seen_in_group(referral: Referral, viewer: Viewer) -> bool:
    own = viewer.person_id in (referral.created_by_id, referral.submitted_by_id, referral.referrer_id)
    return own or (viewer.reach is Reach.ORGANISATION and not referral.trusted_body_conflict)


def must_see(referral: Referral, viewer: Viewer) -> None:
    """Raise NotFound unless the viewer may know of the referral."""
    if not may_see(referral, viewer):
        raise NotFound


def may_read_words(referral: Referral, viewer: Viewer) -> bool:
    """Whether the viewer may read what is sealed in a referral."""
    if not may_see(referral, viewer):
        return False
    return viewer.side is Side.GROUP or not words_expired(referral, today())


def words_expired(referral: Referral, day: date) -> bool:
    """Whether the office no longer reads the words: declined more than 30 days before `day`, or sent by mistake."""
    if referral.state == states.ENTERED_IN_ERROR:
        return True
    if referral.state != states.DECLINED or referral.ended_at is None:
        return False
    return local_day(referral.ended_at) < day - timedelta(days=DECLINED_WORDS_DAYS)


def may_write(referral: Referral, viewer: Viewer, permission: Permission) -> bool:
    """Whether the viewer may do, with this referral, what the permission names."""
    return viewer.may(permission) and may_read_words(referral, viewer) and not referral.erased


def must_write(referral: Referral, viewer: Viewer, permission: Permission) -> None:
    """Raise NotFound to who may not see the referral, NotAllowed to who may not do this with it."""
    must_see(referral, viewer)
    if not may_write(referral, viewer, permission):
        raise NotAllowed


def lacks(referral: Referral) -> str | None:
    """What an open referral with an office stands without: "next_action", "next_action_on", or None for nothing.

    In some states the state itself says what is done next; then only the day can be missing.
    """
    if not is_open(referral) or referral.state == states.DRAFT:
        return None
    if referral.state in WORKING_STATES and referral.next_action_sealed is None:
        return "next_action"
    return "next_action_on" if referral.due_on is None or referral.next_action_on is None else None


def may_keep_dates(referral: Referral, viewer: Viewer) -> bool:
    """Whether the viewer may record dates on this referral, and decide about the deadlines that follow."""
    return referral.submitted_at is not None and may_write(referral, viewer, _for_dates(viewer))


def must_keep_dates(referral: Referral, viewer: Viewer) -> None:
    """Raise NotFound, NotAllowed, or IllegalMove for a draft, unless the viewer may keep the referral's dates."""
    must_write(referral, viewer, _for_dates(viewer))
    if referral.submitted_at is None:
        raise IllegalMove("A draft has no deadlines yet.")


def may_link(referral: Referral, viewer: Viewer) -> bool:
    """Whether the viewer may say what this referral has to do with others."""
    return referral.submitted_at is not None and may_write(referral, viewer, _for_dates(viewer))


def must_link(referral: Referral, viewer: Viewer) -> None:
    """Raise NotFound, NotAllowed, or IllegalMove for a draft, unless the viewer may link the referral with others."""
    must_write(referral, viewer, _for_dates(viewer))
    if referral.submitted_at is None:
        raise IllegalMove("A draft cannot be linked yet.")


def _for_dates(viewer: Viewer) -> Permission:
    return Permission.REFERRAL_WORK if viewer.side is Side.OFFICE else Permission.REFERRAL_ANSWER


def available_moves(referral: Referral, viewer: Viewer) -> list[Transition]:
    """The transitions that the viewer may make now, in the order of the workflow."""
    return [
        row
        for row in TRANSITIONS.values()
        if not row.by_transfer
        and is_legal(row, referral, viewer)
        and may_make(row, referral, viewer)
        and consent_fault(row, referral) is None
    ]


def may_make(row: Transition, referral: Referral, viewer: Viewer) -> bool:
    """Whether the viewer's role may make this transition of this referral, whatever state it is in."""
    if viewer.person_id is None:
        return row.by_service and viewer.role is None
    permission = permission_for(row, referral, viewer)
    if permission is None or not may_write(referral, viewer, permission):
        return False
    if _tells_of_a_step(row) and is_hushed(referral, viewer):
        return False
    return may_be_told(referral, viewer, row.told)


def permission_for(row: Transition, referral: Referral, viewer: Viewer) -> Permission | None:
    """What the viewer needs to make this transition of this referral; None where their side never makes it."""
    if viewer.side is Side.GROUP and row.own_way is not None and referral.trusted_body_conflict:
        return row.own_way
    return row.ways.get(viewer.side)


def _tells_of_a_step(row: Transition) -> bool:
    """Whether that it is there, or no longer there, would say if the office has taken the referral on."""
    return states.SUBMITTED in row.sources and not set(UNHEARD_STATES) <= set(row.sources)


def is_legal(row: Transition, referral: Referral, viewer: Viewer) -> bool:
    """Whether the workflow allows it from the state the referral is in."""
    if referral.state not in row.sources:
        return False
    asked_later = referral.state == states.INFORMATION_REQUESTED and referral.state_before != states.SUBMITTED
    if row.before_decision and asked_later:
        return False
    if row.advice is not None and row.advice is is_about_a_resident(referral):
        return False
    # What was never sent has no other side, and cannot be sent again.
    return not (row.name == "reopen" and referral.submitted_at is None)


def must_make(row: Transition, referral: Referral, viewer: Viewer) -> None:
    """Raise NotFound, NotAllowed, or IllegalMove when the viewer cannot make this transition now."""
    if viewer.person_id is not None:
        must_see(referral, viewer)
    if not may_make(row, referral, viewer):
        raise NotAllowed
    if not is_legal(row, referral, viewer):
        raise IllegalMove


def consent_fault(row: Transition, referral: Referral) -> str | None:
    """What is wrong with the resident's consent for this transition, and how to mend it; None when it is fine."""
    if row.consent is ConsentNeed.NONE or not is_about_a_resident(referral):
        return None
    if row.consent is ConsentNeed.VALID:
        return sending_fault(referral, today())
    return None if may_go_on(referral) else WITHDRAWN_MESSAGE


NO_CONSENT_MESSAGE = "Record the resident’s agreement to send this to the MP’s office"
WITHDRAWN_MESSAGE = (
    "The resident’s agreement was withdrawn or has ended. Withdraw the referral, or record a new agreement"
)
NO_TRANSFER_MESSAGE = "Ask the resident whether the other office may have this, and record that they agreed"
OTHER_HEALTH_MESSAGE = "Record the resident’s own words that the other office may have health information too"
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


def may_offer(referral: Referral, viewer: Viewer) -> bool:
    """Whether the viewer may offer the referral to another office, as far as its state goes."""
    permission = transfers.TRANSFERS["offer_transfer"].permission
    return viewer.side is Side.OFFICE and may_write(referral, viewer, permission) and referral.state in TRANSFERABLE


def may_agree_to_other(referral: Referral, viewer: Viewer) -> bool:
    """Whether the viewer may record that the resident lets another office have what is with one."""
    sent = referral.submitted_at is not None and is_open(referral) and is_about_a_resident(referral)
    return sent and may_write(referral, viewer, Permission.CONSENT_RECORD)


def must_agree_to_other(referral: Referral, viewer: Viewer) -> None:
    """Raise NotFound, NotAllowed, or IllegalMove unless they may record that."""
    must_write(referral, viewer, Permission.CONSENT_RECORD)
    if not may_agree_to_other(referral, viewer):
        raise IllegalMove("Another office can only be agreed to while a referral about a resident is with one.")


def transfer_fault(referral: Referral, office_id: UUID, day: date) -> str | None:
    """What is missing of the resident's agreement that this other office gets the referral; None when nothing is."""
    if not is_about_a_resident(referral):
        return None
    found = given_to_other(referral, office_id, day)
    if found is None:
        return NO_TRANSFER_MESSAGE
    return OTHER_HEALTH_MESSAGE if referral.category == "health" and not found.covers_health else None


def may_see_transfer(transfer: Transfer, viewer: Viewer) -> bool:
    """Whether the viewer, of one of the two offices, may know of the transfer: the other one while it is on offer."""
    if viewer.person_id is None or viewer.side is not Side.OFFICE or not viewer.may(Permission.REFERRAL_READ):
        return False
    if transfer.to_office_id == viewer.organisation_id:
        return transfer.standing in (transfers.OFFERED, transfers.ACCEPTED)
    return transfer.from_office_id == viewer.organisation_id


def must_step(step: TransferStep, transfer: Transfer, viewer: Viewer) -> None:
    """Raise NotFound to strangers, NotAllowed to the other of the two offices and to who lacks the permission."""
    if not may_see_transfer(transfer, viewer):
        raise NotFound
    own = transfer.to_office_id if step.by is Party.TARGET else transfer.from_office_id
    if viewer.organisation_id != own or not viewer.may(step.permission):
        raise NotAllowed


def may_see_view(view: SavedView, viewer: Viewer) -> bool:
    """Whether a saved view is the viewer's own, or shared with their office."""
    if view.organisation_id != viewer.organisation_id:
        return False
    return view.person_id == viewer.person_id or view.shared_at is not None


def may_keep_view(view: SavedView, viewer: Viewer) -> bool:
    """Whether they may rename and remove it: their own, and a manager everything that the office shares."""
    own = view.person_id == viewer.person_id
    return may_see_view(view, viewer) and (own or viewer.may(Permission.VIEW_KEEP))


def is_open(referral: Referral) -> bool:
    """Whether something is still to be done."""
    return STATES[referral.state].is_open
