"""What is to be done after a contact with the MP: noted, changed, done, or not needed any more."""

from datetime import date
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from referrals.accounts.queries import colleagues
from referrals.accounts.roles import Permission
from referrals.engagement import actions, queries
from referrals.foundation.clock import today
from referrals.foundation.errors import IllegalMove
from referrals.web.access import needs, viewer
from referrals.web.forms.casework import PlainForm
from referrals.web.forms.contacts import OFFICE, USUAL, FollowUpForm, owners
from referrals.web.posting import answer_to, carry_out

blueprint = Blueprint("follow_ups", __name__, url_prefix="/your-mp")

keeps = needs(Permission.ENGAGEMENT_WRITE)
SAID = {"done": "Done. Thank you.", "dropped": "Noted: it is not needed any more."}


@blueprint.route("/contacts/<uuid:contact_id>/follow-ups/new", methods=["GET", "POST"])
@keeps
def new(contact_id: UUID) -> ResponseReturnValue:
    """Note something more to be done after a contact."""
    who = viewer()
    found, home = queries.contact(contact_id, who), url_for("contacts.show", contact_id=contact_id)
    form = _form(str(who.person_id), today() + USUAL)

    def act() -> str:
        actions.add_follow_up(queries.contact(contact_id, who), form.to_do(), by=who)
        return home

    if form.validate_on_submit() and (answer := answer_to(form, act, "Noted. You are reminded on the day.")):
        return answer
    return render_template("follow_ups/new.html", form=form, back_link=home, subject=found.subject)


@blueprint.route("/follow-ups/<uuid:follow_up_id>", methods=["GET", "POST"])
@keeps
def change(follow_up_id: UUID) -> ResponseReturnValue:
    """Change what is to be done, who does it, or by when."""
    who = viewer()
    found = queries.follow_up(follow_up_id, who)
    home = url_for("contacts.show", contact_id=found.contact_id)
    form = _form(str(found.owner_id or OFFICE), found.due_on, words=found.words, version=found.version)

    def act() -> str:
        kept = queries.follow_up(follow_up_id, who)
        actions.change_follow_up(kept, form.to_do(), by=who, version=form.version.data)
        return home

    if form.validate_on_submit() and (answer := answer_to(form, act, "Changed.")):
        return answer
    if form.stale:
        form.version.data = queries.follow_up(follow_up_id, who).version
    content = render_template("follow_ups/change.html", form=form, back_link=home)
    return content, 409 if form.stale else 200


@blueprint.post("/follow-ups/<uuid:follow_up_id>/done")
@keeps
def done(follow_up_id: UUID) -> ResponseReturnValue:
    """Say that it is done."""
    return _settled(follow_up_id, "done")


@blueprint.post("/follow-ups/<uuid:follow_up_id>/not-needed")
@keeps
def drop(follow_up_id: UUID) -> ResponseReturnValue:
    """Say that it is not needed any more."""
    return _settled(follow_up_id, "dropped")


def _form(owner: str, due: date, **more: object) -> FollowUpForm:
    """The form, filled in; who does it may be somebody who has left since."""
    who = viewer()
    form = FollowUpForm(owner=owner, due=due, **more)
    form.owner.offer(owners(colleagues(who), who.person_id))
    return form


def _settled(follow_up_id: UUID, ending: str) -> ResponseReturnValue:
    who, form = viewer(), PlainForm()
    home = url_for("contacts.show", contact_id=queries.follow_up(follow_up_id, who).contact_id)

    def act() -> str:
        actions.settle_follow_up(queries.follow_up(follow_up_id, who), ending, by=who)
        return home

    try:
        answer = carry_out(form.form_key.data, act)
    except IllegalMove as refused:
        flash(refused.message, "warning")
        return redirect(home, 303)
    flash(SAID[ending], "success")
    return answer
