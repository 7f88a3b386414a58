"""Whom an area knows: the staff of its MP, other elected people, and how each of them is reached."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from referrals.accounts.roles import Permission
from referrals.directory.models import Term
from referrals.engagement import actions, queries
from referrals.foundation.clock import today
from referrals.foundation.errors import IllegalMove, NotFound
from referrals.web.access import needs, viewer
from referrals.web.forms.casework import PlainForm
from referrals.web.forms.members import DetailForm, KnownPersonForm
from referrals.web.posting import answer_to, carry_out
from referrals.web.presenting import members as presenting

blueprint = Blueprint("known_people", __name__, url_prefix="/your-mp")

keeps = needs(Permission.ENGAGEMENT_WRITE)


@blueprint.route("/people/new", methods=["GET", "POST"])
@keeps
def new() -> ResponseReturnValue:
    """Note somebody of an MP's staff (`?mp=`), or another elected person."""
    who, form, term = viewer(), KnownPersonForm(), _term_asked_for()

    def act() -> str:
        row = actions.note_person(_person(form), term.id if term else None, by=who)
        return url_for(".show", person_id=row.id)

    if form.validate_on_submit() and (answer := answer_to(form, act, "Noted. Add how they are reached.")):
        return answer
    back = url_for("members.show", term_id=term.id) if term else url_for("contacts.index")
    member = f"{term.member.name} MP" if term else ""
    return render_template("known_people/new.html", form=form, back_link=back, member=member)


@blueprint.get("/people/<uuid:person_id>")
@keeps
def show(person_id: UUID) -> str:
    """Somebody, how they are reached today, and how they were before."""
    who = viewer()
    found = queries.known_person(person_id, who)
    back = url_for("members.show", term_id=found.term_id) if found.term_id else url_for("contacts.index")
    return render_template(
        "known_people/show.html",
        form=PlainForm(formdata=None),
        person=presenting.person_of(found),
        details=presenting.details_of(found),
        back_link=back,
    )


@blueprint.route("/people/<uuid:person_id>/edit", methods=["GET", "POST"])
@keeps
def edit(person_id: UUID) -> ResponseReturnValue:
    """Change what is known of somebody, also that they have left."""
    who = viewer()
    found, home = queries.known_person(person_id, who), url_for(".show", person_id=person_id)
    form = KnownPersonForm(
        version=found.version, name=found.name, role=found.role, begins_on=found.begins_on, ends_on=found.ends_on
    )

    def act() -> str:
        kept = queries.known_person(person_id, who)
        actions.change_person(kept, _person(form), by=who, version=form.version.data)
        return home

    if form.validate_on_submit() and (answer := answer_to(form, act, "Changed.")):
        return answer
    if form.stale:
        form.version.data = queries.known_person(person_id, who).version
    content = render_template("known_people/edit.html", form=form, back_link=home)
    return content, 409 if form.stale else 200


@blueprint.route("/people/<uuid:person_id>/details/new", methods=["GET", "POST"])
@keeps
def detail(person_id: UUID) -> ResponseReturnValue:
    """Note how somebody is reached from a day on."""
    who = viewer()
    found, home = queries.known_person(person_id, who), url_for(".show", person_id=person_id)
    form = DetailForm(from_on=today())

    def act() -> str:
        row = queries.known_person(person_id, who)
        actions.note_detail(row, form.kind.data, form.value.data, form.from_on.data, by=who)
        return home

    if form.validate_on_submit() and (answer := answer_to(form, act, "Noted.")):
        return answer
    return render_template("known_people/detail.html", form=form, back_link=home, name=found.name)


@blueprint.post("/details/<uuid:detail_id>/end")
@keeps
def end_detail(detail_id: UUID) -> ResponseReturnValue:
    """Say that somebody is not reached like this any more."""
    who = viewer()
    home = url_for(".show", person_id=queries.detail(detail_id, who).known_person_id)

    def act() -> str:
        actions.end_detail(queries.detail(detail_id, who), by=who)
        return home

    try:
        return carry_out(PlainForm().form_key.data, act)
    except IllegalMove as refused:
        flash(refused.message, "warning")
        return redirect(home, 303)


def _person(form: KnownPersonForm) -> actions.Person:
    return actions.Person(
        name=form.name.data, role=form.role.data, begins_on=form.begins_on.data, ends_on=form.ends_on.data
    )


def _term_asked_for() -> Term | None:
    text = request.args.get("mp")
    if not text:
        return None
    try:
        return queries.term_of(UUID(text), viewer())
    except ValueError:
        raise NotFound from None
