"""Briefs for an MP: which there are, drafting one from a pattern, its way to the office, and what the MP did."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from referrals.accounts.roles import Permission
from referrals.accounts.viewer import Viewer
from referrals.foundation.database import only_reading, transaction
from referrals.foundation.errors import IllegalMove, NotFound
from referrals.publishing.actions import answering
from referrals.publishing.actions import briefs as actions
from referrals.publishing.briefs.sheet import to_printed
from referrals.publishing.models import PARTS, Brief
from referrals.publishing.policy import briefs as policy
from referrals.publishing.queries import briefs as queries
from referrals.publishing.queries.patterns import patterns
from referrals.web.access import needs, viewer
from referrals.web.downloads import download
from referrals.web.forms import GovForm
from referrals.web.forms.briefs import AnswerForm, ApproveForm, BriefForm, ResultsForm
from referrals.web.forms.casework import PlainForm
from referrals.web.posting import answer_if_allowed, carry_out
from referrals.web.presenting import briefs as presenting

blueprint = Blueprint("briefs", __name__, url_prefix="/briefs")

reads, writes = needs(Permission.BRIEF_READ), needs(Permission.BRIEF_WRITE)
Verb = Callable[[Brief], object]
# The pages about a brief that its receivers send; all others are of those who write it.
RECEIVED = frozenset({"answer", "results"})


@blueprint.get("")
@reads
def index() -> str:
    """The briefs received, those of one's own, and what another could be drafted from."""
    who = viewer()
    own = queries.own_briefs(who)
    return render_template(
        "briefs/index.html",
        received=presenting.lines_of(queries.received_briefs(who), who),
        own=presenting.lines_of(own, who),
        offers=presenting.offers_of(patterns(who), own) if who.may(Permission.BRIEF_WRITE) else None,
        tally=queries.tally(who),
        side=who.side.value,
    )


@blueprint.route("/new", methods=["GET", "POST"])
@writes
def new() -> ResponseReturnValue:
    """Draft a brief from one pattern, named by the address."""
    who, form = viewer(), PlainForm()
    issue, body, office = _asked_for()

    def act() -> str:
        return url_for(".show", brief_id=actions.draft_brief(issue, body, office, by=who).id)

    if form.validate_on_submit():
        try:
            return carry_out(form.form_key.data, act)
        except IllegalMove as refused:
            form.form_errors.append(refused.message)
    asked = [one for one in patterns(who) if (one.issue_type, one.agency_id, one.office_id) == (issue, body, office)]
    if not asked:
        raise NotFound
    (offer,) = presenting.offers_of(asked)
    return render_template("briefs/new.html", form=form, offer=offer, back_link=url_for(".index"))


@blueprint.get("/<uuid:brief_id>")
@reads
def show(brief_id: UUID) -> str:
    """One brief, with what can be done with it and what came of it."""
    who = viewer()
    found = queries.brief(brief_id, who)
    return render_template(
        "briefs/show.html", form=PlainForm(formdata=None), back_link=url_for(".index"), **presenting.page_of(found, who)
    )


@blueprint.get("/<uuid:brief_id>/file")
@needs(Permission.BRIEF_READ, writes=True)
def fetch(brief_id: UUID) -> Response:
    """A brief as a PDF of one page; taking it leaves its event first."""
    who = viewer()
    with only_reading():
        content = to_printed(queries.brief(brief_id, who))
    with transaction():
        actions.record_taking(queries.brief(brief_id, who), by=who)
    return download(content, "brief.pdf", "application/pdf")


@blueprint.get("/<uuid:brief_id>/meeting.ics")
@reads
def meeting(brief_id: UUID) -> Response:
    """The day of the next meeting for a calendar."""
    found = queries.brief(brief_id, viewer())
    if found.meeting_on is None:
        raise NotFound
    return download(presenting.meeting_calendar(found, found.meeting_on), "meeting.ics", "text/calendar")


@blueprint.route("/<uuid:brief_id>/edit", methods=["GET", "POST"])
@writes
def edit(brief_id: UUID) -> ResponseReturnValue:
    """Write in a brief that was not sent."""
    who = viewer()
    found = queries.brief(brief_id, who)
    more = {"asks": found.asks, "meeting_on": found.meeting_on, "story_slug": found.story_slug}
    form = BriefForm(version=found.version, **more, **found.words)
    form.story_slug.offer([(one.slug, one.title) for one in queries.stories_for(found)])

    def act(brief: Brief) -> None:
        words = {part: form[part].data for part in PARTS}
        writing = actions.Writing(
            words=words,
            asks=form.asks.data,
            meeting_on=form.meeting_on.data,
            story_slug=form.story_slug.data,
        )
        actions.edit_brief(brief, writing, by=who, version=form.version.data)

    return _changed(form, "edit", brief_id, "Brief saved", act)


