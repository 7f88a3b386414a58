"""The queue as its page shows it: what was asked of it, its rows, and how to ask for something else."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from flask import url_for
from werkzeug.datastructures import MultiDict

from referrals.accounts.roles import Role
from referrals.accounts.viewer import Viewer
from referrals.casework import policy, queries
from referrals.casework.queries import Known, Line, Narrowed
from referrals.foundation.clock import today
from referrals.web.presenting.turns import days_since, turn_words

TABS: Final = {"unassigned": "Unassigned", "mine": "Mine", "team": "Whole team", "ended": "Ended"}
SORTS: Final = {
    "due": "Due first",
    "newest": "Newest",
    "waiting": "Longest waiting",
    "urgency": "Urgency",
    "changed": "Last changed",
    "ended": "Ended last",
}
ORDERS: Final = {
    "due": "what is late or due soonest",
    "newest": "what was sent last",
    "waiting": "what has waited longest for whoever’s turn it is",
    "urgency": "the most urgent, and of those what is due soonest",
    "changed": "what was changed last",
    "ended": "what ended last",
}
LACKS: Final = {"next_action": "Nobody has said what happens next", "next_action_on": "No day is set"}
# Where the list begins: the skip link leads here, and so does every answer that comes back to it.
LIST: Final = "list"
CURSOR: Final = re.compile(r"[0-9A-Za-z_.-]{1,200}")


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked of the queue: the tab, how it is sorted, what it is narrowed to, and where the page begins."""

    tab: str
    sort: str
    narrow: Narrowed = field(default_factory=dict)
    after: str | None = None

    def args(self, *, paged: bool = False) -> dict[str, Any]:
        """The same as the values of an address; without what goes unsaid. Of a page in the middle only if `paged`."""
        values: dict[str, Any] = {"tab": self.tab}
        if self.sort != queries.sorts_of(self.tab)[0]:
            values["sort"] = self.sort
        values |= {name: list(chosen) for name, chosen in self.narrow.items()}
        return values | ({"after": self.after} if paged and self.after else {})

    def url(self, *, paged: bool = False, **changed: Any) -> str:
        """Where this is asked; `changed` are other values of the address, None takes one out."""
        values = {name: value for name, value in (self.args(paged=paged) | changed).items() if value is not None}
        return url_for("queue.index", **values)

    def carried(self) -> list[tuple[str, str]]:
        """The same as names and values, one by one, for a form to send along."""
        values = self.args(paged=True).items()
        return [(name, one) for name, many in values for one in (many if isinstance(many, list) else [many])]

    def without(self, name: str, value: str) -> str:
        """Where the same is asked without one of the values it is narrowed to."""
        changed: dict[str, Any] = {name: [one for one in self.narrow[name] if one != value] or None}
        return self.url(**changed)

    @property
    def is_plain(self) -> bool:
        """Whether it is a tab as it stands."""
        return not self.narrow and self.sort == queries.sorts_of(self.tab)[0]


def asked_of(given: "MultiDict[str, str]", who: Viewer, known: Known, *, forgiving: bool = False) -> Asked:
    """What an address asks. What nobody offers is left out.

    Raises NotFound for an id the office does not know; `forgiving` leaves it out too.
    """
    tab = given.get("tab", "")
    tab = tab if tab in TABS else first_tab(who)
    sort, after = given.get("sort", ""), given.get("after", "")
    return Asked(
        tab,
        sort if sort in queries.sorts_of(tab) else queries.sorts_of(tab)[0],
        queries.narrowed({name: given.getlist(name) for name in queries.FILTERS}, tab, known, forgiving=forgiving),
        after if CURSOR.fullmatch(after) else None,
    )


def first_tab(who: Viewer) -> str:
    """Where a person begins: a manager hands out what is new, a caseworker goes on with their own."""
    return "unassigned" if who.role is Role.MANAGER else "mine"


def tabs_for(tab: str, counts: Mapping[str, int]) -> list[dict[str, Any]]:
    """The tabs, each with the number of what is open in it."""
    return [
        {
            "text": text,
            "href": url_for("queue.index", tab=code),
            "count": capped(counts[code]) if code in counts else None,
            "active": code == tab,
        }
        for code, text in TABS.items()
    ]


def capped(number: int) -> int | str:
    """A count as it is shown: at 1,000 nobody has counted on."""
    return number if number < 1000 else "999+"


def found_words(found: int | None) -> str:
    """How many match, where the list was narrowed and somebody counted."""
    if found is None:
        return ""
    if found == 1:
        return "1 referral matches."
    return f"{capped(found)} referrals match."


def order_words(asked: Asked) -> str:
    """What comes first, as a sentence."""
    order = ORDERS[asked.sort]
    if asked.tab == "ended":
        return f"{order[:1].upper()}{order[1:]} comes first."
    return f"Last days within a week come first, then what nobody has planned, then {order}."


def sorts_for(asked: Asked) -> list[dict[str, Any]]:
    """The ways to sort the list."""
    return [
        {"text": SORTS[code], "href": asked.url(sort=code), "active": code == asked.sort}
        for code in queries.sorts_of(asked.tab)
    ]


def rows_for(lines: Iterable[Line], asked: Asked, who: Viewer) -> list[dict[str, Any]]:
    """The rows as their template reads them."""
    return [line(one, who, takes=asked.tab == "unassigned") for one in lines]


def line(row: Line, who: Viewer, *, takes: bool) -> dict[str, Any]:
    """One row of the queue as its template reads it."""
    return {
        "href": url_for("referrals.show", reference=row.reference),
        "reference": row.reference,
        "summary": row.summary or "This is no longer open to you",
        "limit": {"on": row.limit_on, "gone": row.limit_on < today()} if row.limit_on else None,
        "urgency": row.urgency,
        "advice": row.issue_type == policy.REQUEST_FOR_ADVICE,
        "state": row.state,
        "tag": "To decide" if row.state == "submitted" and row.seen else row.tag,
        "turn_text": turn_words(row.waiting_on, who, row.assignee_id),
        "yours": row.yours,
        "since_days": days_since(row.waiting_on_since) if row.waiting_on else None,
        "next_date": row.due_on or row.ended_on,
        "next_action": row.next_action,
        "lacks": LACKS[row.lacks] if row.lacks else None,
        "plan": url_for("milestones.next_action", reference=row.reference) if row.lacks else None,
        "overdue_days": row.overdue_days,
        "assignee": row.assignee_name,
        "group": row.group_name,
        "version": row.version,
        "takes": takes,
    }
