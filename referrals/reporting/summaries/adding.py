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
from referrals.reporting.summaries.facts import NOW, Chosen
from referrals.reporting.summaries.measures import KEPT_OF, Measured
from referrals.reporting.summaries.models import ReportSum

SUMS: Final[Table] = ReportSum.__table__  # type: ignore[assignment]
KEY: Final = tuple(column.name for column in SUMS.primary_key.columns)


def count_again(chosen: Chosen, session: Session) -> None:
    """Count referrals as they are now, whatever they counted as before."""
    add(chosen, session, -1)
    connection = session.connection()
    for table in NOW:
        connection.execute(delete(table).where(chosen(table.c.referral_id)))
    count_first(chosen, session)


def count_first(chosen: Chosen, session: Session) -> None:
    """Count referrals of which none was counted before."""
    connection = session.connection()
    for table, rows_now in NOW.items():
        for rows in rows_now(chosen):
            connection.execute(insert(table).from_select([*table.c], rows))
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
    rows: list[Select[Any]] = []
    for table, measures in KEPT_OF.items():
        some = select(table).where(chosen(table.c.referral_id)).cte(f"some_{table.name}")
        rows += [_rows(some, name, make(some.c)) for name, make in measures.items()]
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
