"""One page for every transition: the form built from what its row of the workflow asks, and its sending."""

import re
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

from flask import Blueprint, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue

from referrals.accounts.roles import Permission
from referrals.accounts.viewer import Viewer
from referrals.casework import actions, policy, queries
from referrals.casework.models import Referral
from referrals.casework.suggesting import suggested_outcomes
from referrals.casework.workflow import TRANSITIONS, AskKind, Transition
from referrals.documents.actions import attach_evidence
from referrals.documents.queries import documents_of
from referrals.foundation.clock import now
from referrals.foundation.database import transaction
from referrals.foundation.errors import IllegalMove, Invalid, NotAllowed, NotFound, Stale
from referrals.web.access import needs, viewer
from referrals.web.forms.moves import DOCUMENTS, EVIDENCED, MoveForm, answers_of, move_form
from referrals.web.meanwhile import moment_of
from referrals.web.posting import carry_out
from referrals.web.presenting.evidence import document_options
from referrals.web.presenting.moves import done_words, first_values, steps_after, typed_words
from referrals.web.presenting.referral import changes_since, context_of, sides_of
from referrals.web.presenting.strip import NO_SUMMARY, slug

blueprint = Blueprint("moves", __name__, url_prefix="/referrals")

# Sent from elsewhere: drafts have pages of their own, and so have the offers of other offices.
ELSEWHERE: Final = frozenset({"submit", "accept_transfer"})
# The ask whose rows come and go while the form is filled in.
AMOUNTS: Final = "money"
SLUG: Final = re.compile(r"[a-z]+(-[a-z]+)*")


@dataclass
class Desk:
    """One person before one form: the referral, the transition, and who."""

    referral: Referral
    row: Transition
    who: Viewer
    # Set when somebody else was first: what they did.
    changes: list[dict[str, Any]] = field(default_factory=list)
    status: int = 200

    @property
    def home(self) -> str:
        """The referral's page."""
        return url_for("referrals.show", reference=self.referral.reference)


@blueprint.route("/<reference>/<transition>", methods=["GET", "POST"])
@needs(Permission.REFERRAL_READ, writes=True)
def new(reference: str, transition: str) -> ResponseReturnValue:
    """Show the form of a transition, and carry it out when it is sent."""
    who, row = viewer(), row_named(transition)
    desk = Desk(queries.referral(reference, who), row, who)
    if not policy.may_make(row, desk.referral, who):
        raise NotAllowed
    if request.method == "GET" and not policy.is_legal(row, desk.referral, who):
        return too_late(desk)
    form = form_for(desk)
    form.settle_evidence()
    if request.method == "POST" and not rearranged(form) and form.validate_on_submit():
        return send(desk, form)
    return show(desk, form)


def row_named(name: str) -> Transition:
    """The transition of an address (`request-information`). Raises NotFound for any other."""
    found = TRANSITIONS.get(name.replace("-", "_")) if SLUG.fullmatch(name) else None
    if found is None or found.name in ELSEWHERE:
        raise NotFound
    return found


def form_for(desk: Desk) -> MoveForm:
    """The form, with what is already known filled in."""
    referral, row, who = desk.referral, desk.row, desk.who
    person = next((ask for ask in row.asked_of(who.side) if ask.kind is AskKind.PERSON), None)
    offered = queries.choices_for(person, referral, who) if person else []
    people = [(choice.value, choice.label) for choice in offered]
    kind = move_form(
        row, who.side, category=referral.category, people=people, documents=documents_for(referral, row, who)
    )
    # A link may bring the reason along; what the list does not have is not chosen.
    return kind(version=referral.version, reason=request.args.get("reason"), **first_values(referral, row, who))


def documents_for(referral: Referral, row: Transition, who: Viewer) -> list[tuple[str, str]]:
    """The documents that can be evidence, where the form asks for any."""
    asks = any(ask.name == EVIDENCED for ask in row.asked_of(who.side))
    return document_options(documents_of(referral, who)) if asks else []


