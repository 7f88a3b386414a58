"""Who may draft, read, approve and issue: an organisation its own, and a programme what its areas have issued."""

from collections.abc import Iterable
from typing import Final
from uuid import UUID

from referrals.accounts.roles import ROLES, Permission, Role, Side
from referrals.accounts.viewer import Viewer
from referrals.directory.queries import group_of
from referrals.foundation.errors import IllegalMove, NotAllowed, NotFound
from referrals.publishing.models import ImpactReport
from referrals.publishing.workflow import OUT, may

PERMISSIONS: Final = {
    Side.GROUP: Permission.REPORT_AREA,
    Side.OFFICE: Permission.REPORT_OFFICE,
    Side.PROGRAMME: Permission.REPORT_PROGRAMME,
}


def publisher(viewer: Viewer) -> UUID:
    """The organisation that the viewer publishes for. Raises NotAllowed."""
    permission = PERMISSIONS.get(viewer.side)
    if permission is None or viewer.organisation_id is None:
        raise NotAllowed
    viewer.must(permission)
    return viewer.organisation_id


def publishes(role: Role) -> bool:
    """Whether people of this role may publish for their organisation."""
    permission = PERMISSIONS.get(ROLES[role].side)
    return permission is not None and permission in ROLES[role].permissions


def may_read(report: ImpactReport, viewer: Viewer) -> bool:
    """Whether a report is there for the viewer: their own, or an issued one of an area of their programme."""
    own = publisher(viewer)
    if report.organisation_id == own:
        return True
    if viewer.side is not Side.PROGRAMME or report.state not in OUT:
        return False
    area = group_of(report.organisation_id)
    return area is not None and area.programme_id == own


def must_own(report: ImpactReport, viewer: Viewer) -> None:
    """Raise NotFound unless the viewer may read it, NotAllowed unless it is their own organisation's."""
    if not may_read(report, viewer):
        raise NotFound
    if report.organisation_id != viewer.organisation_id:
        raise NotAllowed


def must_make(move: str, report: ImpactReport, viewer: Viewer) -> None:
    """Raise NotFound, NotAllowed, or IllegalMove where the report is in another state."""
    must_own(report, viewer)
    if not may(move, report.state):
        raise IllegalMove("This report has moved on, so this cannot be done any more.")


def may_approve(report: ImpactReport, viewer: Viewer, publishers: Iterable[UUID]) -> bool:
    """Whether the viewer is the second person; where the organisation has nobody else, the only one will do."""
    return viewer.person_id != report.changed_by_id or not set(publishers) - {report.changed_by_id}
