"""“Any news?”: the group asks with one button, the office answers with one."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from referrals.accounts.roles import Permission
from referrals.casework import actions, policy, queries
from referrals.casework.queries.any_news import WORDS, may_answer, usual_day
from referrals.foundation.errors import IllegalMove, Invalid, NotAllowed
from referrals.web.access import needs, viewer
from referrals.web.forms.any_news import NewsForm
from referrals.web.forms.casework import PlainForm
from referrals.web.posting import carry_out
from referrals.web.presenting.referral import other_side, sides_of

blueprint = Blueprint("any_news", __name__, url_prefix="/referrals/<reference>/news")


@blueprint.post("/ask")
@needs(Permission.REFERRAL_ANSWER)
def ask(reference: str) -> ResponseReturnValue:
    """Ask the office how things stand; back on the page of the referral it says so, or when it will be possible."""
    who = viewer()
    referral = queries.referral(reference, who)
    form = PlainForm()
    home = url_for("referrals.show", reference=referral.reference)

    def act() -> str:
        actions.ask_for_news(queries.referral(reference, who), by=who)
        return home

    form.validate()
    try:
        answer = carry_out(form.form_key.data, act)
    except (IllegalMove, NotAllowed) as refused:
        flash(refused.message, "warning")
        return redirect(home, 303)
    flash("The MP’s office has been asked for news.", "success")
    return answer


@blueprint.route("/answer", methods=["GET", "POST"])
@needs(Permission.REFERRAL_WORK)
def answer(reference: str) -> ResponseReturnValue:
    """Say how things stand: at once from the referral's page, or here with words and another day."""
    who = viewer()
    referral = queries.referral(reference, who)
    policy.must_write(referral, who, Permission.REFERRAL_WORK)
    form = NewsForm(write_by=usual_day())
    home = url_for("referrals.show", reference=referral.reference)

    def act() -> str:
        found = queries.referral(reference, who)
        actions.answer_news(found, form.answer.data, form.write_by.data, form.words.data, by=who)
        return home

    if form.validate_on_submit():
        try:
            done = carry_out(form.form_key.data, act)
        except Invalid as refused:
            form.take_errors(refused.errors)
        except (IllegalMove, NotAllowed) as refused:
            form.form_errors.append(refused.message)
        else:
            flash("The group has been told how things stand.", "success")
            return done
    return render_template(
        "any_news/answer.html",
        form=form,
        referral=referral,
        group=sides_of(referral)[other_side(who)],
        may_write=may_answer(referral, who) and policy.told_to_group_at_least(referral, WORDS),
        back_link=home,
    )
