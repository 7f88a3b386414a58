"""Four weeks after closing: how to ask the person safely, and the form for what they say."""

from uuid import UUID

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from referrals.accounts.roles import Permission
from referrals.casework import actions, policy, queries
from referrals.foundation.clock import today
from referrals.foundation.database import transaction
from referrals.foundation.errors import IllegalMove, NotAllowed
from referrals.web.access import needs, viewer
from referrals.web.forms.later import LaterForm
from referrals.web.posting import answer_to
from referrals.web.presenting import case
from referrals.web.presenting.later import safe_ways

blueprint = Blueprint("later", __name__, url_prefix="/referrals/<reference>/after-four-weeks")


@blueprint.route("/<uuid:later_id>", methods=["GET", "POST"])
@needs(Permission.OUTCOME_CONFIRM, writes=True)
def answer(reference: str, later_id: UUID) -> ResponseReturnValue:
    """Write down what the person says. How to reach them is on the page, so that showing it is a reading."""
    who = viewer()
    referral = queries.referral(reference, who)
    asked = queries.later_answer(referral, later_id, who)
    policy.must_write(referral, who, Permission.OUTCOME_CONFIRM)
    form = LaterForm(on=today())
    home = url_for("referrals.show", reference=referral.reference)

    def act() -> str:
        found = queries.later_answer(queries.referral(reference, who), later_id, who)
        actions.answer_later(found, said_in(form), by=who)
        return home

    if form.validate_on_submit():
        try:
            done = answer_to(form, act, "Written down. Thank you for asking.")
        except NotAllowed as early:
            form.form_errors.append(early.message)
        else:
            if done is not None:
                return done
    elif not form.is_submitted() and queries.waits_later([queries.Later(asked, "")], referral, who) is None:
        raise IllegalMove("This is not to be asked now: it was answered, it is not due yet, or it is over.")
    with transaction():
        found = actions.open_referral(str(referral.reference), by=who)
        resident = found.resident
        advice = safe_ways(resident) if resident else []
        contact = case.contact_rows(resident) if resident else []
        name = resident.name if resident else None
    return render_template(
        "later/answer.html",
        form=form,
        referral=referral,
        asked=asked,
        name=name,
        advice=advice,
        contact=contact,
        back_link=home,
    )


def said_in(form: LaterForm) -> actions.Said:
    """What was filled in, as the action takes it."""
    answers = {name: form[name].data for name in ("helped_forward", "is_solved", "less_worried", "way")}
    return actions.Said(form.result.data, **answers, on=form.on.data, words=form.words.data or "")
