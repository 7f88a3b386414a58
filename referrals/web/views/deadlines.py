"""The rights clock: recording a date, taking it back, another last day, and the end of a deadline."""

from collections.abc import Callable
from uuid import UUID

from flask import Blueprint, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue

from referrals.accounts.roles import Permission
from referrals.accounts.viewer import Viewer
from referrals.casework import actions, deadlines, policy, queries
from referrals.casework.deadlines import Deadline, Trigger
from referrals.casework.models import Referral
from referrals.foundation.clock import today
from referrals.foundation.errors import NotFound
from referrals.web.access import needs, viewer
from referrals.web.forms import GovForm
from referrals.web.forms.casework import PlainForm
from referrals.web.forms.deadlines import MET, EndForm, LastDayForm, WithdrawDateForm, date_form
from referrals.web.meanwhile import must_be_as_shown
from referrals.web.posting import answer_to
from referrals.web.presenting import deadlines as presenting
from referrals.web.presenting.moves import typed_words

blueprint = Blueprint("deadlines", __name__, url_prefix="/referrals/<reference>/dates")

_KEEPERS = (Permission.REFERRAL_WORK, Permission.REFERRAL_ANSWER)


@blueprint.get("/new")
@needs(*_KEEPERS)
def choose(reference: str) -> ResponseReturnValue:
    """Which kind of date is to be recorded."""
    referral = kept(reference, viewer())
    back_link = home_of(referral)
    groups = presenting.offered(referral)
    return render_template("deadlines/choose.html", referral=referral, groups=groups, back_link=back_link)


@blueprint.route("/new/<kind>", methods=["GET", "POST"])
@needs(*_KEEPERS)
def new(reference: str, kind: str) -> ResponseReturnValue:
    """Record a date of one kind."""
    who = viewer()
    referral = kept(reference, who)
    trigger = trigger_of(kind)
    form = date_form(trigger)()

    def act() -> None:
        found = queries.referral(reference, who)
        actions.record_date(found, kind, form["day"].data, form.exactly(), form["words"].data, by=who)

    if form.validate_on_submit():
        answer = sent(form, referral, act, "Date recorded")
        if answer is not None:
            return answer
    return render_template(
        "deadlines/new.html",
        form=form,
        referral=referral,
        trigger=trigger,
        follows=presenting.follows(kind),
        back_link=home_of(referral),
    )


@blueprint.route("/<uuid:event_id>/withdraw", methods=["GET", "POST"])
@needs(*_KEEPERS)
def withdraw(reference: str, event_id: UUID) -> ResponseReturnValue:
    """Take back a date that was wrong."""
    who = viewer()
    referral = kept(reference, who)
    # Somebody else may have taken it back while this form was open.
    sending = request.method == "POST"
    event = queries.dated_event(referral, event_id, who, even_withdrawn=sending)
    form = WithdrawDateForm()

    def act() -> None:
        found = queries.dated_event(queries.referral(reference, who), event_id, who, even_withdrawn=sending)
        actions.withdraw_date(found, form.reason.data, by=who)

    if form.validate_on_submit():
        answer = sent(form, referral, act, "Date taken back")
        if answer is not None:
            return answer
    label = queries.kind_label(event.kind)
    back_link = home_of(referral)
    return render_template(
        "deadlines/withdraw.html", form=form, referral=referral, label=label, event=event, back_link=back_link
    )


@blueprint.route("/<uuid:event_id>/<rule>/change", methods=["GET", "POST"])
@needs(*_KEEPERS)
def change(reference: str, event_id: UUID, rule: str) -> ResponseReturnValue:
    """Give a deadline another last day, with a reason."""
    who = viewer()
    referral = kept(reference, who)
    if taken_back(referral, event_id, who):
        return gone(referral, LastDayForm())
    one = queries.deadline(referral, event_id, rule, who)
    form = LastDayForm(day=one.day)

    def act() -> None:
        actions.move_deadline(again(reference, one, who), form.day.data, form.reason.data, by=who)

    if form.validate_on_submit():
        answer = sent(form, referral, act, "Last day changed")
        if answer is not None:
            return answer
    return shown("deadlines/change.html", form, referral, one)


@blueprint.post("/<uuid:event_id>/<rule>/count-again")
@needs(*_KEEPERS)
def count_again(reference: str, event_id: UUID, rule: str) -> ResponseReturnValue:
    """Let the rule count the last day again."""
    return pressed(reference, event_id, rule, actions.count_again, "The rule counts the last day again")


