"""The figures that anybody may read: which programmes have some, those of one as a page, and as a download."""

from datetime import timedelta

from flask import Blueprint, Response, render_template, request

from referrals.foundation.database import only_reading, transaction
from referrals.reporting import actions, figures
from referrals.reporting.formats import FORMATS, format_of
from referrals.reporting.report import Report
from referrals.web import downloads
from referrals.web.access import public

blueprint = Blueprint("figures", __name__, url_prefix="/figures")


@blueprint.get("")
@public
def index() -> str:
    """The programmes whose figures there are."""
    return render_template("figures/index.html", programmes=figures.programmes())


@blueprint.get("/<code>")
@public(writes=True)
def show(code: str) -> str:
    """The last twelve months of one programme."""
    asked, report = _read(code)
    return render_template(
        "figures/show.html",
        report=report,
        code=code,
        fewest=figures.FEWEST_GROUPS,
        next_month=asked.next_month.label,
        next_on=asked.next_month.last + timedelta(days=1),
        formats=FORMATS.values(),
        wide=True,
    )


@blueprint.get("/<code>/download")
@public(writes=True)
def download(code: str) -> Response:
    """The same numbers as a file."""
    kind = format_of(request.args.get("format", "csv"))
    report = _read(code)[1]
    return downloads.download(kind.write(report), kind.file_name(report), kind.content_type)


def _read(code: str) -> tuple[figures.Request, Report]:
    # Months are kept by the worker; whoever comes before it has them made.
    with only_reading():
        asked = figures.request(code)
        if asked.is_complete:
            return asked, asked.report()
    with transaction():
        actions.publish_figures(code)
    with only_reading():
        asked = figures.request(code)
        return asked, asked.report()
