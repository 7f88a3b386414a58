"""A person's own account: name, password, where they belong, and where they are signed in."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from referrals.accounts import actions, passwords, queries
from referrals.accounts.queries import Credentials, LiveSession
from referrals.accounts.roles import Permission
from referrals.directory import queries as directory
from referrals.foundation.database import only_reading, transaction
from referrals.foundation.errors import DomainError, Invalid, NotFound
from referrals.notifications import queries as mail_queries
from referrals.web import sign_in_state, signing_in
from referrals.web.access import needs, signed_in, viewer
from referrals.web.forms.account import ChangePasswordForm, NameForm, TellingForm
from referrals.web.posting import carry_out
from referrals.web.presenting.telling import telling_rows
from referrals.web.throttle import careful

blueprint = Blueprint("account", __name__, url_prefix="/account")


@blueprint.get("")
@signed_in
def show() -> str:
    """Everything about one's own account."""
    person = _self()
    memberships = queries.memberships_of(person.person_id)
    return render_template(
        "account/show.html",
        person=person,
        memberships=memberships,
        organisations=directory.names_of([membership.organisation_id for membership in memberships]),
        sign_ins=queries.sign_ins_of(viewer()),
        here=_session(),
        telling=telling_rows(viewer()),
    )


@blueprint.route("/name", methods=["GET", "POST"])
@signed_in
def name() -> ResponseReturnValue:
    """Change one's name."""
    form = NameForm(data={"name": viewer().name})
    if form.validate_on_submit():

        def change() -> str:
            actions.change_name(form["name"].data, by=viewer())
            return url_for("account.show")

        return carry_out(form.form_key.data, change)
    return render_template("account/name.html", form=form, back_link=url_for("account.show"))


@blueprint.route("/password", methods=["GET", "POST"])
@careful
@signed_in
def password() -> ResponseReturnValue:
    """Change one's password; every other place is signed out."""
    form = ChangePasswordForm()
    with only_reading():
        person = _self()
    if form.validate_on_submit():
        try:
            token = _change_password(form, person)
        except Invalid as refused:
            form.take_errors(refused.errors)
        else:
            sign_in_state.remember(token)
            flash("Your password is changed. You are signed out everywhere else.", "success")
            return redirect(url_for("account.show"), 303)
    return render_template("account/password.html", form=form, back_link=url_for("account.show"))


@blueprint.route("/how-we-tell-you", methods=["GET", "POST"])
@needs(Permission.REFERRAL_READ)
def telling() -> ResponseReturnValue:
    """Choose how mail about referrals comes, and when it does not."""
    form = TellingForm(obj=mail_queries.wish_of(viewer().person_id))
    if form.validate_on_submit():

        def choose() -> str:
            actions.choose_telling(form.wish(), by=viewer())
            return url_for("account.show")

        try:
            answer = carry_out(form.form_key.data, choose)
        except Invalid as refused:
            form.take_errors(refused.errors)
        else:
            flash("Saved how we tell you.", "success")
            return answer
    return render_template("account/telling.html", form=form, back_link=url_for("account.show"))


@blueprint.post("/sign-out-everywhere")
@signed_in
def sign_out_everywhere() -> ResponseReturnValue:
    """End every session, this one too."""
    with transaction():
        actions.sign_out_everywhere(by=viewer())
    sign_in_state.drop()
    flash("You are signed out everywhere.", "success")
    return redirect(url_for("sessions.sign_in"), 303)


@blueprint.post("/organisation/<uuid:membership_id>")
@signed_in
def switch(membership_id: UUID) -> ResponseReturnValue:
    """Go on in another organisation one belongs to."""
    with transaction():
        token = actions.switch_membership(membership_id, _session().id, by=viewer())
    sign_in_state.remember(token)
    return redirect(url_for("home.show"), 303)


def _change_password(form: ChangePasswordForm, person: Credentials) -> str:
    """The token of the session that goes on; Invalid names the field that was refused."""
    session = _session()
    try:
        signing_in.prove(person.email, form.current_password.data)
    except signing_in.WrongPassword:
        raise Invalid({"current_password": "Your current password is not right"}) from None
    except DomainError as refused:
        raise Invalid({"current_password": refused.message}) from None
    organisation = directory.names_of([session.viewer.organisation_id] if session.viewer.organisation_id else [])
    new_hash = passwords.accepted(form.password.data, context=(person.name, person.email, *organisation.values()))
    with transaction():
        return actions.change_password(new_hash, session.membership_id, session.assurance, by=viewer())


def _self() -> Credentials:
    person_id = viewer().person_id
    person = queries.credentials_of(person_id) if person_id else None
    if person is None:
        raise NotFound
    return person


def _session() -> LiveSession:
    live = sign_in_state.live_session()
    if live is None:
        raise NotFound
    return live
