"""Impact reports: which there are, a new one, its sections, and the issued one to read and to take away."""

from uuid import UUID

from flask import Blueprint, Response, render_template, url_for
from flask.typing import ResponseReturnValue

from referrals.accounts.roles import Permission
from referrals.foundation.clock import today
from referrals.foundation.database import only_reading, transaction
from referrals.foundation.errors import NotFound
from referrals.publishing import actions, queries
from referrals.publishing.drafting import draft, section_of
from referrals.publishing.periods import finished_period
from referrals.publishing.policy import impact as policy
from referrals.publishing.rendering import MEDIA_TYPES, Form, file_name, taken_today
from referrals.web.access import needs, viewer
from referrals.web.downloads import download
from referrals.web.forms.impact import PeriodForm, SectionForm
from referrals.web.posting import answer_to
from referrals.web.presenting import impact as presenting

blueprint = Blueprint("impact", __name__, url_prefix="/impact")

PUBLISHERS = (Permission.REPORT_AREA, Permission.REPORT_OFFICE, Permission.REPORT_PROGRAMME)
publishes = needs(*PUBLISHERS)


@blueprint.get("")
@publishes
def index() -> str:
    """The reports in work, those that were issued, and to a programme those of its areas."""
    found = queries.shelf(viewer())
    return render_template(
        "impact/index.html",
        in_work=presenting.lines_of(found.in_work),
        issued=presenting.lines_of(found.issued),
        of_areas=presenting.lines_of(found.of_areas),
        is_empty=found.is_empty,
    )


@blueprint.route("/new", methods=["GET", "POST"])
@publishes
def new() -> ResponseReturnValue:
    """Choose a period; its figures are counted and a first text is written."""
    who, form = viewer(), PeriodForm()
    form.period.offer(presenting.finished_periods(today()))
    if form.validate_on_submit():
        period = finished_period(form.period.data, today())

        def act() -> str:
            actions.keep_figures(period, by=who)
            begun = draft(period, who)
            return url_for(".show", report_id=actions.start_report(period, begun, by=who).id)

        if answer := answer_to(form, act, "Draft written. Go through it section by section."):
            return answer
    return render_template("impact/new.html", form=form, back_link=url_for(".index"))


@blueprint.get("/<uuid:report_id>")
@publishes
def show(report_id: UUID) -> str:
    """A report: a draft with what is still to do, an issued one as it was issued."""
    who = viewer()
    page = presenting.page_of(queries.impact_report(report_id, who), who)
    return render_template("impact/show.html", report=page, back_link=url_for(".index"))


@blueprint.route("/<uuid:report_id>/sections/<key>", methods=["GET", "POST"])
@publishes
def section(report_id: UUID, key: str) -> ResponseReturnValue:
    """One section of a draft, with what the report says around it."""
    who, home = viewer(), url_for(".show", report_id=report_id)
    report = queries.impact_report(report_id, who)
    policy.must_make("edit", report, who)
    row = section_of(report.figures, key)
    form = SectionForm(version=report.version, text=report.words.get(key, ""))

    def act() -> str:
        found = queries.impact_report(report_id, who)
        actions.edit_section(found, key, form.text.data, version=form.version.data, by=who)
        return f"{home}#text-{key}"

    if form.validate_on_submit() and (answer := answer_to(form, act, f"“{row.heading}” saved.")):
        return answer
    report = queries.impact_report(report_id, who)
    if form.stale:
        form.version.data = report.version
    page = render_template(
        "impact/section.html",
        form=form,
        section=row,
        report=presenting.page_of(report, who),
        now=report.words.get(key, ""),
        back_link=home,
    )
    return page, 409 if form.stale else 200


@blueprint.get("/<uuid:report_id>/file/<form>")
@needs(*PUBLISHERS, writes=True)
def fetch(report_id: UUID, form: str) -> Response:
    """An issued report as a download, as it was issued; taking it leaves its event first."""
    who = viewer()
    if form not in set(Form):
        raise NotFound
    with transaction():
        report = queries.impact_report(report_id, who)
        file = queries.impact_file(report, form, who)
        actions.record_taking(report, form, by=who)
        content, name = file.content, file_name(report, Form(form))
    # What people agreed to is looked at now. Printing takes its time, and holds up nobody's writing.
    with only_reading():
        content = taken_today(report, Form(form)) or content
    return download(content, name, MEDIA_TYPES[Form(form)])
