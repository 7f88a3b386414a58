"""Notes and messages: two composers with an address each, and sharing a private note on purpose."""

from collections.abc import Callable
from uuid import UUID

from flask import Blueprint, flash, render_template, url_for
from flask.typing import ResponseReturnValue

from referrals.accounts.roles import Permission, Side
from referrals.accounts.viewer import Viewer
from referrals.casework import actions, policy, queries
from referrals.casework.models import Referral
from referrals.foundation.database import transaction
from referrals.foundation.errors import IllegalMove, Invalid, NotAllowed
from referrals.web.access import needs, viewer
from referrals.web.forms import GovForm
from referrals.web.forms.casework import MessageForm, PlainForm, PrivateNoteForm
from referrals.web.posting import carry_out
from referrals.web.presenting.referral import other_side, sides_of

blueprint = Blueprint("notes", __name__, url_prefix="/referrals/<reference>/notes")


@blueprint.route("/private", methods=["GET", "POST"])
@needs(Permission.NOTE_WRITE)
def private(reference: str) -> ResponseReturnValue:
    """Write a note that only the writer's own organisation reads."""
    return compose(reference, PrivateNoteForm(), shared=False)


@blueprint.route("/message", methods=["GET", "POST"])
@needs(Permission.NOTE_WRITE)
def message(reference: str) -> ResponseReturnValue:
    """Write a message to the other side."""
    return compose(reference, MessageForm(), shared=True)


@blueprint.route("/<uuid:note_id>/share", methods=["GET", "POST"])
@needs(Permission.NOTE_WRITE, writes=True)
def share(reference: str, note_id: UUID) -> ResponseReturnValue:
    """Show a private note once more, which is a reading, and share it with the other side when that is confirmed."""
    who = viewer()
    referral = writable(reference, who)
    note = queries.own_note(referral, note_id, who)
    form = PlainForm()
    home = url_for("referrals.show", reference=referral.reference)

    def act() -> str:
        found = queries.referral(reference, who)
        actions.share_note(queries.own_note(found, note_id, who), by=who)
        return home

    if form.validate_on_submit():
        answer = sent(form, act, "Note shared")
        if answer is not None:
            return answer
    with transaction():
        actions.open_referral(reference, by=who)
    return render_template("notes/share.html", **around(referral, who), form=form, note=note)


def compose(reference: str, form: PrivateNoteForm | MessageForm, *, shared: bool) -> ResponseReturnValue:
    """Save what was written, or show the one composer with what was typed and what is wrong with it."""
    who = viewer()
    referral = writable(reference, who)
    words = form.body.data
    home = url_for("referrals.show", reference=referral.reference)

    def act() -> str:
        actions.write_note(queries.referral(reference, who), words, shared=shared, by=who)
        return home

    if form.validate_on_submit():
        answer = sent(form, act, "Message sent" if shared else "Private note saved")
        if answer is not None:
            return answer
    page = "notes/message.html" if shared else "notes/private.html"
    return render_template(page, **around(referral, who), form=form)


def sent(form: GovForm, act: Callable[[], str], done: str) -> ResponseReturnValue | None:
    """The answer to a form that was carried out; None when it was refused, with the reason in the form."""
    try:
        answer = carry_out(form.form_key.data, act)
    except Invalid as refused:
        form.take_errors({"body": " ".join(refused.errors.values())})
        return None
    except (IllegalMove, NotAllowed) as refused:
        form.form_errors.append(refused.message)
        return None
    flash(f"{done}.", "success")
    return answer


def writable(reference: str, who: Viewer) -> Referral:
    """The referral, for somebody who may write on it. Raises NotFound and NotAllowed."""
    referral = queries.referral(reference, who)
    policy.must_write(referral, who, Permission.NOTE_WRITE)
    return referral


def around(referral: Referral, who: Viewer) -> dict[str, object]:
    """What every page of a note needs besides its form."""
    return {
        "referral": referral,
        "side": "group" if who.side is Side.GROUP else "office",
        "other_side": sides_of(referral)[other_side(who)],
        "back_link": url_for("referrals.show", reference=referral.reference),
    }
