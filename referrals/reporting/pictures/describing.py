"""What a picture says, in words, for people who do not see it; the numbers themselves stand in the table beside it."""

from referrals.reporting.pictures import bars, flow, lines, numbers
from referrals.reporting.report import Column, Picture, Row, Table, Value


def describe(table: Table, missing: str) -> str:
    """One or a few sentences."""
    return {
        Picture.BARS: _bars,
        Picture.LINES: _lines,
        Picture.DISTRIBUTION: _distribution,
        Picture.FLOW: _flow,
    }[table.picture](table, missing)


def _number(value: Value, column: Column, missing: str) -> str:
    return numbers.written(value, column.unit, f"{missing[:1].lower()}{missing[1:]}")


def _bars(table: Table, missing: str) -> str:
    columns = table.charted[: bars.SERIES]

    def row(one: Row) -> str:
        named = [(table.columns[index], one.values[index]) for index in columns]
        if len(columns) == 1:
            return f"{one.label}: {_number(one.values[columns[0]], table.columns[columns[0]], missing)}"
        said = (f"{column.label} {_number(value, column, missing)}" for column, value in named)
        return f"{one.label}: {', '.join(said)}"

    return "; ".join(row(one) for one in table.rows) + "."


def _lines(table: Table, missing: str) -> str:
    sentences = []
    for index in table.charted[: lines.SERIES]:
        column = table.columns[index]
        shown = [(row.label, row.values[index]) for row in table.rows if row.values[index] is not None]
        if not shown:
            sentences.append(f"{column.label}: {missing[:1].lower()}{missing[1:]}.")
            continue
        first, last = shown[0], shown[-1]
        month, most = max(shown, key=lambda one: one[1] or 0)
        gaps = len(table.rows) - len(shown)
        sentences.append(
            f"{column.label}: {_number(first[1], column, '')} in {first[0]}, "
            f"{_number(last[1], column, '')} in {last[0]}, and at most {_number(most, column, '')}, in {month}"
            + (f"; {missing[:1].lower()}{missing[1:]} for {gaps} of {len(table.rows)}." if gaps else ".")
        )
    return " ".join(sentences)


def _distribution(table: Table, missing: str) -> str:
    index = table.charted[0]
    bands = "; ".join(f"{row.label}: {_number(row.values[index], table.columns[index], missing)}" for row in table.rows)
    return f"{table.first}: {bands}." + "".join(f" {mark.label}." for mark in table.marks)


def _flow(table: Table, missing: str) -> str:
    column = table.columns[table.charted[0]]

    def said(row: Row) -> str:
        return f"{numbers.own_label(row)}: {_number(row.values[table.charted[0]], column, missing)}"

    def whole(row: Row) -> str:
        parts = flow.parts_of(table, row)
        return said(row) + (f" ({', '.join(said(part) for part in parts)})" if parts else "")

    begin = f"{said(table.total)}. " if table.total else ""
    return begin + "; ".join(whole(row) for row in flow.parts_of(table, None)) + "."
