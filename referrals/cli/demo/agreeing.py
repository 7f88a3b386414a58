"""Steps of stories in which a resident agrees to something more, for a while, or takes it back."""

from collections.abc import Mapping
from typing import Any

from referrals.accounts.viewer import Viewer
from referrals.casework.actions.agreeing import Agreement, record_consent, withdraw_consent
from referrals.casework.asking import AGENCY
from referrals.casework.models import Referral
from referrals.casework.queries import consents_of
from referrals.directory.queries import agencies
from referrals.foundation import clock


def agree(referral: Referral, step: Mapping[str, Any], by: Viewer) -> None:
    """The office may ask the body that the step names, until the day it says if any, as was said on the telephone."""
    agreed = Agreement(
        kind=AGENCY,
        agency_id=next(body.id for body in agencies() if body.code == step["body"]),
        given_by="resident",
        method="by_phone",
        given_on=clock.today(),
        expires_on=step.get("until"),
    )
    record_consent(referral, agreed, by=by)


def take_back(referral: Referral, step: Mapping[str, Any], by: Viewer) -> None:
    """The oldest of these agreements that stands counts no longer."""
    given = [one for one in consents_of(referral, by) if one.kind == AGENCY and one.withdrawn_at is None]
    withdraw_consent(given[0], step["words"], by=by)
