"""Writing a case study, one thing a page: its sections, the facts beside it, being recognised, and the agreement."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from referrals.accounts.roles import Permission
from referrals.casework import wording
from referrals.directory.queries import names_of
from referrals.foundation.database import transaction
from referrals.foundation.errors import NotFound
from referrals.stories import actions, policy, queries
from referrals.stories.actions.stepping import findings_in
from referrals.stories.models import CaseStudy
from referrals.stories.sections import SECTIONS
from referrals.web.access import needs, viewer
from referrals.web.forms import GovForm
from referrals.web.forms.stories import AgreementForm, FactsForm, answers_in, answers_of, checks_form, section_form
from referrals.web.posting import answer_to
from referrals.web.presenting import stories as presenting

blueprint = Blueprint("story_pages", __name__, url_prefix="/stories/<uuid:study_id>")
writes = needs(Permission.STORY_WRITE, writes=True)


@blueprint.route("/write/<code>", methods=["GET", "POST"])
@writes
def section(study_id: UUID, code: str) -> ResponseReturnValue:
    """One section. What says who somebody is is pointed out after saving, on the same page."""
    row = SECTIONS.get(code)
    if row is None:
        raise NotFound
    who, study = viewer(), opened(study_id)
    form = section_form(row)(version=study.version, words=(study.words or {}).get(code, ""))

    def act() -> str:
        found = queries.study(study_id, who)
        actions.save_section(found, code, form["words"].data, by=who, version=form.version.data)
        told = any(one.section == code and one.sure for one in findings_in(found, who))
        return url_for(".section", study_id=study_id, code=code) if told else after(study_id, code)

    answer = sent(form, act, "Saved.")
    if answer is not None:
        return answer
    found = findings_in(study, who)
    return show(
        "section",
        study,
        form,
        row=row,
        warnings=presenting.warnings_in(code, found),
        said=presenting.said_of(code, study.referral, who),
    )


@blueprint.route("/facts", methods=["GET", "POST"])
@writes
def facts(study_id: UUID) -> ResponseReturnValue:
    """Which of the general facts stand beside the story, and whether the MP is to be named."""
    who, study = viewer(), opened(study_id)
    known = queries.facts_about(study.referral, who)
    labels = {label for label, _ in study.facts or []}
    chosen = [code for code, (label, _) in known.items() if label in labels]
    form = FactsForm(version=study.version, facts=chosen, names_mp=study.names_mp)
    form.facts.offer([(code, f"{label}: {text}") for code, (label, text) in known.items()])

    def act() -> str:
        found = queries.study(study_id, who)
        names_mp = form.names_mp.data
        actions.choose_facts(found, form.facts.data, names_mp=names_mp, by=who, version=form.version.data)
        return home(study_id)

    return sent(form, act, "Saved.") or show("facts", study, form)


@blueprint.route("/checks", methods=["GET", "POST"])
@writes
def checks(study_id: UUID) -> ResponseReturnValue:
    """Whether somebody could be recognised, question by question."""
    who, study = viewer(), opened(study_id)
    form = checks_form()(version=study.version, **answers_of(study.checks or {}))

    def act() -> str:
        found = queries.study(study_id, who)
        actions.answer_checks(found, answers_in(form), by=who, version=form.version.data)
        return home(study_id)

    answer = sent(form, act, "Saved.")
    fields = [name for name in form.data if f"{name}_done" in form]
    return answer or show("checks", study, form, fields=fields, sheet=presenting.preview_of(study))


@blueprint.route("/agreement", methods=["GET", "POST"])
@needs(Permission.STORY_WRITE, writes=True)
def agreement(study_id: UUID) -> ResponseReturnValue:
    """What the person agreed to, in the words that are read out to them."""
    who, study = viewer(), opened(study_id, policy.may_agree)
    form = AgreementForm()

    def act() -> str:
        names = ("given_by", "method", "given_on", "covers", "places")
        agreed = {name: form[name].data for name in names}
        months = int(form.months.data or 0)
        actions.record_agreement(queries.study(study_id, who), actions.Agreed(months=months, **agreed), by=who)
        return home(study_id)

    answer = sent(form, act, "Recorded.")
    return answer or show("agreement", study, form, words=words_for(study), parts=wording.current().story_parts)


def words_for(study: CaseStudy) -> list[str]:
    """What the person says yes to, with the names put in."""
    referral = study.referral
    names = names_of([one for one in (study.organisation_id, referral.group_id, referral.office_id) if one])
    office = names.get(referral.office_id, "") if referral.office_id else ""
    teller, group = names.get(study.organisation_id, ""), names.get(referral.group_id, "")
    return wording.current().telling(teller=teller, group=group, office=office)


def opened(study_id: UUID, may: Callable[..., bool] = policy.may_write) -> CaseStudy:
    """A case study for who works on it; reading it leaves its event. Raises NotFound, NotAllowed and IllegalMove."""
    who = viewer()
    with transaction():
        study = queries.study(study_id, who)
        if not may(study, who):
            policy.must_write(study, who)
        actions.record_reading(study, by=who)
    return study


def after(study_id: UUID, code: str) -> str:
    """The page that follows a section: the next one, or after the last the overview."""
    codes = list(SECTIONS)
    place = codes.index(code) + 1
    return url_for(".section", study_id=study_id, code=codes[place]) if place < len(codes) else home(study_id)


def home(study_id: UUID) -> str:
    """The overview of a case study."""
    return url_for("stories.show", study_id=study_id)


def sent(form: GovForm, act: Callable[[], str], done: str) -> ResponseReturnValue | None:
    """The answer to a form that was carried out; None when it was not sent, or refused."""
    return answer_to(form, act, done) if form.validate_on_submit() else None


def show(page: str, study: CaseStudy, form: GovForm, **more: Any) -> ResponseReturnValue:
    """One page of the builder; after somebody else was first it can be sent again over what they wrote."""
    status = 200
    if form.stale:
        form.version.data, status = study.version, 409
    shown = render_template(f"story_pages/{page}.html", form=form, study=study, back_link=home(study.id), **more)
    return shown, status
