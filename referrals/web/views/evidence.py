"""Evidence of a result: either side points to documents that are already on the referral."""

from typing import Any
from uuid import UUID

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from referrals.accounts.roles import Permission
from referrals.accounts.viewer import Viewer
from referrals.casework import actions as casework
from referrals.casework import policy, queries
from referrals.casework.models import Outcome, Referral
from referrals.documents import actions
from referrals.documents.queries import documents_of
from referrals.foundation.database import transaction
from referrals.foundation.errors import NotFound
from referrals.web.access import needs, viewer
from referrals.web.forms.evidence import WHOLE, EvidenceForm
from referrals.web.posting import answer_to
from referrals.web.presenting.evidence import document_options, sum_options

blueprint = Blueprint("evidence", __name__, url_prefix="/referrals/<reference>/evidence")


@blueprint.route("", methods=["GET", "POST"])
@needs(Permission.OUTCOME_RECORD, Permission.OUTCOME_CONFIRM, writes=True)
def attach(reference: str) -> ResponseReturnValue:
    """Choose documents and what they show. Their names are on the page, so that showing it is a reading."""
    who = viewer()
    referral, outcome = result_of(reference, who)
    permission = Permission.OUTCOME_RECORD if who.may(Permission.OUTCOME_RECORD) else Permission.OUTCOME_CONFIRM
    policy.must_write(referral, who, permission)
    form = EvidenceForm()
    offered = document_options(documents_of(referral, who))
    form.documents.offer(offered)
    form.shows.offer([(WHOLE, "The result as a whole"), *sum_options(outcome)])
    home = url_for("referrals.show", reference=referral.reference, _anchor="outcome")

    def act() -> str:
        _, found = result_of(reference, who)
        actions.attach_evidence(found, *chosen_in(form), by=who)
        return home

    if offered and form.validate_on_submit():
        done = answer_to(form, act, "Attached as evidence.")
        if done is not None:
            return done
    with transaction():
        casework.open_referral(str(referral.reference), by=who)
    return render_template(
        "evidence/attach.html",
        form=form,
        referral=referral,
        any_documents=bool(offered),
        any_sums=bool(outcome.money),
        back_link=home,
    )


def result_of(reference: str, who: Viewer) -> tuple[Referral, Outcome]:
    """The referral and the result that stands. Raises NotFound where there is none for this viewer."""
    referral = queries.referral(reference, who)
    outcome = queries.outcome_of(referral, who)
    if outcome is None:
        raise NotFound
    return referral, outcome


def chosen_in(form: EvidenceForm) -> tuple[Any, ...]:
    """The documents, the sum or none, and the kind of paper, as the action takes them."""
    sum_id = None if form.shows.data == WHOLE else UUID(form.shows.data)
    return [UUID(one) for one in form.documents.data], sum_id, form.kind.data or ""
