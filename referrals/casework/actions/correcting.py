"""Correcting the postcode of what was sent: where it leads is told, and nothing follows from it by itself."""

from typing import Final

from referrals.accounts.viewer import Viewer
from referrals.audit.actions import record
from referrals.casework import indexing
from referrals.casework.actions.timing import Step
from referrals.casework.intake import BY_POSTCODE
from referrals.casework.models import Referral
from referrals.directory.queries import BadPostcode, normalise_postcode, route
from referrals.foundation.errors import IllegalMove, Invalid

POSTCODE: Final = "postcode"


def check_postcode(step: Step) -> None:
    """What is typed must be a postcode, and another than the one that is there."""
    resident = step.referral.resident
    if resident is None:
        raise IllegalMove
    try:
        given = normalise_postcode(step.answers[POSTCODE])
    except BadPostcode:
        raise Invalid({POSTCODE: "Enter a full UK postcode, like W12 7PB"}) from None
    if given == resident.postcode:
        raise Invalid({POSTCODE: "This is the postcode that is there already"})


def correct_postcode(step: Step) -> None:
    """Put it in the place of the wrong one, and find the referral by it.

    The seat of the referral stays that of its office, whatever the postcode: it changes when another office takes it on
    (actions/transferring.py). Where the postcode now leads to this office, it is the postcode that led there.
    """
    referral = step.referral
    assert referral.resident is not None
    referral.resident.postcode = normalise_postcode(step.answers[POSTCODE])
    found = route(referral.resident.postcode)
    leads_here = found is not None and found.constituency.id == referral.constituency_id
    if leads_here:
        referral.routing, referral.routing_note = BY_POSTCODE, None
    facts = {"known": found is not None, "leads_here": leads_here}
    step.facts |= facts
    step.afterwards.append(indexing.reindex)

    def tell_the_other_book(row: Referral) -> None:
        office = Viewer(person_id=None, name="", role=None, organisation_id=row.office_id)
        record("referral.postcode_changed", by=office, subject=("referral", row.id), facts=facts)

    step.afterwards.append(tell_the_other_book)
