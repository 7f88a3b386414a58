"""The steps of an impact report: approved, taken back, issued, corrected, and a draft thrown away."""

from collections.abc import Callable
from uuid import UUID

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from referrals.accounts.roles import Permission
from referrals.foundation.database import only_reading
from referrals.publishing import actions, queries
from referrals.publishing.models import ImpactReport
from referrals.publishing.policy import impact as policy
from referrals.publishing.rendering import Edition, edition
from referrals.publishing.workflow import may
from referrals.web.access import needs, viewer
from referrals.web.forms import GovForm
from referrals.web.forms.casework import PlainForm
from referrals.web.forms.impact import CorrectionForm
from referrals.web.posting import answer_to
from referrals.web.presenting import impact as presenting

blueprint = Blueprint("issuing", __name__, url_prefix="/impact/<uuid:report_id>")

publishes = needs(Permission.REPORT_AREA, Permission.REPORT_OFFICE, Permission.REPORT_PROGRAMME)


@blueprint.route("/approve", methods=["GET", "POST"])
@publishes
def approve(report_id: UUID) -> ResponseReturnValue:
    """Say that a draft may go out."""
    who = viewer()
    form = PlainForm(version=queries.impact_report(report_id, who).version)

    def verb(found: ImpactReport) -> None:
        actions.approve_report(found, version=form.version.data, by=who)

    done = "Approved. It goes out when you issue it."
    if form.validate_on_submit() and (answer := carried_out(form, report_id, verb, done)):
        return answer
    must_make("approve", report_id)
    return asked(form, report_id, "approve")


@blueprint.route("/reopen", methods=["GET", "POST"])
@publishes
def reopen(report_id: UUID) -> ResponseReturnValue:
    """Make a draft again of what was approved, when that is confirmed."""
    return changed(report_id, "reopen", actions.reopen_report, "A draft again. It has to be approved anew.")


@blueprint.route("/issue", methods=["GET", "POST"])
@publishes
def issue(report_id: UUID) -> ResponseReturnValue:
    """Issue an approved report, when that is confirmed: its page and its files are kept from then on."""
    who, form, ready = viewer(), PlainForm(), None
    if form.validate_on_submit():
        # Printing takes its time, and nobody else's writing waits for it.
        with only_reading():
            ready = made_ready(report_id)

        def verb(found: ImpactReport) -> None:
            actions.issue_report(found, ready, by=who)

        if answer := carried_out(form, report_id, verb, "Issued. It stays as it is now."):
            return answer
    must_make("issue", report_id)
    return asked(form, report_id, "issue")


@blueprint.route("/discard", methods=["GET", "POST"])
@publishes
def discard(report_id: UUID) -> ResponseReturnValue:
    """Throw a draft away, when that is confirmed."""
    done = "Draft thrown away."
    return changed(report_id, "discard", actions.discard_report, done, move="edit", home=url_for("impact.index"))


@blueprint.route("/correct", methods=["GET", "POST"])
@publishes
def correct(report_id: UUID) -> ResponseReturnValue:
    """Begin the report that will take the place of an issued one."""
    who, form = viewer(), CorrectionForm()
    report = must_make("correct", report_id)

    def act() -> str:
        found = queries.impact_report(report_id, who)
        return url_for("impact.show", report_id=actions.start_correction(found, form.reason.data, by=who).id)

    done = "Draft of the corrected report begun. The issued one stays until you issue this."
    if form.validate_on_submit() and (answer := answer_to(form, act, done)):
        return answer
    return page(form, report, "correct")


def must_make(move: str, report_id: UUID) -> ImpactReport:
    """A report with which the viewer may make this move now. Raises NotFound, NotAllowed and IllegalMove."""
    report = queries.impact_report(report_id, viewer())
    policy.must_make(move, report, viewer())
    return report


def made_ready(report_id: UUID) -> Edition | None:
    """The edition of an approved report; None when it is not approved any more."""
    report = queries.impact_report(report_id, viewer())
    if not may("issue", report.state) or report.organisation_id != viewer().organisation_id:
        return None
    corrected = queries.impact_report(report.corrects_id, viewer()) if report.corrects_id else None
    return edition(report, corrected)


def changed(
    report_id: UUID, step: str, verb: Callable[..., None], done: str, *, move: str = "", home: str = ""
) -> ResponseReturnValue:
    """Carry out a verb that needs nothing but a yes, or show the page that asks."""
    form, who = PlainForm(), viewer()

    def act(found: ImpactReport) -> None:
        verb(found, by=who)

    if form.validate_on_submit() and (answer := carried_out(form, report_id, act, done, home)):
        return answer
    must_make(move or step, report_id)
    return asked(form, report_id, step)


def carried_out(
    form: GovForm, report_id: UUID, verb: Callable[[ImpactReport], None], done: str, home: str = ""
) -> ResponseReturnValue | None:
    """The answer to a sent form; None when it was refused, with the reason in the form."""
    who, to = viewer(), home or url_for("impact.show", report_id=report_id)

    def act() -> str:
        verb(queries.impact_report(report_id, who))
        return to

    return answer_to(form, act, done)


def asked(form: GovForm, report_id: UUID, step: str) -> ResponseReturnValue:
    """The page that asks whether to take a step."""
    report = queries.impact_report(report_id, viewer())
    if form.stale:
        form.version.data = report.version
    return page(form, report, step)


def page(form: GovForm, report: ImpactReport, step: str) -> ResponseReturnValue:
    """The page of a step with a report."""
    shown = presenting.page_of(report, viewer())
    answer = render_template(f"issuing/{step}.html", form=form, report=shown, back_link=shown["home"])
    return answer, 409 if form.stale else 200
