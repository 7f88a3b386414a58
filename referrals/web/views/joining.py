"""Taking up an invitation: somebody new chooses a password, somebody known proves theirs."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from referrals.accounts import actions, passwords
from referrals.accounts import queries as people
from referrals.accounts.queries import InvitationLine
from referrals.directory import queries as directory
from referrals.foundation.database import only_reading, transaction
from referrals.foundation.errors import DomainError, Invalid
from referrals.web import sign_in_state, signing_in
from referrals.web.access import public
from referrals.web.forms.sign_in import JoinAsForm, JoinForm
from referrals.web.throttle import careful

blueprint = Blueprint("joining", __name__)


@blueprint.route("/join/<token>", methods=["GET", "POST"])
@careful
@public
def join(token: str) -> ResponseReturnValue:
    """Join an organisation; opening the page does not use up the link."""
    with only_reading():
        invitation = people.invitation_for(token)
        organisation = directory.organisation(invitation.organisation_id).name
        known = people.is_known(invitation.email)
    form = JoinAsForm() if known else JoinForm(data={"name": invitation.name})
    if form.validate_on_submit():
        try:
            session = _join_as(token, invitation, form) if known else _join(token, invitation, organisation, form)
        except Invalid as refused:
            form.take_errors(refused.errors)
        else:
            sign_in_state.remember(session)
            return redirect(url_for("home.show"), 303)
    return render_template(
        "joining/join.html", form=form, invitation=invitation, organisation=organisation, known=known
    )


def _join(token: str, invitation: InvitationLine, organisation: str, form: JoinForm | JoinAsForm) -> str:
    context = (form["name"].data, invitation.email, organisation)
    new_hash = passwords.accepted(form.password.data, context=context)
    with transaction():
        return actions.join(token, form["name"].data, new_hash)


def _join_as(token: str, invitation: InvitationLine, form: JoinForm | JoinAsForm) -> str:
    try:
        person = signing_in.prove(invitation.email, form.password.data)
    except DomainError as refused:
        raise Invalid({"password": refused.message}) from None
    with transaction():
        return actions.join_as(token, person.person_id)
