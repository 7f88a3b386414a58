"""The group's own referrals: what needs you, drafts to finish, what is with the office, and what is finished."""

from typing import Any, Final

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from referrals.accounts.queries import names_of
from referrals.accounts.roles import Permission, Reach
from referrals.accounts.viewer import Viewer
from referrals.casework import queries
from referrals.casework.queries import GROUP_TABS, Line
from referrals.directory import lists
from referrals.web.access import needs, viewer
from referrals.web.presenting.turns import turn_words

blueprint = Blueprint("mine", __name__)

TITLES: Final = {
    "needs_me": "Needs you",
    "drafts": "Drafts to finish",
    "with_office": "With the MP’s office",
    "finished": "Finished",
}
# How many rows of each the first page shows before "See all".
SHOWN: Final = {"needs_me": 25, "drafts": 10, "with_office": 25, "finished": 5}
COUNTED_TO: Final = 999


@blueprint.get("/referrals")
@needs(Permission.REFERRAL_DRAFT)
def index() -> ResponseReturnValue:
    """All of it on one page, or one list from its beginning to its end (`?list=`, `?after=`)."""
    who = viewer()
    chosen = request.args.get("list")
    if chosen in GROUP_TABS:
        page = queries.my_referrals(who, chosen, after=request.args.get("after"))
        onward = url_for("mine.index", list=chosen, after=page.next_cursor) if page.next_cursor else None
        sections = [_section(chosen, page, who)]
        return render_template("mine/index.html", sections=sections, chosen=chosen, onward=onward, **_frame(who))
    sections = [_section(tab, queries.my_referrals(who, tab, limit=shown), who) for tab, shown in SHOWN.items()]
    return render_template("mine/index.html", sections=sections, chosen=None, onward=None, **_frame(who))


def _frame(who: Viewer) -> dict[str, Any]:
    return {"whole_area": who.reach is Reach.ORGANISATION, "wide": True}


def _section(tab: str, page: queries.Page, who: Viewer) -> dict[str, Any]:
    authors = names_of(line.created_by_id for line in page.rows) if who.reach is Reach.ORGANISATION else {}
    return {
        "code": tab,
        "title": TITLES[tab],
        "count": counted(page.counts.get(tab)),
        "rows": [_row(line, who, authors.get(line.created_by_id)) for line in page.rows],
        "all": url_for("mine.index", list=tab) if page.next_cursor else None,
    }


def counted(number: int | None) -> str | None:
    """A count as a badge shows it; lists that only grow have none."""
    if number is None:
        return None
    return f"{COUNTED_TO}+" if number > COUNTED_TO else str(number)


def _row(line: Line, who: Viewer, author: str | None) -> dict[str, Any]:
    is_draft = line.submitted_at is None
    return {
        "href": url_for("drafts.resume", draft_id=line.id)
        if is_draft
        else url_for("referrals.show", reference=line.reference),
        "reference": line.reference,
        "summary": line.summary or _topic(line),
        "urgency": line.urgency,
        "state": line.state,
        "tag": line.tag,
        "turn_text": turn_words(line.waiting_on, who),
        "since_days": None,
        "yours": line.yours,
        "next_date": line.due_on,
        "overdue_days": line.overdue_days,
        "assignee": line.office_name,
        "group": author,
        "changed": line.updated_at,
        "ended_on": line.ended_on,
        "discard": url_for("drafts.discard", draft_id=line.id) if is_draft else None,
    }


def _topic(line: Line) -> str:
    return lists.label("issue_types", line.issue_type) if line.issue_type else "A draft just begun"
