"""Transfers of the tests: offered by the first office to the other one, with the resident's agreement."""

from typing import Any

from referrals.casework import actions
from referrals.casework.models import Referral, Transfer
from referrals.foundation import clock
from referrals.foundation.database import db, transaction
from tests import people
from tests.casework import cases

WORDS = "They move on Friday, and a hearing comes soon after"
ANSWERS = {"reason": "moved_constituency", "words": WORDS}


def agreement(place: people.Place = people.EALING, **changes: Any) -> actions.Agreement:
    """That the resident agreed, on the telephone, that this office may have it."""
    given: dict[str, Any] = {"kind": "transfer", "given_by": "resident", "method": "by_phone"}
    given |= {"given_on": clock.today(), "to_organisation_id": place.id, "covers_health": True}
    return actions.Agreement(**(given | changes))


def offer(referral: Referral, by: people.Someone = people.MANAGER, place: people.Place = people.EALING) -> Transfer:
    """An offer, made and committed."""
    with transaction():
        found = db.session.get_one(Referral, referral.id)
        return actions.offer_transfer(found, place.id, ANSWERS, agreement(place), by=by.viewer, version=found.version)


def accept(transfer: Transfer, by: people.Someone = people.OTHER_CASEWORKER) -> None:
    """The other office takes it on."""
    with transaction():
        answers = cases.answers_for("accept_transfer", by.viewer)
        actions.accept_transfer(transfer, answers, by=by.viewer, version=transfer.version)


def reject(transfer: Transfer, by: people.Someone = people.OTHER_CASEWORKER) -> None:
    """The other office does not."""
    with transaction():
        answers = {"reason": "no_capacity", "answer": "Two of us are away until spring"}
        actions.reject_transfer(transfer, answers, by=by.viewer, version=transfer.version)


def revoke(transfer: Transfer, by: people.Someone = people.MANAGER) -> None:
    """The first office takes the offer back."""
    with transaction():
        actions.revoke_transfer(transfer, by=by.viewer, version=transfer.version)
