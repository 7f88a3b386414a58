"""Quarterly briefings of an area to its MPs: which there are, writing one, its way to the office, and the PDF."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from referrals.accounts.queries import recipient
from referrals.accounts.roles import Permission
from referrals.directory import queries as directory
from referrals.foundation.database import only_reading, transaction
from referrals.foundation.errors import IllegalMove, NotAllowed, NotFound
from referrals.publishing.actions import briefing_out, briefings
from referrals.publishing.briefings.sheet import Ready, file_name, made_ready, to_printed
from referrals.publishing.models import Briefing
from referrals.publishing.policy import briefings as policy
from referrals.publishing.queries import briefings as queries
from referrals.publishing.workflow import may
from referrals.web.access import needs, viewer
from referrals.web.downloads import download
from referrals.web.forms import GovForm
from referrals.web.forms.briefings import LEAVE_OUT, ApproveForm, BriefingForm, SendForm, as_written
from referrals.web.forms.casework import PlainForm
from referrals.web.posting import answer_if_allowed, carry_out
from referrals.web.presenting import briefings as presenting

blueprint = Blueprint("briefings", __name__, url_prefix="/briefings")

reads, writes = needs(Permission.BRIEF_READ), needs(Permission.BRIEF_WRITE)
Verb = Callable[[Briefing], object]
# What is approved is a draft again as soon as somebody writes in it.
WRITING = ("edit", "reopen")


@blueprint.get("")
@reads
def index() -> str:
    """The briefings of one's own group, or those that came to one's office."""
    who = viewer()
    policy.must_have_some(who)
    own, received = queries.own_briefings(who), queries.received_briefings(who)
    terms = directory.terms_of_group(policy.must_write(who)) if policy.may_write(who) else []
    return render_template(
        "briefings/index.html",
        form=PlainForm(formdata=None),
        own=presenting.lines_of(own, who),
        received=presenting.lines_of(received, who),
        to_begin=presenting.to_begin(own, terms),
        may_write=policy.may_write(who),
        side=who.side.value,
    )


@blueprint.post("/new/<uuid:term_id>")
@writes
def new(term_id: UUID) -> ResponseReturnValue:
    """Draft the briefing of the last quarter to one MP."""
    form = PlainForm()
    form.validate()

    def act() -> str:
        return url_for(".show", briefing_id=briefings.start_briefing(term_id, by=viewer()).id)

    return _said(form, act, "Draft written. Go through it, and make it your own.", url_for(".index"))


@blueprint.get("/<uuid:briefing_id>")
@reads
def show(briefing_id: UUID) -> str:
    """One briefing: a draft with what is still to do, a sent one as it was sent."""
    who = viewer()
    found = queries.briefing(briefing_id, who)
    return render_template(
        "briefings/show.html",
        form=PlainForm(formdata=None),
        back_link=url_for(".index"),
        **presenting.page_of(found, who),
    )


@blueprint.get("/<uuid:briefing_id>/file")
@needs(Permission.BRIEF_READ, writes=True)
def fetch(briefing_id: UUID) -> Response:
    """A briefing as a PDF; taking it leaves its event first."""
    who = viewer()
    with only_reading():
        found = queries.briefing(briefing_id, who)
        name, content = file_name(found), to_printed(found)
    with transaction():
        briefings.record_taking(queries.briefing(briefing_id, who), by=who)
    return download(content, name, "application/pdf")


@blueprint.route("/<uuid:briefing_id>/edit", methods=["GET", "POST"])
@writes
def edit(briefing_id: UUID) -> ResponseReturnValue:
    """Write in a briefing that was not sent."""
    who = viewer()
    found = queries.briefing(briefing_id, who)
    form = BriefingForm(**as_written(found))
    form.slugs.offer([(one.slug, one.title) for one in queries.stories_for(found.organisation_id)])
    past, drafted = found.words["past"], found.figures["drafted"]
    form.left_out.offer([(part, words) for part, words in LEAVE_OUT.items() if drafted.get(part)])

    def act(kept: Briefing) -> None:
        briefings.edit_briefing(kept, form.writing(len(past)), by=who, version=form.version.data)

    shown = {"past": past, "drafted": drafted}
    return _changed(form, "edit", briefing_id, "Briefing saved", act, moves=WRITING, **shown)


@blueprint.route("/<uuid:briefing_id>/approve", methods=["GET", "POST"])
@writes
def approve(briefing_id: UUID) -> ResponseReturnValue:
    """Approve a briefing as it stands, after reading it once more."""
    who = viewer()
    form = ApproveForm(version=queries.briefing(briefing_id, who).version)

    def act(kept: Briefing) -> None:
        briefings.approve_briefing(kept, by=who, version=form.version.data)

    return _changed(form, "approve", briefing_id, "Briefing approved. It can be sent now", act, moves=("approve",))


@blueprint.post("/<uuid:briefing_id>/ask")
@writes
def ask(briefing_id: UUID) -> ResponseReturnValue:
    """Ask the other leads to approve it."""
    form, home = PlainForm(), url_for(".show", briefing_id=briefing_id)
    form.validate()

    def act() -> str:
        briefings.ask_for_approval(queries.briefing(briefing_id, viewer()), by=viewer())
        return home

    return _said(form, act, "Your colleagues are asked to approve it.", home)


@blueprint.route("/<uuid:briefing_id>/send", methods=["GET", "POST"])
@writes
def send(briefing_id: UUID) -> ResponseReturnValue:
    """Send an approved briefing to the MP's office, when it is confirmed to whom."""
    who, ready = viewer(), None
    found = queries.briefing(briefing_id, who)
    policy.must_write(who)
    places = presenting.places_of(found, who)
    form = SendForm(addresses=[email for email, _ in places][:1], version=found.version)
    form.addresses.offer(places)
    if form.validate_on_submit():
        # Printing takes its time, and nobody else's writing waits for it.
        with only_reading():
            ready = _made_ready(briefing_id)

    def act(kept: Briefing) -> None:
        briefing_out.send_briefing(kept, ready, form.addresses.data, by=who)

    done = "The briefing is on its way, and in the log. It stays as it is now"
    more: dict[str, Any] = {
        "places": places,
        "term_id": found.term_id,
        "office": _office_of(found),
        "answers_to": _own_address(),
    }
    return _changed(form, "send", briefing_id, done, act, moves=("issue",), **more)


