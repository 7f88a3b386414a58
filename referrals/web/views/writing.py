"""Writing a letter: which one, to whom where that is safe and agreed, and the letter with its fields filled in."""

from dataclasses import dataclass, field
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from referrals.accounts.roles import Permission, Side
from referrals.accounts.viewer import Viewer
from referrals.casework import actions as casework
from referrals.casework import asking, wording
from referrals.casework import queries as cases
from referrals.casework.models import Referral
from referrals.correspondence import actions, policy, queries
from referrals.correspondence.actions.making import must_address
from referrals.correspondence.addressees import GROUP, Addressee
from referrals.correspondence.letters import KINDS, Audience, LetterKind
from referrals.foundation.database import only_reading, transaction
from referrals.foundation.errors import Invalid, NotAllowed, NotFound, Stale
from referrals.web.access import needs, viewer
from referrals.web.forms import GovForm
from referrals.web.forms.letters import AgencyForm, AgreementForm, LetterForm, WayForm
from referrals.web.meanwhile import moment_of
from referrals.web.posting import carry_out
from referrals.web.presenting import writing as presenting
from referrals.web.presenting.letters import home_of
from referrals.web.presenting.referral import changes_since, sides_of

blueprint = Blueprint("writing", __name__, url_prefix="/referrals/<reference>/letters/new")


@dataclass
class Desk:
    """One person before one letter: the referral, which letter, to whom, and who writes."""

    referral: Referral
    kind: LetterKind
    to: Addressee
    who: Viewer
    # Set when somebody else was first: what they did.
    changes: list[dict[str, Any]] = field(default_factory=list)
    status: int = 200


@blueprint.get("")
@needs(Permission.LETTER_WRITE)
def choose(reference: str) -> ResponseReturnValue:
    """Which letter is to be written."""
    referral = writable(reference, viewer())
    groups = presenting.offered(referral)
    return render_template("writing/choose.html", referral=referral, groups=groups, back_link=home_of(referral))


@blueprint.route("/<kind>", methods=["GET", "POST"])
@needs(Permission.LETTER_WRITE, writes=True)
def to(reference: str, kind: str) -> ResponseReturnValue:
    """To whom: the bodies the resident agreed to, or the ways to the resident that are safe; the advice comes first."""
    who, letter = viewer(), kind_of(kind)
    with transaction():
        writable(reference, who)
        referral = casework.open_referral(reference, by=who)
        shown = presenting.choice_of(referral, letter, who)
    form: GovForm = AgencyForm() if letter.audience is Audience.AGENCY else WayForm()
    form["to"].offer(shown["offered"])
    if letter.audience is Audience.GROUP:
        return redirect(url_for(".letter", reference=referral.reference, kind=kind, to=GROUP), 303)
    if form.validate_on_submit():
        return redirect(url_for(".letter", reference=referral.reference, kind=kind, to=form["to"].data), 303)
    back_link = url_for(".choose", reference=referral.reference)
    return render_template(
        "writing/to.html", form=form, kind=letter, referral=referral, shown=shown, back_link=back_link
    )


@blueprint.route("/<kind>/<agency>/agree", methods=["GET", "POST"])
@needs(Permission.LETTER_WRITE)
def agree(reference: str, kind: str, agency: str) -> ResponseReturnValue:
    """Note that the resident agrees to a body being written to, before anything is written."""
    who, row = viewer(), kind_of(kind)
    referral = writable(reference, who)
    body = queries.addressee(row, agency, referral, who).agency
    if body is None:
        raise NotFound
    form = AgreementForm()
    onward = url_for(".letter", reference=referral.reference, kind=kind, to=agency)

    def act() -> str:
        answers = {name: form[name].data for name in ("given_by", "method", "given_on")}
        given = casework.Agreement(kind=asking.AGENCY, agency_id=body.id, **answers)
        casework.record_consent(cases.referral(reference, who), given, by=who)
        return onward

    if form.validate_on_submit():
        try:
            return carry_out(form.form_key.data, act)
        except Invalid as refused:
            form.take_errors(refused.errors)
        except NotAllowed as refused:
            form.form_errors.append(refused.message)
    words = wording.current().contact(agency=body.name, office=sides_of(referral)[Side.OFFICE])
    around = {
        "referral": referral,
        "kind": row,
        "body": body,
        "back_link": url_for(".to", reference=referral.reference, kind=kind),
    }
    return render_template("writing/agree.html", form=form, words=words, version=wording.CURRENT, **around)


