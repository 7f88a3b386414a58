"""The people of an organisation: who they are, inviting more, changing roles, and switching accounts off."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, render_template, url_for
from flask.typing import ResponseReturnValue

from referrals.accounts import actions, policy, queries
from referrals.accounts.queries import PersonLine
from referrals.accounts.roles import Permission, Role, Side
from referrals.casework.queries import count_held
from referrals.directory import queries as directory
from referrals.foundation.errors import DomainError, Invalid, NotAllowed, NotFound
from referrals.web.access import needs, viewer
from referrals.web.forms.base import GovForm
from referrals.web.forms.people import ConfirmForm, InviteForm, RoleForm, role_options
from referrals.web.posting import carry_out

blueprint = Blueprint("people", __name__, url_prefix="/people")
manages = needs(Permission.PEOPLE_MANAGE)


@blueprint.get("")
@manages
def index() -> str:
    """Everybody in the viewer's own organisation, and who is invited."""
    organisation_id = viewer().organisation_id
    if organisation_id is None:
        raise NotFound
    return render_template(
        "people/index.html",
        organisation=directory.organisation(organisation_id),
        people=queries.people_of(organisation_id, viewer()),
        invitations=queries.invitations_of(organisation_id, viewer()),
        own_id=viewer().person_id,
        held=held_by(None, "people who have left", url_for("handovers.left")),
    )


@blueprint.route("/invite/<uuid:organisation_id>", methods=["GET", "POST"])
@manages
def invite(organisation_id: UUID) -> ResponseReturnValue:
    """Invite somebody to an organisation."""
    policy.must_reach(viewer(), organisation_id)
    organisation = directory.organisation(organisation_id)
    side = Side(organisation.kind)
    form = InviteForm()
    form.role.offer(role_options(policy.roles_to_give(viewer(), side)))

    def send() -> str:
        role = Role(form.role.data)
        actions.invite(
            form.email.data, form["name"].data, role, organisation_id=organisation_id, side=side, by=viewer()
        )
        return _list_of(organisation_id)

    back = _list_of(organisation_id)
    return _asked(
        form, send, "The invitation is on its way.", "people/invite.html", organisation=organisation, back=back
    )


@blueprint.post("/invitations/<uuid:invitation_id>/resend")
@manages
def resend(invitation_id: UUID) -> ResponseReturnValue:
    """Send an invitation again, with a new link."""
    invitation = queries.invitation(invitation_id, viewer())

    def send() -> str:
        actions.resend_invitation(invitation_id, by=viewer())
        return _list_of(invitation.organisation_id)

    return _done(ConfirmForm(), send, "A new invitation is on its way. The link sent before no longer works.")


@blueprint.route("/invitations/<uuid:invitation_id>/revoke", methods=["GET", "POST"])
@manages
def revoke(invitation_id: UUID) -> ResponseReturnValue:
    """Take an invitation back."""
    invitation = queries.invitation(invitation_id, viewer())
    back = _list_of(invitation.organisation_id)

    def take_back() -> str:
        actions.revoke_invitation(invitation_id, by=viewer())
        return back

    message = "The invitation is taken back. Its link no longer works."
    return _asked(ConfirmForm(), take_back, message, "people/revoke.html", invitation=invitation, back=back)


@blueprint.get("/<uuid:membership_id>")
@manages
def show(membership_id: UUID) -> str:
    """One person, and what can be changed about them."""
    person = queries.member(membership_id, viewer())
    return render_template(
        "people/show.html",
        person=person,
        organisation=directory.organisation(person.organisation_id),
        changeable=person.person_id != viewer().person_id and policy.may_change(viewer(), person.role),
        held=_held(person),
        back_link=_list_of(person.organisation_id),
    )


