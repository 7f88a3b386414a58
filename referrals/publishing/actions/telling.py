"""Telling those who may approve an impact report that one is written and waits for them."""

from collections.abc import Mapping
from typing import Final

from referrals.accounts.queries.people import mail_recipients
from referrals.accounts.roles import Role
from referrals.accounts.viewer import Viewer
from referrals.notifications.actions import queue
from referrals.notifications.messages import ImpactReportToApprove
from referrals.publishing.drafting import unfinished
from referrals.publishing.models import ImpactReport
from referrals.publishing.policy import impact as policy

_APPROVERS: Final = tuple(role for role in Role if policy.publishes(role))


def tell_approvers(report: ImpactReport, before: Mapping[str, str], *, by: Viewer) -> None:
    """Tell the others of the organisation, when a change of its words has made a report complete.

    `before` are the words as they were. A correction is complete from the start, so there its first change tells.
    """
    was_complete = not unfinished(report.figures, before) and report.version > 1
    if was_complete or unfinished(report.figures, report.words):
        return
    found = mail_recipients(report.organisation_id, _APPROVERS)
    others = [one for one in found if one.person_id != by.person_id]
    if others:
        queue(ImpactReportToApprove(path=f"/impact/{report.id}"), to=others)
