"""Quotes and pictures of people that go with publicity, and what those people permit of them."""

from uuid import UUID

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from referrals.accounts.roles import Permission
from referrals.engagement.actions import permitting as actions
from referrals.engagement.models import PICTURE
from referrals.engagement.queries import publicity as queries
from referrals.foundation.clock import today
from referrals.foundation.errors import NotFound
from referrals.web.access import needs, viewer
from referrals.web.forms.casework import PlainForm
from referrals.web.forms.publicity import PIECES, PermissionForm, permission_as_kept
from referrals.web.posting import answer_to

blueprint = Blueprint("pieces", __name__, url_prefix="/publicity")

keeps = needs(Permission.ENGAGEMENT_WRITE)


@blueprint.route("/<uuid:publicity_id>/add/<kind>", methods=["GET", "POST"])
@keeps
def new(publicity_id: UUID, kind: str) -> ResponseReturnValue:
    """Add a quote or a picture; then comes what is permitted of it."""
    who, home = viewer(), url_for("publicity.show", publicity_id=publicity_id)
    found = queries.publicity(publicity_id, who)
    if kind not in PIECES:
        raise NotFound
    form = PIECES[kind]()

    def act() -> str:
        link = form["link"].data if kind == PICTURE else ""
        entry = queries.publicity(publicity_id, who)
        made = actions.add_piece(entry, kind, form["words"].data, form["whose"].data, link, by=who)
        return url_for(".permit", piece_id=made.id)

    if form.validate_on_submit() and (answer := answer_to(form, act, "Added, and kept back until it is permitted.")):
        return answer
    return render_template("pieces/new.html", form=form, back_link=home, kind=kind, caption=found.title)


@blueprint.route("/pieces/<uuid:piece_id>/remove", methods=["GET", "POST"])
@keeps
def remove(piece_id: UUID) -> ResponseReturnValue:
    """Take a quote or a picture out, when that is confirmed."""
    who, form = viewer(), PlainForm()
    found = queries.piece(piece_id, who)
    home = url_for("publicity.show", publicity_id=found.publicity_id)

    def act() -> str:
        actions.take_out_piece(queries.piece(piece_id, who), by=who)
        return home

    if form.validate_on_submit() and (answer := answer_to(form, act, "Taken out.")):
        return answer
    return render_template("pieces/remove.html", form=form, back_link=home, piece=found)


@blueprint.route("/pieces/<uuid:piece_id>/permission", methods=["GET", "POST"])
@keeps
def permit(piece_id: UUID) -> ResponseReturnValue:
    """Keep that somebody permits a quote or a picture."""
    who = viewer()
    found = queries.piece(piece_id, who)
    home, form = url_for("publicity.show", publicity_id=found.publicity_id), PermissionForm(given_on=today())

    def act() -> str:
        actions.permit(queries.piece(piece_id, who), form.told(), by=who)
        return home

    if form.validate_on_submit() and (answer := answer_to(form, act, "Permission kept.")):
        return answer
    return render_template("pieces/permit.html", form=form, back_link=home, piece=found)


@blueprint.route("/permissions/<uuid:permission_id>/change", methods=["GET", "POST"])
@keeps
def change(permission_id: UUID) -> ResponseReturnValue:
    """Change what somebody permits, or keep that they give it again."""
    who = viewer()
    found = queries.permission(permission_id, who)
    home = url_for("publicity.show", publicity_id=found.publicity_id)
    form = PermissionForm(**permission_as_kept(found))

    def act() -> str:
        kept = queries.permission(permission_id, who)
        actions.permit_anew(kept, form.told(), by=who, version=form.version.data)
        return home

    if form.validate_on_submit() and (answer := answer_to(form, act, "Permission kept.")):
        return answer
    if form.stale:
        form.version.data = queries.permission(permission_id, who).version
    again = found.withdrawn_at is not None
    content = render_template("pieces/change.html", form=form, back_link=home, again=again, whose=found.whose)
    return content, 409 if form.stale else 200


@blueprint.route("/permissions/<uuid:permission_id>/take-back", methods=["GET", "POST"])
@keeps
def take_back(permission_id: UUID) -> ResponseReturnValue:
    """Keep that somebody takes back what they permitted; it is shown and shared no more from then on."""
    who, form = viewer(), PlainForm()
    found = queries.permission(permission_id, who)
    home = url_for("publicity.show", publicity_id=found.publicity_id)

    def act() -> str:
        actions.take_back(queries.permission(permission_id, who), by=who)
        return home

    if form.validate_on_submit() and (answer := answer_to(form, act, "Taken back. It is not shown any more.")):
        return answer
    return render_template("pieces/take_back.html", form=form, back_link=home, whose=found.whose)
