"""Meetings of an area with its MP: planned, changed, cancelled, taken into a calendar, and written into the log."""

from collections.abc import Sequence
from uuid import UUID

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from referrals.accounts.queries import colleagues
from referrals.accounts.roles import Permission
from referrals.accounts.viewer import Viewer
from referrals.directory import queries as directory
from referrals.directory.models import Term
from referrals.engagement import actions, policy, queries
from referrals.engagement.models import Meeting
from referrals.engagement.policy import meetings as meeting_policy
from referrals.engagement.queries import meetings as read
from referrals.foundation.errors import IllegalMove, NotFound
from referrals.publishing.queries.talks import open_for
from referrals.web.access import needs, viewer
from referrals.web.downloads import download
from referrals.web.forms.casework import PlainForm
from referrals.web.forms.contacts import owners, usual_rows
from referrals.web.forms.meetings import HeldForm, MeetingForm
from referrals.web.paging import page_asked_for
from referrals.web.posting import answer_to
from referrals.web.presenting import agendas
from referrals.web.presenting import meetings as presenting
from referrals.web.presenting.invitations import invitation as invitation_file
from referrals.web.presenting.invitations import taken_out

blueprint = Blueprint("meetings", __name__, url_prefix="/your-mp/meetings")

keeps = needs(Permission.ENGAGEMENT_WRITE)
plans = needs(Permission.MEETING_PLAN)


@blueprint.get("")
@keeps
def index() -> str:
    """What is ahead, what waits for a word on what came of it, and what was."""
    who = viewer()
    page = page_asked_for()
    past, pages = read.past_meetings(who, page=page)
    planned = presenting.lines_of(read.open_meetings(who))
    return render_template(
        "meetings/index.html",
        over=[one for one in planned if one["is_over"]],
        ahead=[one for one in planned if not one["is_over"]],
        past=presenting.lines_of(past),
        may_plan=who.may(Permission.MEETING_PLAN),
        back_link=url_for("contacts.index"),
        page=page,
        pages=pages,
    )


@blueprint.route("/new", methods=["GET", "POST"])
@plans
def new() -> ResponseReturnValue:
    """Plan a meeting: alone, `?after=` another of its series, or because it `?came_of=` a contact."""
    who = viewer()
    before, came_of_id = _before(who), _came_of(who)
    terms = queries.members_of(policy.must_keep_log(who))
    if not terms:
        return render_template("contacts/no_member.html", back_link=url_for(".index"))
    typed = presenting.as_next(before) if before else presenting.as_new(who)
    if before is None or before.term_id not in {term.id for term in terms}:
        typed["term_id"] = _first_choice(terms)
    form = _form(terms, who, typed)

    def act() -> str:
        made = actions.plan_meeting(form.plan(), by=who, after=_before(who), came_of_id=came_of_id)
        actions.draft_agenda(made, open_for(made, who), by=who)
        return url_for(".show", meeting_id=made.id)

    if form.validate_on_submit() and (answer := answer_to(form, act, "It is planned.")):
        return answer
    return render_template(
        "meetings/new.html", form=form, back_link=url_for(".index"), before=before, one_mp=len(terms) == 1
    )


@blueprint.get("/<uuid:meeting_id>")
@keeps
def show(meeting_id: UUID) -> str:
    """One meeting, with what can be done about it."""
    who = viewer()
    found = read.meeting(meeting_id, who)
    return render_template(
        "meetings/show.html",
        form=PlainForm(formdata=None),
        back_link=url_for(".index"),
        agenda=agendas.agenda_for(found, who),
        **presenting.came_of(found, who),
        **presenting.page_of(found, who),
    )


@blueprint.route("/<uuid:meeting_id>/edit", methods=["GET", "POST"])
@plans
def edit(meeting_id: UUID) -> ResponseReturnValue:
    """Change what is planned; the invitation follows."""
    who = viewer()
    found, home = read.meeting(meeting_id, who), url_for(".show", meeting_id=meeting_id)
    terms = queries.members_of(found.organisation_id)
    if found.term_id not in {term.id for term in terms}:
        terms = [*directory.terms({found.term_id}).values(), *terms]
    form = _form(terms, who, presenting.as_typed(found) | {"version": found.version})

    def act() -> str:
        actions.change_meeting(read.meeting(meeting_id, who), form.plan(), by=who, version=form.version.data)
        return home

    done = "Changed. Send the invitation again where it went: it takes the place of the old one."
    if form.validate_on_submit() and (answer := answer_to(form, act, done)):
        return answer
    if form.stale:
        form.version.data = read.meeting(meeting_id, who).version
    content = render_template("meetings/edit.html", form=form, back_link=home, one_mp=len(terms) == 1)
    return content, 409 if form.stale else 200


