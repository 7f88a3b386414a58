"""Who may make which transition, and when: by their role, by the state, and by the resident's agreement."""

from referrals.accounts.roles import Permission, Side
from referrals.accounts.viewer import Viewer
from referrals.casework.models import Referral
from referrals.casework.policy.agreeing import (
    WITHDRAWN_MESSAGE,
    is_about_a_resident,
    is_hushed,
    may_be_told,
    may_go_on,
    sending_fault,
)
from referrals.casework.policy.seeing import may_write, must_see
from referrals.casework.workflow import TRANSITIONS, UNHEARD_STATES, ConsentNeed, Transition, states
from referrals.foundation.clock import today
from referrals.foundation.errors import IllegalMove, NotAllowed


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
