"""After sending: the confirmation with the reference and the next dates, and the card for the resident."""

from dataclasses import dataclass
from datetime import date

from flask import Blueprint, abort, render_template, url_for
from flask.typing import ResponseReturnValue

from referrals.accounts.roles import Permission
from referrals.casework import clocks, queries
from referrals.casework.actions.cards import print_card
from referrals.casework.actions.timing import deadline
from referrals.casework.models import Referral
from referrals.casework.policy import is_about_a_resident
from referrals.casework.workflow import states
from referrals.directory.queries import organisation
from referrals.foundation.clock import local_day
from referrals.foundation.database import transaction
from referrals.web.access import needs, viewer
from referrals.web.presenting.intake_pages import name_of_office
from referrals.web.presenting.later import later_on_card

blueprint = Blueprint("receipts", __name__)


@dataclass(frozen=True, slots=True)
class Dates:
    """By when the office should have looked at a new referral, and decided."""

    seen_by: date
    decided_by: date


def dates_of(referral: Referral, *, hushed: bool) -> Dates | None:
    """The dates ahead of a referral that waits for the office's decision; None once it has gone on.

    None also to a group that does not hear whether it has.
    """
    if hushed or referral.state != states.SUBMITTED or referral.submitted_at is None:
        return None
    # Sent again after advice, the days run from then.
    start = local_day(referral.waiting_on_since or referral.submitted_at)
    return Dates(deadline(referral, clocks.SEEN, start), deadline(referral, clocks.DECISION, start))


@blueprint.get("/referrals/<reference>/sent")
@needs(Permission.REFERRAL_SUBMIT)
def sent(reference: str) -> ResponseReturnValue:
    """Say that it was sent, under which reference, and what happens next."""
    referral = queries.referral(reference, viewer())
    if referral.submitted_at is None:
        abort(404)
    hushed = queries.standing_of(referral, viewer()).hushed
    return render_template(
        "receipts/sent.html",
        hushed=hushed,
        referral=referral,
        office=name_of_office(referral),
        group=organisation(referral.group_id),
        dates=dates_of(referral, hushed=hushed),
        advice=not is_about_a_resident(referral),
    )


@blueprint.get("/referrals/<reference>/card")
@needs(Permission.REFERRAL_SUBMIT, writes=True)
def card(reference: str) -> ResponseReturnValue:
    """A card to print for the resident: the reference and whom to ask, and nothing about them or the issue."""
    with transaction():
        referral = print_card(reference, by=viewer())
    hushed = queries.standing_of(referral, viewer()).hushed
    return render_template(
        "receipts/card.html",
        referral=referral,
        group=organisation(referral.group_id),
        dates=dates_of(referral, hushed=hushed),
        later=later_on_card() if is_about_a_resident(referral) else None,
        back_link=url_for("receipts.sent", reference=referral.reference),
    )
