"""“Any news?” on a referral's page: the group's button, and the office's callout with its answers."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import url_for

from referrals.accounts.roles import Side
from referrals.accounts.viewer import Viewer
from referrals.casework.models import Referral
from referrals.casework.queries import AnyNews, TimelineEntry
from referrals.casework.queries.any_news import WILL_WRITE, may_answer, may_ask, usual_day
from referrals.directory import lists
from referrals.foundation.clock import today
from referrals.web.filters import day


def any_news_for(
    news: AnyNews, entries: Sequence[TimelineEntry], referral: Referral, viewer: Viewer, sides: Mapping[Side, str]
) -> dict[str, Any] | None:
    """What `referrals/_any_news.html` reads; None where neither side has anything to do about news."""
    if may_ask(referral, viewer):
        return _for_group(news, entries, referral, sides)
    waiting = news.waiting(entries) if may_answer(referral, viewer) else None
    if waiting is None:
        return None
    by = usual_day()
    return {
        "side": "office",
        "title": f"{sides[Side.GROUP]} asks for news",
        "by": f"{news.names.get(waiting.asked_by_id, '')}, {day(waiting.asked_at)}",
        "answers": [
            {"code": item.code, "text": f"We will write by {day(by)}" if item.code == WILL_WRITE else item.label}
            for item in lists.current("news_answers")
        ],
        "write_by": by,
        "answer_url": url_for("any_news.answer", reference=referral.reference),
    }


def _for_group(
    news: AnyNews, entries: Sequence[TimelineEntry], referral: Referral, sides: Mapping[Side, str]
) -> dict[str, Any]:
    on, waiting = news.next_on(entries), news.waiting(entries)
    return {
        "side": "group",
        "office": sides[Side.OFFICE],
        "asked_on": waiting and waiting.asked_at,
        "on": None if on <= today() else on,
        "ask_url": url_for("any_news.ask", reference=referral.reference),
    }
