"""Who may see a referral, read its words and write on it.

A referral is seen by two organisations at most. In the group, a volunteer sees what they made, sent or were given, a
lead all of the group's. In the MP's office: everybody who works cases there, but never a draft. Coordinators,
administrators and the service itself see none. Somebody who may not see a referral is told the same as if there were
none.

Conflict of the trusted body. A group's money is held by a body of its own choosing, and sometimes the complaint is
about that very body (in Toothill it is the council). The people who answer to that body are the group's leads, so a
referral flagged `trusted_body_conflict` is, within the group, seen only by who made or sent it. The office sees it as
any other. For the same reason a lead may approve a consent of their own referral, because no other lead may see it.

Words. An office that declined keeps no content: 30 days later it still knows that there was a referral, and reads no
word of it. Of one that was sent by mistake it reads nothing from then on.
"""

from datetime import date, timedelta

from referrals.accounts.roles import Permission, Reach, Side
from referrals.accounts.viewer import Viewer
from referrals.casework.clocks import DECLINED_WORDS_DAYS
from referrals.casework.models import Referral
from referrals.casework.workflow import STATES, WORKING_STATES, states
from referrals.foundation.clock import local_day, today
from referrals.foundation.errors import IllegalMove, NotAllowed, NotFound


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


def is_open(referral: Referral) -> bool:
    """Whether something is still to be done."""
    return STATES[referral.state].is_open


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
