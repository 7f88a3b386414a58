"""The filters of the queue: what each is called, what can be chosen, and what is chosen, to be taken away again."""

from collections.abc import Callable
from typing import Any, Final

from referrals.accounts.viewer import Viewer
from referrals.casework import queries
from referrals.casework.queries import Known
from referrals.casework.workflow import STATES
from referrals.directory import lists
from referrals.web.presenting.queue import Asked
from referrals.web.presenting.turns import turn_words

TITLES: Final = {
    "state": "State",
    "turn": "Whose turn",
    "only": "Only",
    "urgency": "Urgency",
    "category": "Category",
    "type": "Type",
    "assignee": "Assigned to",
    "area": "Area",
    "agency": "Public body",
    "age": "Sent",
}
# What an unchosen long list says.
ANY: Final = {"type": "Any type", "assignee": "Anybody", "area": "Any area", "agency": "Any body", "age": "At any time"}
ONLY: Final = {"overdue": "Overdue", "unplanned": "Not planned", "limit": "Last day within a week"}
AGES: Final = {
    "2-weeks": "More than 2 weeks ago",
    "1-month": "More than 1 month ago",
    "3-months": "More than 3 months ago",
}
LISTS: Final = {"urgency": "urgencies", "category": "categories", "type": "issue_types", "agency": lists.AGENCIES}


def chips_for(asked: Asked, who: Viewer, known: Known) -> list[dict[str, str]]:
    """Everything the list is narrowed to, each with the address without it."""
    return [
        {"text": f"{TITLES[name]}: {words(name, value, who, known)}", "href": asked.without(name, value)}
        for name, values in asked.narrow.items()
        for value in values
    ]


def groups_for(asked: Asked, who: Viewer, known: Known) -> list[dict[str, Any]]:
    """The filters of the tab in their order: boxes to tick where several go together, else a list to choose from."""
    made = []
    for name, one in queries.FILTERS.items():
        if (asked.tab == "ended" and not one.of_ended) or not _makes_sense(name, asked):
            continue
        chosen = asked.narrow.get(name, ())
        options = [
            {"value": value, "text": words(name, value, who, known), "chosen": value in chosen}
            for value in _values(name, asked, known)
        ]
        made.append({"name": name, "title": TITLES[name], "any": ANY.get(name), "options": options})
    return made


def words(name: str, value: str, who: Viewer, known: Known) -> str:
    """What a value of a filter is called."""
    if name in LISTS:
        return lists.label(LISTS[name], value)
    tell: Callable[[str], str] = {
        "state": lambda code: "New or to decide" if code == "submitted" else STATES[code].label_office,
        "turn": lambda code: turn_words(code, who),
        "only": lambda code: ONLY[code],
        "age": lambda code: AGES[code],
        "assignee": lambda one: {"me": "Me", "nobody": "Nobody"}.get(one) or _person(one, known),
        "area": lambda one: _by_text(known.groups)[one],
    }[name]
    return tell(value)


def _makes_sense(name: str, asked: Asked) -> bool:
    """Whose they are is what two of the tabs say already; types are offered, as they are many, under a category."""
    if name == "type":
        return "category" in asked.narrow or "type" in asked.narrow
    return name != "assignee" or asked.tab in {"team", "ended"}


def _values(name: str, asked: Asked, known: Known) -> list[str]:
    """What is offered: not what is retired, unless it is chosen; of types those of the chosen categories."""
    ids = queries.FILTERS[name].ids
    offered = [*queries.offered(name, asked.tab), *(_by_text(ids(known)) if ids else ())]
    if name in LISTS:
        wanted = asked.narrow.get("category", ()) if name == "type" else ()
        current = {
            item.code for item in lists.current(LISTS[name]) if not wanted or item.parent in (*wanted, lists.ANY_PARENT)
        }
        offered = [code for code in offered if code in current or code in asked.narrow.get(name, ())]
    return offered


def _person(person_id: str, known: Known) -> str:
    left = {str(one) for one in known.left}
    return _by_text(known.people)[person_id] + (" (left)" if person_id in left else "")


def _by_text(names: Any) -> dict[str, str]:
    return {str(one): name for one, name in names.items()}
