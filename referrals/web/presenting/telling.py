"""How mail comes to a person, in the rows of their account page."""

from typing import Final

from flask import url_for

from referrals.accounts.calendars import ALL
from referrals.accounts.queries import calendar_link_of
from referrals.accounts.roles import Permission
from referrals.accounts.viewer import Viewer
from referrals.notifications.queries import Wish, wish_of
from referrals.notifications.wishes import AT_ONCE, DAILY, NEVER
from referrals.web.filters import capitalise, day
from referrals.web.forms.account import hour_words
from referrals.web.presenting.case import Rows

WAYS: Final = {AT_ONCE: "At once", DAILY: "Once a day, at {hour}", NEVER: "Not by mail. Urgent things still come"}


def telling_rows(viewer: Viewer) -> Rows:
    """The rows of the section; none for who is never told of a referral."""
    if not viewer.may(Permission.REFERRAL_READ):
        return []
    wish = wish_of(viewer.person_id)
    href = url_for("account.telling")
    return [
        {
            "key": "Mail about your referrals",
            "value": WAYS[wish.way].format(hour=hour_words(wish.digest_hour)),
            "href": href,
            "change": "how mail comes to you",
        },
        {"key": "Quiet hours", "value": quiet_words(wish), "href": href, "change": "your quiet hours"},
        {
            "key": "Calendar link",
            "value": calendar_words(viewer),
            "href": url_for("calendar.link"),
            "change": "your calendar link",
        },
    ]


def calendar_words(viewer: Viewer) -> str:
    """Whether there is a secret link for a calendar, and what it holds."""
    found = calendar_link_of(viewer)
    if found is None:
        return "None"
    what = "your whole office" if found.covers == ALL else "your own referrals"
    return f"Made on {day(found.created_at)}, for {what}"


def quiet_words(wish: Wish) -> str:
    """When no ordinary mail comes."""
    parts = []
    if wish.quiet_from is not None and wish.quiet_until is not None:
        parts.append(f"{hour_words(wish.quiet_from)} to {hour_words(wish.quiet_until)}")
    if wish.quiet_weekends:
        parts.append("Saturdays and Sundays")
    return capitalise(" and ".join(parts)) if parts else "None"
