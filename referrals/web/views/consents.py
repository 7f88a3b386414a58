"""What the resident agreed to: the list, taking an agreement back, approving one, and what the office may tell."""

from collections.abc import Callable, Sequence
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from referrals.accounts.roles import Permission, Side
from referrals.casework import actions, policy, queries, wording
from referrals.casework.models import Consent, Referral
from referrals.directory.queries import agency_names, names_of, offices_in_use
from referrals.foundation.clock import today
from referrals.foundation.database import transaction
from referrals.foundation.errors import NotFound
from referrals.stories.actions import end_without_agreement
from referrals.web.access import needs, viewer
from referrals.web.forms import GovForm
from referrals.web.forms.casework import FeedbackScopeForm, PlainForm, WithdrawConsentForm
from referrals.web.forms.transfers import TransferConsentForm
from referrals.web.meanwhile import must_be_as_shown
from referrals.web.posting import answer_to
from referrals.web.presenting.referral import consent_for

blueprint = Blueprint("consents", __name__, url_prefix="/referrals/<reference>/consents")


@blueprint.get("")
@needs(Permission.REFERRAL_READ, writes=True)
def index(reference: str) -> ResponseReturnValue:
    """Every agreement of the resident, those taken back too; reading them leaves its event."""
    who = viewer()
    with transaction():
        referral = actions.open_referral(reference, by=who)
    consents = queries.consents_of(referral, who)
    bodies = bodies_of(consents)
    return render_template(
        "consents/index.html",
        referral=referral,
        consents=[consent_for(consent, bodies) for consent in consents],
        records=policy.may_write(referral, who, Permission.CONSENT_RECORD),
        approves=policy.may_write(referral, who, Permission.CONSENT_APPROVE),
        of_group=who.side is Side.GROUP,
        may_agree_to_other=policy.may_agree_to_other(referral, who),
        form=PlainForm(formdata=None),
        back_link=url_for("referrals.show", reference=referral.reference),
    )


@blueprint.route("/<uuid:consent_id>/withdraw", methods=["GET", "POST"])
@needs(Permission.CONSENT_RECORD)
def withdraw(reference: str, consent_id: UUID) -> ResponseReturnValue:
    """Record that an agreement no longer holds, and why."""
    referral, consent = one(reference, consent_id, Permission.CONSENT_RECORD)
    form = WithdrawConsentForm()

    def act() -> None:
        actions.withdraw_consent(queries.consent(consent_id, viewer()), form.reason.data, by=viewer())
        end_without_agreement(queries.referral(reference, viewer()), by=viewer())

    if form.validate_on_submit():
        answer = sent(form, referral, act, "Withdrawal recorded")
        if answer is not None:
            return answer
    back_link = url_for(".index", reference=referral.reference)
    shown = consent_for(consent, bodies_of([consent]))
    return render_template("consents/withdraw.html", form=form, referral=referral, consent=shown, back_link=back_link)


@blueprint.post("/<uuid:consent_id>/approve")
@needs(Permission.CONSENT_APPROVE)
def approve(reference: str, consent_id: UUID) -> ResponseReturnValue:
    """Approve a ground other than the resident's own request."""
    referral, _ = one(reference, consent_id, Permission.CONSENT_APPROVE)
    form = PlainForm()

    def act() -> None:
        actions.approve_consent(queries.consent(consent_id, viewer()), by=viewer())

    if form.validate_on_submit():
        answer = sent(form, referral, act, "Approved")
        if answer is not None:
            return answer
    flash("This could not be approved. " + " ".join(form.form_errors), "warning")
    return index(reference)


@blueprint.route("/feedback", methods=["GET", "POST"])
@needs(Permission.CONSENT_RECORD)
def feedback(reference: str) -> ResponseReturnValue:
    """Record how much the resident lets the office tell the group."""
    who = viewer()
    referral = queries.referral(reference, who)
    policy.must_write(referral, who, Permission.CONSENT_RECORD)
    form = FeedbackScopeForm(given_on=today(), scope=policy.told_to_group(referral, today()))

    def act() -> None:
        agreed = {name: form[name].data for name in ("scope", "given_by", "method", "given_on")}
        agreement = actions.Agreement(kind=policy.OFFICE_TO_GROUP, **agreed)
        actions.record_consent(queries.referral(reference, who), agreement, by=who)

    if form.validate_on_submit():
        answer = sent(form, referral, act, "Recorded")
        if answer is not None:
            return answer
    back_link = url_for(".index", reference=referral.reference)
    return render_template("consents/feedback.html", form=form, referral=referral, back_link=back_link)


@blueprint.route("/transfer", methods=["GET", "POST"])
@needs(Permission.CONSENT_RECORD)
def transfer(reference: str) -> ResponseReturnValue:
    """Record that the resident lets one other office have their case; offering it stays with the office that has it."""
    who = viewer()
    referral = queries.referral(reference, who)
    policy.must_write(referral, who, Permission.CONSENT_RECORD)
    if not policy.may_agree_to_other(referral, who):
        flash("Another office can be agreed to only while the referral is open and with one.", "warning")
        return redirect(url_for(".index", reference=referral.reference), 303)
    offices = [line for line in offices_in_use() if line.id != referral.office_id]
    form = TransferConsentForm(given_on=today(), office=request.args.get("to"))
    form.office.offer([(str(line.id), f"{line.constituency}: {line.name}") for line in offices])

    def act() -> None:
        agreed = form.agreement() | {"to_organisation_id": UUID(form.office.data)}
        agreement = actions.Agreement(kind=policy.TRANSFER, **agreed)
        actions.record_consent(queries.referral(reference, who), agreement, by=who)

    if form.validate_on_submit():
        answer = sent(form, referral, act, "Recorded")
        if answer is not None:
            return answer
    names = names_of([found for found in (referral.group_id, referral.office_id) if found])
    group, office = names.get(referral.group_id, ""), names.get(referral.office_id or referral.group_id, "")
    return render_template(
        "consents/transfer.html",
        form=form,
        referral=referral,
        read_out=wording.current().handing_on(group=group, office=office),
        of_group=who.side is Side.GROUP,
        back_link=url_for(".index", reference=referral.reference),
    )


def bodies_of(consents: Sequence[Consent]) -> dict[UUID, str]:
    """The names of the bodies that these agreements are about."""
    return agency_names([consent.agency_id for consent in consents if consent.agency_id])


def one(reference: str, consent_id: UUID, permission: Permission) -> tuple[Referral, Consent]:
    """A consent of this very referral, for somebody who may do this with it. Raises NotFound and NotAllowed."""
    who = viewer()
    referral = queries.referral(reference, who)
    found = next((one for one in queries.consents_of(referral, who) if one.id == consent_id), None)
    if found is None:
        raise NotFound
    policy.must_write(referral, who, permission)
    return referral, found


def sent(form: GovForm, referral: Referral, act: Callable[[], object], done: str) -> ResponseReturnValue | None:
    """The answer to a form that was carried out; None when it was refused, with the reason in the form."""
    home = url_for(".index", reference=referral.reference)

    def carried() -> str:
        # These would take the place of what somebody else has just decided.
        if isinstance(form, FeedbackScopeForm | TransferConsentForm):
            must_be_as_shown(form, referral)
        act()
        return home

    return answer_to(form, carried, f"{done}.")
