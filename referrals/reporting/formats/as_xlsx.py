"""A report as an Excel workbook: what it says first, then a sheet a table, and how everything is counted."""

from referrals.foundation.spreadsheets import Line, Look, Sheet, to_workbook
from referrals.reporting.report import Report, Row, Table, Unit, Value

_LOOKS = {Unit.POUNDS: Look.POUNDS, Unit.PERCENT: Look.PERCENT}


def to_xlsx(report: Report) -> bytes:
    """The workbook. Nothing in it can run: there are no formulas, and words stay words."""
    return to_workbook(report.title, [_answer(report), *map(_sheet, report.tables), _definitions(report)])


def _answer(report: Report) -> Sheet:
    period = report.period
    about: list[Line] = [
        ["About", report.about],
        ["Period", period.label],
        ["Counted on", report.counted_on.isoformat()],
        ["Numbers are", report.precision],
        *(["", sentence] for sentence in report.headline),
        *([["Please note", report.warning]] if report.warning else []),
        [],
    ]
    figures: list[Line] = [
        [one.label, _shown(one.value), f"{one.unit.value} {one.note}".strip()] for one in report.figures
    ]
    return Sheet(report.title, ("Report", report.title), [*about, *figures], widths=(32, 60, 40))


def _sheet(table: Table) -> Sheet:
    rows = [*table.rows, *([table.total] if table.total else [])]
    return Sheet(
        table.title,
        (table.first, *(column.label for column in table.columns)),
        [_line(row) for row in rows],
        looks=(Look.WORDS, *(_LOOKS.get(column.unit, Look.NUMBER) for column in table.columns)),
        widths=(44, *(16 for _ in table.columns)),
        has_total=table.total is not None,
    )


def _line(row: Row) -> Line:
    return [row.label, *map(_shown, row.values)]


def _shown(value: Value) -> Value | str:
    return "not shown" if value is None else value


def _definitions(report: Report) -> Sheet:
    return Sheet(
        "How we count",
        ("Term", "How it is counted"),
        [[one.term, one.words] for one in report.definitions],
        widths=(32, 100),
    )
