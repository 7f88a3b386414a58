"""What is to be talked about at a meeting: drafted, added to, put in order, and printed."""

from collections.abc import Callable
from uuid import UUID

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from referrals.accounts.roles import Permission
from referrals.directory import queries as directory
from referrals.engagement import actions
from referrals.engagement.actions.agendas import STEPS, WORDS
from referrals.engagement.queries import agendas as queries
from referrals.engagement.queries.meetings import meeting
from referrals.foundation.errors import IllegalMove, NotFound
from referrals.publishing.queries.talks import open_for
from referrals.web.access import needs, viewer
from referrals.web.downloads import download
from referrals.web.forms.casework import PlainForm
from referrals.web.forms.meetings import AgendaForm, RemarkForm
from referrals.web.posting import answer_to, carry_out
from referrals.web.presenting import agendas as presenting
from referrals.web.presenting import meetings

blueprint = Blueprint("agendas", __name__, url_prefix="/your-mp/meetings")

keeps = needs(Permission.ENGAGEMENT_WRITE)
plans = needs(Permission.MEETING_PLAN)


@blueprint.get("/<uuid:meeting_id>/agenda")
@keeps
def fetch(meeting_id: UUID) -> Response:
    """The agenda as a PDF on A4."""
    who = viewer()
    found = meeting(meeting_id, who)
    group = directory.organisation(found.organisation_id).name
    page, agenda = meetings.page_of(found, who), presenting.agenda_for(found, who)
    return download(presenting.printed(page, agenda, group, meetings.when(found)), "agenda.pdf", "application/pdf")


@blueprint.post("/<uuid:meeting_id>/agenda/draft")
@plans
def draft(meeting_id: UUID) -> ResponseReturnValue:
    """Put on the agenda what is open by now."""
    who, home = viewer(), url_for("meetings.show", meeting_id=meeting_id)
    open_now = open_for(meeting(meeting_id, who), who)

    def act() -> str:
        actions.draft_agenda(meeting(meeting_id, who), open_now, by=who)
        return f"{home}#agenda"

    return _carried_out(act, home, "The agenda is up to date.")


@blueprint.route("/<uuid:meeting_id>/agenda/new", methods=["GET", "POST"])
@plans
def new(meeting_id: UUID) -> ResponseReturnValue:
    """Put something on the agenda in words."""
    who, form = viewer(), AgendaForm()
    found, home = meeting(meeting_id, who), url_for("meetings.show", meeting_id=meeting_id)

    def act() -> str:
        actions.add_to_agenda(meeting(meeting_id, who), form.words.data, by=who)
        return f"{home}#agenda"

    if form.validate_on_submit() and (answer := answer_to(form, act, "It is on the agenda.")):
        return answer
    return render_template("agendas/new.html", form=form, back_link=home, subject=found.subject)


@blueprint.route("/agenda/<uuid:item_id>", methods=["GET", "POST"])
@plans
def word(item_id: UUID) -> ResponseReturnValue:
    """Change the words of an item, or say something about it."""
    who = viewer()
    item = queries.agenda_item(item_id, who)
    talk, home = presenting.item_of(item, who), url_for("meetings.show", meeting_id=item.meeting_id)
    if talk is None:
        raise NotFound
    form = AgendaForm(words=item.words) if item.source == WORDS else RemarkForm(words=item.words)

    def act() -> str:
        actions.word_agenda_item(queries.agenda_item(item_id, who), form.words.data, by=who)
        return f"{home}#agenda"

    if form.validate_on_submit() and (answer := answer_to(form, act, "Changed.")):
        return answer
    return render_template("agendas/word.html", form=form, back_link=home, talk=talk, is_free=item.source == WORDS)


@blueprint.post("/agenda/<uuid:item_id>/<step>")
@plans
def move(item_id: UUID, step: str) -> ResponseReturnValue:
    """Move an item up or down, take it off, or put it back."""
    if step not in STEPS:
        raise NotFound
    who = viewer()
    home = url_for("meetings.show", meeting_id=queries.agenda_item(item_id, who).meeting_id)

    def act() -> str:
        actions.move_agenda_item(queries.agenda_item(item_id, who), step, by=who)
        return f"{home}#agenda"

    return _carried_out(act, home, "")


def _carried_out(act: Callable[[], str], home: str, done: str) -> ResponseReturnValue:
    try:
        answer = carry_out(PlainForm().form_key.data, act)
    except IllegalMove as refused:
        flash(refused.message, "warning")
        return redirect(home, 303)
    if done:
        flash(done, "success")
    return answer
