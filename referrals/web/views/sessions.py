"""Signing in and out."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from referrals.accounts import actions
from referrals.foundation.database import transaction
from referrals.foundation.errors import DomainError
from referrals.web import held_form, sign_in_state, signing_in
from referrals.web.access import public
from referrals.web.forms.sign_in import SignInForm
from referrals.web.security import safe_next
from referrals.web.throttle import careful

blueprint = Blueprint("sessions", __name__)


@blueprint.route("/sign-in", methods=["GET", "POST"])
@careful
@public
def sign_in() -> ResponseReturnValue:
    """The sign-in page; those signed in already go straight on."""
    form = SignInForm(data={"next": request.args.get("next", "")})
    if request.method == "GET" and sign_in_state.current_viewer() is not None:
        return redirect(safe_next(form.next.data), 303)
    if form.validate_on_submit():
        try:
            token = signing_in.sign_in(form.email.data, form.password.data)
        except DomainError as refused:
            form.form_errors.append(refused.message)
        else:
            return _welcome(form, token)
    return render_template("sessions/sign_in.html", form=form)


@blueprint.post("/sign-out")
@public
def sign_out() -> ResponseReturnValue:
    """End the session on the server, not only in this browser."""
    live = sign_in_state.live_session()
    if live is not None:
        with transaction():
            actions.sign_out(live.id, by=live.viewer)
    sign_in_state.drop()
    flash("You are signed out.", "success")
    return redirect(url_for("sessions.sign_in"), 303)


def _welcome(form: SignInForm, token: str) -> ResponseReturnValue:
    """On to where they were going; first to the form they had sent when their last session had ended."""
    person_id = sign_in_state.remember(token).person_id
    held = held_form.open_for(person_id, form.held.data or "")
    return held_form.continue_page(held) if held else redirect(safe_next(form.next.data), 303)
