"""Linking two referrals, and taking that back."""

from uuid import UUID

from flask import Blueprint, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue

from referrals.accounts.roles import Permission
from referrals.accounts.viewer import Viewer
from referrals.casework import actions, policy, queries
from referrals.casework.models import Referral
from referrals.foundation.errors import Invalid, NotAllowed, NotFound
from referrals.foundation.references import BadReference, normalise_reference
from referrals.web.access import needs, viewer
from referrals.web.forms.casework import PlainForm
from referrals.web.forms.links import LinkForm
from referrals.web.posting import carry_out
from referrals.web.presenting.case import label_of

blueprint = Blueprint("links", __name__, url_prefix="/referrals/<reference>/links")

_LINKERS = (Permission.REFERRAL_WORK, Permission.REFERRAL_ANSWER)
NONE_SUCH = "There is no referral with this reference that you can see"


@blueprint.route("/new", methods=["GET", "POST"])
@needs(*_LINKERS)
def new(reference: str) -> ResponseReturnValue:
    """Say what this referral has to do with another one."""
    who = viewer()
    referral = linkable(reference, who)
    form = LinkForm(other=offered(request.args.get("other", "")))
    home = url_for("referrals.show", reference=referral.reference, _anchor="others")

    def act() -> str:
        found = queries.referral(reference, who)
        actions.link_referrals(found, other_named(form.other.data, who), form.kind.data, by=who)
        return home

    if form.validate_on_submit():
        try:
            answer = carry_out(form.form_key.data, act)
        except Invalid as refused:
            form.take_errors(refused.errors)
        else:
            flash("Kept. Both referrals stay as they are.", "success")
            return answer
    shown = render_template("links/new.html", form=form, referral=referral, back_link=home)
    return shown, 422 if form.errors else 200


@blueprint.route("/<uuid:link_id>/remove", methods=["GET", "POST"])
@needs(*_LINKERS)
def remove(reference: str, link_id: UUID) -> ResponseReturnValue:
    """Take back what was said of two referrals, after asking once."""
    who = viewer()
    referral = linkable(reference, who)
    link = queries.link(referral, link_id, who)
    form = PlainForm()
    home = url_for("referrals.show", reference=referral.reference, _anchor="others")

    def act() -> str:
        actions.unlink_referrals(queries.referral(reference, who), link_id, by=who)
        return home

    if form.validate_on_submit():
        answer = carry_out(form.form_key.data, act)
        flash("Taken back. Both referrals stay as they are.", "success")
        return answer
    said = label_of("link_kinds", link.kind)
    return render_template("links/remove.html", form=form, referral=referral, link=link, said=said, back_link=home)


def linkable(reference: str, who: Viewer) -> Referral:
    """The referral, for somebody who may link it. Raises NotFound and NotAllowed."""
    referral = queries.referral(reference, who)
    if not policy.may_link(referral, who):
        raise NotAllowed
    return referral


def other_named(reference: str, who: Viewer) -> Referral:
    """The referral of a reference that was typed. Raises Invalid, in the same words for none and for others'."""
    try:
        return queries.referral(reference, who)
    except NotFound:
        raise Invalid({"other": NONE_SUCH}) from None


def offered(reference: str) -> str:
    """The reference that a link to the form brought along; nothing for anything else."""
    try:
        return normalise_reference(reference)
    except BadReference:
        return ""
