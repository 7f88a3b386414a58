"""A number of a report by what it counts, so that its owner can ask for the referrals behind it."""

from dataclasses import dataclass
from typing import Final

LEFT_OPEN: Final = "left_open"
# A result that the group has not answered yet, or that was closed after its time to answer was over.
NOT_ANSWERED: Final = "not_answered"
_ALL: Final = "*"
_YES: Final = "yes"


@dataclass(frozen=True, slots=True)
class Cell:
    """One measure (summaries/measures, or `left_open`), narrowed to what it is divided by; None: all of it."""

    of: str
    category: str | None = None
    code: str | None = None
    # What the group says to a result, or what came of an enquiry.
    aspect: str | None = None
    evidenced: bool = False

    def text(self) -> str:
        """How it is named in an address, in few letters, because a page holds many: "ended.housing.withdrawn"."""
        parts = [self.of, self.category, self.code, self.aspect, _YES if self.evidenced else None]
        while parts[-1] is None:
            parts.pop()
        return ".".join(_ALL if part is None else part for part in parts)


def cell_of(text: str) -> Cell:
    """The cell that an address names; whether there is such a measure shows when it is asked for."""
    parts: list[str | None] = [None if part == _ALL else part for part in text.split(".")[:5]]
    parts += [None] * (5 - len(parts))
    return Cell(parts[0] or "", parts[1], parts[2], parts[3], evidenced=parts[4] == _YES)
