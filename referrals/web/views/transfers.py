"""Handing referrals on: offering one to another office, the offers of an office, and answering one."""

from typing import Any, Final
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from referrals.accounts.roles import Permission
from referrals.accounts.viewer import Viewer
from referrals.audit import queries as audit
from referrals.casework import actions, clocks, policy, queries, wording
from referrals.casework.models import Referral, Transfer
from referrals.casework.workflow import TRANSFERS, TransferStep
from referrals.directory import queries as directory
from referrals.foundation.clock import today
from referrals.foundation.database import transaction
from referrals.foundation.errors import IllegalMove, Invalid, NotFound, Stale
from referrals.web.access import needs, viewer
from referrals.web.forms.moves import MoveForm, answers_of, move_form
from referrals.web.forms.transfers import NOT_YET, AgreedOfferForm, OfferForm, offer_form
from referrals.web.posting import carry_out
from referrals.web.presenting.history import lines_of
from referrals.web.presenting.moves import NO_DETAILS, typed_words
from referrals.web.presenting.strip import NO_SUMMARY
from referrals.web.presenting.transfers import offer_row, offer_rows, steps_of
from referrals.web.reading import read_notices_here

blueprint = Blueprint("transfers", __name__)

# What was done, in the words of the line above the next page.
DONE: Final = {
    "accept_transfer": "Your office has taken this on.",
    "reject_transfer": "They are told that your office does not take this on.",
    "revoke_transfer": "The offer is taken back.",
}
NOT_YET_MESSAGE: Final = "You cannot offer it before the resident has agreed. Ask them first, or ask the group to"


@blueprint.get("/offers")
@needs(Permission.REFERRAL_WORK)
def index() -> str:
    """What is offered to the viewer's office, what it offers, and what came of its earlier offers."""
    who = viewer()
    waiting, ended = queries.offers_by(who)
    return render_template(
        "transfers/index.html",
        incoming=[offer_row(offer) for offer in queries.offers_to(who)],
        waiting=[offer_row(offer) for offer in waiting],
        ended=[offer_row(offer) for offer in ended],
        wide=True,
    )


@blueprint.get("/offers/<uuid:transfer_id>")
@needs(Permission.REFERRAL_WORK, writes=True)
def show(transfer_id: UUID) -> ResponseReturnValue:
    """One offer, with the words meant for the other office; reading it leaves its event."""
    who = viewer()
    transfer, offer = queries.transfer(transfer_id, who), queries.offer(transfer_id, who)
    own = transfer.referral.office_id == who.organisation_id
    if offer.incoming and offer.standing == "accepted":
        return redirect(url_for("referrals.show", reference=offer.reference))
    with transaction():
        actions.read_transfer(transfer, by=who)
        read_notices_here(who)
    return render_template(
        "transfers/show.html",
        offer=offer,
        rows=offer_rows(offer),
        words=transfer.words,
        answer=transfer.answer,
        steps=steps_of(offer, who),
        left=not own and not offer.incoming,
        days=[] if own or offer.incoming else lines_of(audit.history(transfer.referral_id, who, before=None)),
        referral_url=url_for("referrals.show", reference=offer.reference) if own else None,
        back_link=url_for(".index"),
    )


@blueprint.route("/referrals/<reference>/transfer", methods=["GET", "POST"])
@needs(Permission.REFERRAL_TRANSFER)
def new(reference: str) -> ResponseReturnValue:
    """Offer a referral to another office, with the resident's agreement for that office."""
    who = viewer()
    referral = queries.referral(reference, who)
    policy.must_write(referral, who, Permission.REFERRAL_TRANSFER)
    waiting = queries.transfers_of(referral, who).on_offer
    if request.method == "GET" and waiting is not None:
        return redirect(url_for(".show", transfer_id=waiting.id))
    form, status = form_for(referral), 200
    if form.validate_on_submit() and agreed(form):
        try:
            answer = carry_out(form.form_key.data, lambda: offered(reference, form, who))
        except Invalid as refused:
            form.take_errors(beside_fields(refused.errors))
        except IllegalMove as refused:
            form.form_errors.append(refused.message)
        except Stale:
            referral, status = queries.referral(reference, who), 409
            form.version.data = referral.version
        else:
            flash("The referral is offered to the other office.", "success")
            return answer
    return offer_page(queries.referral(reference, who), form, stale=status == 409), status


def form_for(referral: Referral) -> OfferForm:
    """The form of an offer; an address may name the office and the reason to begin with."""
    offices = {line.id: line for line in directory.offices_in_use() if line.id != referral.office_id}
    recorded = [
        offices[office_id].name
        for office_id in offices
        if policy.is_about_a_resident(referral) and policy.given_to_other(referral, office_id, today())
    ]
    return offer_form(
        [(str(line.id), f"{line.constituency}: {line.name}") for line in offices.values()],
        recorded,
        about_a_resident=policy.is_about_a_resident(referral),
        version=referral.version,
        office=request.args.get("to"),
        reason=request.args.get("reason"),
        given_on=today(),
        given_by="resident",
    )


def agreed(form: OfferForm) -> bool:
    """Whether the resident has agreed, as far as the form says; where not, it says what to do."""
    if isinstance(form, AgreedOfferForm) and form.agreed.data == NOT_YET:
        form.take_errors({"agreed": NOT_YET_MESSAGE})
        return False
    return True


