"""Who may read, write and check the answers of an area, and what they may not say.

They are read by the people of the area and of the office that gave the answer, and by nobody else: what waits to be
checked only by whoever wrote it and by whoever may check it. An answer is written by somebody of either side who reads
the request, and checked by a lead or a manager of either side who did not write it, because small groups and small
offices may have only one.
"""

from referrals.accounts.roles import ROLES, Permission, Role
from referrals.accounts.viewer import Viewer
from referrals.casework import policy
from referrals.casework.models import Referral
from referrals.foundation.errors import IllegalMove, NotAllowed, NotFound
from referrals.knowledge.models import SHOWN, TAKEN_DOWN, WAITING, KnowledgeEntry

CHECKERS: tuple[Role, ...] = tuple(
    role for role, spec in ROLES.items() if Permission.KNOWLEDGE_CHECK in spec.permissions
)
NOT_YOURS = "You wrote this answer. Somebody else has to check it."


def is_answered(referral: Referral) -> bool:
    """Whether it is a request for advice that the office has answered."""
    return not policy.is_about_a_resident(referral) and referral.end_reason == policy.ANSWERED


def may_begin(referral: Referral, viewer: Viewer) -> bool:
    """Whether the viewer may write the answer of this request down for the area."""
    return is_answered(referral) and policy.may_write(referral, viewer, Permission.KNOWLEDGE_WRITE)


def must_begin(referral: Referral, viewer: Viewer) -> None:
    """Raise NotFound to strangers, NotAllowed, or IllegalMove for what is no answered request for advice."""
    policy.must_write(referral, viewer, Permission.KNOWLEDGE_WRITE)
    if not may_begin(referral, viewer):
        raise IllegalMove("Only the answer to a request for advice can be kept for the area.")


def is_of(entry: KnowledgeEntry, viewer: Viewer) -> bool:
    """Whether the entry is of the viewer's area or office."""
    sides = (entry.group_id, entry.office_id)
    return viewer.organisation_id in sides and viewer.may(Permission.KNOWLEDGE_WRITE)


def may_read(entry: KnowledgeEntry, viewer: Viewer) -> bool:
    """Whether the viewer may know of an entry, which waits only for those who wrote it or may check it."""
    if not is_of(entry, viewer) or entry.state == TAKEN_DOWN:
        return False
    concerned = entry.written_by_id == viewer.person_id or viewer.may(Permission.KNOWLEDGE_CHECK)
    return entry.state == SHOWN or concerned


def must_read(entry: KnowledgeEntry, viewer: Viewer) -> None:
    """Raise NotFound to strangers, and to everybody once it is taken down."""
    if not may_read(entry, viewer):
        raise NotFound


def may_check(entry: KnowledgeEntry, viewer: Viewer) -> bool:
    """Whether the viewer may put it on the page."""
    other = entry.written_by_id != viewer.person_id
    return may_read(entry, viewer) and entry.state == WAITING and other and viewer.may(Permission.KNOWLEDGE_CHECK)


def must_check(entry: KnowledgeEntry, viewer: Viewer) -> None:
    """Raise NotFound to strangers, NotAllowed to who may not check, IllegalMove for what does not wait."""
    must_read(entry, viewer)
    if not viewer.may(Permission.KNOWLEDGE_CHECK):
        raise NotAllowed
    if entry.state != WAITING:
        raise IllegalMove("This answer was checked already.")
    if entry.written_by_id == viewer.person_id:
        raise NotAllowed(NOT_YOURS)
