"""Whose referrals a report counts: the viewer's own organisation decides, so that no other can be named at all."""

from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from referrals.accounts.roles import Permission, Side
from referrals.accounts.viewer import Viewer
from referrals.casework.models import Referral
from referrals.casework.policy import REQUEST_FOR_ADVICE
from referrals.casework.workflow import states
from referrals.directory import queries as directory
from referrals.directory.models import Group, Programme
from referrals.foundation.clock import local_day
from referrals.foundation.database import db
from referrals.foundation.errors import NotAllowed
from referrals.reporting.disclosure import OWNER, Name, Profile, profile_of

_PERMISSIONS: Final = {
    Side.GROUP: Permission.REPORT_AREA,
    Side.OFFICE: Permission.REPORT_OFFICE,
    Side.PROGRAMME: Permission.REPORT_PROGRAMME,
}


@dataclass(frozen=True, slots=True)
class Scope:
    """The referrals of one group, of one office, or of all groups of one programme."""

    side: Side
    organisation_id: UUID
    name: str
    # By which rules its numbers are shown; as they are where the referrals are the viewer's own organisation's.
    profile: Profile = OWNER

    @property
    def threshold(self) -> int | None:
        """Counts under this are hidden; None where every number is shown as it is."""
        return self.profile.threshold

    def covers(self) -> ColumnElement[bool]:
        """The condition on referrals: in this scope, about a resident, sent, and not by mistake."""
        # A request for advice is about no resident, and is counted apart.
        about = or_(Referral.issue_type.is_(None), Referral.issue_type != REQUEST_FOR_ADVICE)
        return self._counted() & about

    def covers_advice(self) -> ColumnElement[bool]:
        """The same for requests for advice."""
        return self._counted() & (Referral.issue_type == REQUEST_FOR_ADVICE)

    def holds(self) -> ColumnElement[bool]:
        """Whatever its owner keeps of residents: in a group drafts too, but nothing that was sent by mistake."""
        about = or_(Referral.issue_type.is_(None), Referral.issue_type != REQUEST_FOR_ADVICE)
        kept = self._reaches() & (Referral.state != states.ENTERED_IN_ERROR) & about
        return kept & Referral.submitted_at.is_not(None) if self.side is Side.OFFICE else kept

    def covers_group(self, group_id: InstrumentedAttribute[UUID]) -> ColumnElement[bool]:
        """The condition on what belongs to a group: it is this one, or one of this programme."""
        if self.side is Side.GROUP:
            return group_id == self.organisation_id
        return group_id.in_(select(Group.organisation_id).where(Group.programme_id == self.organisation_id))

    def _counted(self) -> ColumnElement[bool]:
        return self._reaches() & Referral.submitted_at.is_not(None) & (Referral.state != states.ENTERED_IN_ERROR)

    def _reaches(self) -> ColumnElement[bool]:
        if self.side is Side.OFFICE:
            return Referral.office_id == self.organisation_id
        return self.covers_group(Referral.group_id)


def scope_of(viewer: Viewer) -> Scope:
    """The referrals whose figures this viewer may read. Raises NotAllowed for a role that reads no reports."""
    permission = _PERMISSIONS.get(viewer.side)
    if permission is None or viewer.organisation_id is None:
        raise NotAllowed
    viewer.must(permission)
    return Scope(
        side=viewer.side,
        organisation_id=viewer.organisation_id,
        name=directory.organisation(viewer.organisation_id).name,
        profile=_profile(viewer.organisation_id) if viewer.side is Side.PROGRAMME else OWNER,
    )


def _profile(programme_id: UUID) -> Profile:
    programme = directory.programme_of(programme_id)
    if programme is None:
        raise NotAllowed
    return profile_of(Name.PROGRAMME, programme.small_count)


def scope_of_programme(programme: Programme) -> Scope:
    """The referrals of all groups of a programme, as its coordinators read of them; for nobody who asks."""
    return Scope(
        side=Side.PROGRAMME,
        organisation_id=programme.organisation_id,
        name=programme.organisation.name,
        profile=profile_of(Name.PROGRAMME, programme.small_count),
    )


def scope_of_group(group: Group) -> Scope:
    """The referrals of one group, as its own leads read of them; for nobody who asks."""
    return Scope(side=Side.GROUP, organisation_id=group.organisation_id, name=group.organisation.name)


def first_day(scope: Scope) -> date | None:
    """The London day on which the oldest referral of the scope was sent, or None when there is none."""
    oldest = db.session.scalar(select(func.min(Referral.submitted_at)).where(scope.covers()))
    return local_day(oldest) if oldest else None
