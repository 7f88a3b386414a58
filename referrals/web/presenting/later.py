"""Four weeks after closing, in words: what there is to ask and how safely, and what was said."""

from collections.abc import Sequence
from typing import Any, Final

from flask import url_for

from referrals.accounts.viewer import Viewer
from referrals.casework.models import LaterAnswer, Referral, Resident
from referrals.casework.queries import DueLater, Later, waits_later
from referrals.directory import lists
from referrals.web.filters import day
from referrals.web.presenting import case

QUESTIONS: Final = (
    ("helped_forward", "Did it help you find a way forward?"),
    ("is_solved", "Is it solved?"),
    ("less_worried", "Are you less worried?"),
)
# What became of it without anybody writing it down.
ENDED: Final = {
    "lapsed": "Not asked in time. It ended on {}",
    "stopped": "Not asked: it was opened again, or the agreement ended",
}
# Where the person wants nobody but the volunteer to be in touch.
ONLY_YOU: Final = "They asked that nobody contacts them but you, who helped them. Do not pass this on to somebody else."


def later_for(found: Sequence[Later], referral: Referral, viewer: Viewer) -> dict[str, Any]:
    """What `referrals/_later.html` reads: {rows, due: {until, href} or none}; no rows where nothing is planned."""
    waits = waits_later(found, referral, viewer)
    asked = [one.asked for one in found if one.asked.standing != "stopped"] or [one.asked for one in found][-1:]
    return {
        "rows": [row for one in asked for row in _rows(one)],
        "due": waits
        and {
            "until": waits.ends_on,
            "href": url_for("later.answer", reference=referral.reference, later_id=waits.id),
        },
    }


def later_due(found: Sequence[DueLater]) -> list[dict[str, Any]]:
    """What `mine/_later.html` lists."""
    return [
        {
            "summary": one.summary or one.reference,
            "reference": one.reference,
            "until": one.ends_on,
            "href": url_for("later.answer", reference=one.reference, later_id=one.id),
        }
        for one in found
    ]


def later_on_card() -> dict[str, list[str]]:
    """The three questions and their answers, as the resident's card has them to tear off."""
    said = [item.label for item in lists.current("later_answers") if item.code != "declined"]
    answers = [*said, "I would rather not say"]
    return {"questions": [title for _, title in QUESTIONS], "answers": answers}


def safe_ways(resident: Resident) -> list[str]:
    """What the volunteer must know before asking, the most important first."""
    advice = case.safe_contact_advice(resident)
    if (resident.safe_contact or {}).get("through") == "volunteer":
        return [ONLY_YOU, *advice[1:]]
    return advice if resident.safe_contact else ["Nobody has said what is safe. Ask in person, or not at all."]


def _rows(asked: LaterAnswer) -> list[dict[str, str]]:
    if asked.standing == "waiting":
        words = f"To be asked by the group from {day(asked.due_on)} to {day(asked.ends_on)}"
        return [{"key": "After four weeks", "value": words}]
    if asked.standing in ENDED:
        words = ENDED[asked.standing].format(day(asked.ended_at))
        return [{"key": "After four weeks", "value": words}]
    said = f"{lists.label('later_results', asked.standing)}, {day(asked.answered_on)}"
    way = lists.label("later_ways", asked.way) if asked.way else ""
    rows = [{"key": "After four weeks", "value": f"{said} ({way[:1].lower()}{way[1:]})" if way else said}]
    answers = ((title, getattr(asked, name)) for name, title in QUESTIONS)
    return rows + [{"key": title, "value": lists.label("later_answers", code)} for title, code in answers if code]
