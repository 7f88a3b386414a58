"""What referrals count as, read from the tables of casework as they are now: a SELECT for each kind of counted row."""

from collections.abc import Callable
from typing import Any, Final
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Integer,
    Select,
    Table,
    and_,
    case,
    cast,
    exists,
    func,
    literal,
    null,
    or_,
    select,
    type_coerce,
)
from sqlalchemy.orm import InstrumentedAttribute, aliased

from referrals.casework.asking import NO_REPLY, REPLIES
from referrals.casework.models import Enquiry, MoneyRow, Outcome, OutcomeCode, Referral
from referrals.casework.policy import ANSWERED, REQUEST_FOR_ADVICE
from referrals.casework.workflow import states
from referrals.directory.models import Agency, Group
from referrals.reporting.days import day_number, london_day_number
from referrals.reporting.summaries.models import CODE, ENQUIRY, MONEY, CountedPart, CountedReferral

# What counts as evidence for a sum: a paper or a payment that somebody has seen (codes of the list evidence_kinds).
SEEN: Final = ("decision_letter", "payment_seen", "agency_reply", "court_or_tribunal_order")
CONFIRMED: Final = "confirmed"
# What came of an enquiry.
REPLIED: Final = "answered"
WAITING: Final = "waiting"
GIVEN_UP: Final = "given_up"
# Typed, so that rows can be put together.
_NONE: Final = cast(null(), Integer)

REFERRALS: Final[Table] = CountedReferral.__table__  # type: ignore[assignment]
PARTS: Final[Table] = CountedPart.__table__  # type: ignore[assignment]

# The condition that picks referrals, given the column that holds their ids.
Chosen = Callable[[Any], ColumnElement[bool]]


def these(ids: list[UUID]) -> Chosen:
    """The referrals of these ids."""
    return lambda column: column.in_(ids)


def between(after: UUID | None, last: UUID) -> Chosen:
    """The referrals after one id (None: from the first) up to another."""
    if after is None:
        return lambda column: column <= last
    return lambda column: and_(column > after, column <= last)


def referrals_now(chosen: Chosen) -> Select[Any]:
    """The rows of `counted_referrals`, column by column."""
    later = aliased(Outcome)
    newer = exists().where(
        later.referral_id == Outcome.referral_id, later.superseded_at.is_(None), later.id > Outcome.id
    )
    standing = and_(Outcome.referral_id == Referral.id, Outcome.superseded_at.is_(None), ~newer)
    sent, ended = Referral.submitted_at, Referral.ended_at
    columns: list[Any] = [
        Referral.id,
        Referral.office_id,
        Referral.group_id,
        Group.programme_id,
        _one_where(Referral.issue_type == REQUEST_FOR_ADVICE),
        func.coalesce(Referral.category, ""),
        london_day_number(sent),
        london_day_number(Referral.seen_at),
        london_day_number(Referral.accepted_at),
        london_day_number(Referral.started_at),
        london_day_number(Referral.outcome_at),
        london_day_number(ended),
        _ended_as(),
        london_day_number(sent) - day_number(Referral.waiting_since),
        _took(sent, Referral.seen_at),
        _took(sent, Referral.accepted_at),
        _took(Referral.accepted_at, Referral.started_at),
        _took(Referral.started_at, Referral.outcome_at),
        _took(Referral.outcome_at, ended),
        _took(sent, ended),
        Outcome.id,
        london_day_number(Outcome.recorded_at),
        func.coalesce(Outcome.resolution, ""),
        func.coalesce(Outcome.standing, ""),
        _one_where(Outcome.evidenced),
    ]
    return (
        select(*_named(REFERRALS, columns))
        .select_from(Referral)
        .outerjoin(Group, Group.organisation_id == Referral.group_id)
        .outerjoin(Outcome, standing)
        .where(chosen(Referral.id), _counts())
    )


def _counts() -> ColumnElement[bool]:
    return and_(Referral.submitted_at.is_not(None), Referral.state != states.ENTERED_IN_ERROR)


def _one_where(condition: ColumnElement[bool] | InstrumentedAttribute[bool]) -> ColumnElement[int]:
    return case((condition, 1), else_=0)


