"""The page of an MP, for their areas: who they are, what they know, who works for them, and where the two stand."""

from collections.abc import Callable
from uuid import UUID

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from referrals.accounts.roles import Permission
from referrals.engagement import actions, policy, queries
from referrals.foundation.clock import today
from referrals.web.access import needs, viewer
from referrals.web.forms import GovForm
from referrals.web.forms.casework import PlainForm
from referrals.web.forms.members import InterestForm, StageForm, StanceForm
from referrals.web.posting import answer_to, carry_out
from referrals.web.presenting import members as presenting

blueprint = Blueprint("members", __name__, url_prefix="/your-mp")

keeps = needs(Permission.ENGAGEMENT_WRITE)
judges = needs(Permission.STANCE_ASSESS)


@blueprint.get("/mps/<uuid:term_id>")
@keeps
def show(term_id: UUID) -> str:
    """Everything the area knows of one MP."""
    who = viewer()
    return render_template(
        "members/show.html",
        form=PlainForm(formdata=None),
        back_link=url_for("contacts.index"),
        **presenting.page_of(queries.term_of(term_id, who), who),
    )


@blueprint.route("/mps/<uuid:term_id>/interests/new", methods=["GET", "POST"])
@keeps
def interest(term_id: UUID) -> ResponseReturnValue:
    """Note something that the MP cares about."""
    who, form = viewer(), InterestForm()

    def act() -> None:
        actions.note_interest(term_id, form.words.data, form.source.data, by=who)

    return _answered(form, term_id, "interest", act, "Noted.")


@blueprint.post("/interests/<uuid:interest_id>/remove")
@keeps
def remove_interest(interest_id: UUID) -> ResponseReturnValue:
    """Take out what the MP does not care about after all."""
    who = viewer()
    home = url_for(".show", term_id=queries.interest(interest_id, who).term_id)

    def act() -> str:
        actions.remove_interest(queries.interest(interest_id, who), by=who)
        return home

    return carry_out(PlainForm().form_key.data, act)


@blueprint.route("/mps/<uuid:term_id>/stage", methods=["GET", "POST"])
@judges
def stage(term_id: UUID) -> ResponseReturnValue:
    """Say how far the area and the MP have come together, and since when."""
    who = viewer()
    queries.term_of(term_id, who)
    form = StageForm(since_on=today(), stage=queries.stage_in_log(policy.must_keep_log(who), who, term_id))

    def act() -> None:
        actions.set_stage(term_id, form.stage.data, form.since_on.data, by=who)

    return _answered(form, term_id, "stage", act, "Noted. What was said before stays in the history.")


@blueprint.route("/mps/<uuid:term_id>/stance", methods=["GET", "POST"])
@judges
def stance(term_id: UUID) -> ResponseReturnValue:
    """Say how the MP stands towards the area, and what one goes by."""
    who = viewer()
    policy.must_know_stances(policy.must_keep_log(who), who)
    form = StanceForm(assessed_on=today())

    def act() -> None:
        actions.assess_stance(term_id, form.stance.data, form.assessed_on.data, form.evidence.data, by=who)

    return _answered(form, term_id, "stance", act, "Noted. You are asked to look at it again in six months.")


def _answered(form: GovForm, term_id: UUID, page: str, verb: Callable[[], object], done: str) -> ResponseReturnValue:
    term, home = queries.term_of(term_id, viewer()), url_for(".show", term_id=term_id)

    def act() -> str:
        verb()
        return home

    if form.validate_on_submit() and (answer := answer_to(form, act, done)):
        return answer
    return render_template(f"members/{page}.html", form=form, back_link=home, member=f"{term.member.name} MP")