@blueprint.route("/<uuid:meeting_id>/cancel", methods=["GET", "POST"])
@plans
def cancel(meeting_id: UUID) -> ResponseReturnValue:
    """Cancel a meeting, when that is confirmed."""
    who, form = viewer(), PlainForm()
    found, home = read.meeting(meeting_id, who), url_for(".show", meeting_id=meeting_id)
    meeting_policy.must_plan(found, who)

    def act() -> str:
        actions.cancel_meeting(read.meeting(meeting_id, who), by=who)
        return home

    done = "Cancelled. Send the file to whoever got the invitation: it takes the meeting out of their calendars."
    if form.validate_on_submit() and (answer := answer_to(form, act, done)):
        return answer
    line = presenting.lines_of([found])[0]
    return render_template("meetings/cancel.html", form=form, back_link=home, meeting=line)


@blueprint.route("/<uuid:meeting_id>/log", methods=["GET", "POST"])
@keeps
def hold(meeting_id: UUID) -> ResponseReturnValue:
    """Write into the log what came of a meeting, with what is to be done after it, on one page."""
    who = viewer()
    found, home = read.meeting(meeting_id, who), url_for(".show", meeting_id=meeting_id)
    form = HeldForm(**presenting.as_held(found), **usual_rows(who.person_id))
    people = presenting.people_options(who, found.ours)
    form.offer(list(directory.terms({found.term_id}).values()), people)
    form.offer_owners(owners(colleagues(who), who.person_id))
    theirs, others = presenting.attendance(found)
    form.attended.offer([*theirs, *others])

    def act() -> str:
        told = form.told_of(theirs, others)
        actions.hold_meeting(read.meeting(meeting_id, who), told, came=form.came.data, by=who)
        return home

    if form.is_submitted():
        if form.validate() and (answer := answer_to(form, act, "It is in the log.")):
            return answer
    else:
        try:
            actions.must_be_over(found, who)
        except IllegalMove as refused:
            flash(refused.message, "warning")
            return redirect(home, 303)
    line = presenting.lines_of([found])[0]
    return render_template(
        "meetings/hold.html", form=form, back_link=home, meeting=line, is_event=found.kind == "event"
    )


@blueprint.get("/<uuid:meeting_id>/invitation.ics")
@keeps
def invitation(meeting_id: UUID) -> Response:
    """The invitation for a calendar; of a cancelled meeting, what takes it out again."""
    who = viewer()
    found = read.meeting(meeting_id, who)
    group = directory.organisation(found.organisation_id)
    content = invitation_file(found, presenting.sides_of(found, group.name))
    return download(content, "invitation.ics", "text/calendar")


@blueprint.get("/<uuid:meeting_id>/cancellation/<uuid:person_id>.ics")
@keeps
def cancellation(meeting_id: UUID, person_id: UUID) -> Response:
    """What takes a meeting out of the calendar of one person who is no longer invited to it."""
    who, person = viewer(), str(person_id)
    found = read.meeting(meeting_id, who)
    if person not in found.dropped or not found.is_open:
        raise NotFound
    group = directory.organisation(found.organisation_id)
    content = taken_out(found, presenting.sides_of(found, group.name, [person]))
    return download(content, "cancellation.ics", "text/calendar")


def _form(terms: Sequence[Term], who: Viewer, typed: dict[str, object]) -> MeetingForm:
    form = MeetingForm(**typed)
    ours, known = (typed.get(name) or [] for name in ("ours", "known"))
    assert isinstance(ours, list)
    assert isinstance(known, list)
    form.offer(terms, presenting.people_options(who, ours), presenting.known_options(terms, who, known))
    return form


def _first_choice(terms: Sequence[Term]) -> str:
    named = [str(term.id) for term in terms if str(term.id) == request.args.get("mp")]
    return (named or [str(terms[0].id)])[0]


def _before(who: Viewer) -> Meeting | None:
    """The meeting after which the address asks for the next. Raises NotFound for what is none of theirs."""
    found = _asked_for("after")
    return read.meeting(found, who) if found else None


def _came_of(who: Viewer) -> UUID | None:
    """The contact that the address names. Raises NotFound for what is none of theirs."""
    found = _asked_for("came_of")
    return queries.contact(found, who).id if found else None


def _asked_for(name: str) -> UUID | None:
    text = request.args.get(name)
    try:
        return UUID(text) if text else None
    except ValueError:
        raise NotFound from None
