"""The codes of results and their money, as parts of referrals that are counted already."""

from typing import Any, Final

from sqlalchemy import BigInteger, ColumnElement, Select, case, func, literal, select, type_coerce

from referrals.casework.models import MoneyRow, OutcomeCode
from referrals.reporting.summaries.facts.tables import NO_NUMBER, PARTS, Chosen, named
from referrals.reporting.summaries.models import CODE, GAIN, MONEY, CountedReferral

# What counts as evidence for a sum: a paper or a payment that somebody has seen (codes of the list evidence_kinds).
SEEN: Final = ("decision_letter", "payment_seen", "agency_reply", "court_or_tribunal_order")
CONFIRMED: Final = "confirmed"
_NOTHING: Final = literal("")
_NONE: Final = literal(0)
_OWNED: Final = (
    *(CountedReferral.office_id, CountedReferral.group_id, CountedReferral.programme_id, CountedReferral.recorded),
)


def codes_now(chosen: Chosen) -> Select[Any]:
    """One row for each code of a result that stands."""
    counted = CountedReferral
    columns: list[Any] = [
        *(counted.referral_id, literal(CODE), OutcomeCode.code, _NOTHING, literal(1), _NOTHING, *_OWNED),
        *(counted.standing, counted.evidenced, _NONE, _NONE, _NONE, NO_NUMBER, NO_NUMBER),
    ]
    return (
        select(*named(PARTS, columns))
        .join(OutcomeCode, OutcomeCode.outcome_id == counted.outcome_id)
        .where(chosen(counted.referral_id), counted.is_advice == 0)
    )


def money_now(chosen: Chosen) -> Select[Any]:
    """One row a referral, kind and basis; a regular payment counts as what it comes to in a year."""
    counted = CountedReferral
    key = (counted.referral_id, MoneyRow.kind, MoneyRow.basis)
    columns: list[Any] = [
        *(counted.referral_id, literal(MONEY), MoneyRow.kind, MoneyRow.basis, literal(1), counted.category, *_OWNED),
        *(_NOTHING, _NONE, *_pence(), NO_NUMBER, NO_NUMBER),
    ]
    return (
        select(*named(PARTS, columns))
        .join(MoneyRow, MoneyRow.outcome_id == counted.outcome_id)
        .where(chosen(counted.referral_id), counted.is_advice == 0)
        .group_by(*key, counted.category, *_OWNED, counted.standing)
    )


def gains_now(chosen: Chosen) -> Select[Any]:
    """The same once for each code of the result: one row a referral, code, kind and basis."""
    counted = CountedReferral
    # Each kind of money stands beside every code, so all rows of a code have the same place. Numbering the codes first,
    # in a query of their own, took PostgreSQL minutes where it knew no numbers of rows yet.
    place = func.dense_rank().over(partition_by=counted.referral_id, order_by=OutcomeCode.code)
    columns: list[Any] = [
        *(counted.referral_id, literal(GAIN), MoneyRow.kind, MoneyRow.basis, place, OutcomeCode.code, *_OWNED),
        *(_NOTHING, _NONE, *_pence(), NO_NUMBER, NO_NUMBER),
    ]
    return (
        select(*named(PARTS, columns))
        .join(MoneyRow, MoneyRow.outcome_id == counted.outcome_id)
        .join(OutcomeCode, OutcomeCode.outcome_id == counted.outcome_id)
        .where(chosen(counted.referral_id), counted.is_advice == 0)
        .group_by(counted.referral_id, MoneyRow.kind, MoneyRow.basis, OutcomeCode.code, *_OWNED, counted.standing)
    )


def _pence() -> list[ColumnElement[Any]]:
    """All of it, what the group confirms of it, and what there is evidence for."""
    pence = type_coerce(func.coalesce(MoneyRow.annual_amount, MoneyRow.amount), BigInteger)
    return [
        func.sum(pence),
        func.sum(case((CountedReferral.standing == CONFIRMED, pence), else_=0)),
        func.sum(case((MoneyRow.evidence.in_(SEEN), pence), else_=0)),
    ]
