"""Who looked and who changed: the lines of an audit book for one referral, in plain English, by day."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from referrals.accounts.queries import names_of
from referrals.audit.queries import HistoryEntry
from referrals.foundation.clock import local_day
from referrals.web.filters import day
from referrals.web.presenting.timeline import role_label


def lines_of(entries: Iterable[HistoryEntry]) -> list[dict[str, Any]]:
    """The entries under their day, in the order given: {day, lines: [{at, what, who, role}]}; one query for names."""
    found = list(entries)
    names = names_of(entry.actor_id for entry in found)
    return [
        {"day": day(when), "lines": [_line(entry, names) for entry in of_day]}
        for when, of_day in groupby(found, key=lambda entry: local_day(entry.at))
    ]


def _line(entry: HistoryEntry, names: dict[Any, str]) -> dict[str, Any]:
    who = names.get(entry.actor_id, "Somebody who has left") if entry.actor_id else "The service"
    return {"at": entry.at, "what": entry.label, "who": who, "role": role_label(entry.actor_role)}
