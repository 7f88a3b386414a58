"""The answers that an area and its MP's office keep: looked for, written from a request, checked, and taken down."""

from uuid import UUID

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from referrals.accounts.roles import Permission
from referrals.casework import queries as cases
from referrals.casework.actions import open_referral
from referrals.directory import queries as directory
from referrals.foundation.database import transaction
from referrals.knowledge import actions, policy, queries
from referrals.knowledge.models import KnowledgeEntry
from referrals.knowledge.queries import Wanted
from referrals.web.access import needs, viewer
from referrals.web.forms import GovForm
from referrals.web.forms.casework import PlainForm
from referrals.web.forms.knowledge import CheckForm, EntryForm, SearchForm, TakeDownForm
from referrals.web.posting import answer_to, carry_out
from referrals.web.presenting import knowledge as presenting

blueprint = Blueprint("knowledge", __name__, url_prefix="/answers")

keeps = needs(Permission.KNOWLEDGE_WRITE)


@blueprint.route("", methods=["GET", "POST"])
@keeps
def index() -> ResponseReturnValue:
    """Every answer of the viewer's area or office, or those that were looked for; words are never in the address."""
    who, form = viewer(), SearchForm()
    sought = form.validate_on_submit()
    wanted = Wanted(form.words.data or "", form.category.data or None) if sought else Wanted()
    found = queries.search(wanted, who)
    return render_template(
        "knowledge/index.html",
        form=form,
        sought=sought and (wanted.words or wanted.category),
        rows=presenting.rows_of(found, who),
        waiting=presenting.rows_of(queries.waiting(who), who),
    ), 422 if form.errors else 200


@blueprint.route("/new/<of>", methods=["GET", "POST"])
@needs(Permission.KNOWLEDGE_WRITE, writes=True)
def new(of: str) -> ResponseReturnValue:
    """Write the answer of a request down for the area, beginning with what was asked and answered."""
    who = viewer()
    with transaction():
        # What stands in the form is read from the request.
        referral = open_referral(of, by=who)
        policy.must_begin(referral, who)
        form = EntryForm(**_first_words(of))

    def act() -> str:
        made = actions.write_entry(cases.referral(of, who), form.told(), by=who)
        return url_for(".show", entry_id=made.id)

    if form.validate_on_submit() and (answer := answer_to(form, act, "Saved. Somebody else checks it now.")):
        return answer
    back = url_for("referrals.show", reference=of)
    return render_template("knowledge/write.html", form=form, back_link=back, title="Keep this answer for the area")


def _first_words(of: str) -> dict[str, str | None]:
    who = viewer()
    referral = cases.referral(of, who)
    body = directory.agency(referral.agency_id).code if referral.agency_id else None
    return {
        "question": referral.summary,
        "answer": queries.answer_in(referral, who),
        "category": referral.category,
        "agency": body,
    }


@blueprint.get("/<uuid:entry_id>")
@keeps
def show(entry_id: UUID) -> str:
    """One answer, with where it is from and until when it was right."""
    who = viewer()
    found = presenting.page_of(queries.entry(entry_id, who), who)
    return render_template(
        "knowledge/show.html", entry=found, form=PlainForm(formdata=None), back_link=url_for(".index")
    )


@blueprint.route("/<uuid:entry_id>/correct", methods=["GET", "POST"])
@keeps
def correct(entry_id: UUID) -> ResponseReturnValue:
    """Write an answer anew; somebody else checks it before it is on the page again."""
    who, home = viewer(), url_for(".show", entry_id=entry_id)
    found = queries.entry(entry_id, who)
    form = EntryForm(version=found.version, **_words_of(found))

    def act() -> str:
        actions.correct_entry(queries.entry(entry_id, who), form.told(), by=who, version=form.version.data)
        return home

    if form.validate_on_submit() and (answer := answer_to(form, act, "Saved. Somebody else checks it now.")):
        return answer
    _at_present(form, entry_id)
    return render_template("knowledge/write.html", form=form, back_link=home, title="Correct this answer")


def _at_present(form: GovForm, entry_id: UUID) -> None:
    """After somebody else was first, the form is sent again for what they made of it."""
    if form.stale:
        form.version.data = queries.entry(entry_id, viewer()).version


def _words_of(found: KnowledgeEntry) -> dict[str, str | None]:
    body = directory.agency(found.agency_id).code if found.agency_id else None
    return {
        "question": found.question,
        "answer": found.answer,
        "source": found.source,
        "category": found.category,
        "agency": body,
    }


@blueprint.route("/<uuid:entry_id>/check", methods=["GET", "POST"])
@needs(Permission.KNOWLEDGE_CHECK)
def check(entry_id: UUID) -> ResponseReturnValue:
    """Look for everything that may point at somebody, and put the answer on the page."""
    who, home = viewer(), url_for(".show", entry_id=entry_id)
    found = queries.entry(entry_id, who)
    policy.must_check(found, who)
    form = CheckForm(version=found.version)

    def act() -> str:
        actions.check_entry(queries.entry(entry_id, who), form.checks.data or (), by=who, version=form.version.data)
        return home

    if form.validate_on_submit() and (answer := answer_to(form, act, "The answer is on the page now.")):
        return answer
    _at_present(form, entry_id)
    found = queries.entry(entry_id, who)
    findings, entry = actions.findings_in(found), presenting.page_of(found, who)
    return render_template("knowledge/check.html", form=form, entry=entry, findings=findings, back_link=home)


@blueprint.post("/<uuid:entry_id>/still-right")
@keeps
def confirm(entry_id: UUID) -> ResponseReturnValue:
    """Say that an answer is right still."""
    who = viewer()

    def act() -> str:
        actions.confirm_entry(queries.entry(entry_id, who), by=who)
        return url_for(".show", entry_id=entry_id)

    return carry_out(PlainForm().form_key.data, act)


@blueprint.route("/<uuid:entry_id>/take-down", methods=["GET", "POST"])
@keeps
def take_down(entry_id: UUID) -> ResponseReturnValue:
    """Take an answer off the page, with every word of it."""
    who = viewer()
    found = queries.entry(entry_id, who)
    form = TakeDownForm(version=found.version)

    def act() -> str:
        actions.take_down(queries.entry(entry_id, who), form.why.data, by=who, version=form.version.data)
        return url_for(".index")

    if form.validate_on_submit() and (answer := answer_to(form, act, "The answer is taken down.")):
        return answer
    _at_present(form, entry_id)
    home = url_for(".show", entry_id=entry_id)
    return render_template("knowledge/take_down.html", form=form, question=found.question, back_link=home)
