"""Steps on the way, what the office does next, and how a case is sorted."""

from collections.abc import Callable
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from referrals.accounts.roles import Permission, Side
from referrals.accounts.viewer import Viewer
from referrals.casework import actions, policy, queries
from referrals.casework.models import Referral
from referrals.casework.workflow import STATES
from referrals.foundation.clock import today
from referrals.foundation.errors import IllegalMove, Invalid, Stale
from referrals.web.access import needs, viewer
from referrals.web.forms import GovForm
from referrals.web.forms.casework import FACETS, FacetsForm, MilestoneForm, NextActionForm, PlainForm, TurnForm
from referrals.web.posting import carry_out, why_not

blueprint = Blueprint("milestones", __name__, url_prefix="/referrals/<reference>")


@blueprint.route("/milestones", methods=["GET", "POST"])
@needs(Permission.REFERRAL_WORK, Permission.REFERRAL_ANSWER)
def new(reference: str) -> ResponseReturnValue:
    """Record a dated step, which both sides read."""
    who = viewer()
    referral = queries.referral(reference, who)
    policy.must_write(referral, who, permission_of(who))
    form = MilestoneForm(happened_on=today())
    home = url_for("referrals.show", reference=referral.reference)

    def act() -> str:
        found = queries.referral(reference, who)
        actions.record_milestone(found, form.code.data, form.happened_on.data, form.words.data, by=who)
        return home

    if form.validate_on_submit():
        try:
            answer = carry_out(form.form_key.data, act)
        except Invalid as refused:
            form.take_errors(refused.errors)
        except IllegalMove as refused:
            form.form_errors.append(refused.message)
        else:
            flash("Step recorded.", "success")
            return answer
    return render_template("milestones/new.html", form=form, referral=referral, back_link=home)


@blueprint.post("/milestones/from/<uuid:event_id>")
@needs(Permission.REFERRAL_WORK, Permission.REFERRAL_ANSWER)
def from_date(reference: str, event_id: UUID) -> ResponseReturnValue:
    """Say with one click which step a recorded date was."""
    who = viewer()
    referral = queries.referral(reference, who)
    policy.must_write(referral, who, permission_of(who))
    queries.dated_event(referral, event_id, who)
    form = PlainForm()
    home = url_for("referrals.show", reference=referral.reference)

    def act() -> str:
        found = queries.referral(reference, who)
        event = queries.dated_event(found, event_id, who)
        actions.record_step_of(event, request.form.get("code", ""), by=who)
        return home

    form.validate()
    try:
        answer = carry_out(form.form_key.data, act)
    except (IllegalMove, Invalid) as refused:
        flash(why_not(refused), "warning")
        return redirect(home, 303)
    flash("Step recorded.", "success")
    return answer


@blueprint.route("/next-action", methods=["GET", "POST"])
@needs(Permission.REFERRAL_WORK)
def next_action(reference: str) -> ResponseReturnValue:
    """Say what the office does next, and when."""
    who = viewer()
    referral = workable(reference, who)
    words = referral.next_action or STATES[referral.state].next_step
    known = {"next_action": words, "next_action_on": referral.next_action_on}
    form = NextActionForm(version=referral.version, **known)

    def act(found: Referral) -> None:
        words, day = form.next_action.data, form.next_action_on.data
        actions.set_next_action(found, words, day, by=who, version=form.version.data or 0)

    return plan("milestones/next_action.html", form, reference, act, "Next action changed.")


@blueprint.route("/turn", methods=["GET", "POST"])
@needs(Permission.REFERRAL_WORK)
def turn(reference: str) -> ResponseReturnValue:
    """Say whose turn it is: the office's, the resident's, or a public body's."""
    who = viewer()
    referral = workable(reference, who)
    form = TurnForm(version=referral.version, waiting_on=referral.waiting_on)

    def act(found: Referral) -> None:
        turn_of, day = form.waiting_on.data, form.due_on.data
        actions.set_waiting_on(found, turn_of, day, by=who, version=form.version.data or 0)

    return plan("milestones/turn.html", form, reference, act, "Changed whose turn it is.")


@blueprint.route("/facets", methods=["GET", "POST"])
@needs(Permission.REFERRAL_WORK)
def facets(reference: str) -> ResponseReturnValue:
    """Change the category and the type of a case, and how it is to be handled."""
    who = viewer()
    referral = workable(reference, who)
    known = {name: getattr(referral, name) for name in FACETS}
    form = FacetsForm(version=referral.version, **known)
    if not policy.is_about_a_resident(referral):
        # It is a request for advice, whatever it is about.
        del form.issue_type

    def act(found: Referral) -> None:
        given = {name: form[name].data for name in FACETS if name in form}
        actions.sort_again(found, given, by=who, version=form.version.data or 0)

    return plan("milestones/facets.html", form, reference, act, "Changed category and handling.")


def plan(page: str, form: GovForm, reference: str, act: Callable[[Referral], None], done: str) -> ResponseReturnValue:
    """Carry out a form that plans the work, or show it again: refused, or beside what somebody else saved first."""
    who, status = viewer(), 200
    home = url_for("referrals.show", reference=reference)

    def carried() -> str:
        act(queries.referral(reference, who))
        return home

    if form.validate_on_submit():
        try:
            answer = carry_out(form.form_key.data, carried)
        except Invalid as refused:
            form.take_errors(refused.errors)
        except IllegalMove as refused:
            form.form_errors.append(refused.message)
        except Stale:
            status = 409
        else:
            flash(done, "success")
            return answer
    referral = workable(reference, who)
    if status == 409:
        form.version.data = referral.version
    return render_template(page, form=form, referral=referral, stale=status == 409, back_link=home), status


def permission_of(who: Viewer) -> Permission:
    """What lets somebody of this side record a step."""
    return Permission.REFERRAL_WORK if who.side is Side.OFFICE else Permission.REFERRAL_ANSWER


def workable(reference: str, who: Viewer) -> Referral:
    """The referral, for somebody who works it. Raises NotFound and NotAllowed."""
    referral = queries.referral(reference, who)
    policy.must_write(referral, who, Permission.REFERRAL_WORK)
    return referral
