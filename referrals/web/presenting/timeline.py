"""What has happened, in the words of a timeline: every kind of event becomes one entry."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, Final

from flask import url_for

from referrals.accounts.roles import ROLES, Role, Side
from referrals.accounts.viewer import Viewer
from referrals.casework.models import Referral
from referrals.casework.queries import TimelineEntry
from referrals.web.filters import day
from referrals.web.presenting.questions import in_thread

KINDS: Final = {"milestone": "milestone", "note": "message"}


def entries_for(
    entries: Iterable[TimelineEntry], referral: Referral, viewer: Viewer, sides: Mapping[Side, str]
) -> list[dict[str, Any]]:
    """The timeline as its macro reads it, in the order given; a private note can be shared from where it stands."""
    return [_entry(entry, referral, viewer, sides) for entry in entries]


def role_label(role: str | None) -> str:
    """The name of a role; nothing for the service itself."""
    return ROLES[Role(role)].label if role else ""


def shown_value(value: str | date | datetime) -> str:
    """A fact of an entry in words."""
    return value if isinstance(value, str) else day(value)


def _entry(entry: TimelineEntry, referral: Referral, viewer: Viewer, sides: Mapping[Side, str]) -> dict[str, Any]:
    own = "group" if viewer.side is Side.GROUP else "office"
    facts = [(label, shown_value(value)) for label, value in entry.facts]
    if entry.happened_on:
        facts.insert(0, ("Date", day(entry.happened_on)))
    # A text without a name needs none: the title says what it is.
    alone = entry.words[0][1] if len(entry.words) == 1 and not entry.words[0][0] else None
    return {
        "moment": entry.at,
        "title": entry.title,
        "who": entry.by_name,
        "role": role_label(entry.role),
        "organisation": entry.organisation or sides.get(Side(entry.side), ""),
        "body": alone,
        "parts": [] if alone is not None else list(entry.words),
        "details": facts,
        "private_to": own if entry.private else None,
        "kind": None if entry.private else KINDS.get(entry.kind),
        "there": _place(entry),
        "share": _share_link(entry, referral) if entry.private else None,
    }


def _place(entry: TimelineEntry) -> str:
    """Where on the referral's page its words stand, when not in the timeline."""
    if entry.private:
        return "private"
    return "conversation" if in_thread(entry) else ""


def _share_link(entry: TimelineEntry, referral: Referral) -> str | None:
    # Letters are shared from their own page.
    return url_for("notes.share", reference=referral.reference, note_id=entry.id) if entry.kind == "note" else None
