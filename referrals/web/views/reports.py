"""Reports: which there are, one report as a page, and the same as a download."""

from flask import Blueprint, Response, render_template, request

from referrals.accounts.roles import Permission
from referrals.foundation.database import only_reading, transaction
from referrals.publishing.queries import briefs as queries
from referrals.reporting import actions, catalogue
from referrals.reporting.behind import FEW
from referrals.reporting.behind import behind as referrals_behind
from referrals.reporting.cells import cell_of
from referrals.reporting.formats import FORMATS, format_of
from referrals.reporting.reports.patterns import NAME as PATTERNS
from referrals.web import downloads
from referrals.web.access import needs, viewer
from referrals.web.presenting.behind import addresses_of, lines_of
from referrals.web.presenting.behind_words import words_of

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
            behind=None if asked.scope.threshold is not None else addresses_of(asked),
            formats=FORMATS.values(),
            briefs=briefs,
            wide=True,
        )


@blueprint.get("/<name>/behind")
@needs(Permission.REPORT_AREA, Permission.REPORT_OFFICE)
def behind(name: str) -> str:
    """The referrals behind one number, for who owns them."""
    who = viewer()
    asked = catalogue.request(name, request.args.get("period"), who)
    cell = cell_of(request.args.get("cell", ""))
    found = referrals_behind(asked, cell, who, request.args.get("after"))
    address = addresses_of(asked)
    return render_template(
        "reports/behind.html",
        asked=asked,
        words=words_of(cell),
        found=found,
        few=FEW,
        rows=lines_of(found.rows),
        first_url=address(cell) if "after" in request.args else None,
        next_url=address(cell, after=found.next_cursor) if found.next_cursor else None,
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
    return downloads.download(kind.write(report), kind.file_name(report), kind.content_type)