def offered(reference: str, form: OfferForm, who: Viewer) -> str:
    """Carry the offer out, and say where to go then."""
    office_id = UUID(form.office.data)
    said = form.agreement() if isinstance(form, AgreedOfferForm) else None
    agreement = actions.Agreement(kind=policy.TRANSFER, to_organisation_id=office_id, **said) if said else None
    answers = {"reason": form["reason"].data, "words": form["words"].data}
    referral = queries.referral(reference, who)
    version = form.version.data or 0
    made = actions.offer_transfer(referral, office_id, answers, agreement, by=who, version=version)
    return url_for(".show", transfer_id=made.id)


def beside_fields(errors: dict[str, str]) -> dict[str, str]:
    """What the domain refused, by the names of the form."""
    return {
        {"consent": "agreed", "to_organisation_id": "office"}.get(name, name): text for name, text in errors.items()
    }


def offer_page(referral: Referral, form: OfferForm, *, stale: bool) -> str:
    """The page of the form."""
    names = directory.names_of([referral.group_id, *([referral.office_id] if referral.office_id else [])])
    office = names.get(referral.office_id, "") if referral.office_id else ""
    return render_template(
        "transfers/new.html",
        form=form,
        referral=referral,
        step=TRANSFERS["offer_transfer"],
        summary=referral.summary or NO_SUMMARY,
        asks_resident=policy.is_about_a_resident(referral),
        read_out=wording.current().handing_on(group=names[referral.group_id], office=office),
        stale=stale,
        told=NO_DETAILS,
        back_link=url_for("referrals.show", reference=referral.reference),
    )


@blueprint.route("/offers/<uuid:transfer_id>/<any(accept, reject, revoke):step>", methods=["GET", "POST"])
@needs(Permission.REFERRAL_WORK)
def answer(transfer_id: UUID, step: str) -> ResponseReturnValue:
    """Take on what is offered, do not take it on, or take the offer back."""
    who, row = viewer(), TRANSFERS[f"{step}_transfer"]
    form = answer_form(row, who)
    try:
        transfer = queries.transfer(transfer_id, who)
        policy.must_step(row, transfer, who)
    except NotFound:
        return too_late(transfer_id, form)
    if transfer.standing != "offered":
        return too_late(transfer_id, form)
    stale = False
    if form.validate_on_submit():
        try:
            answered = carry_out(form.form_key.data, lambda: carried(transfer_id, row, form, who))
        except Invalid as refused:
            form.take_errors(refused.errors)
        except (IllegalMove, NotFound):
            return too_late(transfer_id, form)
        except Stale:
            stale = True
        else:
            flash(DONE[row.name], "success")
            return answered
    transfer = queries.transfer(transfer_id, who)
    form.version.data = transfer.version
    body = render_template(
        "transfers/answer.html",
        form=form,
        step=row,
        fields=[(ask, form[ask.name]) for ask in row.asks],
        offer=queries.offer(transfer_id, who),
        stale=stale,
        told=NO_DETAILS,
        back_link=url_for(".show", transfer_id=transfer_id),
    )
    return body, 409 if stale else 200


def answer_form(row: TransferStep, who: Viewer) -> MoveForm:
    """The form of a step, with oneself and the usual day filled in."""
    people = [(str(person_id), name) for person_id, name in queries.case_people(who.organisation_id).items()]
    if not who.may(Permission.REFERRAL_ASSIGN):
        people = [(person_id, name) for person_id, name in people if person_id == str(who.person_id)]
    form: MoveForm = move_form(row, who.side, category=None, people=people)(**first_values(who))
    return form


def first_values(who: Viewer) -> dict[str, Any]:
    """Oneself, and the day on which the first action is due by the clock of the viewer's office."""
    office = directory.office_of(who.organisation_id) if who.organisation_id else None
    days = clocks.days_of(clocks.FIRST_ACTION, office.clocks if office else {})
    return {"assignee": str(who.person_id), "next_action_on": clocks.add_working_days(today(), days)}


def carried(transfer_id: UUID, row: TransferStep, form: MoveForm, who: Viewer) -> str:
    """Carry a step out, and say where to go then."""
    transfer: Transfer = queries.transfer(transfer_id, who)
    answers, version = answers_of(form, row, who.side), form.version.data or 0
    if row.name == "revoke_transfer":
        actions.revoke_transfer(transfer, by=who, version=version)
    elif row.name == "reject_transfer":
        actions.reject_transfer(transfer, answers, by=who, version=version)
        return url_for(".index")
    else:
        actions.accept_transfer(transfer, answers, by=who, version=version)
    return url_for("referrals.show", reference=transfer.referral.reference)


def too_late(transfer_id: UUID, form: MoveForm) -> ResponseReturnValue:
    """What is not on offer any more: nothing, but that what was typed is given back to who still knew of it."""
    who = viewer()
    typed = typed_words(form) if request.method == "POST" else []
    if request.method == "POST" and queries.was_offered(transfer_id, who):
        return render_template("transfers/too_late.html", typed=typed, back_link=url_for(".index")), 409
    transfer = queries.transfer(transfer_id, who)
    return redirect(url_for(".show", transfer_id=transfer.id))
