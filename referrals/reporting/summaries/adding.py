"""Adding counted referrals to the sums of their owners, or taking them out: one statement for any number of them."""

from typing import Any, Final

from sqlalchemy import (
    CTE,
    BigInteger,
    ColumnElement,
    Select,
    Table,
    cast,
    delete,
    func,
    insert,
    literal,
    select,
    union_all,
)
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Session

from referrals.reporting.days import month_number
from referrals.reporting.summaries.facts import PARTS, REFERRALS, Chosen, parts_now, referrals_now
from referrals.reporting.summaries.measures import OF_PARTS, OF_REFERRALS, Measured
from referrals.reporting.summaries.models import ReportSum

SUMS: Final[Table] = ReportSum.__table__  # type: ignore[assignment]
KEY: Final = tuple(column.name for column in SUMS.primary_key.columns)


def count_again(chosen: Chosen, session: Session) -> None:
    """Count referrals as they are now, whatever they counted as before."""
    add(chosen, session, -1)
    connection = session.connection()
    connection.execute(delete(PARTS).where(chosen(PARTS.c.referral_id)))
    connection.execute(delete(REFERRALS).where(chosen(REFERRALS.c.referral_id)))
    count_first(chosen, session)


def count_first(chosen: Chosen, session: Session) -> None:
    """Count referrals of which none was counted before."""
    connection = session.connection()
    connection.execute(insert(REFERRALS).from_select([*REFERRALS.c], referrals_now(chosen)))
    for part in parts_now(chosen):
        connection.execute(insert(PARTS).from_select([*PARTS.c], part))
    add(chosen, session, 1)


def add(chosen: Chosen, session: Session, sign: int) -> None:
    """Add what is counted of these referrals to the sums, or, with a sign of -1, take it out."""
    connection = session.connection()
    make = postgresql_insert if connection.dialect.name == "postgresql" else sqlite_insert
    statement = make(SUMS).from_select([*KEY, "number", "pence"], added_up(chosen, sign))
    grown = {name: SUMS.c[name] + statement.excluded[name] for name in ("number", "pence")}
    connection.execute(statement.on_conflict_do_update(index_elements=[*KEY], set_=grown))


def added_up(chosen: Chosen, sign: int = 1) -> Select[Any]:
    """The sums of these referrals, from what is counted of them."""
    each = _each(chosen)
    owned = union_all(
        *(
            select(owner.label("owner_id"), *(column for column in each.c if column.name not in _OWNERS)).where(
                owner.is_not(None)
            )
            for owner in (each.c[name] for name in _OWNERS)
        )
    ).subquery("owned")
    key = [owned.c[name] for name in KEY]
    number = func.count() * literal(sign)
    return select(*key, number.label("number"), _whole(func.sum(owned.c.pence) * literal(sign))).group_by(*key)


_OWNERS: Final = ("office_id", "group_id", "programme_id")


def _each(chosen: Chosen) -> CTE:
    """One row for each thing that these referrals count as."""
    referrals = select(REFERRALS).where(chosen(REFERRALS.c.referral_id)).cte("these_referrals")
    parts = select(PARTS).where(chosen(PARTS.c.referral_id)).cte("these_parts")
    rows = [_rows(referrals, name, make(referrals.c)) for name, make in OF_REFERRALS.items()]
    rows += [_rows(parts, name, make(parts.c)) for name, make in OF_PARTS.items()]
    return union_all(*rows).cte("each_thing")


def _rows(source: CTE, name: str, measured: Measured) -> Select[Any]:
    return select(
        *(source.c[owner] for owner in _OWNERS),
        literal(name).label("measure"),
        month_number(measured.day).label("month"),
        measured.category.label("category"),
        measured.code.label("code"),
        measured.aspect.label("aspect"),
        measured.evidenced.label("evidenced"),
        measured.days.label("days"),
        measured.pence.label("pence"),
    ).where(measured.where)


def _whole(number: ColumnElement[Any]) -> ColumnElement[int]:
    # PostgreSQL adds whole numbers up to a decimal.
    return cast(number, BigInteger).label("pence")
