"""The dates of a person's open referrals, for their calendar: references and days, and no word of what it is."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID, uuid5

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import selectinload

from referrals.accounts.roles import Side
from referrals.accounts.viewer import Viewer
from referrals.casework import deadlines, policy
from referrals.casework.models import DatedEvent, DeadlineDecision, Referral
from referrals.casework.queries.deadlines import DATES, load
from referrals.casework.queries.hearing import standing_of
from referrals.casework.queries.visible import visible_to, written_by
from referrals.casework.workflow import states
from referrals.foundation.database import db

# More than any office has open; a calendar that holds them all would show nothing.
MOST: Final = 1000
# What is on the day of each state: in the words of the office, of the group, and of which column.
_WORDS: Final[dict[str, tuple[str, str, str]]] = {
    states.SUBMITTED: ("decide", "a decision is due", "due_on"),
    states.INFORMATION_REQUESTED: ("an answer is due", "your answer is due", "due_on"),
    states.ACCEPTED: ("follow up", "next step of the office", "next_action_on"),
    states.IN_PROGRESS: ("follow up", "next step of the office", "next_action_on"),
    states.ON_HOLD: ("look at this again", "the pause ends", "hold_review_on"),
    states.OUTCOME_RECORDED: ("the group should confirm", "check the result", "due_on"),
}
# The rule's name would say what it is about.
LAST_DAY: Final = "last day for something"


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """One entry: what is on, of which referral, on which day, and at which moment where that is known."""

    # Stays the same while the entry stays, and tells nothing.
    id: UUID
    reference: str
    words: str
    day: date
    moment: datetime | None
    changed_at: datetime


def calendar_days(viewer: Viewer, *, everything: bool) -> list[CalendarDay]:
    """What is to be done on which day, by day: follow-ups, reviews, answers and last days; five queries at most.

    Without `everything`, of the referrals that are assigned to the viewer, or that they made or sent; with it, of all
    that an office works on. It holds no resident's record, only references and days, so that it leaves no event.
    """
    query = (
        select(Referral)
        .where(visible_to(viewer), Referral.ended_at.is_(None), Referral.submitted_at.is_not(None))
        .order_by(Referral.due_on, Referral.id)
        .limit(MOST)
        .options(selectinload(Referral.consents))
    )
    if not (everything and viewer.side is Side.OFFICE):
        query = query.where(_own(viewer))
    rows = list(db.session.scalars(query))
    events, decisions = load([row.id for row in rows])
    found = [day for row in rows for day in _of(row, viewer, events, decisions)]
    return sorted(found, key=lambda one: (one.day, one.reference, one.words))


def _own(viewer: Viewer) -> ColumnElement[bool]:
    return Referral.assignee_id == viewer.person_id if viewer.side is Side.OFFICE else written_by(viewer)


def _of(
    row: Referral, viewer: Viewer, events: Sequence[DatedEvent], decisions: Sequence[DeadlineDecision]
) -> Iterator[CalendarDay]:
    known = standing_of(row, viewer)
    of_office, of_group, column = _WORDS[known.state]
    day = getattr(known, column) or known.due_on
    if day is not None:
        words = of_group if viewer.side is Side.GROUP else of_office
        yield CalendarDay(uuid5(row.id, column), row.reference or "", words, day, None, known.updated_at)
    hears = policy.may_be_told(row, viewer, DATES)
    mine = [
        one for one in events if one.referral_id == row.id and (hears or one.organisation_id == viewer.organisation_id)
    ]
    for one in deadlines.follow(mine, [decided for decided in decisions if decided.referral_id == row.id]):
        if one.is_limit and one.is_open and one.day is not None:
            entry_id = uuid5(one.event.id, one.rule.code)
            yield CalendarDay(entry_id, row.reference or "", LAST_DAY, one.day, one.moment, known.updated_at)
