"""Who may read and write the log of an area's contacts with its MP.

The log is the area's own record. Its volunteers and leads write it and read all of it. The coordinators of its
programme read what a contact was about, when and how, never what was agreed, who was there or what is to be done: those
words may name a resident, and a coordinator never sees one. To an MP's office there is no such log.

How far an area and its MP have come is set by its leads, and read like the log. How the MP stands towards the area is
assessed and read by the leads alone; coordinators read the answer and its day, never what it goes by. Nobody who also
belongs to an MP's office reads or writes it, for whichever organisation they are acting.
"""

from uuid import UUID

from referrals.accounts.queries import has_role_on
from referrals.accounts.roles import ROLES, Permission, Reach, Role, Side
from referrals.accounts.viewer import Viewer
from referrals.directory import queries as directory
from referrals.engagement.models import Contact, FollowUp
from referrals.foundation.errors import NotAllowed, NotFound

KEEPERS: tuple[Role, ...] = tuple(
    role for role, spec in ROLES.items() if Permission.ENGAGEMENT_WRITE in spec.permissions
)
LEADS: tuple[Role, ...] = tuple(role for role in KEEPERS if ROLES[role].reach is Reach.ORGANISATION)


def must_keep_log(viewer: Viewer) -> UUID:
    """The group whose log the viewer writes. Raises NotAllowed."""
    viewer.must(Permission.ENGAGEMENT_WRITE)
    if viewer.organisation_id is None:
        raise NotAllowed
    return viewer.organisation_id


def may_read_log(organisation_id: UUID, viewer: Viewer) -> bool:
    """Whether the viewer may know of the log of this group: their own, or as coordinator one of their programme."""
    if reads_words(organisation_id, viewer):
        return True
    if not viewer.may(Permission.ENGAGEMENT_READ) or viewer.organisation_id is None:
        return False
    group = directory.group_of(organisation_id)
    return group is not None and group.programme_id == viewer.organisation_id


def must_read_log(organisation_id: UUID, viewer: Viewer) -> None:
    """Raise NotFound to strangers."""
    if not may_read_log(organisation_id, viewer):
        raise NotFound


def reads_words(organisation_id: UUID, viewer: Viewer) -> bool:
    """Whether the viewer reads all of a contact, and not only what it was about."""
    return viewer.may(Permission.ENGAGEMENT_WRITE) and organisation_id == viewer.organisation_id


def must_keep(organisation_id: UUID, viewer: Viewer) -> None:
    """Raise NotFound to strangers, NotAllowed to who only reads."""
    must_read_log(organisation_id, viewer)
    if not reads_words(organisation_id, viewer):
        raise NotAllowed


def may_say_where_we_stand(viewer: Viewer) -> bool:
    """Whether the viewer says how far the area and its MP have come: the leads."""
    return viewer.may(Permission.STANCE_ASSESS)


def must_say_where_we_stand(viewer: Viewer) -> UUID:
    """The group for which the viewer says it. Raises NotAllowed."""
    viewer.must(Permission.STANCE_ASSESS)
    return must_keep_log(viewer)


def may_know_stances(organisation_id: UUID, viewer: Viewer) -> bool:
    """Whether the viewer may know how MPs stand towards this group."""
    knows = viewer.may(Permission.STANCE_READ) and may_read_log(organisation_id, viewer)
    return knows and not has_role_on(Side.OFFICE, viewer.person_id)


def may_know_shares(viewer: Viewer) -> bool:
    """Whether the viewer may know how the MPs of a programme stand towards its areas, all taken together."""
    return viewer.may(Permission.STANCE_READ) and not has_role_on(Side.OFFICE, viewer.person_id)


def must_know_stances(organisation_id: UUID, viewer: Viewer) -> None:
    """Raise NotAllowed to who may not know them."""
    if not may_know_stances(organisation_id, viewer):
        raise NotAllowed("Somebody who belongs to an MP’s office cannot do this.")


def must_write(kept: Contact | FollowUp, viewer: Viewer) -> None:
    """Raise NotFound to strangers, NotAllowed to who only reads."""
    must_keep(kept.organisation_id, viewer)


def may_take_out(contact: Contact, viewer: Viewer) -> bool:
    """Whether the viewer may take a contact out: whoever wrote it, and the leads of the group."""
    own = contact.logged_by_id == viewer.person_id or viewer.reach is Reach.ORGANISATION
    return reads_words(contact.organisation_id, viewer) and own


def must_take_out(contact: Contact, viewer: Viewer) -> None:
    """Raise NotFound to strangers, NotAllowed to others than its writer and the leads."""
    must_write(contact, viewer)
    if not may_take_out(contact, viewer):
        raise NotAllowed