@blueprint.route("/<uuid:event_id>/<rule>/end", methods=["GET", "POST"])
@needs(*_KEEPERS)
def end(reference: str, event_id: UUID, rule: str) -> ResponseReturnValue:
    """Say that a deadline was met, or that it no longer applies."""
    who = viewer()
    referral = kept(reference, who)
    if taken_back(referral, event_id, who):
        return gone(referral, EndForm())
    one = queries.deadline(referral, event_id, rule, who)
    form = EndForm(day=today())

    def act() -> None:
        found = again(reference, one, who)
        if form.how.data == MET:
            actions.meet_deadline(found, form.day.data, by=who)
        else:
            actions.drop_deadline(found, form.reason.data, by=who)

    if form.validate_on_submit():
        answer = sent(form, referral, act, "Deadline ended")
        if answer is not None:
            return answer
    return shown("deadlines/end.html", form, referral, one)


@blueprint.post("/<uuid:event_id>/<rule>/open-again")
@needs(*_KEEPERS)
def open_again(reference: str, event_id: UUID, rule: str) -> ResponseReturnValue:
    """Take back that a deadline is over."""
    return pressed(reference, event_id, rule, actions.open_deadline_again, "Deadline opened again")


@blueprint.get("/rules")
@needs(*_KEEPERS)
def rules(reference: str) -> ResponseReturnValue:
    """Every rule that can matter to the referral, with its counting and its source."""
    referral = kept(reference, viewer())
    groups = presenting.all_rules(referral)
    return render_template("deadlines/rules.html", referral=referral, groups=groups, back_link=home_of(referral))


def kept(reference: str, who: Viewer) -> Referral:
    """The referral, for somebody who may keep its dates. Raises NotFound and NotAllowed."""
    referral = queries.referral(reference, who)
    policy.must_keep_dates(referral, who)
    return referral


def trigger_of(kind: str) -> Trigger:
    """The kind of date an address names. Raises NotFound."""
    try:
        return deadlines.trigger(kind)
    except LookupError:
        raise NotFound from None


def again(reference: str, one: Deadline, who: Viewer) -> Deadline:
    """The same deadline inside the transaction that changes it."""
    return queries.deadline(queries.referral(reference, who), one.event.id, one.rule.code, who)


def shown(page: str, form: GovForm, referral: Referral, one: Deadline) -> ResponseReturnValue:
    """A page about one deadline."""
    about = {"title": one.rule.name, "when": presenting.when(one), "counted": one.counted.day, "moved": one.moved}
    plain = PlainForm(formdata=None)
    urls = {name: presenting.link(f"deadlines.{name}", one, referral) for name in ("count_again", "open_again")}
    back_link = home_of(referral)
    return render_template(page, form=form, plain=plain, referral=referral, one=about, urls=urls, back_link=back_link)


def pressed(reference: str, event_id: UUID, rule: str, action: Callable[..., None], done: str) -> ResponseReturnValue:
    """Carry out a button about one deadline, and show the referral again."""
    who = viewer()
    referral = kept(reference, who)
    one = queries.deadline(referral, event_id, rule, who)
    form = PlainForm()
    if form.validate_on_submit():
        answer = sent(form, referral, lambda: action(again(reference, one, who), by=who), done)
        if answer is not None:
            return answer
    flash("This could not be done. " + " ".join(form.form_errors), "warning")
    return shown("deadlines/change.html", LastDayForm(formdata=None, day=one.day), referral, one)


def taken_back(referral: Referral, event_id: UUID, who: Viewer) -> bool:
    """Whether the date that a form is about was taken back while it was open. Raises NotFound."""
    return request.method == "POST" and bool(
        queries.dated_event(referral, event_id, who, even_withdrawn=True).withdrawn_at
    )


def gone(referral: Referral, form: GovForm) -> ResponseReturnValue:
    """What a form was about is not there any more: give back what was typed into it."""
    typed = typed_words(form)
    back_link = home_of(referral)
    return render_template("deadlines/gone.html", referral=referral, typed=typed, back_link=back_link), 409


def home_of(referral: Referral) -> str:
    """The deadlines on the page of the referral."""
    return url_for("referrals.show", reference=referral.reference, _anchor="deadlines")


def sent(form: GovForm, referral: Referral, act: Callable[[], object], done: str) -> ResponseReturnValue | None:
    """The answer to a form that was carried out; None when it was refused, with the reason in the form."""
    home = home_of(referral)

    def carried() -> str:
        # These would take the place of what somebody else has just decided.
        if isinstance(form, LastDayForm | EndForm):
            must_be_as_shown(form, referral)
        act()
        return home

    return answer_to(form, carried, f"{done}.")
