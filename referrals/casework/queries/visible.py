"""The permission as SQL: which referrals a viewer can come across at all (policy.may_see says the same of one row)."""

from sqlalchemy import ColumnElement, and_, false, or_

from referrals.accounts.roles import Reach, Side
from referrals.accounts.viewer import Viewer
from referrals.casework.models import Referral


def visible_to(viewer: Viewer) -> ColumnElement[bool]:
    """The condition under which a row of referrals is there for the viewer."""
    if viewer.person_id is None or viewer.reach is Reach.NONE:
        return false()
    if viewer.side is Side.OFFICE:
        return and_(Referral.office_id == viewer.organisation_id, Referral.submitted_at.is_not(None))
    of_group = Referral.group_id == viewer.organisation_id
    if viewer.reach is Reach.OWN:
        return and_(of_group, written_by(viewer))
    return and_(of_group, or_(Referral.trusted_body_conflict.is_(False), written_by(viewer)))


def written_by(viewer: Viewer) -> ColumnElement[bool]:
    """The condition under which the viewer made or sent the referral, or has taken it over in the group."""
    own = (Referral.created_by_id, Referral.submitted_by_id, Referral.referrer_id)
    return or_(*(column == viewer.person_id for column in own))
