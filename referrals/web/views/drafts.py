"""Writing a referral: the danger question, one page a question, check your answers, send, and throw away."""

from functools import partial
from typing import Any
from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from referrals.accounts.roles import Permission
from referrals.casework.actions import move
from referrals.casework.actions.drafting import (
    Draft,
    approve_ground,
    check_before_sending,
    discard_draft,
    find_draft,
    lacking_on,
    read_page,
    save_page,
    start_draft,
)
from referrals.casework.answering import fingerprint
from referrals.casework.intake import BY_CODE, PARTS
from referrals.foundation.database import transaction
from referrals.foundation.errors import IllegalMove, Invalid, Stale
from referrals.web import keeping
from referrals.web.access import needs, viewer
from referrals.web.forms.intake import FORMS, DangerForm, PageForm, SendForm
from referrals.web.posting import carry_out
from referrals.web.presenting.intake_pages import background_of, prepare
from referrals.web.presenting.intake_summary import cards, still_to_answer

blueprint = Blueprint("drafts", __name__)


@blueprint.route("/drafts/new", methods=["GET", "POST"])
@needs(Permission.REFERRAL_DRAFT)
def new() -> ResponseReturnValue:
    """Ask for immediate danger before anything is kept, then begin a draft."""
    form = DangerForm()
    if form.validate_on_submit():
        if form.danger.data == "yes":
            return redirect(url_for("drafts.stop"), 303)
        return carry_out(form.form_key.data, lambda: _address(start_draft(by=viewer()).id, "issue"))
    return render_template("drafts/new.html", form=form, back_link=url_for("mine.index"))


@blueprint.get("/drafts/stop")
@needs(Permission.REFERRAL_DRAFT)
def stop() -> ResponseReturnValue:
    """Who to call when somebody is in danger. Nothing is kept or counted."""
    return render_template("drafts/stop.html", back_link=url_for("drafts.new"))


@blueprint.get("/drafts/<uuid:draft_id>")
@needs(Permission.REFERRAL_DRAFT)
def resume(draft_id: UUID) -> ResponseReturnValue:
    """Come back to a draft: to its first unfinished page, or to the check of all answers."""
    draft = find_draft(draft_id, by=viewer())
    if not draft.is_open:
        return _sent(draft)
    unfinished = draft.unfinished()
    return redirect(_address(draft_id, unfinished[0].code if unfinished else "check"), 303)


@blueprint.route("/drafts/<uuid:draft_id>/<page>", methods=["GET", "POST"])
@needs(Permission.REFERRAL_DRAFT, writes=True)
def question(draft_id: UUID, page: str) -> ResponseReturnValue:
    """One page of questions: shown with what is stored, or kept and on to the next."""
    if page not in FORMS:
        abort(404)
    return _keep(draft_id, page) if request.method == "POST" else _show(draft_id, page)


def _show(draft_id: UUID, page: str) -> ResponseReturnValue:
    with transaction():
        draft = find_draft(draft_id, by=viewer())
        if not draft.is_open:
            return _sent(draft)
        stored = read_page(draft, page, by=viewer())
    form = FORMS[page](formdata=None, data=stored | {"seen": fingerprint(stored)})
    return _render(draft, page, form)


def _keep(draft_id: UUID, page: str) -> ResponseReturnValue:
    form = FORMS[page]()
    draft = find_draft(draft_id, by=viewer())
    if not draft.is_open:
        return _sent(draft)
    prepare(form, page, draft)
    given = {question.name: form[question.name].data for question in BY_CODE[page].questions}
    partly = "later" in request.form
    if not form.validate_on_submit():
        missing = {} if partly else lacking_on(draft, page, given)
        form.take_errors({name: message for name, message in missing.items() if name not in form.errors})
        return _render(draft, page, form)
    try:
        with transaction():
            draft = find_draft(draft_id, by=viewer(), to_change=True)
            save_page(draft, page, given, by=viewer(), seen=form.seen.data, partly=partly)
            keeping.forget_sent()
            onward = _onward(draft, page, partly=partly)
    except Invalid as refused:
        form.take_errors(refused.errors)
        return _render(find_draft(draft_id, by=viewer()), page, form)
    except Stale:
        return _render_stale(draft_id, page, form)
    return redirect(onward, 303)


def _onward(draft: Draft, page: str, *, partly: bool) -> str:
    """Where to go when a page was kept: home, back to the check when it came from there, or to the next page."""
    draft_id = draft.referral.id
    if partly:
        flash("Your draft is saved. You can finish it at any time.", "success")
        return url_for("mine.index")
    unfinished = [one.code for one in draft.unfinished()]
    if "change" in request.args:
        # A changed answer can make another one needed, such as a new agreement for another office.
        return _address(draft_id, unfinished[0], change=1) if unfinished else _address(draft_id, "check")
    codes = [one.code for one in draft.pages()]
    following = codes[codes.index(page) + 1 :] if page in codes else unfinished
    return _address(draft_id, following[0] if following else "check")


