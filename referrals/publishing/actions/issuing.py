"""Approving a report, taking that back, and issuing it: from then on it is kept as it was, word for word."""

from referrals.accounts.viewer import Viewer
from referrals.foundation import clock
from referrals.foundation.database import db
from referrals.foundation.errors import IllegalMove, NotAllowed, Stale
from referrals.publishing.actions.impact import lock, note
from referrals.publishing.drafting import unfinished
from referrals.publishing.models import ImpactFile, ImpactReport
from referrals.publishing.policy import impact as policy
from referrals.publishing.queries import publishers
from referrals.publishing.rendering import Edition
from referrals.publishing.workflow import APPROVED, DRAFT, ISSUED, SUPERSEDED


def approve_report(report: ImpactReport, *, version: int | None, by: Viewer) -> None:
    """Say that a draft may go out, as the second person who looked at it, or alone where there is no other.

    Raises NotFound, NotAllowed where somebody else must, IllegalMove where a question is left, and Stale.
    """
    lock(report, "approve", by)
    if version is not None and version != report.version:
        raise Stale
    people = [person.person_id for person in publishers(by)]
    if not policy.may_approve(report, by, people):
        raise NotAllowed("Somebody else has to look at what you changed last.")
    left = unfinished(report.figures, report.words)
    if left:
        raise IllegalMove(f"Some sections are not finished: {', '.join(section.heading for section in left)}.")
    report.state, report.approved_at, report.approved_by_id = APPROVED, clock.now(), by.person_id
    report.approved_alone = by.person_id == report.changed_by_id
    note("impact.approved", report, by, alone=report.approved_alone)


def reopen_report(report: ImpactReport, *, by: Viewer) -> None:
    """Make a draft again of what was approved, so that it can be changed. Raises NotFound, NotAllowed, IllegalMove."""
    lock(report, "reopen", by)
    report.state, report.approved_at, report.approved_by_id, report.approved_alone = DRAFT, None, None, False
    note("impact.reopened", report, by)


def issue_report(report: ImpactReport, edition: Edition | None, *, by: Viewer) -> None:
    """Issue an approved report as it was made ready, and let it take the place of the one it corrects.

    `edition` is what `rendering.edition` made of it; None when it was no longer approved by then.
    Raises NotFound, NotAllowed, IllegalMove, and Stale when it was changed since.
    """
    lock(report, "issue", by)
    if edition is None or edition.version != report.version:
        raise Stale
    report.state, report.issued_at, report.issued_by_id = ISSUED, clock.now(), by.person_id
    report.keep_content(edition.content, edition.sha256)
    digests = {"page": edition.sha256}
    for file in edition.files:
        kept = ImpactFile(report_id=report.id, form=file.form, sha256=file.sha256, size=len(file.content))
        kept.content = file.content
        db.session.add(kept)
        digests[file.form] = file.sha256
    note("impact.issued", report, by, sha256=digests, alone=report.approved_alone)
    if report.corrects_id is not None:
        _supersede(report, by)


def _supersede(report: ImpactReport, by: Viewer) -> None:
    earlier = db.session.get(ImpactReport, report.corrects_id)
    assert earlier is not None
    lock(earlier, "supersede", by)
    earlier.state, earlier.superseded_at = SUPERSEDED, clock.now()
    note("impact.superseded", earlier, by, corrected=str(report.id))
