"""The group's home in words: lists by whose turn it is, what happened since somebody last looked, and what to do."""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from flask import url_for

from referrals.accounts.viewer import Viewer
from referrals.casework.policy import REQUEST_FOR_ADVICE, SCOPES
from referrals.casework.queries import Bulletin, Happened, Line, News
from referrals.casework.workflow import states
from referrals.directory import lists
from referrals.web.filters import day
from referrals.web.presenting.turns import days_since, turn_words

TITLES: Final = {
    "needs_me": "Needs you",
    "drafts": "Drafts to finish",
    "with_office": "With the MP’s office",
    "with_agency": "With a public body",
    "with_resident": "With the person you are helping",
    "finished": "Finished",
}
# What happened, as a group reads it in one line; by the transition.
MOVED: Final = {
    "seen": "The office has looked at it",
    "accept": "The office has taken it on",
    "accept_transfer": "Another office has taken it on",
    "request_information": "The office asks you something",
    "return_with_advice": "Sent back with advice",
    "decline": "The office cannot take it on",
    "start": "Work has begun",
    "hold": "Paused",
    "resume": "Work goes on",
    "record_outcome": "There is a result",
    "answer": "The office has answered",
    "close": "Finished",
    "withdraw": "Withdrawn by the office",
    "reopen": "The office has opened it again",
    "mark_entered_in_error": "The office marked it as sent by mistake",
}
MESSAGE: Final = "The office wrote to you"
# What a group is asked to do, by the state: the words of the link, and the page of the transition.
STEPS: Final = {
    states.INFORMATION_REQUESTED: ("Answer the question", "provide-information"),
    states.OUTCOME_RECORDED: ("Check the result", "confirm-outcome"),
}
# How many rows of each the first page shows before "See all".
SHOWN: Final = {
    "needs_me": 20,
    "drafts": 10,
    "with_office": 12,
    "with_agency": 5,
    "with_resident": 5,
    "finished": 5,
}
COUNTED_TO: Final = 999
# So many lines of one referral are told; the older ones are on its page.
MOST_LINES: Final = 2


def counted(number: int | None) -> str | None:
    """A count as a badge shows it; lists that only grow have none."""
    if number is None:
        return None
    return f"{COUNTED_TO}+" if number > COUNTED_TO else str(number)


def row_for(line: Line, who: Viewer, author: str | None, told: Mapping[UUID, str]) -> dict[str, Any]:
    """One referral of a list: what it is, whose turn, since when, by when, and the step where it is the reader's."""
    is_draft = line.submitted_at is None
    return {
        "href": _href(line),
        "reference": line.reference,
        "summary": line.summary or topic(line),
        "urgency": line.urgency,
        "advice": line.issue_type == REQUEST_FOR_ADVICE,
        "state": line.state,
        "tag": line.tag,
        "turn": turn_words(line.waiting_on, who) if line.waiting_on else "",
        "yours": line.yours,
        "since_days": days_since(line.waiting_on_since),
        "since": line.waiting_on_since,
        "due_on": line.due_on,
        "overdue_days": line.overdue_days,
        "office": line.office_name,
        "author": author,
        "changed": line.updated_at,
        "ended_on": line.ended_on,
        "step": None if is_draft else _step(line, told.get(line.id, SCOPES[0])),
        "discard": url_for("drafts.discard", draft_id=line.id) if is_draft else None,
    }


def _href(line: Line) -> str:
    if line.submitted_at is None:
        return url_for("drafts.resume", draft_id=line.id)
    return url_for("referrals.show", reference=line.reference)


def _step(line: Line, told: str) -> dict[str, str] | None:
    """The link to what the group has to do; a result has the day on which it closes without them."""
    if not line.yours or line.state not in STEPS:
        return None
    text, page = STEPS[line.state]
    href = url_for("moves.new", reference=line.reference, transition=page)
    result = line.state == states.OUTCOME_RECORDED
    if result and SCOPES.index(told) < SCOPES.index("outcome"):
        # The resident did not agree that the group hears of results, so it has nothing to confirm.
        return None
    note = f"It closes by itself after {day(line.due_on)}." if result and line.due_on else ""
    return {"text": text, "href": href, "note": note, "result": "yes" if result else ""}


def topic(line: Line) -> str:
    """What it is about, where nobody has said it in one line yet."""
    return lists.label("issue_types", line.issue_type) if line.issue_type else "A draft just begun"


def news_for(found: Bulletin) -> list[dict[str, Any]]:
    """What happened, referral by referral."""
    return [_news(one) for one in found.news]


def _news(one: News) -> dict[str, Any]:
    shown = one.happened[:MOST_LINES]
    return {
        "href": _href(one.line),
        "reference": one.line.reference,
        "summary": one.line.summary or topic(one.line),
        "lines": [{"text": words_of(happened), "at": happened.at} for happened in shown],
        "more": len(one.happened) - len(shown),
    }


def words_of(happened: Happened) -> str:
    """One thing that happened, in one line."""
    if happened.kind == "note":
        return MESSAGE
    if happened.kind == "milestone":
        return lists.label("milestones", happened.code)
    return MOVED[happened.code]