@blueprint.route("/<uuid:membership_id>/role", methods=["GET", "POST"])
@manages
def role(membership_id: UUID) -> ResponseReturnValue:
    """Give somebody another role."""
    person = _changeable(membership_id)
    side = Side(directory.organisation(person.organisation_id).kind)
    form = RoleForm(data={"role": person.role.value})
    form.role.offer(role_options(policy.roles_to_give(viewer(), side)))

    def change() -> str:
        actions.change_role(membership_id, Role(form.role.data), by=viewer())
        return _page_of(person)

    return _asked(form, change, "The role is changed. They sign in again to use it.", "people/role.html", person=person)


@blueprint.route("/<uuid:membership_id>/disable", methods=["GET", "POST"])
@manages
def disable(membership_id: UUID) -> ResponseReturnValue:
    """Switch an account off, after asking."""
    person = _changeable(membership_id)

    def switch_off() -> str:
        actions.disable_person(membership_id, by=viewer())
        return _page_of(person)

    message = "The account is switched off. They are signed out everywhere."
    return _asked(
        ConfirmForm(), switch_off, message, "people/disable.html", person=person, held=_held(person, first=True)
    )


@blueprint.post("/<uuid:membership_id>/enable")
@manages
def enable(membership_id: UUID) -> ResponseReturnValue:
    """Switch an account on again."""
    person = _changeable(membership_id)

    def switch_on() -> str:
        actions.enable_person(membership_id, by=viewer())
        return _page_of(person)

    return _done(ConfirmForm(), switch_on, "The account is switched on. They can sign in again.")


@blueprint.route("/<uuid:membership_id>/remove", methods=["GET", "POST"])
@manages
def remove(membership_id: UUID) -> ResponseReturnValue:
    """Remove somebody from an organisation, after asking."""
    person = _changeable(membership_id)
    organisation = directory.organisation(person.organisation_id)

    def end() -> str:
        actions.end_membership(membership_id, by=viewer())
        return _list_of(person.organisation_id)

    message = "They no longer belong here. What they did stays on record."
    held = _held(person, first=True)
    page = {"person": person, "organisation": organisation, "held": held}
    return _asked(ConfirmForm(), end, message, "people/remove.html", **page)


def held_by(person_id: UUID | None, name: str, href: str, *, first: bool = False) -> dict[str, Any]:
    """How many open referrals somebody has in hand, as far as the viewer may hand them over, and where."""
    return {"number": count_held(person_id, viewer()), "name": name, "href": href, "first": first}


def _held(person: PersonLine, *, first: bool = False) -> dict[str, Any] | None:
    if person.organisation_id != viewer().organisation_id:
        return None
    href = url_for("handovers.person", membership_id=person.membership_id)
    return held_by(person.person_id, person.name, href, first=first)


def _asked(form: GovForm, action: Callable[[], str], message: str, template: str, **page: Any) -> ResponseReturnValue:
    """Show the form, or carry it out; what is refused is shown on the same page, with what was typed."""
    if form.validate_on_submit():
        try:
            return _done(form, action, message)
        except NotFound:
            raise
        except Invalid as refused:
            form.take_errors(refused.errors)
        except DomainError as refused:
            form.form_errors.append(refused.message)
    if "person" in page:
        page.setdefault("back", _page_of(page["person"]))
    return render_template(template, form=form, back_link=page["back"], **page)


def _done(form: GovForm, action: Callable[[], str], message: str) -> ResponseReturnValue:
    answer = carry_out(form.form_key.data, action)
    flash(message, "success")
    return answer


def _changeable(membership_id: UUID) -> PersonLine:
    person = queries.member(membership_id, viewer())
    if person.person_id == viewer().person_id or not policy.may_change(viewer(), person.role):
        raise NotAllowed
    return person


def _page_of(person: PersonLine) -> str:
    return url_for("people.show", membership_id=person.membership_id)


def _list_of(organisation_id: UUID) -> str:
    """The page that lists these people: the viewer's own, or the organisation's for an administrator."""
    if organisation_id == viewer().organisation_id:
        return url_for("people.index")
    return url_for("organisations.show", organisation_id=organisation_id)
