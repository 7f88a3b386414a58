"""The referrals behind a number of a report, as their page shows them: addresses and lines."""

from collections.abc import Callable
from typing import Any

from flask import url_for

from referrals.casework.queries import Line
from referrals.reporting.catalogue import Request
from referrals.reporting.cells import Cell


def addresses_of(asked: Request) -> Callable[..., str]:
    """What gives the address of the referrals behind a cell of a report."""

    def address(cell: Cell, **more: str) -> str:
        named: dict[str, Any] = {"name": asked.entry.name, "cell": cell.text(), **more}
        # The widest period is the one that is read unasked.
        if asked.period != asked.choices[0]:
            named["period"] = asked.period.code
        return url_for("reports.behind", **named)

    return address


def lines_of(found: list[Line]) -> list[dict[str, Any]]:
    """The lines of the list."""
    return [
        {
            "href": url_for("referrals.show", reference=line.reference),
            "reference": line.reference,
            "summary": line.summary or line.reference,
            "state": line.state,
            "tag": line.tag,
            "group": line.group_name,
            "sent_at": line.submitted_at,
            "ended_on": line.ended_on,
        }
        for line in found
    ]
