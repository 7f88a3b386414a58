"""Papers that leave by mail on purpose: made anew from what is kept of them, each time one is handed over.

Every other mail is a reference and a link. A paper is written to be read outside: somebody has approved it, and
somebody has sent it to this address. So its mail says what it is, and carries it as a file. The outbox holds nothing
of it but its kind and id; what may no longer be shown is not in it, however long the mail has waited.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.exc import SQLAlchemyError

from referrals.foundation.database import ReadOnly
from referrals.foundation.sealing import SealError


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper as its mail brings it: the words of the mail, who gets an answer to it, and the PDF."""

    subject: str
    body: str
    answers_to: str
    file_name: str
    content: bytes


class PaperFailed(Exception):
    """It could not be made. Says the class of the fault and no more: its text may quote what the paper says."""


# None for a paper that there is not, or that was not sent.
Maker = Callable[[UUID], Paper | None]

_makers: dict[str, Maker] = {}


def configure(makers: Mapping[str, Maker]) -> None:
    """Say at start who makes each kind of paper; the rooms that keep them lie above this one."""
    _makers.clear()
    _makers.update(makers)


def is_paper(kind: str) -> bool:
    """Whether messages of this kind bring a paper."""
    return kind in _makers


def paper(kind: str, paper_id: UUID) -> Paper | None:
    """The paper as it may leave now; None where there is none.

    Raises PaperFailed where this one cannot be made, whatever the fault. Only what is wrong with the database or a seal
    goes on as it is, because that is no fault of the paper's, and an attempt to write, which is one of the program's.
    """
    try:
        return _makers[kind](paper_id)
    except (SQLAlchemyError, SealError, ReadOnly):
        raise
    except Exception as fault:  # noqa: BLE001 - one paper must not keep every other message from leaving
        raise PaperFailed(type(fault).__name__) from None
