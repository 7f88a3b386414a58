"""Reading and downloading a report: who did it is recorded, and then they have it."""

from referrals.accounts.viewer import Viewer
from referrals.audit.actions import record
from referrals.reporting import catalogue


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
    return request
