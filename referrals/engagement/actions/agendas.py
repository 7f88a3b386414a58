"""Saying what is to be talked about at a meeting: drafted from what is open, added to, put in order, taken off."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from referrals.accounts.viewer import Viewer
from referrals.audit.actions import record
from referrals.engagement.models import AgendaItem, Meeting
from referrals.engagement.policy import meetings as policy
from referrals.engagement.queries import agendas as read
from referrals.engagement.queries.meetings import meeting
from referrals.foundation.database import db
from referrals.foundation.errors import IllegalMove, Invalid
from referrals.foundation.faults import length_fault, refuse, words_fault

WORDS: Final = "words"
REFERRAL: Final = "referral"
BRIEF: Final = "brief"
FOLLOW_UP: Final = "follow_up"
# In which order a draft has them.
SOURCES: Final = (FOLLOW_UP, BRIEF, REFERRAL)
# Of one source so many are on an agenda by themselves: more than that nobody talks about.
MOST: Final = 10
LONGEST: Final = 200
MISSING: Final = "Say what is to be talked about"
MOST_ITEMS: Final = 60
STEPS: Final = ("up", "down", "off", "back")


def draft_agenda(found: Meeting, open_now: Sequence[tuple[str, UUID]], *, by: Viewer) -> int:
    """Put on the agenda what is open and was never on it, each a source and its id, the most pressing first; how many.

    What was taken off stays off, and what is on it stays where it is. Raises NotFound, NotAllowed, and IllegalMove once
    the meeting is cancelled or in the log.
    """
    items = _held(found, by)
    known = {(one.source, one.source_id) for one in items}
    added = 0
    for source in SOURCES:
        room = MOST - _on_it(items, source)
        new = [one for one in open_now if one[0] == source and one not in known]
        for _, source_id in new[: max(room, 0)]:
            _add(found, _next_place(items) + added, source, source_id)
            added += 1
    _note("agenda.drafted", found, by, {"added": added})
    return added


def is_full(items: Sequence[AgendaItem], source: str) -> bool:
    """Whether as much of a source is on an agenda as a draft puts there."""
    return _on_it(items, source) >= MOST


def _on_it(items: Sequence[AgendaItem], source: str) -> int:
    return sum(one.source == source and not one.left_out for one in items)


def add_to_agenda(found: Meeting, words: str, *, by: Viewer) -> AgendaItem:
    """Put something on the agenda in words. Raises as `draft_agenda`, and Invalid under "words"."""
    items = _held(found, by)
    if len(items) >= MOST_ITEMS:
        raise Invalid({"words": "The agenda is full. Take something off first"})
    refuse({"words": words_fault(words, LONGEST, MISSING)})
    made = _add(found, _next_place(items), WORDS, None)
    made.words = words.strip()
    _note("agenda.added", found, by, {"item": made.id})
    return made


def word_agenda_item(item: AgendaItem, words: str, *, by: Viewer) -> None:
    """Change the words of what is on the agenda in words, or say something about what is there by itself.

    Raises as `add_to_agenda`.
    """
    found = meeting(item.meeting_id, by)
    _held(found, by)
    own = item.source == WORDS
    refuse({"words": words_fault(words, LONGEST, MISSING) if own else length_fault(words, LONGEST)})
    item.words = words.strip() or None
    _note("agenda.worded", found, by, {"item": item.id})


def move_agenda_item(item: AgendaItem, step: str, *, by: Viewer) -> None:
    """Move it one place "up" or "down", take it "off", or put it "back". Raises as `draft_agenda`."""
    found = meeting(item.meeting_id, by)
    items = _held(found, by)
    shown = [one for one in items if not one.left_out]
    if step in ("up", "down"):
        _swap(shown, item, -1 if step == "up" else 1)
    elif step == "back":
        item.left_out, item.place = False, _next_place(items)
    elif item.source == WORDS:
        db.session.delete(item)
    else:
        item.left_out = True
    _note("agenda.ordered", found, by, {"item": item.id, "step": step})


def _swap(shown: list[AgendaItem], item: AgendaItem, by: int) -> None:
    place = next((number for number, one in enumerate(shown) if one.id == item.id), None)
    if place is not None and 0 <= place + by < len(shown):
        shown[place], shown[place + by] = shown[place + by], shown[place]
    for number, one in enumerate(shown):
        one.place = number


def _held(found: Meeting, by: Viewer) -> list[AgendaItem]:
    """The agenda, which nobody else changes meanwhile."""
    policy.must_plan(found, by)
    db.session.refresh(found, with_for_update=True)
    if not found.is_open:
        raise IllegalMove("This meeting is over or cancelled: its agenda stays as it is.")
    return read.agenda_of(found)


def _next_place(items: Sequence[AgendaItem]) -> int:
    return max((one.place for one in items), default=-1) + 1


def _add(found: Meeting, place: int, source: str, source_id: UUID | None) -> AgendaItem:
    made = AgendaItem(meeting_id=found.id, place=place, source=source, source_id=source_id, left_out=False)
    db.session.add(made)
    return made


def _note(action: str, found: Meeting, by: Viewer, facts: dict[str, object]) -> None:
    record(action, by=by, subject=("meeting", found.id), facts=facts)
