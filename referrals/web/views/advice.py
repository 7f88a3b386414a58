"""Asking an MP's office for advice: a short form of its own, without a resident."""

from uuid import UUID

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from referrals.accounts.roles import Permission
from referrals.accounts.viewer import Viewer
from referrals.casework.actions.advising import Question, ask_for_advice
from referrals.directory import queries as directory
from referrals.foundation.errors import Invalid
from referrals.web.access import needs, viewer
from referrals.web.forms import Option
from referrals.web.forms.advice import ELSEWHERE, AdviceForm
from referrals.web.posting import carry_out

blueprint = Blueprint("advice", __name__)

NO_OFFICE = "No MP’s office that uses this service is known for this postcode. Choose one of the offices above"


@blueprint.route("/advice/new", methods=["GET", "POST"])
@needs(Permission.REFERRAL_SUBMIT)
def new() -> ResponseReturnValue:
    """Write a question and send it."""
    who = viewer()
    form = AdviceForm()
    form.offer_offices(offices_near(who))

    def act() -> str:
        made = ask_for_advice(asked(form), by=who)
        return url_for("receipts.sent", reference=made.reference)

    if form.validate_on_submit():
        try:
            return carry_out(form.form_key.data, act)
        except Invalid as refused:
            form.take_errors(refused.errors)
    return render_template("advice/new.html", form=form, back_link=url_for("mine.index")), 422 if form.errors else 200


def offices_near(who: Viewer) -> list[Option]:
    """The offices of the constituencies that the group's area lies in."""
    group = directory.group_of(who.organisation_id) if who.organisation_id else None
    seats = {seat.id for seat in group.constituencies} if group else set()
    lines = [line for line in directory.offices_in_use() if line.constituency_id in seats]
    return [Option(str(line.id), f"{line.member_name} MP", hint=line.constituency) for line in lines]


def asked(form: AdviceForm) -> Question:
    """What the form says. Raises Invalid under "postcode" where it leads to no office."""
    return Question(
        summary=form.summary.data,
        question=form.question.data,
        category=form.category.data,
        agency=form.agency.data,
        office_id=by_postcode(form.postcode.data) if form.office.data == ELSEWHERE else UUID(form.office.data),
    )


def by_postcode(postcode: str) -> UUID:
    """The office that a postcode leads to. Raises Invalid."""
    found = directory.route(postcode) if postcode else None
    if found is None or found.office is None:
        raise Invalid({"postcode": NO_OFFICE if postcode else "Enter a postcode of the place"})
    return found.office.organisation_id
