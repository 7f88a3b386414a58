"""Who is told of a case study: those who may approve it, those who wrote it, and the other side."""

from collections.abc import Collection
from typing import Final

from referrals.accounts.queries import mail_recipients
from referrals.accounts.roles import ROLES, Permission, Side
from referrals.accounts.viewer import Viewer
from referrals.casework.actions.telling import tell
from referrals.casework.workflow import Audience
from referrals.notifications.actions import queue
from referrals.notifications.messages import CaseStudyToAnswer, CaseStudyToApprove, ReferralMessage
from referrals.stories import policy
from referrals.stories.models import CaseStudy

APPROVERS: Final = tuple(role for role, spec in ROLES.items() if Permission.STORY_APPROVE in spec.permissions)
WRITERS: Final = tuple(role for role, spec in ROLES.items() if Permission.STORY_WRITE in spec.permissions)


def tell_approvers(study: CaseStudy, *, by: Viewer) -> None:
    """Tell those who may approve it and did not write in it: of its organisation, or of the office in its stead."""
    # The people of the group who answer to the body that a complaint is about do not hear of it.
    asked = study.referral.office_id if policy.is_for_office(study) else study.organisation_id
    found = mail_recipients(asked, APPROVERS) if asked else []
    _queue(study, CaseStudyToApprove, [to for to in found if str(to.person_id) not in study.writers], by)


def tell_writers(study: CaseStudy, message: type[ReferralMessage], *, by: Viewer, others: Collection[str] = ()) -> None:
    """Tell those of its organisation who wrote in it or approved it."""
    known = {*study.writers, *others, str(study.approved_by_id)}
    found = mail_recipients(study.organisation_id, WRITERS)
    _queue(study, message, [to for to in found if str(to.person_id) in known], by)


def tell_other_side(study: CaseStudy, *, by: Viewer) -> bool:
    """Ask the other side whether it objects; False where it may not be told of it."""
    if not policy.reaches_other_side(study):
        return False
    audience = Audience.OFFICE if policy.other_side(study) is Side.OFFICE else Audience.GROUP
    tell(study.referral, CaseStudyToAnswer, audience, by=by)
    return True


def _queue(study: CaseStudy, message: type[ReferralMessage], to: Collection[object], by: Viewer) -> None:
    reference = study.referral.reference
    # The page of a referral that was handed on is not there for who told of it.
    path = f"/stories/{study.id}" if policy.is_handed_on(study) else f"/referrals/{reference}"
    others = [one for one in to if getattr(one, "person_id", None) != by.person_id]
    if others and reference:
        queue(message(reference=reference, path=path), to=others)  # type: ignore[arg-type]
