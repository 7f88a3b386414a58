"""A forgotten password: asking for a link by mail, and choosing a new password with it."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from referrals.accounts import actions, passwords, queries
from referrals.foundation.database import only_reading, transaction
from referrals.foundation.errors import Invalid
from referrals.web import sign_in_state
from referrals.web.access import public
from referrals.web.forms.sign_in import ForgottenForm, NewPasswordForm
from referrals.web.throttle import careful

blueprint = Blueprint("passwords", __name__)


@blueprint.route("/forgot-password", methods=["GET", "POST"])
@careful
@public
def forgot() -> ResponseReturnValue:
    """Ask for a link; the answer is the same whoever has the address."""
    form = ForgottenForm()
    if form.validate_on_submit():
        with transaction():
            actions.request_reset(form.email.data)
        return redirect(url_for("passwords.sent"), 303)
    return render_template("passwords/forgot.html", form=form)


@blueprint.get("/forgot-password/sent")
@public
def sent() -> ResponseReturnValue:
    """What happens next."""
    return render_template("passwords/sent.html")


@blueprint.route("/reset/<token>", methods=["GET", "POST"])
@careful
@public
def reset(token: str) -> ResponseReturnValue:
    """Choose a new password; opening the page does not use up the link."""
    with only_reading():
        person = queries.reset_for(token)
    form = NewPasswordForm()
    if form.validate_on_submit():
        try:
            new_hash = passwords.accepted(form.password.data, context=(person.name, person.email))
        except Invalid as refused:
            form.take_errors(refused.errors)
        else:
            with transaction():
                actions.reset_password(token, new_hash)
            sign_in_state.drop()
            flash("Your password is changed. Sign in with the new one.", "success")
            return redirect(url_for("sessions.sign_in"), 303)
    return render_template("passwords/reset.html", form=form, email=person.email)