@blueprint.route("/<uuid:briefing_id>/discard", methods=["GET", "POST"])
@writes
def discard(briefing_id: UUID) -> ResponseReturnValue:
    """Throw away a briefing that was not sent, when that is confirmed."""
    who, home = viewer(), url_for(".index")

    def act(kept: Briefing) -> None:
        briefings.discard_briefing(kept, by=who)

    return _changed(PlainForm(), "discard", briefing_id, "Briefing thrown away", act, moves=WRITING, home=home)


def _made_ready(briefing_id: UUID) -> Ready | None:
    who = viewer()
    found = queries.briefing(briefing_id, who)
    return made_ready(found, who.name, _own_address()) if may("issue", found.state) else None


def _own_address() -> str:
    """Where answers to what the viewer sends go."""
    who = viewer()
    found = recipient(who.person_id) if who.person_id else None
    if found is None:
        raise NotAllowed
    return found.email


def _office_of(found: Briefing) -> str:
    """The name of the MP's office on this service, if it has one."""
    office_id = queries.office_of_term(found.term_id)
    return directory.organisation(office_id).name if office_id else ""


def _changed(
    form: GovForm,
    page: str,
    briefing_id: UUID,
    done: str,
    verb: Verb,
    *,
    moves: tuple[str, ...],
    home: str | None = None,
    **shown: Any,
) -> ResponseReturnValue:
    """Carry out a verb on a briefing, or show the page that asks, where one of the moves can be made now."""
    who, back = viewer(), url_for(".show", briefing_id=briefing_id)

    def act() -> str:
        verb(queries.briefing(briefing_id, who))
        return home or back

    if form.validate_on_submit() and (answered := answer_if_allowed(form, act, f"{done}.")):
        return answered
    found = queries.briefing(briefing_id, who)
    if found.sent_at is not None and found.organisation_id == who.organisation_id:
        # What was sent has no such pages any more.
        raise NotFound
    policy.must_make(next((move for move in moves if may(move, found.state)), moves[0]), found, who)
    if form.stale:
        form.version.data = found.version
    page_shown = presenting.page_of(found, who) | shown
    content = render_template(f"briefings/{page}.html", form=form, back_link=back, **page_shown)
    return content, 409 if form.stale else 200


def _said(form: GovForm, act: Callable[[], str], done: str, home: str) -> ResponseReturnValue:
    """Carry out what one button does, and say it on the page; or say there why not."""
    try:
        answered = carry_out(form.form_key.data, act)
    except IllegalMove as refused:
        flash(refused.message, "warning")
        return redirect(home, 303)
    flash(done, "success")
    return answered
