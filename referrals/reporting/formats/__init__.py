"""The catalogue of what a report can be taken away as; each is made from the same report as its page."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from referrals.foundation.errors import NotFound
from referrals.reporting.formats import as_csv, as_json, as_xlsx
from referrals.reporting.report import Report


@dataclass(frozen=True, slots=True)
class Format:
    """One kind of file: its code in addresses, which is also how its name ends, and how it is written."""

    code: str
    label: str
    # For whom it is good.
    hint: str
    content_type: str
    write: Callable[[Report], bytes]

    def file_name(self, report: Report) -> str:
        """The name to save it under: which report and which period, and nothing about anybody."""
        return f"{report.name}-{report.period.code}.{self.code}"


_ALL = (
    Format(
        "xlsx",
        "Excel",
        "a sheet for each table, to go on working with",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        as_xlsx.to_xlsx,
    ),
    Format("csv", "CSV", "one line a number, for any spreadsheet", "text/csv; charset=utf-8", as_csv.to_csv),
    Format("json", "JSON", "for other programs", "application/json", as_json.to_json),
)

FORMATS: Final[dict[str, Format]] = {one.code: one for one in _ALL}


def format_of(code: str) -> Format:
    """The format of that code. Raises NotFound."""
    if code not in FORMATS:
        raise NotFound
    return FORMATS[code]