@blueprint.route("/<uuid:brief_id>/approve", methods=["GET", "POST"])
@writes
def approve(brief_id: UUID) -> ResponseReturnValue:
    """Approve a brief as it stands, after reading it once more."""
    who = viewer()
    form = ApproveForm(version=queries.brief(brief_id, who).version)

    def act(brief: Brief) -> None:
        actions.approve_brief(brief, by=who, version=form.version.data)

    return _changed(form, "approve", brief_id, "Brief approved. It can be sent now", act)


@blueprint.post("/<uuid:brief_id>/ask")
@writes
def ask(brief_id: UUID) -> ResponseReturnValue:
    """Ask those who may approve it."""
    who = viewer()
    return _done(
        brief_id, "Your colleagues are asked to approve it.", lambda one: actions.ask_for_approval(one, by=who)
    )


@blueprint.post("/<uuid:brief_id>/send")
@writes
def send(brief_id: UUID) -> ResponseReturnValue:
    """Send an approved brief to the office."""
    who = viewer()
    return _done(brief_id, "The brief is sent. It stays as it is now.", lambda one: actions.send_brief(one, by=who))


@blueprint.route("/<uuid:brief_id>/discard", methods=["GET", "POST"])
@writes
def discard(brief_id: UUID) -> ResponseReturnValue:
    """Throw away a brief that was not sent, when that is confirmed."""
    who, home = viewer(), url_for(".index")

    def act(brief: Brief) -> None:
        actions.discard_brief(brief, by=who)

    return _changed(PlainForm(), "discard", brief_id, "Brief thrown away", act, home=home)


@blueprint.route("/<uuid:brief_id>/answer", methods=["GET", "POST"])
@needs(Permission.BRIEF_ANSWER)
def answer(brief_id: UUID) -> ResponseReturnValue:
    """Say what the MP did with a brief."""
    who, form = viewer(), AnswerForm()
    policy.must_answer(queries.brief(brief_id, who), who)

    def act(brief: Brief) -> None:
        done = answering.Done(
            kind=form.kind.data or "",
            happened_on=form.happened_on.data,
            link=form.link.data,
            words=form.words.data,
        )
        answering.answer_brief(brief, done, by=who)

    return _changed(form, "answer", brief_id, "What the MP did is told to those who wrote the brief", act)


@blueprint.route("/<uuid:brief_id>/results", methods=["GET", "POST"])
@needs(Permission.BRIEF_ANSWER)
def results(brief_id: UUID) -> ResponseReturnValue:
    """Add to results behind a brief that the MP raised the wider issue."""
    who, form = viewer(), ResultsForm()
    lines = queries.behind(queries.brief(brief_id, who), who)
    shown = presenting.results_of(lines)
    form.offer(shown["choices"], [str(one.id) for one in lines])

    def act(brief: Brief) -> None:
        answering.note_on_results(brief, [UUID(one) for one in form.referrals.data], by=who)

    return _changed(form, "results", brief_id, "Added to the results you chose", act, **shown)


def _asked_for() -> tuple[str, UUID, UUID]:
    """The issue, body and office in the address. Raises NotFound for what can be none."""
    try:
        return request.args["issue"][:60], UUID(request.args["body"]), UUID(request.args["office"])
    except (KeyError, ValueError):
        raise NotFound from None


def _must_be_changeable(brief: Brief, who: Viewer) -> None:
    try:
        policy.must_change(brief, who)
    except IllegalMove:
        # What was sent has no such pages any more.
        raise NotFound from None


def _changed(
    form: GovForm, page: str, brief_id: UUID, done: str, verb: Verb, *, home: str | None = None, **shown: Any
) -> ResponseReturnValue:
    """Carry out a verb on a brief, or show the page that asks."""
    who, back = viewer(), url_for(".show", brief_id=brief_id)

    def act() -> str:
        verb(queries.brief(brief_id, who))
        return home or back

    if form.validate_on_submit() and (answered := answer_if_allowed(form, act, f"{done}.")):
        return answered
    found = queries.brief(brief_id, who)
    if page not in RECEIVED:
        _must_be_changeable(found, who)
    if form.stale:
        form.version.data = found.version
    shown = presenting.page_of(found, who) | shown
    content = render_template(f"briefs/{page}.html", form=form, back_link=back, **shown)
    return content, 409 if form.stale else 200


def _done(brief_id: UUID, done: str, verb: Verb) -> ResponseReturnValue:
    """Carry out what one button does, and say it on the brief's page; or say there why not."""
    form, home = PlainForm(), url_for(".show", brief_id=brief_id)
    form.validate()

    def act() -> str:
        verb(queries.brief(brief_id, viewer()))
        return home

    try:
        answered = carry_out(form.form_key.data, act)
    except IllegalMove as refused:
        flash(refused.message, "warning")
        return redirect(home, 303)
    flash(done, "success")
    return answered
