"""Steps of stories in which a referral goes from one MP's office to another, with the resident's agreement."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from referrals.accounts.viewer import Viewer
from referrals.casework.actions.agreeing import Agreement
from referrals.casework.actions.transferring import accept_transfer, offer_transfer
from referrals.casework.models import Referral
from referrals.casework.policy import TRANSFER
from referrals.casework.queries.transfers import offers_to, transfer
from referrals.directory.queries import constituency_by_code, offices_in_use
from referrals.foundation import clock


def offer(referral: Referral, step: Mapping[str, Any], by: Viewer) -> None:
    """Offer it to the office of the seat that the step names, as the resident said on the telephone."""
    office_id = _office_of(step["to"])
    agreed = Agreement(
        kind=TRANSFER,
        to_organisation_id=office_id,
        given_by="resident",
        method="by_phone",
        given_on=clock.today(),
        covers_health=True,
    )
    offer_transfer(referral, office_id, step, agreed, by=by, version=None)


def take_on(referral: Referral, step: Mapping[str, Any], by: Viewer) -> None:
    """Take on what was offered, oneself."""
    found = next(one for one in offers_to(by) if one.reference == referral.reference)
    accept_transfer(transfer(found.id, by), {"assignee": by.person_id, **step}, by=by, version=None)


def _office_of(gss_code: str) -> UUID:
    seat = constituency_by_code(gss_code)
    return next(line.id for line in offices_in_use() if seat and line.constituency_id == seat.id)
