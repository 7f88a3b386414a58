"""The stationery of an office: the head of its letters, and its own texts, with every version there was."""

from collections.abc import Callable

from flask import Blueprint, flash, render_template, url_for
from flask.typing import ResponseReturnValue

from referrals.accounts.roles import Permission
from referrals.correspondence import actions, queries
from referrals.correspondence.senders import Sender
from referrals.foundation.errors import IllegalMove, Invalid, Stale
from referrals.web.access import needs, viewer
from referrals.web.forms import GovForm
from referrals.web.forms.casework import PlainForm
from referrals.web.forms.letters import LetterheadForm, TextForm
from referrals.web.posting import carry_out
from referrals.web.presenting import stationery as presenting
from referrals.web.views.writing import kind_of

blueprint = Blueprint("stationery", __name__, url_prefix="/stationery")

keeps = needs(Permission.STATIONERY_KEEP)


@blueprint.get("")
@keeps
def index() -> str:
    """The letterhead, and every kind of letter with whose text it is made from."""
    who = viewer()
    return render_template(
        "stationery/index.html",
        sender=queries.sender_of(who),
        written=queries.letterhead(who) is not None,
        groups=presenting.kinds_of(queries.texts_in_use(who)),
    )


@blueprint.route("/letterhead", methods=["GET", "POST"])
@keeps
def letterhead() -> ResponseReturnValue:
    """How the office names itself at the head of its letters."""
    who = viewer()
    form = LetterheadForm(version=queries.letterhead_version(who), **queries.sender_of(who).plain())

    def act() -> None:
        actions.save_letterhead(Sender(**form.values()), version=form.version.data or 0, by=who)

    answer, stale = sent(form, act, url_for(".index"), "Letterhead saved")
    if answer is not None:
        return answer
    if stale:
        form.version.data = queries.letterhead_version(who)
    shown = presenting.head_rows(queries.sender_of(who)) if stale else []
    page = render_template("stationery/letterhead.html", form=form, head_now=shown, back_link=url_for(".index"))
    return page, 409 if stale else 200


@blueprint.route("/<kind>", methods=["GET", "POST"])
@keeps
def text(kind: str) -> ResponseReturnValue:
    """The office's own text of a kind of letter."""
    who, row = viewer(), kind_of(kind)
    now = queries.text_in_use(row, who)
    form = TextForm(version=now.number, words=now.words)

    def act() -> None:
        actions.save_text(row, form.words.data, version=form.version.data or 0, by=who)

    answer, stale = sent(form, act, url_for(".index"), "Text saved. Letters made from now on begin with it")
    if answer is not None:
        return answer
    if stale:
        form.version.data = queries.text_in_use(row, who).number
    page = render_template(
        "stationery/text.html",
        form=form,
        kind=row,
        fields=presenting.fields_of(row),
        now=queries.text_in_use(row, who),
        stale=stale,
        back_link=url_for(".index"),
    )
    return page, 409 if stale else 200


@blueprint.route("/<kind>/versions", methods=["GET", "POST"])
@keeps
def versions(kind: str) -> ResponseReturnValue:
    """Every version of a text, each readable; and the way back to the text of the service."""
    who, row = viewer(), kind_of(kind)
    form = PlainForm(version=queries.text_in_use(row, who).number)

    def act() -> None:
        actions.use_service_text(row, version=form.version.data or 0, by=who)

    answer, stale = sent(form, act, url_for(".versions", kind=kind), "Back to the text of the service")
    if answer is not None:
        return answer
    now = queries.text_in_use(row, who)
    form.version.data = now.number
    page = render_template(
        "stationery/versions.html",
        form=form,
        kind=row,
        now=now,
        service=row.service_text(),
        versions=queries.versions_of(row, who),
        stale=stale,
        back_link=url_for(".text", kind=kind),
    )
    return page, 409 if stale else 200


def sent(form: GovForm, act: Callable[[], None], home: str, done: str) -> tuple[ResponseReturnValue | None, bool]:
    """The answer to a form that was carried out, or None; and whether somebody else had saved first."""

    def carried() -> str:
        act()
        return home

    if not form.validate_on_submit():
        return None, False
    try:
        answer = carry_out(form.form_key.data, carried)
    except Invalid as refused:
        form.take_errors(refused.errors)
    except IllegalMove as refused:
        form.form_errors.append(refused.message)
    except Stale:
        return None, True
    else:
        flash(f"{done}.", "success")
        return answer, False
    return None, False
