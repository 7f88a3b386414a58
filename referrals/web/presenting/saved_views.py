"""Saved views as pages show them: links above the queue, and what each of them asks, in words."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from werkzeug.datastructures import MultiDict

from referrals.accounts.viewer import Viewer
from referrals.casework.queries import Known, ViewLine
from referrals.web.presenting.filters import chips_for
from referrals.web.presenting.queue import SORTS, TABS, Asked, asked_of

# So many of one's own, and so many of the office's: what is below them should not be far.
MOST_SHOWN: Final = 10


def asked_by(view: ViewLine, who: Viewer, known: Known) -> Asked:
    """What a view asks today: of what was saved, all that can still be asked."""
    codes: MultiDict[str, str] = MultiDict({name: list(values) for name, values in view.codes.items()})
    return asked_of(codes, who, known, forgiving=True)


def links_for(views: Sequence[ViewLine], asked: Asked, who: Viewer, known: Known) -> list[dict[str, Any]]:
    """The views as links: one's own first, the one that is shown marked."""
    shown = replace(asked, after=None)
    made = [(view, asked_by(view, who, known)) for view in views]
    return [
        {
            "text": view.name,
            "href": one.url(),
            "active": one == shown,
            "own": view.own,
            "left_out": left_out(view, one),
        }
        for view, one in made
    ]


def gone_from(links: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Of the views that are shown, those that ask for less than was saved: the list is wider than their name says."""
    return [link for link in links if link["active"] and link["left_out"]]


def first_of(links: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The links that stand above the list: ten of one's own, ten of the office, and the one that is shown."""
    places = {True: 0, False: 0}
    first = []
    for link in links:
        places[link["own"]] += 1
        if places[link["own"]] <= MOST_SHOWN or link["active"]:
            first.append(link)
    return first


def save_address(asked: Asked, links: Sequence[dict[str, Any]]) -> dict[str, Any] | None:
    """What the address of saving it says; None for a tab as it stands, and for what is saved already."""
    return None if asked.is_plain or any(link["active"] for link in links) else asked.args()


def groups_for(views: Sequence[ViewLine], who: Viewer, known: Known) -> list[dict[str, Any]]:
    """One's own views and the office's, each with what it asks."""
    titles = {True: "Your views", False: "Shared by colleagues"}
    return [
        {"title": title, "rows": [row_of(view, who, known) for view in views if view.own is own]}
        for own, title in titles.items()
        if any(view.own is own for view in views)
    ]


def row_of(view: ViewLine, who: Viewer, known: Known) -> dict[str, Any]:
    """One view with what it asks and what may be done with it."""
    asked = asked_by(view, who, known)
    return {
        "id": view.id,
        "name": view.name,
        "href": asked.url(),
        "about": [*about(asked, who, known), *left_out(view, asked)],
        "own": view.own,
        "shared": view.shared,
        "by": view.by_name,
        "kept": view.kept,
        "version": view.version,
    }


def about(asked: Asked, who: Viewer, known: Known) -> list[str]:
    """What is asked, part by part: the list, what it is narrowed to, and what it is sorted by."""
    chips = [chip["text"] for chip in chips_for(asked, who, known)]
    return [f"List: {TABS[asked.tab]}", *chips, f"Sort by: {SORTS[asked.sort]}"]


def left_out(view: ViewLine, asked: Asked) -> list[str]:
    """Says that something which was saved can no longer be asked: a colleague whom nobody knows, a retired code."""
    saved = sum(len(values) for name, values in view.codes.items() if name not in ("tab", "sort"))
    gone = saved - sum(len(values) for values in asked.narrow.values())
    if gone <= 0:
        return []
    left_out = "1 filter is left out: what it" if gone == 1 else f"{gone} filters are left out: what they"
    return [f"{left_out} asked for is gone"]
