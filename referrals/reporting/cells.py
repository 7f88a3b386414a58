"""A number of a report by what it counts, so that its owner can ask for the referrals behind it."""

import re
from dataclasses import dataclass
from typing import Final

from referrals.foundation.errors import NotFound

LEFT_OPEN: Final = "left_open"
# A result that the group has not answered yet, or that was closed after its time to answer was over.
NOT_ANSWERED: Final = "not_answered"
# Whoever could be asked four weeks later, and those of them whom somebody asked, or tried to.
COULD_BE_ASKED: Final = "could_be_asked"
WAS_ASKED: Final = "was_asked"
# What several aspects are called together.
ASPECTS: Final = {
    NOT_ANSWERED: ("claimed", "unanswered"),
    COULD_BE_ASKED: ("answered", "declined", "not_reached", "not_asked", "waiting", "lapsed"),
    WAS_ASKED: ("answered", "declined", "not_reached"),
}
_ALL: Final = "*"
_YES: Final = "yes"
_PARTS: Final = 7
_SPAN: Final = re.compile(r"(-?\d{1,6})?~(-?\d{1,6})?")
_MONTH: Final = re.compile(r"20\d\d-(0[1-9]|1[0-2])")


@dataclass(frozen=True, slots=True)
class Cell:
    """One measure (summaries/measures, or `left_open`), narrowed to what it is divided by; None: all of it."""

    of: str
    category: str | None = None
    code: str | None = None
    # What the group says to a result, what came of an enquiry, how it was decided.
    aspect: str | None = None
    evidenced: bool = False
    # One month of the period, like "2026-03".
    month: str | None = None
    # From so many days to so many, both included; None where there is no bound.
    days: tuple[int | None, int | None] | None = None

    def text(self) -> str:
        """How it is named in an address, in few letters, because a page holds many: "ended.housing.withdrawn"."""
        span = None if self.days is None else "~".join("" if one is None else str(one) for one in self.days)
        parts = [self.of, self.category, self.code, self.aspect, _YES if self.evidenced else None, self.month, span]
        while parts[-1] is None:
            parts.pop()
        return ".".join(_ALL if part is None else part for part in parts)


def cell_of(text: str) -> Cell:
    """The cell that an address names; whether there is such a measure shows when it is asked for. Raises NotFound."""
    parts: list[str | None] = [None if part == _ALL else part for part in text.split(".")[:_PARTS]]
    parts += [None] * (_PARTS - len(parts))
    of, category, code, aspect, evidenced, month, span = parts
    if month is not None and not _MONTH.fullmatch(month):
        raise NotFound
    return Cell(of or "", category, code, aspect, evidenced=evidenced == _YES, month=month, days=_days(span))


def _days(span: str | None) -> tuple[int | None, int | None] | None:
    if span is None:
        return None
    found = _SPAN.fullmatch(span)
    if found is None:
        raise NotFound
    low, high = (None if one is None else int(one) for one in found.groups())
    return low, high
