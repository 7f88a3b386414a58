"""Letters that were made: reading one, its files, that it was sent, sharing it, and throwing one away."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, flash, render_template, url_for
from flask.typing import ResponseReturnValue

from referrals.accounts.roles import Permission
from referrals.accounts.viewer import Viewer
from referrals.casework import queries as cases
from referrals.correspondence import actions, policy, queries
from referrals.correspondence.actions.sending import channels_for
from referrals.correspondence.models import Letter
from referrals.correspondence.rendering import MEDIA_TYPES, Form, file_name, made
from referrals.foundation.database import only_reading, transaction
from referrals.foundation.errors import IllegalMove, Invalid, NotAllowed, NotFound
from referrals.web.access import needs, viewer
from referrals.web.downloads import download
from referrals.web.forms import GovForm
from referrals.web.forms.casework import PlainForm
from referrals.web.forms.letters import SentForm
from referrals.web.posting import carry_out
from referrals.web.presenting.letters import home_of, page_of
from referrals.web.presenting.referral import sides_of

blueprint = Blueprint("letters", __name__, url_prefix="/referrals/<reference>/letters")


@blueprint.get("/<uuid:letter_id>")
@needs(Permission.REFERRAL_READ, writes=True)
def show(reference: str, letter_id: UUID) -> ResponseReturnValue:
    """One letter as it was made; reading it leaves its event."""
    who = viewer()
    with transaction():
        referral = cases.referral(reference, who)
        letter = queries.letter(referral, letter_id, who)
        actions.record_opening(letter, by=who)
        shown = page_for(letter, who)
    return render_template(
        "letters/show.html", letter=shown, referral=referral, side=who.side.value, back_link=home_of(referral)
    )


@blueprint.get("/<uuid:letter_id>/file/<form>")
@needs(Permission.REFERRAL_READ, writes=True)
def fetch(reference: str, letter_id: UUID, form: str) -> Response:
    """A letter as a download, named by reference and kind; taking it leaves its event first."""
    who = viewer()
    if form not in set(Form):
        raise NotFound
    with only_reading():
        letter = queries.letter(cases.referral(reference, who), letter_id, who)
        content, name = made(letter, Form(form)), file_name(letter, Form(form))
    with transaction():
        letter = queries.letter(cases.referral(reference, who), letter_id, who)
        actions.record_opening(letter, by=who, form=form)
    return download(content, name, MEDIA_TYPES[Form(form)])


@blueprint.route("/<uuid:letter_id>/sent", methods=["GET", "POST"])
@needs(Permission.LETTER_WRITE, writes=True)
def sent(**where: Any) -> ResponseReturnValue:
    """Note how and when a letter was sent."""
    form = SentForm()
    with only_reading():
        form.offer(tuple(channels_for(own_letter(where, viewer()))))

    def act(letter: Letter, *, by: Viewer) -> None:
        actions.mark_sent(letter, form.channel.data or "", form.sent_on.data, by=by)

    return change(form, "sent", where, "Letter marked as sent", act)


@blueprint.route("/<uuid:letter_id>/share", methods=["GET", "POST"])
@needs(Permission.LETTER_WRITE, writes=True)
def share(**where: Any) -> ResponseReturnValue:
    """Let the group read a letter that went to somebody else, when that is confirmed."""
    return change(PlainForm(), "share", where, "Letter shared", actions.share_letter)


@blueprint.route("/<uuid:letter_id>/discard", methods=["GET", "POST"])
@needs(Permission.LETTER_WRITE, writes=True)
def discard(**where: Any) -> ResponseReturnValue:
    """Throw away a letter that was not sent, when that is confirmed."""
    return change(PlainForm(), "discard", where, "Letter thrown away", actions.discard_letter)


def change(
    form: GovForm, page: str, where: dict[str, Any], done: str, verb: Callable[..., None]
) -> ResponseReturnValue:
    """Carry out a verb on one's own letter, or show the page that asks; looking at it leaves its event."""
    who, home = viewer(), url_for("letters.show", **where)
    gone = page == "discard"
    with only_reading():
        letter = own_letter(where, who)
        if gone:
            home = home_of(letter.referral)

    def act() -> str:
        verb(own_letter(where, who), by=who)
        return home

    if form.validate_on_submit():
        try:
            answer = carry_out(form.form_key.data, act)
        except Invalid as refused:
            form.take_errors(refused.errors)
        except (IllegalMove, NotAllowed) as refused:
            form.form_errors.append(refused.message)
        else:
            flash(f"{done}.", "success")
            return answer
    with transaction():
        letter = own_letter(where, who)
        actions.record_opening(letter, by=who)
        shown = page_for(letter, who)
    back_link = url_for("letters.show", **where)
    return render_template(
        f"letters/{page}.html", form=form, letter=shown, referral=letter.referral, back_link=back_link
    )


def own_letter(where: dict[str, Any], who: Viewer) -> Letter:
    """A letter of the viewer's own office. Raises NotFound and NotAllowed."""
    letter = queries.letter(cases.referral(where["reference"], who), where["letter_id"], who)
    policy.must_be_own(letter, who)
    return letter


def page_for(letter: Letter, who: Viewer) -> dict[str, Any]:
    """What a page about one letter reads."""
    sides = sides_of(letter.referral)
    return page_of(letter, queries.letters_of(letter.referral, who), who, sides)