def _ended_as() -> ColumnElement[str]:
    answered = and_(Referral.issue_type == REQUEST_FOR_ADVICE, Referral.end_reason == ANSWERED)
    return case((Referral.ended_at.is_(None), ""), (answered, ANSWERED), else_=Referral.state)


def _took(begun: InstrumentedAttribute[Any], ended: InstrumentedAttribute[Any]) -> ColumnElement[int | None]:
    # What begins again, in another office or once more, has no stage before it that ended.
    return case((begun <= ended, london_day_number(ended) - london_day_number(begun)), else_=None)


def parts_now(chosen: Chosen) -> list[Select[Any]]:
    """The rows of `counted_parts`, column by column, once the referrals themselves are in `counted_referrals`."""
    return [_codes(chosen), _money(chosen), _enquiries(chosen)]


def _codes(chosen: Chosen) -> Select[Any]:
    counted, none = CountedReferral, literal(0)
    columns: list[Any] = [
        *(counted.referral_id, literal(CODE), OutcomeCode.code, literal(""), literal(1)),
        *(counted.office_id, counted.group_id, counted.programme_id, counted.recorded),
        *(counted.standing, counted.evidenced, none, none, none, _NONE, _NONE),
    ]
    return (
        select(*_named(PARTS, columns))
        .join(OutcomeCode, OutcomeCode.outcome_id == counted.outcome_id)
        .where(chosen(counted.referral_id), counted.is_advice == 0)
    )


def _money(chosen: Chosen) -> Select[Any]:
    """One row a referral, kind and basis; a regular payment counts as what it comes to in a year."""
    counted = CountedReferral
    pence = type_coerce(func.coalesce(MoneyRow.annual_amount, MoneyRow.amount), BigInteger)
    key = (counted.referral_id, MoneyRow.kind, MoneyRow.basis)
    of_referral = (counted.office_id, counted.group_id, counted.programme_id, counted.recorded)
    columns: list[Any] = [
        *(counted.referral_id, literal(MONEY), MoneyRow.kind, MoneyRow.basis, literal(1), *of_referral),
        *(literal(""), literal(0), func.sum(pence)),
        func.sum(case((counted.standing == CONFIRMED, pence), else_=0)),
        func.sum(case((MoneyRow.evidence.in_(SEEN), pence), else_=0)),
        *(_NONE, _NONE),
    ]
    return (
        select(*_named(PARTS, columns))
        .join(MoneyRow, MoneyRow.outcome_id == counted.outcome_id)
        .where(chosen(counted.referral_id), counted.is_advice == 0)
        .group_by(*key, *of_referral, counted.standing)
    )


def _enquiries(chosen: Chosen) -> Select[Any]:
    """All that were sent count for the office that sent them.

    For everybody else only the first of a referral to a body counts, so that no number stands for fewer residents than
    it says.
    """
    place = func.row_number().over(
        partition_by=(Enquiry.referral_id, Enquiry.agency_id), order_by=(Enquiry.sent_on, Enquiry.id)
    )
    about = or_(Referral.issue_type.is_(None), Referral.issue_type != REQUEST_FOR_ADVICE)
    for_others = and_(_counts(), about)
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
    none = literal(0)
    columns: list[Any] = [
        *(column.referral_id, literal(ENQUIRY), column.code, literal(""), column.place, column.office_id),
        case((first, column.group_id), else_=None),
        case((first, column.programme_id), else_=None),
        *(column.day, column.standing, none, none, none, none, column.ended, column.target),
    ]
    return select(*_named(PARTS, columns))


def _named(table: Table, columns: list[Any]) -> list[Any]:
    """Each by the name it has in the table; the same one can stand in several places."""
    return [found.label(column.name) for found, column in zip(columns, table.columns, strict=True)]


def _came_of_it() -> ColumnElement[str]:
    return case(
        (Enquiry.result.in_(REPLIES), REPLIED),
        (Enquiry.ended_on.is_(None), WAITING),
        (Enquiry.result == NO_REPLY, NO_REPLY),
        else_=GIVEN_UP,
    )
