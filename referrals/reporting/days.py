"""Days in SQL: the London calendar day of a stored moment as a number, and its month, the same on both databases."""

from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, Integer
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

_FIRST: Final = date(2000, 1, 1)


def number_of(day: date) -> int:
    """The number of a day, as `day_number` counts it in SQL."""
    return (day - _FIRST).days


def day_of(number: int) -> date:
    """The day of that number."""
    return _FIRST + timedelta(days=number)


def month_of(day: date) -> int:
    """The number of the month of a day, as `month_number` counts it in SQL."""
    return (day.year - _FIRST.year) * 12 + day.month - 1


def first_of_month(number: int) -> date:
    """The first day of the month of that number."""
    return date(_FIRST.year + number // 12, number % 12 + 1, 1)


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


class month_number(FunctionElement[int]):  # noqa: N801 - as above
    """The number of the month in which a day falls that is given by its number; January 2000 is 0."""

    type = Integer()
    inherit_cache = True

    def __init__(self, day: ColumnElement[Any] | Any) -> None:
        super().__init__(day)


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


@compiles(month_number, "postgresql")
def _month_number_postgresql(element: month_number, compiler: SQLCompiler, **kwargs: Any) -> str:
    day = f"(DATE '2000-01-01' + {compiler.process(element.clauses, **kwargs)})"
    return f"CAST(EXTRACT(YEAR FROM {day}) * 12 + EXTRACT(MONTH FROM {day}) - 24001 AS INTEGER)"


@compiles(month_number, "sqlite")
def _month_number_sqlite(element: month_number, compiler: SQLCompiler, **kwargs: Any) -> str:
    day = f"({compiler.process(element.clauses, **kwargs)} + 2451544.5)"
    return f"(CAST(strftime('%Y', {day}) AS INTEGER) * 12 + CAST(strftime('%m', {day}) AS INTEGER) - 24001)"