@blueprint.route("/<kind>/<to>", methods=["GET", "POST"])
@needs(Permission.LETTER_WRITE, writes=True)
def letter(reference: str, kind: str, to: str) -> ResponseReturnValue:
    """The letter with its fields filled in, to be changed and made; who may not be written to leads back to why."""
    who = viewer()
    with only_reading():
        referral = writable(reference, who)
        desk = Desk(referral, kind_of(kind), queries.addressee(kind_of(kind), to, referral, who), who)
        try:
            must_address(referral, desk.kind, desk.to, who)
        except NotAllowed:
            if request.method == "GET":
                why = ".agree" if desk.to.agency and not desk.to.enquiry else ".to"
                more: dict[str, Any] = {"agency": to} if why == ".agree" else {}
                return redirect(url_for(why, reference=referral.reference, kind=kind, **more), 303)
        form = form_for(desk)
    if form.validate_on_submit():
        return make(desk, form)
    return show(desk, form)


def form_for(desk: Desk) -> LetterForm:
    """The form, with the text merged and the address as it was typed before."""
    text = queries.text_in_use(desk.kind, desk.who)
    return LetterForm(
        version=desk.referral.version,
        text_version=str(text.made_from),
        **presenting.first_values(desk.referral, desk.kind, desk.to, desk.who, text.words),
    )


def make(desk: Desk, form: LetterForm) -> ResponseReturnValue:
    """Make the letter, or show what stands in its way with everything that was typed."""
    reference, who = desk.referral.reference or "", desk.who
    writing = actions.Writing(
        words=form.words.data,
        text_version=form.made_from,
        name=form["name"].data,
        address=form.address.data,
        reference=form.reference.data,
    )

    def act() -> str:
        referral = cases.referral(reference, who)
        made = actions.make_letter(referral, desk.kind, desk.to, writing, by=who, version=form.version.data or 0)
        return url_for("letters.show", reference=reference, letter_id=made.id)

    try:
        answer = carry_out(form.form_key.data, act)
    except Invalid as refused:
        form.take_errors(refused.errors)
    except NotAllowed as refused:
        form.form_errors.append(refused.message)
    except Stale:
        return show_both(desk, form)
    else:
        flash("Letter made. Take it away below, and mark it as sent when it has gone.", "success")
        return answer
    return show(desk, form)


def show_both(desk: Desk, form: LetterForm) -> ResponseReturnValue:
    """Somebody changed the referral: show what they did above what was typed, which can be made all the same."""
    with transaction():
        referral = casework.open_referral(desk.referral.reference or "", by=desk.who)
        changes = changes_since(referral, moment_of(form.opened.data), desk.who)
    form.shown_again(referral.version)
    return show(Desk(referral, desk.kind, desk.to, desk.who, changes, 409), form)


def show(desk: Desk, form: LetterForm) -> ResponseReturnValue:
    """The page of the letter, which shows the record and so leaves its event."""
    with transaction():
        referral = casework.open_referral(desk.referral.reference or "", by=desk.who)
        shown = presenting.page_of(referral, desk.kind, desk.to, desk.who, form.words.data or "")
    to_group = desk.kind.audience is Audience.GROUP
    where: dict[str, Any] = {"reference": referral.reference} | ({} if to_group else {"kind": desk.kind.code})
    body = render_template(
        "writing/letter.html",
        form=form,
        kind=desk.kind,
        to=desk.to,
        shown=shown,
        referral=referral,
        changes=desk.changes,
        stale=desk.status == 409,
        back_link=url_for(".choose" if to_group else ".to", **where),
    )
    return body, desk.status


def writable(reference: str, who: Viewer) -> Referral:
    """The referral, for somebody who may write letters about it. Raises NotFound and NotAllowed."""
    referral = cases.referral(reference, who)
    policy.must_write(referral, who)
    return referral


def kind_of(code: str) -> LetterKind:
    """The kind of letter an address names. Raises NotFound."""
    if code not in KINDS:
        raise NotFound
    return KINDS[code]
