"""Counting that somebody was told where to go: the form, what was counted, and taking today's back."""

from uuid import UUID

from flask import Blueprint, flash, render_template, url_for
from flask.typing import ResponseReturnValue

from referrals.accounts.roles import Permission, Reach
from referrals.casework import actions, queries
from referrals.foundation.clock import today
from referrals.foundation.errors import Invalid
from referrals.web.access import needs, viewer
from referrals.web.forms.casework import PlainForm
from referrals.web.forms.signposts import SignpostForm
from referrals.web.posting import carry_out
from referrals.web.presenting.signposts import lines_of, month_words

blueprint = Blueprint("signposts", __name__, url_prefix="/signposts")


@blueprint.route("", methods=["GET", "POST"])
@needs(Permission.REFERRAL_DRAFT)
def index() -> ResponseReturnValue:
    """Count a signpost, and see what was counted lately."""
    who = viewer()
    form = SignpostForm(day=today())

    def act() -> str:
        actions.count_signpost(form.category.data, form.destination.data, form.day.data, form.number.number, by=who)
        return url_for(".index")

    if form.validate_on_submit():
        try:
            answer = carry_out(form.form_key.data, act)
        except Invalid as refused:
            form.take_errors(refused.errors)
        else:
            flash("Counted. Thank you.", "success")
            return answer
    shown = render_template(
        "signposts/index.html",
        form=form,
        lines=lines_of(queries.signposts(who)),
        month_words=month_words(queries.signposted_this_month(who)),
        whole_area=who.reach is Reach.ORGANISATION,
        back_link=url_for("mine.index"),
    )
    return shown, 422 if form.errors else 200


@blueprint.post("/<uuid:signpost_id>/undo")
@needs(Permission.REFERRAL_DRAFT)
def undo(signpost_id: UUID) -> ResponseReturnValue:
    """Take back a count of one's own, on the day it was made."""
    form = PlainForm()

    def act() -> str:
        actions.undo_signpost(signpost_id, by=viewer())
        return url_for(".index")

    answer = carry_out(form.form_key.data, act)
    flash("Taken back.", "success")
    return answer
