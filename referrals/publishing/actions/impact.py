"""Writing an impact report: beginning one, its sections, and throwing a draft away."""

from collections.abc import Mapping
from typing import Any

from referrals.accounts.viewer import Viewer
from referrals.audit.actions import record
from referrals.foundation import clock
from referrals.foundation.database import db
from referrals.foundation.errors import IllegalMove, Invalid, Stale
from referrals.foundation.locks import hold
from referrals.publishing.actions.telling import tell_approvers
from referrals.publishing.drafting import LONGEST, Draft, section_of
from referrals.publishing.models import ImpactReport
from referrals.publishing.policy import impact as policy
from referrals.publishing.queries import living_report
from referrals.publishing.queries.impact import correction_in_work
from referrals.publishing.workflow import DRAFT
from referrals.reporting.periods import Period

LONGEST_REASON = 1_000


def start_report(period: Period, draft: Draft, *, by: Viewer) -> ImpactReport:
    """Begin the report of the viewer's organisation over a period. Raises NotAllowed, and IllegalMove for a second."""
    own = policy.publisher(by)
    hold(f"impact reports of {own}")
    if living_report(period.code, by) is not None:
        raise IllegalMove("There is a report over this period already. Go on with that one.")
    report = _new(period.code, draft.figures, draft.words, by)
    note("impact.drafted", report, by)
    return report


def start_correction(report: ImpactReport, reason: str, *, by: Viewer) -> ImpactReport:
    """Begin the report that takes the place of an issued one: its words and figures, to be gone through again.

    Raises NotFound, NotAllowed, IllegalMove, and Invalid under "reason".
    """
    lock(report, "correct", by)
    text = reason.strip()
    if not text:
        raise Invalid({"reason": "Say what was wrong"})
    if len(text) > LONGEST_REASON:
        raise Invalid({"reason": f"What was wrong must be {LONGEST_REASON:,} characters or fewer"})
    if correction_in_work(report) is not None:
        raise IllegalMove("Somebody is correcting this report already.")
    correction = _new(report.period, report.figures, report.words, by)
    correction.corrects_id, correction.reason, correction.counted_at = report.id, text, report.counted_at
    note("impact.correction_started", correction, by, corrects=str(report.id))
    return correction


def edit_section(report: ImpactReport, key: str, text: str, *, version: int | None, by: Viewer) -> None:
    """Write one section of a draft; it may still hold questions, and then nobody can approve it.

    Raises NotFound, NotAllowed, IllegalMove, Invalid under "text", and Stale when it is no longer at `version`.
    """
    lock(report, "edit", by)
    section_of(report.figures, key)
    if version is not None and version != report.version:
        raise Stale
    if len(text) > LONGEST:
        raise Invalid({"text": f"The text must be {LONGEST:,} characters or fewer"})
    before = report.words
    report.words = {**before, key: text.strip()}
    tell_approvers(report, before, by=by)
    _change(report, by)
    note("impact.edited", report, by, section=key)


def discard_report(report: ImpactReport, *, by: Viewer) -> None:
    """Throw a draft away. Raises NotFound, NotAllowed, and IllegalMove for one that was approved or issued."""
    lock(report, "edit", by)
    db.session.delete(report)
    note("impact.discarded", report, by)


def record_taking(report: ImpactReport, form: str, *, by: Viewer) -> None:
    """Leave the event of taking a report away as a file, for a report that a query has given out."""
    note("impact.taken", report, by, form=form)


def lock(report: ImpactReport, move: str, by: Viewer) -> None:
    """Hold a report as it is now, and raise unless the viewer may make this move with it."""
    policy.must_own(report, by)
    # What the same transaction has changed is not to be read over.
    db.session.flush()
    db.session.refresh(report, with_for_update=True)
    policy.must_make(move, report, by)


def note(action: str, report: ImpactReport, by: Viewer, **facts: Any) -> None:
    """Record an event about a report, which has its next version then."""
    db.session.flush()
    known: Mapping[str, Any] = {"period": report.period, **facts}
    record(action, by=by, subject=("impact_report", report.id), facts=known)


def _new(period: str, figures: dict[str, Any], words: dict[str, str], by: Viewer) -> ImpactReport:
    moment = clock.now()
    report = ImpactReport(
        organisation_id=by.organisation_id,
        period=period,
        state=DRAFT,
        counted_at=moment,
        figures=figures,
        drafted_at=moment,
        drafted_by_id=by.person_id,
        changed_at=moment,
        changed_by_id=by.person_id,
    )
    report.words = words
    db.session.add(report)
    return report


def _change(report: ImpactReport, by: Viewer) -> None:
    assert by.person_id is not None
    report.changed_at, report.changed_by_id = clock.now(), by.person_id
    # A text may be saved as it was; that somebody looked at it still counts.
    report.version = report.version