@blueprint.route("/drafts/<uuid:draft_id>/check", methods=["GET", "POST"])
@needs(Permission.REFERRAL_SUBMIT, writes=True)
def check(draft_id: UUID) -> ResponseReturnValue:
    """Check all answers, and send them to the MP's office."""
    form, refused = SendForm(), dict[str, str]()
    if form.validate_on_submit():
        try:
            return carry_out(form.form_key.data, partial(_approve if "approve" in request.form else _send, draft_id))
        except Invalid as fault:
            refused = fault.errors
        except (IllegalMove, Stale):
            # Somebody else sent or approved it first: the page shows where it stands.
            pass
    with transaction():
        draft = find_draft(draft_id, by=viewer())
        if not draft.is_open:
            return _sent(draft)
        answers = read_page(draft, "check", by=viewer())
    shown = render_template(
        "drafts/check.html",
        form=form,
        draft=draft,
        cards=cards(draft, answers),
        todo=still_to_answer(draft, refused),
        refused=refused,
        parts=PARTS,
        back_link=_before(draft, "check"),
        **background_of("check", draft),
    )
    return shown, 422 if refused else 200


def _send(draft_id: UUID) -> str:
    draft = find_draft(draft_id, by=viewer(), to_change=True)
    if draft.is_open:
        if check_before_sending(draft, by=viewer()):
            return _address(draft_id, "duplicates")
        if draft.missing():
            raise Invalid(draft.missing())
        move(draft.referral, "submit", {}, by=viewer(), version=None)
    return url_for("receipts.sent", reference=draft.referral.reference)


def _approve(draft_id: UUID) -> str:
    approve_ground(find_draft(draft_id, by=viewer(), to_change=True), by=viewer())
    flash("Approved. It can be sent now.", "success")
    return _address(draft_id, "check")


@blueprint.route("/drafts/<uuid:draft_id>/discard", methods=["GET", "POST"])
@needs(Permission.REFERRAL_DRAFT)
def discard(draft_id: UUID) -> ResponseReturnValue:
    """Throw a draft away, after asking once."""
    form = SendForm()
    draft = find_draft(draft_id, by=viewer())
    if not draft.is_open:
        return _sent(draft)
    if form.validate_on_submit():
        return carry_out(form.form_key.data, lambda: _discard(draft_id))
    return render_template("drafts/discard.html", form=form, back_link=_address(draft_id, "check"))


def _discard(draft_id: UUID) -> str:
    discard_draft(find_draft(draft_id, by=viewer(), to_change=True), by=viewer())
    flash("The draft is gone, and nothing of it is kept.", "success")
    return url_for("mine.index")


def _render(draft: Draft, page: str, form: PageForm, *, status: int | None = None, **more: Any) -> ResponseReturnValue:
    prepare(form, page, draft)
    shown = render_template(
        f"drafts/{page}.html",
        form=form,
        page=BY_CODE[page],
        parts=PARTS,
        draft=draft,
        back_link=_before(draft, page),
        **background_of(page, draft),
        **more,
    )
    return shown, status or 200


def _render_stale(draft_id: UUID, page: str, form: PageForm) -> ResponseReturnValue:
    with transaction():
        draft = find_draft(draft_id, by=viewer())
        stored = read_page(draft, page, by=viewer())
    # Sent again, it replaces what the person has now seen.
    form.seen.data = fingerprint(stored)
    form.form_errors.append(
        "Somebody else changed this page while you were writing. Compare both, mend yours, and save it again"
    )
    theirs = [row for card in cards(draft, stored, only=page) for row in card["rows"]]
    return _render(draft, page, form, status=409, theirs=theirs)


def _address(draft_id: UUID, page: str, **more: Any) -> str:
    if page == "check":
        return url_for("drafts.check", draft_id=draft_id)
    return url_for("drafts.question", draft_id=draft_id, page=page, **more)


def _before(draft: Draft, page: str) -> str:
    """Where the back link leads: to the check when the page was entered from there, or to the page before."""
    if "change" in request.args:
        return _address(draft.referral.id, "check")
    codes = [one.code for one in draft.pages()]
    place = codes.index(page) if page in codes else len(codes)
    return _address(draft.referral.id, codes[place - 1]) if place else url_for("mine.index")


def _sent(draft: Draft) -> ResponseReturnValue:
    """What was a draft: on to its confirmation, or to nothing when it never got a reference."""
    if draft.referral.reference is None:
        abort(404)
    return redirect(url_for("receipts.sent", reference=draft.referral.reference), 303)
