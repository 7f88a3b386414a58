"""Several referrals of the queue at once: giving them to somebody, and setting the day they are followed up."""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Final
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from referrals.accounts.roles import Permission
from referrals.casework import actions, queries
from referrals.casework.models import Referral
from referrals.casework.queries import Line
from referrals.foundation.errors import DomainError, NotFound
from referrals.web.access import needs, viewer
from referrals.web.filters import count
from referrals.web.forms import GovForm
from referrals.web.forms.bulk import AssignManyForm, FollowUpForm
from referrals.web.posting import carry_out, carry_out_each, why_not
from referrals.web.presenting.queue import LIST, Asked, asked_of

blueprint = Blueprint("bulk", __name__, url_prefix="/queue/bulk")

MOST: Final = 100
ROW: Final = re.compile(r"(R-[0-9A-Z]{4}-[0-9A-Z]{3})\.([0-9]{1,9})")
Act = Callable[[Referral, int], None]
Tell = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Chosen:
    """The rows that were chosen, each with the version that was seen, and the list they were chosen from."""

    lines: list[Line]
    versions: Mapping[str, int]
    asked: Asked

    @property
    def back(self) -> str:
        """The list again."""
        return self.asked.url(paged=True, _anchor=LIST)


@blueprint.route("/assign", methods=["GET", "POST"])
@needs(Permission.REFERRAL_WORK)
def assign() -> ResponseReturnValue:
    """Give the chosen referrals to somebody: a manager to anybody of the office, a caseworker to themselves."""
    who, chosen = viewer(), chosen_rows()
    form = AssignManyForm()
    people = queries.case_people(who.organisation_id)
    offered = people if who.may(Permission.REFERRAL_ASSIGN) else {who.person_id: who.name}
    form.assignee.offer((str(person_id), name) for person_id, name in offered.items())

    def act(referral: Referral, version: int) -> None:
        answers: dict[str, Any] = {"assignee": form.assignee.data}
        if referral.assignee_id not in (None, UUID(form.assignee.data)):
            answers["reason"] = form.reason.data
        actions.move(referral, "assign", answers, by=who, version=version, quietly=len(chosen.versions) > 1)

    def tell(number: int) -> None:
        actions.tell_of({UUID(form.assignee.data): number}, by=who)

    return carry_out_all("bulk/assign.html", form, chosen, act, "assigned", tell=tell)


@blueprint.route("/follow-up", methods=["GET", "POST"])
@needs(Permission.REFERRAL_WORK)
def follow_up() -> ResponseReturnValue:
    """Set the day on which the next action of the chosen referrals is due."""
    who, chosen = viewer(), chosen_rows()
    form = FollowUpForm()

    def act(referral: Referral, version: int) -> None:
        actions.set_follow_up(referral, form.day.data, by=who, version=version)

    return carry_out_all("bulk/follow_up.html", form, chosen, act, "given a day")


def chosen_rows() -> Chosen:
    """What the address names. Raises NotFound for anything in it that is not there for the viewer."""
    who = viewer()
    asked = asked_of(request.args, who, queries.known_to(who))
    found = [ROW.fullmatch(row) for row in request.args.getlist("row")]
    versions = {row[1]: int(row[2]) for row in found if row}
    if None in found:
        raise NotFound
    lines = queries.lines_named(who, list(versions)[:MOST]) if versions else []
    return Chosen(lines, versions, asked)


def carry_out_all(
    page: str, form: GovForm, chosen: Chosen, act: Act, done: str, *, tell: Tell | None = None
) -> ResponseReturnValue:
    """Show the form, or carry it out for each of the rows by itself, and say what was not done and why.

    `tell` is called once, after all, with how many were done, where several were chosen.
    """
    if not 0 < len(chosen.versions) <= MOST:
        flash(f"Choose up to {MOST} referrals. Nothing was changed.", "warning")
        return redirect(chosen.back, 303)
    refused: dict[str, DomainError] = {}
    status, number = 200, 0
    if form.validate_on_submit():
        refused = carry_out_each(
            form.form_key.data, {name: partial(one, name, version, act) for name, version in chosen.versions.items()}
        )
        number = len(chosen.versions) - len(refused)
        if tell:
            tell_once(form, chosen, refused, tell)
        if not refused:
            flash(f"{count(number, 'referral')} {done}", "success")
            return redirect(chosen.back, 303)
        status = 409
    elif form.is_submitted():
        status = 422
    lines = queries.lines_named(viewer(), list(refused)) if refused else chosen.lines
    body = render_template(
        page,
        form=form,
        lines=lines,
        reasons={name: why_not(error) for name, error in refused.items()},
        number=number,
        done=done,
        action=again(lines, chosen.asked) if refused else request.full_path,
        back_link=chosen.back,
    )
    return body, status


def tell_once(form: GovForm, chosen: Chosen, refused: Collection[str], tell: Tell) -> None:
    """Tell of all that were done together, and not again when the same form comes twice."""
    done = [name for name in chosen.versions if name not in refused]
    if not done or len(chosen.versions) == 1:
        return

    def told() -> str:
        tell(len(done))
        return chosen.back

    # What was done is not offered again, so the first of it sets this sending apart from a later one of the same form.
    carry_out(f"{form.form_key.data[:40]}-{done[0]}-told", told)


def one(reference: str, version: int, act: Act) -> None:
    """Do it to one of them, in the transaction of the caller."""
    act(queries.referral(reference, viewer()), version)


def again(lines: list[Line], asked: Asked) -> str:
    """Where the same is tried again with those that were refused, as they are now."""
    rows = [f"{line.reference}.{line.version}" for line in lines]
    return url_for(request.endpoint or "", **asked.args(paged=True), row=rows)
