"""Impact reports made by the real verbs: begun, written to the end, approved and issued."""

from sqlalchemy import update

from referrals.accounts.models import Membership
from referrals.foundation.clock import today
from referrals.foundation.database import db, transaction
from referrals.publishing import actions, queries, rendering
from referrals.publishing.drafting import Draft, draft, sections_of
from referrals.publishing.models import ImpactReport
from referrals.publishing.periods import finished_period
from referrals.reporting.periods import Period
from tests import people
from tests.people import Someone

PERIOD = "2026-h1"
WORDS = "Neighbours came because nobody had answered their letters."


def drafted(period: Period, by: Someone) -> Draft:
    """What a report begins with, from figures that are kept for it."""
    db.session.rollback()
    with transaction():
        actions.keep_figures(period, by=by.viewer)
    return draft(period, by.viewer)


def begin(by: Someone = people.LEAD, period: str = PERIOD) -> ImpactReport:
    """A draft as it is made."""
    whole = finished_period(period, today())
    begun = drafted(whole, by)
    db.session.rollback()
    with transaction():
        return actions.start_report(whole, begun, by=by.viewer)


def finish(report: ImpactReport, by: Someone = people.LEAD) -> ImpactReport:
    """Write every section, each with words of its own."""
    for section in sections_of(report.figures):
        with transaction():
            actions.edit_section(report, section.key, f"{section.heading}: {WORDS}", version=None, by=by.viewer)
    return report


def approve(report: ImpactReport, by: Someone = people.LEAD) -> ImpactReport:
    """Approve it."""
    with transaction():
        actions.approve_report(report, version=None, by=by.viewer)
    return report


def issue(report: ImpactReport, by: Someone = people.LEAD) -> ImpactReport:
    """Make it ready and issue it."""
    corrected = queries.impact_report(report.corrects_id, by.viewer) if report.corrects_id else None
    ready = rendering.edition(report, corrected)
    db.session.rollback()
    with transaction():
        actions.issue_report(report, ready, by=by.viewer)
    return report


def issued(by: Someone = people.LEAD, period: str = PERIOD) -> ImpactReport:
    """One that went all the way."""
    return issue(approve(finish(begin(by, period), by), by), by)


def promote(person: Someone = people.SECOND_VOLUNTEER) -> Someone:
    """Make somebody of the group a second lead, and give them as one."""
    promoted = Someone(person.name, people.LEAD.role, person.place)
    db.session.rollback()
    with db.engine.begin() as connection:
        change = update(Membership.__table__).where(Membership.__table__.c.id == person.membership_id)  # type: ignore[arg-type]
        connection.execute(change.values(role=people.LEAD.role.value))
    return promoted
