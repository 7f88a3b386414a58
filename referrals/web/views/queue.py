"""The office's desk: which referrals there are, whose turn it is, and taking one from its line."""

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from referrals.accounts.roles import Permission
from referrals.casework import actions, queries
from referrals.foundation.errors import DomainError, NotFound
from referrals.web.access import needs, viewer
from referrals.web.forms.casework import PlainForm
from referrals.web.posting import carry_out, why_not
from referrals.web.presenting.filters import chips_for, groups_for
from referrals.web.presenting.queue import LIST, asked_of, found_words, order_words, rows_for, sorts_for, tabs_for
from referrals.web.presenting.saved_views import first_of, gone_from, links_for, save_address

blueprint = Blueprint("queue", __name__, url_prefix="/queue")

PAGE_SIZE = 50


@blueprint.get("")
@needs(Permission.REFERRAL_WORK)
def index() -> ResponseReturnValue:
    """One tab of the queue, the oldest wrong thing first unless it was asked for in another order."""
    who = viewer()
    known = queries.known_to(who)
    asked = asked_of(request.args, who, known)
    page = queries.queue(who, asked.tab, after=asked.after, limit=PAGE_SIZE, narrow=asked.narrow, sort=asked.sort)
    views = links_for(queries.saved_views(who), asked, who, known)
    return render_template(
        "queue/index.html",
        asked=asked,
        tabs=tabs_for(asked.tab, page.counts),
        filters=groups_for(asked, who, known),
        chips=chips_for(asked, who, known),
        sorts=sorts_for(asked),
        order=order_words(asked),
        found=found_words(page.found),
        rows=rows_for(page.rows, asked, who),
        counts=page.counts,
        carried=asked.carried(),
        all="all" in request.args,
        next_url=asked.url(after=page.next_cursor) if page.next_cursor else None,
        form=PlainForm(),
        offers=page.offers,
        views=first_of(views),
        further=len(views) - len(first_of(views)),
        save=save_address(asked, views),
        gone=gone_from(views),
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
    asked = asked_of(request.args, who, queries.known_to(who))
    back = asked.url(paged=True, tab=asked.tab if request.args else "unassigned", _anchor=LIST)

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
        flash(f"{chosen} was not assigned to you. {why_not(refused)}", "warning")
        return redirect(back, 303)
    flash(f"{chosen} is assigned to you", "success")
    return answer
