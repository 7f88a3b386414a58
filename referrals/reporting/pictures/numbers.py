"""Numbers as a picture writes them: the same as the table beside it."""

from decimal import Decimal

from referrals.reporting.report import Row, Table, Unit, Value


def written(value: Value, unit: Unit, missing: str) -> str:
    """A number in figures; what is said in its place where there is none."""
    if value is None:
        return missing
    if unit is Unit.POUNDS:
        return f"£{value:,.2f}".removesuffix(".00")
    return f"{value}%" if unit is Unit.PERCENT else f"{value:,}"


def column(table: Table, index: int) -> list[Value]:
    """The values of one column, from the first row to the last."""
    return [row.values[index] for row in table.rows]


def most(values: list[Value]) -> int | Decimal:
    """The largest of them; 0 where none is shown."""
    return max((value for value in values if value is not None), default=0)


def own_label(row: Row) -> str:
    """What a row is called beside the row it is a part of."""
    own = row.label.removeprefix(f"{row.part_of}: ") if row.part_of else row.label
    return own[:1].upper() + own[1:]
