"""The group's home: what is new, what needs you, whose turn it is with the rest, and what is finished."""

from datetime import datetime
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue

from referrals.accounts.queries import names_of
from referrals.accounts.roles import Permission, Reach
from referrals.accounts.viewer import Viewer
from referrals.casework import actions, queries
from referrals.casework.queries import GROUP_TABS
from referrals.engagement.queries import due_follow_ups
from referrals.foundation.clock import now, today
from referrals.web.access import needs, viewer
from referrals.web.forms.home import SeenForm
from referrals.web.forms.signposts import SignpostForm
from referrals.web.posting import carry_out
from referrals.web.presenting.contacts import due_of
from referrals.web.presenting.home import SHOWN, TITLES, counted, news_for, row_for
from referrals.web.presenting.later import later_due
from referrals.web.presenting.signposts import month_words

blueprint = Blueprint("mine", __name__)


@blueprint.get("/referrals")
@needs(Permission.REFERRAL_DRAFT)
def index() -> ResponseReturnValue:
    """All of it on one page, or one list page by page (`?list=`, `?after=`); a lead can have their own (`?whose=`)."""
    who = viewer()
    own = whose(who) == "mine"
    chosen = request.args.get("list")
    if chosen in GROUP_TABS:
        return one_list(who, chosen, own=own)
    pages = queries.home(who, SHOWN, own=own)
    lines = [line.id for line in pages["needs_me"].rows]
    bulletin = queries.bulletin(who, lines, own=own)
    return render_template(
        "mine/index.html",
        sections=_sections(pages, who, bulletin.told),
        news=news_for(bulletin),
        seen_form=SeenForm(formdata=None, until=now().isoformat()),
        later=later_due(queries.due_later(who, own=own)),
        follow_ups=due_of(due_follow_ups(who, own=own)),
        signpost_form=SignpostForm(formdata=None, day=today()),
        month_words=month_words(queries.signposted_this_month(who)),
        whole_area=who.reach is Reach.ORGANISATION,
        own=own,
        wide=True,
    )


def one_list(who: Viewer, chosen: str, *, own: bool) -> ResponseReturnValue:
    """One list, a page of it at a time."""
    page = queries.my_referrals(who, chosen, after=request.args.get("after"), own=own)
    told = queries.bulletin(who, [line.id for line in page.rows], own=own).told if chosen == GROUP_TABS[0] else {}
    onward = url_for(".index", list=chosen, after=page.next_cursor, whose=whose(who)) if page.next_cursor else None
    return render_template(
        "mine/list.html",
        section=_sections({chosen: page}, who, told)[0],
        onward=onward,
        back_link=url_for(".index", whose=whose(who)),
        wide=True,
    )


@blueprint.post("/referrals/news/seen")
@needs(Permission.REFERRAL_DRAFT)
def seen() -> ResponseReturnValue:
    """Say that one has seen what is new; what happened after the page was shown stays new."""
    form = SeenForm()

    def act() -> str:
        actions.mark_news_seen(moment_of(form.until.data), by=viewer())
        return url_for(".index", whose=whose(viewer()))

    answer = carry_out(form.form_key.data, act)
    flash("Noted. What happens from now on is shown here.", "success")
    return answer


def whose(who: Viewer) -> str | None:
    """Whether a lead wants only their own referrals: "mine", or None for all that the viewer sees."""
    only = who.reach is Reach.ORGANISATION and request.args.get("whose") == "mine"
    return "mine" if only else None


def moment_of(text: str | None) -> datetime:
    """When the page was shown, as it says itself; now for anything that is no moment."""
    try:
        found = datetime.fromisoformat((text or "")[:40])
    except ValueError:
        return now()
    return found if found.tzinfo else now()


def _sections(pages: dict[str, queries.Page], who: Viewer, told: dict[UUID, str]) -> list[dict[str, Any]]:
    lines = [line for page in pages.values() for line in page.rows]
    authors = names_of(line.created_by_id for line in lines) if who.reach is Reach.ORGANISATION else {}
    return [
        {
            "code": tab,
            "title": TITLES[tab],
            "count": counted(page.counts.get(tab)),
            "rows": [row_for(line, who, authors.get(line.created_by_id), told) for line in page.rows],
            "all": url_for(".index", list=tab, whose=whose(who)) if page.next_cursor else None,
        }
        for tab, page in pages.items()
    ]
