"""Who else has a referral open, in a sentence: only for the eyes of their own organisation."""

from collections.abc import Sequence
from typing import Any

from flask import request, url_for

from referrals.accounts.roles import Permission
from referrals.casework import queries
from referrals.casework.queries import Here
from referrals.foundation import clock
from referrals.web.access import viewer_or_none
from referrals.web.filters import clock as time_of_day
from referrals.web.filters import moment


def here_on_this_page() -> dict[str, str] | None:
    """What `macros/presence.html` reads on the page of a form; None where it is about no referral. One question."""
    reference, viewer = (request.view_args or {}).get("reference"), viewer_or_none()
    if not reference or viewer is None or not viewer.may(Permission.REFERRAL_READ):
        return None
    return here_for(reference, queries.others_here(reference, viewer))


def here_for(reference: str, others: Sequence[Here]) -> dict[str, Any]:
    """The sentence, and the address under which a page asks for it again."""
    return {"href": url_for("presence.here", reference=reference), "words": here_words(others)}


def here_words(others: Sequence[Here]) -> str:
    """Who they are and since when; nothing for nobody."""
    if len(others) == 1:
        return f"{others[0].name} has had this open since {_since(others[0])}."
    names = [f"{one.name} (since {_since(one)})" for one in others]
    return f"{', '.join(names[:-1])} and {names[-1]} have this open too." if names else ""


def _since(one: Here) -> str:
    today = clock.local_day(one.since) == clock.today()
    return time_of_day(one.since) if today else moment(one.since)
