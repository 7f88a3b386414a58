"""Enquiries, as parts of the referrals they were sent about."""

from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, case, func, literal, select

from referrals.casework.asking import NO_REPLY, REPLIES
from referrals.casework.models import Enquiry, Referral
from referrals.directory.models import Agency, Group
from referrals.reporting.days import day_number
from referrals.reporting.summaries.facts.referrals import about_a_resident
from referrals.reporting.summaries.facts.tables import PARTS, Chosen, counts, named
from referrals.reporting.summaries.models import ENQUIRY

# What came of an enquiry.
REPLIED: Final = "answered"
WAITING: Final = "waiting"
GIVEN_UP: Final = "given_up"


def enquiries_now(chosen: Chosen) -> Select[Any]:
    """All that were sent count for the office that sent them.

    For everybody else only the first of a referral to a body counts, so that no number stands for fewer residents than
    it says.
    """
    place = func.row_number().over(
        partition_by=(Enquiry.referral_id, Enquiry.agency_id), order_by=(Enquiry.sent_on, Enquiry.id)
    )
    for_others = and_(counts(), about_a_resident())
    each = (
        select(
            Enquiry.referral_id,
            Agency.code,
            place.label("place"),
            Enquiry.office_id,
            case((for_others, Referral.group_id), else_=None).label("group_id"),
            case((for_others, Group.programme_id), else_=None).label("programme_id"),
            day_number(Enquiry.sent_on).label("day"),
            _came_of_it().label("standing"),
            day_number(Enquiry.ended_on).label("ended"),
            day_number(Enquiry.target_on).label("target"),
        )
        .join(Agency, Agency.id == Enquiry.agency_id)
        .join(Referral, Referral.id == Enquiry.referral_id)
        .outerjoin(Group, Group.organisation_id == Referral.group_id)
        .where(chosen(Enquiry.referral_id))
        .subquery("each")
    )
    column = each.c
    first = column.place == 1
    nothing, none = literal(""), literal(0)
    columns: list[Any] = [
        *(column.referral_id, literal(ENQUIRY), column.code, nothing, column.place, nothing, column.office_id),
        case((first, column.group_id), else_=None),
        case((first, column.programme_id), else_=None),
        *(column.day, column.standing, none, none, none, none, column.ended, column.target),
    ]
    return select(*named(PARTS, columns))


def _came_of_it() -> ColumnElement[str]:
    return case(
        (Enquiry.result.in_(REPLIES), REPLIED),
        (Enquiry.ended_on.is_(None), WAITING),
        (Enquiry.result == NO_REPLY, NO_REPLY),
        else_=GIVEN_UP,
    )
