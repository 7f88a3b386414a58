"""Reading and downloading a report: who did it is recorded, and then they have it; and keeping what was shown."""

from referrals.accounts.viewer import Viewer
from referrals.audit.actions import record
from referrals.directory import queries as directory
from referrals.foundation.clock import today
from referrals.foundation.errors import IllegalMove
from referrals.reporting import catalogue, figures, periods
from referrals.reporting.periods import Period
from referrals.reporting.publications import COUNTING, is_kept, publish_months, publish_report
from referrals.reporting.scope import Scope, scope_of_programme
from referrals.reporting.summaries import keeping


def read_report(name: str, period: str | None, *, by: Viewer) -> catalogue.Request:
    """Record that a report is read, and give what builds it. Raises NotAllowed and NotFound as the catalogue does."""
    return _recorded("report.read", name, period, by)


def export_report(name: str, period: str | None, kind: str, *, by: Viewer) -> catalogue.Request:
    """Record that a report is downloaded as a kind of file, and give what builds it; errors as `read_report`."""
    return _recorded("report.exported", name, period, by, format=kind)


def _recorded(action: str, name: str, period: str | None, by: Viewer, **facts: str) -> catalogue.Request:
    request = catalogue.request(name, period, by)
    facts |= {"report": name, "period": request.period.code}
    record(action, by=by, subject=("report", None), facts=facts)
    if not request.scope.profile.is_exact and not request.is_kept() and _is_counted():
        publish_report(name, catalogue.OF_PROGRAMMES, request.scope, request.period)
    return request


def publish_for_others(name: str, scope: Scope, period: Period) -> None:
    """Keep what people outside are shown of a finished period by a report over this scope, where that is not kept yet.

    Raises IllegalMove while the sums are being counted from nothing.
    """
    if is_kept(name, scope, period):
        return
    if not _is_counted():
        raise IllegalMove(COUNTING)
    publish_report(name, catalogue.OF_PROGRAMMES, scope, period)


def publish_figures(code: str) -> None:
    """Keep the figures of a programme that anybody may read, where some of its months are not. Raises NotFound."""
    asked = figures.request(code)
    if _is_counted():
        publish_months(asked.scope, asked.months)


def publish_finished_periods() -> int:
    """Keep what anybody may read of the last months, and coordinators of the last quarter; says how many there were.

    Earlier quarters and years are kept when a coordinator first asks for them.
    """
    quarter, *_ = periods.fixed_choices(today())
    made = 0
    if not _is_counted():
        return made
    for programme in directory.programmes():
        scope = scope_of_programme(programme)
        made += publish_months(scope, periods.finished_months(today(), figures.MONTHS))
        made += sum(publish_report(name, catalogue.OF_PROGRAMMES, scope, quarter) for name in catalogue.OF_PROGRAMMES)
    return made


def _is_counted() -> bool:
    """Whether the sums hold all that has happened, as they must where a number is kept for good."""
    keeping.catch_up()
    return not keeping.is_under_way()
