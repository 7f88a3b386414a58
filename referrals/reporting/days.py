"""Days in SQL: the London calendar day of a stored moment as a number, and its month, the same on both databases."""

from typing import Any

from sqlalchemy import ColumnElement, Integer, String
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement


class day_number(FunctionElement[int]):  # noqa: N801 - it is read as a function of SQL
    """The number of a date, counted in days from 1 January 2000."""

    type = Integer()
    inherit_cache = True

    def __init__(self, day: ColumnElement[Any] | Any) -> None:
        super().__init__(day)


class london_day_number(FunctionElement[int]):  # noqa: N801 - as above
    """The number of the London day on which a stored moment falls, counted as `day_number`."""

    type = Integer()
    inherit_cache = True

    def __init__(self, moment: ColumnElement[Any] | Any) -> None:
        super().__init__(moment)


class london_month(FunctionElement[str]):  # noqa: N801 - as above
    """The month of the London day on which a stored moment falls, like "2026-03"."""

    type = String()
    inherit_cache = True

    def __init__(self, moment: ColumnElement[Any] | Any) -> None:
        super().__init__(london_day_number(moment))


@compiles(day_number, "postgresql")
def _day_postgresql(element: day_number, compiler: SQLCompiler, **kwargs: Any) -> str:
    return f"({compiler.process(element.clauses, **kwargs)} - DATE '2000-01-01')"


@compiles(day_number, "sqlite")
def _day_sqlite(element: day_number, compiler: SQLCompiler, **kwargs: Any) -> str:
    return f"CAST(julianday({compiler.process(element.clauses, **kwargs)}) - 2451544.5 AS INTEGER)"


@compiles(london_day_number, "postgresql")
def _london_postgresql(element: london_day_number, compiler: SQLCompiler, **kwargs: Any) -> str:
    moment = compiler.process(element.clauses, **kwargs)
    return f"(CAST(timezone('Europe/London', {moment}) AS DATE) - DATE '2000-01-01')"


@compiles(london_day_number, "sqlite")
def _london_sqlite(element: london_day_number, compiler: SQLCompiler, **kwargs: Any) -> str:
    """The stored text is UTC, so the London day is another one only in the last hour of a day of summer time.

    Summer time runs from 1am UTC on the last Sunday of March to 1am UTC on the last Sunday of October (Summer Time
    Order 2002).
    """
    moment = compiler.process(element.clauses, **kwargs)
    year = f"substr({moment}, 1, 4)"
    begins = f"date({year} || '-04-01', 'weekday 0', '-7 days')"
    ends = f"date({year} || '-11-01', 'weekday 0', '-7 days')"
    is_later = f"substr({moment}, 12, 2) = '23' AND {moment} >= {begins} AND {moment} < {ends}"
    return f"(CAST(julianday(substr({moment}, 1, 10)) - 2451544.5 AS INTEGER) + CASE WHEN {is_later} THEN 1 ELSE 0 END)"


@compiles(london_month, "postgresql")
def _month_postgresql(element: london_month, compiler: SQLCompiler, **kwargs: Any) -> str:
    return f"to_char(DATE '2000-01-01' + {compiler.process(element.clauses, **kwargs)}, 'YYYY-MM')"


@compiles(london_month, "sqlite")
def _month_sqlite(element: london_month, compiler: SQLCompiler, **kwargs: Any) -> str:
    return f"strftime('%Y-%m', 2451544.5 + {compiler.process(element.clauses, **kwargs)})"
