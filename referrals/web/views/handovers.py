"""Handing over everything that a colleague, or people who have left, have in hand."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from flask import Blueprint, flash, render_template, url_for
from flask.typing import ResponseReturnValue

from referrals.accounts.queries import member
from referrals.accounts.roles import Permission, Side
from referrals.accounts.viewer import Viewer
from referrals.casework import actions, queries
from referrals.casework.queries import Line
from referrals.foundation.database import transaction
from referrals.foundation.errors import DomainError, Invalid, NotFound
from referrals.web.access import needs, viewer
from referrals.web.filters import count
from referrals.web.forms.choice import Option
from referrals.web.forms.handovers import SOME, HandoverForm
from referrals.web.posting import carry_out

blueprint = Blueprint("handovers", __name__, url_prefix="/people")

# Handed over by one form, so many to a transaction; who has more sends it again.
MOST: Final = 500


@dataclass(frozen=True)
class Leaver:
    """Whose referrals they are; for people who have left, all of them together."""

    person_id: UUID | None
    name: str
    back: str


@blueprint.route("/<uuid:membership_id>/hand-over", methods=["GET", "POST"])
@needs(Permission.REFERRAL_HAND_OVER)
def person(membership_id: UUID) -> ResponseReturnValue:
    """Hand over what one person of the viewer's own organisation has in hand."""
    found = member(membership_id, viewer())
    if found.organisation_id != viewer().organisation_id:
        raise NotFound
    return page(Leaver(found.person_id, found.name, url_for("people.show", membership_id=membership_id)))


@blueprint.route("/left/hand-over", methods=["GET", "POST"])
@needs(Permission.REFERRAL_HAND_OVER)
def left() -> ResponseReturnValue:
    """Hand over what people who can no longer come in still have in hand."""
    return page(Leaver(None, "people who have left", url_for("people.index")))


def page(leaver: Leaver) -> ResponseReturnValue:
    """The form, or what it did."""
    who = viewer()
    number = queries.count_held(leaver.person_id, who)
    form = form_for(leaver, number, who)
    if number and form.validate_on_submit():
        try:
            answer = hand_over(leaver, form, who)
        except Invalid as refused:
            form.take_errors(refused.errors)
        except DomainError as refused:
            form.form_errors.append(refused.message)
        else:
            return answer
    return render_template(
        "handovers/new.html",
        leaver=leaver,
        form=form,
        number=number,
        of_group=who.side is Side.GROUP,
        most=MOST,
        alone=not form.to.options,
        shown=queries.MOST_SHOWN,
        back_link=leaver.back,
    )


def form_for(leaver: Leaver, number: int, who: Viewer) -> HandoverForm:
    """The form, with what there is to choose from."""
    form = HandoverForm()
    people = [
        Option(str(person_id), f"{name} (you)" if person_id == who.person_id else name)
        for person_id, name in queries.people_of(who).items()
        if person_id != leaver.person_id
    ]
    form.offer(number, [option_of(line) for line in queries.held(leaver.person_id, who)], people)
    return form


def option_of(line: Line) -> Option:
    """One referral to choose."""
    words = line.summary or "No summary"
    return Option(str(line.id), f"{line.reference}: {words}" if line.reference else f"Draft: {words}")


def hand_over(leaver: Leaver, form: HandoverForm, who: Viewer) -> ResponseReturnValue:
    """Hand them over in batches, and tell each colleague once, also of what was done before something went wrong."""
    handover = actions.Handover(
        person_id=leaver.person_id,
        to=[UUID(person_id) for person_id in form.to.data],
        reason=form.reason.data,
        only=[UUID(one) for one in form.chosen.data] if form.which.data == SOME else None,
    )
    try:
        done = in_batches(handover, who)
    finally:
        if handover.given.total():
            answer = carry_out(form.form_key.data, lambda: told(handover, leaver, who))
    if not done:
        flash("There was nothing left to hand over.", "warning")
        return carry_out(None, lambda: leaver.back)
    flash(f"{count(done, 'referral')} handed over.", "success")
    return answer


def in_batches(handover: actions.Handover, who: Viewer) -> int:
    """Hand over batch after batch, each in a transaction of its own; how many were."""
    done = 0
    while done < MOST:
        with transaction():
            number = actions.hand_over(handover, by=who, limit=min(actions.BATCH, MOST - done))
        if not number:
            break
        done += number
    return done


def told(handover: actions.Handover, leaver: Leaver, who: Viewer) -> str:
    """Tell everybody who was given something, and say where to go then."""
    actions.tell_of(handover.given, by=who)
    return leaver.back
