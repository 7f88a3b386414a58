"""A person's notices: what happened to their referrals, the unread first."""

from typing import Any, Final
from uuid import UUID

from flask import Blueprint, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue

from referrals.accounts.roles import Permission
from referrals.casework.queries import summaries
from referrals.foundation.errors import NotFound
from referrals.notifications import actions, queries
from referrals.notifications.queries import NoticeLine
from referrals.web import sign_in_state
from referrals.web.access import needs, viewer
from referrals.web.forms.casework import PlainForm
from referrals.web.posting import carry_out

blueprint = Blueprint("notices", __name__, url_prefix="/notices")

PAGE_SIZE: Final = 30
GONE: Final = "This is no longer open to you"


@blueprint.get("")
@needs(Permission.REFERRAL_READ)
def index() -> str:
    """One page of notices; each leads to its referral, whose page marks it as read."""
    who = viewer()
    after = request.args.get("after") or None
    found, cursor = queries.notices(who, after, PAGE_SIZE)
    about = summaries({line.reference for line in found if line.reference}, who)
    return render_template(
        "notices/index.html",
        lines=[shown(line, about) for line in found],
        unread=sign_in_state.unread(),
        # What came in since this page was made is on nobody's screen.
        until=max((line.id for line in found), default=None),
        later=after is not None,
        next_url=url_for(".index", after=cursor) if cursor else None,
        form=PlainForm(formdata=None),
    )


@blueprint.post("/read")
@needs(Permission.REFERRAL_READ)
def read() -> ResponseReturnValue:
    """Mark one notice as read, or everything up to the newest that the page showed."""
    who = viewer()
    form = PlainForm()
    chosen, until = one_id("read"), one_id("until")
    if not form.validate_on_submit() or (chosen or until) is None:
        raise NotFound

    def mark() -> str:
        if chosen:
            actions.read_notice(chosen, by=who)
        elif until:
            actions.read_all(until, by=who)
        return url_for(".index")

    # Each line of the list is a form of its own, though they share one key.
    answer = carry_out(f"{form.form_key.data[:24]}-{chosen or until}", mark)
    flash("Marked as read." if chosen else "All marked as read.", "success")
    return answer


def one_id(name: str) -> UUID | None:
    """An id that was sent under this name; None for anything else."""
    try:
        return UUID(request.form.get(name, ""))
    except ValueError:
        return None


def shown(line: NoticeLine, about: dict[str, str | None]) -> dict[str, Any]:
    """One notice as its template reads it. What the referral says is asked for today, and never kept with it."""
    # An offer of another office has a page of its own, before there is a referral for them to see.
    of_referral = line.path == f"/referrals/{line.reference}"
    gone = of_referral and line.reference not in about
    summary = about.get(line.reference, "") if line.reference else ""
    return {
        "id": line.id,
        "words": line.words,
        "href": None if gone else line.path,
        "reference": line.reference,
        "summary": GONE if gone or summary is None else summary,
        "at": line.at,
        "unread": line.unread,
        "urgent": line.urgent,
    }
