"""The office's desk: which referrals there are, whose turn it is, and taking one from its line."""

from typing import Any, Final

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from referrals.accounts.roles import Permission, Role
from referrals.accounts.viewer import Viewer
from referrals.casework import actions, policy, queries
from referrals.casework.queries import Line
from referrals.foundation.clock import today
from referrals.foundation.errors import DomainError, NotFound
from referrals.web.access import needs, viewer
from referrals.web.forms.casework import PlainForm
from referrals.web.posting import carry_out
from referrals.web.presenting.turns import days_since, turn_words

blueprint = Blueprint("queue", __name__, url_prefix="/queue")

TABS: Final = {"unassigned": "Unassigned", "mine": "Mine", "team": "Whole team", "ended": "Ended"}
PAGE_SIZE: Final = 50


@blueprint.get("")
@needs(Permission.REFERRAL_WORK)
def index() -> ResponseReturnValue:
    """One tab of the queue, the oldest wrong thing first."""
    who = viewer()
    tab = request.args.get("tab", "")
    tab = tab if tab in TABS else first_tab(who)
    after = request.args.get("after") or None
    page = queries.queue(who, tab, after=after, limit=PAGE_SIZE)
    return render_template(
        "queue/index.html",
        tab=tab,
        tabs=[
            {"text": text, "href": url_for(".index", tab=code), "count": page.counts.get(code), "active": code == tab}
            for code, text in TABS.items()
        ],
        rows=[line(row, who, takes=tab == "unassigned") for row in page.rows],
        counts=page.counts,
        later=after is not None,
        next_url=url_for(".index", tab=tab, after=page.next_cursor) if page.next_cursor else None,
        form=PlainForm(),
        offers=queries.count_offers_to(who),
        wide=True,
    )


@blueprint.post("/take")
@needs(Permission.REFERRAL_WORK)
def take() -> ResponseReturnValue:
    """Give one referral of the list to the person who pressed its button, and show the list again."""
    who = viewer()
    form = PlainForm()
    chosen, _, seen = request.form.get("take", "").partition(" ")
    if not form.validate_on_submit() or not (seen.isascii() and seen.isdigit() and len(seen) < 10):
        raise NotFound
    back = url_for(".index", tab="unassigned")

    def assign() -> str:
        referral = queries.referral(chosen, who)
        actions.move(referral, "assign", {"assignee": who.person_id}, by=who, version=int(seen))
        return back

    try:
        # Each line of the list is a form of its own, though they share one key.
        answer = carry_out(f"{form.form_key.data[:40]}-{chosen[:20]}", assign)
    except NotFound:
        raise
    except DomainError as refused:
        flash(f"{chosen} was not assigned to you. {refused.message}", "warning")
        return redirect(back, 303)
    flash(f"{chosen} is assigned to you", "success")
    return answer


def first_tab(who: Viewer) -> str:
    """Where a person begins: a manager hands out what is new, a caseworker goes on with their own."""
    return "unassigned" if who.role is Role.MANAGER else "mine"


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
        "overdue_days": row.overdue_days,
        "assignee": row.assignee_name,
        "group": row.group_name,
        "take": f"{row.reference} {row.version}" if takes else None,
    }
