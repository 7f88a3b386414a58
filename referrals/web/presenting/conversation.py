"""The conversation of a referral: messages, questions and answers as one thread, with who has seen what."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from flask import url_for

from referrals.accounts.roles import Side
from referrals.accounts.viewer import Viewer
from referrals.casework import policy
from referrals.casework.models import Referral
from referrals.casework.queries import Attention, TimelineEntry
from referrals.casework.workflow import TRANSITIONS, states
from referrals.web.filters import day
from referrals.web.keeping import Place, offer
from referrals.web.presenting.questions import REPLIED, TITLES, in_thread
from referrals.web.presenting.timeline import role_label

# The last of a long thread are what somebody comes for; the others wait behind one click.
SHOWN_AT_ONCE: Final = 6


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads the thread of which referral, and what is known of who has read it."""

    referral: Referral
    viewer: Viewer
    sides: Mapping[Side, str]
    attention: Attention

    def line(self, entry: TimelineEntry) -> dict[str, Any]:
        """One thing that was said."""
        mine, at = entry.side == self.viewer.side, _said_at(entry)
        until = self.attention.last_read_by(self.viewer.organisation_id)
        return {
            "who": entry.by_name,
            "role": role_label(entry.role),
            "organisation": self.sides.get(Side(entry.side), ""),
            "moment": at,
            "title": TITLES.get(entry.code, "Message"),
            "words": "\n\n".join(text for _, text in entry.words),
            "mine": mine,
            "new": not mine and (until is None or at > until),
            "seen": seen_words(self.attention.read_by(self.other(), at), self.viewer) if mine else "",
        }

    def other(self) -> UUID | None:
        """The organisation on the other side."""
        return self.referral.office_id if self.viewer.side is Side.GROUP else self.referral.group_id


def conversation_for(entries: Iterable[TimelineEntry], reader: Reader) -> dict[str, Any]:
    """What `referrals/_conversation.html` reads.

    {thread, earlier: [{who, role, organisation, moment, title, words, mine, new, seen}] oldest first, new: how many of
    them are, waiting: what an open question waits for, answer: where it is answered}
    """
    lines = [reader.line(entry) for entry in sorted(filter(in_thread, entries), key=_said_at)]
    new = [place for place, line in enumerate(lines) if line["new"]]
    # What is new is never put away.
    cut = min([max(0, len(lines) - SHOWN_AT_ONCE), *new[:1]])
    return {
        "earlier": lines[:cut],
        "thread": lines[cut:],
        "new": len(new),
        "waiting": waiting_words(reader.referral, reader.viewer, reader.sides),
        "answer": _answer_link(reader.referral, reader.viewer),
    }


def waiting_words(referral: Referral, viewer: Viewer, sides: Mapping[Side, str]) -> str:
    """Who must answer the open question by when, and that the office's clock stands still; nothing while none is."""
    if referral.state != states.INFORMATION_REQUESTED:
        return ""
    by = f" by {day(referral.due_on)}" if referral.due_on else ""
    if viewer.side is Side.GROUP:
        return f"The office waits for your answer{by}. Its clock stands still until you give it."
    return f"{sides[Side.GROUP]} is to answer{by}. Your clock stands still until they do."


def _answer_link(referral: Referral, viewer: Viewer) -> str:
    """Where the group answers the open question; nothing while none is open, or for anybody else."""
    row = TRANSITIONS[REPLIED]
    if not (policy.is_legal(row, referral, viewer) and policy.may_make(row, referral, viewer)):
        return ""
    return url_for("moves.new", reference=referral.reference, transition=REPLIED.replace("_", "-"))


def seen_words(at: datetime | None, viewer: Viewer) -> str:
    """Whether the other side has seen what one's own side said, and since when."""
    reader = "the office" if viewer.side is Side.GROUP else "the group"
    return f"Seen by {reader} on {day(at)}" if at else "Not seen yet"


def _said_at(entry: TimelineEntry) -> datetime:
    """Since when the other side could read it: a private note may have been shared long after it was written."""
    return entry.shared_at or entry.at


def kept_for(referral: Referral, attention: Attention, form: str) -> dict[str, Any] | None:
    """What was typed into a composer of the page and not sent: it is gone on with on the composer's own page."""
    at = attention.kept_for(form)
    if at is None or not referral.reference:
        return None
    return offer(at, Place(referral.reference, form))
