"""The agreements of residents, with what decides today whether they stand."""

from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, case, func, select

from referrals.casework.models import Consent, Referral
from referrals.casework.policy import OWN_REQUEST
from referrals.casework.workflow import states
from referrals.directory.models import Group
from referrals.reporting.days import day_number, london_day_number
from referrals.reporting.summaries.facts.referrals import about_a_resident
from referrals.reporting.summaries.facts.tables import AGREEMENTS, Chosen, named, one_where

APPROVED: Final = "approved"
UNAPPROVED: Final = "waiting"


def agreements_now(chosen: Chosen) -> Select[Any]:
    """The rows of `counted_agreements`, column by column: an office holds those of what was sent to it."""
    is_sent = Referral.submitted_at.is_not(None)
    columns: list[Any] = [
        Consent.referral_id,
        Consent.id,
        case((is_sent, Referral.office_id), else_=None),
        Referral.group_id,
        Group.programme_id,
        Consent.kind,
        func.coalesce(Consent.scope, ""),
        Consent.ground,
        _approval(),
        one_where(Referral.ended_at.is_(None)),
        london_day_number(Consent.created_at),
        london_day_number(Consent.withdrawn_at),
        day_number(Consent.expires_on),
    ]
    return (
        select(*named(AGREEMENTS, columns))
        .select_from(Consent)
        .join(Referral, Referral.id == Consent.referral_id)
        .outerjoin(Group, Group.organisation_id == Referral.group_id)
        .where(chosen(Consent.referral_id), Referral.state != states.ENTERED_IN_ERROR, about_a_resident())
    )


def _approval() -> ColumnElement[str]:
    waits = and_(Consent.ground != OWN_REQUEST, Consent.withdrawn_at.is_(None), Referral.ended_at.is_(None))
    return case((Consent.approved_at.is_not(None), APPROVED), (waits, UNAPPROVED), else_="")
