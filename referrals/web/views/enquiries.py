"""Asking bodies: choosing one, noting the question, changing it, and what came of it."""

from collections.abc import Callable
from typing import Final
from uuid import UUID

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from referrals.accounts.roles import Permission, Side
from referrals.accounts.viewer import Viewer
from referrals.casework import actions, asking, policy, queries, wording
from referrals.casework.actions import chasing, enquiring
from referrals.casework.models import Enquiry, Referral
from referrals.casework.workflow import WORKING_STATES, Waiting
from referrals.directory import queries as directory
from referrals.directory.models import Agency
from referrals.foundation.clock import today
from referrals.foundation.database import transaction
from referrals.foundation.errors import NotFound
from referrals.web.access import needs, viewer
from referrals.web.forms import GovForm
from referrals.web.forms.enquiries import (
    AgreeAndAskForm,
    AnswerForm,
    AskForm,
    ChangeEnquiryForm,
    ChaseForm,
    LastAnswerForm,
)
from referrals.web.meanwhile import must_be_as_shown
from referrals.web.posting import answer_to
from referrals.web.presenting import enquiries as presenting
from referrals.web.presenting.case import body_in_sentence
from referrals.web.presenting.referral import sides_of

blueprint = Blueprint("enquiries", __name__)

OF_REFERRAL: Final = "/referrals/<reference>/enquiries"
PAGE_SIZE: Final = 50
ANSWERS: Final = ("result", "on", "words", "next_action", "next_action_on")


@blueprint.get("/enquiries")
@needs(Permission.REFERRAL_WORK)
def index() -> ResponseReturnValue:
    """Everything the office waits for from bodies, the longest overdue first."""
    who = viewer()
    bodies = directory.agencies()
    chosen = next((body for body in bodies if body.code == request.args.get("agency")), None)
    after = request.args.get("after") or None
    page = queries.open_enquiries(who, chosen.id if chosen else None, after, PAGE_SIZE)
    agency = chosen.code if chosen else None
    return render_template(
        "enquiries/index.html",
        rows=[presenting.row(one) for one in page.rows],
        summary=presenting.summary_of(page),
        bodies=[(body.code, body.name) for body in bodies],
        chosen=chosen,
        first_url=url_for(".index", agency=agency) if after else None,
        next_url=url_for(".index", after=page.next_cursor, agency=agency) if page.next_cursor else None,
        wide=True,
    )


@blueprint.get(f"{OF_REFERRAL}/new")
@needs(Permission.REFERRAL_WORK)
def choose(reference: str) -> ResponseReturnValue:
    """Which body is to be asked."""
    referral = worked_on(reference, viewer())
    groups = presenting.offered(referral)
    return render_template("enquiries/choose.html", referral=referral, groups=groups, back_link=home_of(referral))


@blueprint.route(f"{OF_REFERRAL}/new/<agency>", methods=["GET", "POST"])
@needs(Permission.REFERRAL_WORK)
def new(reference: str, agency: str) -> ResponseReturnValue:
    """Note a question to one body, and the resident's agreement to it where there is none yet."""
    who = viewer()
    referral, body = worked_on(reference, who), body_named(agency)
    agrees, name = asking.needs_agreement(referral, body.id, today()), body_in_sentence(body.name)
    form = ask_form(referral, body, agrees=agrees)

    def act() -> None:
        question = actions.Question(
            agency_id=body.id,
            **{name: form[name].data for name in ("asked", "channel", "sent_on", "due_on", "agency_reference")},
        )
        agreement = agreement_of(form, body) if agrees else None
        actions.send_enquiry(queries.referral(reference, who), question, agreement, by=who)

    if form.validate_on_submit():
        answer = sent(form, referral, act, f"Noted. We watch for the answer from {name}")
        if answer is not None:
            return answer
    office = sides_of(referral)[Side.OFFICE]
    return render_template(
        "enquiries/new.html",
        form=form,
        referral=referral,
        name=name,
        agreed=presenting.agreement_words(referral, body),
        agrees=agrees,
        request_words=wording.current().contact(agency=body.name, office=office),
        version=wording.CURRENT,
        choose=url_for(".choose", reference=referral.reference),
        back_link=home_of(referral),
    )


@blueprint.route(f"{OF_REFERRAL}/<uuid:enquiry_id>/answer", methods=["GET", "POST"])
@needs(Permission.REFERRAL_WORK, writes=True)
def answer(reference: str, enquiry_id: UUID) -> ResponseReturnValue:
    """Note what a body answered, or that no answer is waited for."""
    who = viewer()
    referral, enquiry = one(reference, enquiry_id, who)
    form = answer_form(referral, enquiry)

    def act() -> None:
        found = queries.enquiry(queries.referral(reference, who), enquiry_id, who)
        given = {
            name: form[name].data for name in ("result", "on", "words", "next_action", "next_action_on") if name in form
        }
        actions.answer_enquiry(found, actions.Answer(**given), by=who)

    if form.validate_on_submit():
        answered = sent(form, referral, act, "Recorded")
        if answered is not None:
            return answered
    return shown("enquiries/answer.html", form, referral, enquiry)