def rearranged(form: MoveForm) -> bool:
    """Whether a button only asked for a row of money more or less, or what one is in a year; then nothing is sent."""
    if AMOUNTS not in form:
        return False
    if "add" in request.form:
        form[AMOUNTS].add()
        return True
    if "year" in request.form:
        # Without a script the page says what is paid in a year when it comes back.
        return True
    number = request.form.get("remove", "")
    if len(number) == 1 and number in "0123456789":
        form[AMOUNTS].remove(int(number))
        return True
    return False


def send(desk: Desk, form: MoveForm) -> ResponseReturnValue:
    """Carry the transition out, or show what stands in its way with everything that was typed."""
    row, who, reference = desk.row, desk.who, desk.referral.reference or ""
    answers = answers_of(form, row, who.side)
    home = desk.home

    def act() -> str:
        referral = queries.referral(reference, who)
        actions.move(referral, row.name, answers, by=who, version=form.version.data or 0)
        show_documents(referral, form, who)
        return home

    try:
        answer = carry_out(form.form_key.data, act)
    except Invalid as refused:
        form.take_errors(refused.errors)
        return show(Desk(queries.referral(reference, who), row, who), form)
    except Stale:
        return show_both(reference, row, who, form)
    except IllegalMove:
        return too_late(Desk(queries.referral(reference, who), row, who), form)
    flash(done_words(row), "success")
    return answer


def show_documents(referral: Referral, form: MoveForm, who: Viewer) -> None:
    """Point from the result just recorded to the documents chosen with it."""
    chosen, outcome = form.chosen_documents(), queries.outcome_of(referral, who)
    if chosen and outcome is not None:
        attach_evidence(outcome, chosen, by=who, recording=True)


def show_both(reference: str, row: Transition, who: Viewer, form: MoveForm) -> ResponseReturnValue:
    """Somebody was first: show what they did beside what was typed, which can be sent again over it."""
    opened = moment_of(form.opened.data)
    with transaction():
        referral = actions.open_referral(reference, by=who)
        changes = changes_since(referral, opened, who)
    desk = Desk(referral, row, who, changes, 409)
    if not policy.is_legal(row, referral, who):
        return too_late(desk, form)
    form.version.data = referral.version
    form.opened.data = now().isoformat()
    return show(desk, form)


def show(desk: Desk, form: MoveForm) -> ResponseReturnValue:
    """The page of the form. Where it shows what the other side wrote, or documents' names, this is a reading."""
    referral, row = desk.referral, desk.row
    context = context_of(referral, row, desk.who)
    if context or DOCUMENTS in form:
        with transaction():
            actions.open_referral(UUID(str(referral.id)), by=desk.who)
    body = render_template(
        "moves/new.html",
        row=row,
        form=form,
        fields=form.drawn(row, desk.who.side),
        referral=referral,
        summary=referral.summary or NO_SUMMARY,
        context=context,
        suggested=suggested_for(desk),
        changes=desk.changes,
        stale=desk.status == 409,
        consent_fault=policy.consent_fault(row, referral),
        about_a_resident=policy.is_about_a_resident(referral),
        steps=steps_after(row, desk.who, sides_of(referral)),
        action=url_for(".new", reference=referral.reference, transition=slug(row)),
        back_link=desk.home,
    )
    return body, desk.status


def suggested_for(desk: Desk) -> list[str]:
    """The outcome codes to offer first, where the form asks for any."""
    if not any(ask.kind is AskKind.CODES for ask in desk.row.asked_of(desk.who.side)):
        return []
    referral = desk.referral
    return suggested_outcomes(referral.category, referral.issue_type, queries.happened(referral, desk.who))


def too_late(desk: Desk, form: MoveForm | None = None) -> ResponseReturnValue:
    """The referral has moved on: say where it stands, and give back what was typed."""
    strip = queries.strip(desk.referral, desk.who)
    body = render_template(
        "moves/too_late.html",
        row=desk.row,
        referral=desk.referral,
        strip=strip,
        changes=desk.changes,
        typed=typed_words(form) if form else [],
        back_link=desk.home,
    )
    return body, 409
