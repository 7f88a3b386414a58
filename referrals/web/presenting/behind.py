"""The referrals behind a number of a report, as their page shows them: addresses, words and lines."""

from collections.abc import Callable
from typing import Any, Final

from flask import url_for

from referrals.casework.queries import Line
from referrals.casework.workflow import STATES
from referrals.directory import lists
from referrals.foundation.errors import NotFound
from referrals.reporting.catalogue import Request
from referrals.reporting.cells import LEFT_OPEN, NOT_ANSWERED, Cell
from referrals.reporting.summaries import measures

# What a number counts, and the list that its codes are of.
_WORDS: Final = {
    measures.RECEIVED: ("Received", ""),
    measures.ACCEPTED: ("Accepted", ""),
    measures.ENDED: ("Ended", "states"),
    LEFT_OPEN: ("Still open", ""),
    measures.RESULT: ("With a result", "resolutions"),
    measures.CLOSED: ("Closed", "resolutions"),
    measures.OUTCOME_CODE: ("With an outcome", "outcomes"),
    measures.SEEN: ("Opened by the office", ""),
    measures.TAKEN_ON: ("Taken on", ""),
    measures.STARTED: ("Work begun", ""),
    measures.HAS_RESULT: ("From work begun to a result", ""),
    measures.ANSWERED_RESULT: ("From the result to the end", ""),
    measures.WHOLE: ("Ended", ""),
    measures.ASKED: ("A body was asked", lists.AGENCIES),
}
_ASPECTS: Final = {
    "confirmed": "confirmed",
    "disputed": "disputed",
    NOT_ANSWERED: "not answered",
    "answered": "answered",
    "waiting": "still waiting",
    "given_up": "given up",
}


def addresses_of(asked: Request) -> Callable[..., str]:
    """What gives the address of the referrals behind a cell of a report."""

    def address(cell: Cell, **more: str) -> str:
        named: dict[str, Any] = {"name": asked.entry.name, "cell": cell.text(), **more}
        # The widest period is the one that is read unasked.
        if asked.period != asked.choices[0]:
            named["period"] = asked.period.code
        return url_for("reports.behind", **named)

    return address


def words_of(cell: Cell) -> str:
    """What a cell counts, like "Received: Housing". Raises NotFound for codes that there are not."""
    if cell.of not in _WORDS:
        raise NotFound
    words, of = _WORDS[cell.of]
    parts = [
        _label(of, cell.code) if cell.code is not None else "",
        _label("categories", cell.category) if cell.category else "no category" if cell.category == "" else "",
        _aspect(cell.aspect),
        "evidenced" if cell.evidenced else "",
    ]
    found = ", ".join(part for part in parts if part)
    return f"{words}: {found}" if found else words


def _label(of: str, code: str) -> str:
    if of == "states":
        if code not in STATES:
            raise NotFound
        return STATES[code].label_office
    if not of or code not in lists.codes(of):
        raise NotFound
    return lists.label(of, code)


def _aspect(aspect: str | None) -> str:
    if aspect is None:
        return ""
    if aspect not in _ASPECTS:
        raise NotFound
    return _ASPECTS[aspect]


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