@blueprint.route(f"{OF_REFERRAL}/<uuid:enquiry_id>/chase", methods=["GET", "POST"])
@needs(Permission.REFERRAL_WORK, writes=True)
def chase(reference: str, enquiry_id: UUID) -> ResponseReturnValue:
    """Send the chaser that is ready, or another one, and note it."""
    who = viewer()
    referral, enquiry = one(reference, enquiry_id, who)
    form = chase_form(enquiry)

    def act() -> None:
        found = queries.enquiry(queries.referral(reference, who), enquiry_id, who)
        given = {name: form[name].data for name in ("words", "channel", "sent_on", "due_on")}
        actions.chase_enquiry(found, actions.Reminder(**given), by=who)

    if form.validate_on_submit():
        answered = sent(form, referral, act, "Noted that you chased")
        if answered is not None:
            return answered
    return shown("enquiries/chase.html", form, referral, enquiry)


@blueprint.route(f"{OF_REFERRAL}/<uuid:enquiry_id>/change", methods=["GET", "POST"])
@needs(Permission.REFERRAL_WORK, writes=True)
def change(reference: str, enquiry_id: UUID) -> ResponseReturnValue:
    """Expect the answer by another day, or note the body's reference."""
    who = viewer()
    referral, enquiry = one(reference, enquiry_id, who)
    form = ChangeEnquiryForm(due_on=enquiry.due_on, agency_reference=enquiry.agency_reference)

    def act() -> None:
        found = queries.enquiry(queries.referral(reference, who), enquiry_id, who)
        actions.change_enquiry(found, form.due_on.data, form.agency_reference.data, by=who)

    if form.validate_on_submit():
        answered = sent(form, referral, act, "Changed")
        if answered is not None:
            return answered
    return shown("enquiries/change.html", form, referral, enquiry)


def worked_on(reference: str, who: Viewer) -> Referral:
    """The referral, for somebody whose office may ask bodies about it. Raises NotFound, NotAllowed and IllegalMove."""
    referral = queries.referral(reference, who)
    asking.must_ask(referral, who)
    return referral


def one(reference: str, enquiry_id: UUID, who: Viewer) -> tuple[Referral, Enquiry]:
    """An enquiry of this very referral, for somebody who may note what comes of it. Raises NotFound and NotAllowed."""
    referral = queries.referral(reference, who)
    enquiry = queries.enquiry(referral, enquiry_id, who)
    policy.must_write(referral, who, Permission.REFERRAL_WORK)
    return referral, enquiry


def body_named(code: str) -> Agency:
    """The body that an address names. Raises NotFound for one that cannot be asked today."""
    found = next((body for body in directory.agencies() if body.code == code), None)
    if found is None:
        raise NotFound
    return found


def ask_form(referral: Referral, body: Agency, *, agrees: bool) -> AskForm:
    """The form for a question, with what is known filled in."""
    form = AgreeAndAskForm if agrees else AskForm
    return form(
        sent_on=today(),
        given_on=today(),
        due_on=enquiring.usual_reply_day(referral, today()),
        agency_reference=referral.agency_reference if body.id == referral.agency_id else "",
    )


def agreement_of(form: AskForm, body: Agency) -> actions.Agreement:
    """The agreement that a form records beside its question."""
    given = {name: form[name].data for name in ("given_by", "method", "given_on")}
    return actions.Agreement(kind=asking.AGENCY, agency_id=body.id, **given)


def chase_form(enquiry: Enquiry) -> ChaseForm:
    """The form for a chaser, with the draft in it, or with words of today where none was made yet."""
    draft = chasing.draft_of(enquiry)
    return ChaseForm(
        words=(draft and draft.words) or chasing.words_for(enquiry),
        channel=enquiry.channel,
        sent_on=today(),
        due_on=chasing.usual_new_day(enquiry),
    )


def answer_form(referral: Referral, enquiry: Enquiry) -> AnswerForm:
    """The form for an answer; with the last one that the case waits for, it asks what the office does next."""
    others = [other for other in enquiring.open_of(referral) if other.id != enquiry.id]
    waits = referral.state in WORKING_STATES and referral.waiting_on == Waiting.AGENCY.value
    if others or not waits or enquiry.ended_on is not None:
        return AnswerForm(on=today())
    next_on = enquiring.usual_next_day(referral)
    return LastAnswerForm(on=today(), next_action=referral.next_action, next_action_on=next_on)


def shown(page: str, form: GovForm, referral: Referral, enquiry: Enquiry) -> ResponseReturnValue:
    """A page about one enquiry, with its words, which is a reading."""
    body = directory.agency(enquiry.agency_id)
    with transaction():
        actions.open_referral(str(referral.reference), by=viewer())
        about = presenting.about(enquiry, body)
    return render_template(page, form=form, referral=referral, enquiry=about, back_link=home_of(referral))


def home_of(referral: Referral) -> str:
    """The enquiries on the page of the referral."""
    return url_for("referrals.show", reference=referral.reference, _anchor="enquiries")


def sent(form: GovForm, referral: Referral, act: Callable[[], object], done: str) -> ResponseReturnValue | None:
    """The answer to a form that was carried out; None when it was refused, with the reason in the form."""
    home = home_of(referral)

    def carried() -> str:
        # It would take the place of what somebody else has just changed.
        if isinstance(form, ChangeEnquiryForm):
            must_be_as_shown(form, referral)
        act()
        return home

    return answer_to(form, carried, f"{done}.")
