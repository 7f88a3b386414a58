"""Reports: which there are, one report as a page, and the same as a download."""

from flask import Blueprint, Response, render_template, request

from referrals.accounts.roles import Permission
from referrals.foundation.database import only_reading, transaction
from referrals.publishing.queries import briefs as queries
from referrals.reporting import actions, catalogue
from referrals.reporting.formats import FORMATS, format_of
from referrals.reporting.reports.patterns import NAME as PATTERNS
from referrals.web.access import needs, viewer

blueprint = Blueprint("reports", __name__, url_prefix="/reports")

# Of a download whose address names none.
DEFAULT_FORMAT = "csv"
REPORTS = (Permission.REPORT_AREA, Permission.REPORT_OFFICE, Permission.REPORT_PROGRAMME)


@blueprint.get("")
@needs(*REPORTS)
def index() -> str:
    """The reports there are for this viewer."""
    return render_template("reports/index.html", topics=catalogue.topics_for(viewer()))


@blueprint.get("/<name>")
@needs(*REPORTS, writes=True)
def show(name: str) -> str:
    """One report for the period asked for, or for all time."""
    with transaction():
        asked = actions.read_report(name, request.args.get("period"), by=viewer())
    # Counting takes its time, and nobody else's writing waits for it.
    with only_reading():
        report = asked.build()
        # What was made of what comes again is known above the reports.
        briefs = queries.tally(viewer()) if name == PATTERNS else None
        return render_template(
            "reports/show.html",
            report=report,
            choices=asked.choices,
            standing=asked.standing,
            formats=FORMATS.values(),
            briefs=briefs,
            wide=True,
        )


@blueprint.get("/<name>/download")
@needs(*REPORTS, writes=True)
def download(name: str) -> Response:
    """The same numbers as a file."""
    kind = format_of(request.args.get("format", DEFAULT_FORMAT))
    with transaction():
        asked = actions.export_report(name, request.args.get("period"), kind.code, by=viewer())
    with only_reading():
        report = asked.build()
    return Response(
        kind.write(report),
        content_type=kind.content_type,
        headers={"Content-Disposition": f'attachment; filename="{kind.file_name(report)}"'},
    )
