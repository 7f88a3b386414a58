"""Saved views of the queue: saving what is shown under a name, and keeping the list of them."""

from collections.abc import Callable
from typing import Final
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from referrals.accounts.roles import Permission
from referrals.casework import actions, policy, queries
from referrals.foundation.errors import IllegalMove, Invalid, NotAllowed, Stale
from referrals.web.access import needs, viewer
from referrals.web.forms.casework import PlainForm
from referrals.web.forms.saved_views import RenameViewForm, SaveViewForm
from referrals.web.posting import carry_out
from referrals.web.presenting import saved_views as presenting
from referrals.web.presenting.queue import LIST, asked_of

blueprint = Blueprint("saved_views", __name__, url_prefix="/queue/views")

works = needs(Permission.REFERRAL_WORK)
CHANGED: Final = "Somebody else changed this view while you were working on it. It is shown as it is now."


@blueprint.get("")
@works
def index() -> str:
    """Every view that the viewer has, what it asks, and what can be done with it."""
    who = viewer()
    groups = presenting.groups_for(queries.saved_views(who), who, queries.known_to(who))
    return render_template("saved_views/index.html", groups=groups, form=PlainForm(), back_link=url_for("queue.index"))


@blueprint.route("/new", methods=["GET", "POST"])
@works
def new() -> ResponseReturnValue:
    """Save what the address asks of the queue."""
    who = viewer()
    known = queries.known_to(who)
    asked = asked_of(request.args, who, known)
    form = SaveViewForm()
    home = asked.url(_anchor=LIST)

    def act() -> str:
        actions.save_view(form.name.data, asked.tab, asked.sort, asked.narrow, shared=form.shared.data, by=who)
        return home

    if form.validate_on_submit():
        try:
            answer = carry_out(form.form_key.data, act)
        except Invalid as refused:
            form.take_errors(refused.errors)
        else:
            flash("View saved. It stands above the list from now on.", "success")
            return answer
    shown = presenting.about(asked, who, known)
    page = render_template("saved_views/new.html", form=form, about=shown, back_link=asked.url())
    return page, 422 if form.errors else 200


@blueprint.route("/<uuid:view_id>/rename", methods=["GET", "POST"])
@works
def rename(view_id: UUID) -> ResponseReturnValue:
    """Give a view another name."""
    who = viewer()
    view = queries.saved_view(view_id, who)
    if not policy.may_keep_view(view, who):
        raise NotAllowed
    form = RenameViewForm(name=view.name, version=view.version)

    def act() -> str:
        found = queries.saved_view(view_id, who)
        actions.rename_view(found, form.name.data, version=form.version.data, by=who)
        return url_for(".index")

    status = 200
    if form.validate_on_submit():
        try:
            answer = carry_out(form.form_key.data, act)
        except Invalid as refused:
            form.take_errors(refused.errors)
        except Stale:
            form.take_stale(
                "Somebody else changed this view first. Save it again to put your name in the place of theirs"
            )
            form.version.data, status = queries.saved_view(view_id, who).version, 409
        else:
            flash("View renamed.", "success")
            return answer
    name = queries.saved_view(view_id, who).name
    page = render_template("saved_views/rename.html", form=form, name=name, back_link=url_for(".index"))
    return page, 422 if form.errors and status == 200 else status


@blueprint.post("/<uuid:view_id>/share")
@works
def share(view_id: UUID) -> ResponseReturnValue:
    """Let the whole office have a view of one's own."""
    return pressed(view_id, "share", actions.share_view, "View shared. Everybody in your office has it above the list.")


@blueprint.post("/<uuid:view_id>/unshare")
@works
def unshare(view_id: UUID) -> ResponseReturnValue:
    """Keep a view of one's own for oneself again."""
    return pressed(view_id, "unshare", actions.unshare_view, "View no longer shared. Only you have it now.")


@blueprint.post("/<uuid:view_id>/remove")
@works
def remove(view_id: UUID) -> ResponseReturnValue:
    """Delete a view; the referrals stay as they are."""
    return pressed(view_id, "remove", actions.remove_view, "View deleted. The referrals are as they were.")


def pressed(view_id: UUID, verb: str, do: Callable[..., None], done: str) -> ResponseReturnValue:
    """Do what one of the buttons of the list says, and show the list again."""
    who, form = viewer(), PlainForm()

    def act() -> str:
        do(queries.saved_view(view_id, who), version=form.version.data, by=who)
        return url_for(".index")

    try:
        # All buttons of the page share one key.
        answer = carry_out(f"{form.form_key.data[:32]}-{verb}-{view_id.hex[-16:]}", act)
    except Stale:
        flash(CHANGED, "warning")
        return redirect(url_for(".index"), 303)
    except IllegalMove as refused:
        flash(refused.message, "warning")
        return redirect(url_for(".index"), 303)
    flash(done, "success")
    return answer
