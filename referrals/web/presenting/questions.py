"""Questions and answers: what the office asked and the group answered, side by side."""

from collections.abc import Iterable
from typing import Any

from referrals.accounts.roles import Side
from referrals.accounts.viewer import Viewer
from referrals.casework.models import Referral
from referrals.casework.policy import ANSWERED
from referrals.casework.queries import TimelineEntry
from referrals.casework.workflow import states
from referrals.web.filters import day

ASKED, REPLIED = "request_information", "provide_information"
TITLES = {ASKED: "Question", REPLIED: "Answer"}
# How the office can end a referral in words alone, and what the group wants to read then.
REFUSALS = {
    "decline": "Why the office cannot take this on",
    "return_with_advice": "The office’s advice",
    "answer": "The office’s answer",
}


def in_thread(entry: TimelineEntry) -> bool:
    """Whether an entry of the timeline is something that one side said to the other."""
    return (entry.kind == "note" and not entry.private) or (entry.code in TITLES and bool(entry.words))


def questions_of(entries: Iterable[TimelineEntry]) -> list[dict[str, Any]]:
    """Each question of the office with the answer that followed it, the oldest first."""
    found: list[dict[str, Any]] = []
    for entry in sorted(entries, key=lambda entry: entry.at):
        if entry.code == ASKED:
            found.append(
                {"question": _said(entry), "asked_on": entry.at, "who": entry.by_name, "state": "Not answered"}
            )
        elif entry.code == REPLIED and found:
            found[-1] |= {"answer": _said(entry), "answered_on": entry.at}
    return found


def open_question(asked: list[dict[str, Any]], referral: Referral, viewer: Viewer) -> dict[str, str] | None:
    """The question that waits for an answer now, shown at the head of the page; None when there is none."""
    if referral.state != states.INFORMATION_REQUESTED or not asked or asked[-1].get("answered_on"):
        return None
    asked[-1]["state"] = "Waiting for the answer"
    by = f"Answer by {day(referral.due_on)}." if referral.due_on else ""
    title = "The office asks you" if viewer.side is Side.GROUP else "You asked the group"
    return {"title": title, "question": asked[-1]["question"] or "", "by": by}


def refusal_of(entries: Iterable[TimelineEntry], referral: Referral) -> dict[str, Any] | None:
    """Why the office did not take it on, or what it answered, shown at the head of the page; None for any other."""
    refused = referral.state in {states.DECLINED, states.RETURNED_WITH_ADVICE}
    if not refused and (referral.ended_at is None or referral.end_reason != ANSWERED):
        return None
    said = [entry for entry in entries if entry.code in REFUSALS]
    if not said:
        return None
    last = max(said, key=lambda entry: entry.at)
    reasons = [(label, str(value)) for label, value in last.facts]
    return {"title": REFUSALS[last.code], "parts": [*reasons, *last.words]}


def _said(entry: TimelineEntry) -> str:
    return "\n\n".join(text for _, text in entry.words)
