"""The page of one referral, for the group and for the office, and who looked at it."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from referrals.accounts.roles import Permission, Side
from referrals.audit import queries as audit
from referrals.casework import actions, queries
from referrals.foundation.database import transaction
from referrals.foundation.errors import NotFound
from referrals.foundation.references import BadReference, normalise_reference
from referrals.web.access import needs, viewer
from referrals.web.forms.casework import MessageForm, PlainForm, PrivateNoteForm
from referrals.web.presenting.history import lines_of
from referrals.web.presenting.referral import page_for
from referrals.web.reading import read_notices

blueprint = Blueprint("referrals", __name__, url_prefix="/referrals")


@blueprint.get("/<reference>")
@needs(Permission.REFERRAL_READ, writes=True)
def show(reference: str) -> ResponseReturnValue:
    """The whole referral; reading it leaves an event, and the office's first look marks it as seen."""
    printed = as_printed(reference)
    if printed != reference:
        return redirect(url_for(".show", reference=printed))
    who = viewer()
    try:
        with transaction():
            referral = actions.open_referral(reference, by=who)
            read_notices(reference, who)
            actions.be_here(referral, by=who)
            shown = page_for(referral, who)
            if not shown["closed"] and shown["conversation"]["new"]:
                actions.note_reading(referral, by=who)
    except NotFound:
        return left_behind(printed)
    return render_template(
        "referrals/show.html",
        shown=shown,
        private_form=PrivateNoteForm(formdata=None),
        message_form=MessageForm(formdata=None),
        plain_form=PlainForm(formdata=None),
        back_link=url_for("home.show") if who.side is Side.GROUP else url_for("queue.index"),
        back_text="All referrals" if who.side is Side.GROUP else "Queue",
        wide=True,
    )


def left_behind(reference: str) -> ResponseReturnValue:
    """Where an office finds what it knows of a referral that another one took on. Raises NotFound for any other."""
    found = queries.passed_on(reference, viewer())
    if found is None:
        raise NotFound
    return redirect(url_for("transfers.show", transfer_id=found))


@blueprint.get("/<reference>/history")
@needs(Permission.REFERRAL_READ)
def history(reference: str) -> ResponseReturnValue:
    """Who of the viewer's own organisation looked at this or changed it, out of its own audit book."""
    who = viewer()
    referral = queries.referral(reference, who)
    typed = request.args.get("before", "")
    before = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else None
    entries = audit.history(referral.id, who, before=before)
    older = entries[-1].number if len(entries) == audit.MOST else None
    return render_template(
        "referrals/history.html",
        referral=referral,
        days=lines_of(entries),
        later=before is not None,
        older_url=older and url_for(".history", reference=referral.reference, before=older),
        back_link=url_for(".show", reference=referral.reference),
    )


def as_printed(reference: str) -> str:
    """A reference of an address in its printed form. Raises NotFound for what is none."""
    try:
        return normalise_reference(reference)
    except BadReference:
        raise NotFound from None
