"""The steps of a case study: sent for approval, approved, answered, sent or taken back, published, and taken down."""

from collections.abc import Callable
from typing import Any, Final
from uuid import UUID

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from referrals.accounts.roles import Permission, Side
from referrals.accounts.viewer import Viewer
from referrals.foundation.database import transaction
from referrals.foundation.errors import NotFound
from referrals.stories import actions, policy, queries
from referrals.stories.models import CaseStudy
from referrals.stories.workflow import STEPS, WITHDRAWN, Party, Step
from referrals.web.access import needs, viewer
from referrals.web.forms.stories import FORMS, AnswerForm, WithdrawForm
from referrals.web.posting import answer_to
from referrals.web.presenting import stories as presenting

blueprint = Blueprint("story_steps", __name__, url_prefix="/stories/<uuid:study_id>")

Verb = Callable[[CaseStudy, Any, Viewer], None]


def _submit(study: CaseStudy, form: Any, who: Viewer) -> None:
    actions.submit_case_study(study, by=who, version=form.version.data)


def _approve(study: CaseStudy, form: Any, who: Viewer) -> None:
    actions.approve_case_study(study, by=who, version=form.version.data)


def _publish(study: CaseStudy, form: Any, who: Viewer) -> None:
    actions.publish_case_study(study, by=who, version=form.version.data)


def _answer(study: CaseStudy, form: Any, who: Viewer) -> None:
    actions.answer_case_study(study, form.answer.data or "", form.words.data, by=who)


def _send_back(study: CaseStudy, form: Any, who: Viewer) -> None:
    actions.send_back(study, form.words.data, by=who)


def _take_back(study: CaseStudy, form: Any, who: Viewer) -> None:
    actions.take_back(study, by=who)


def _withdraw(study: CaseStudy, form: Any, who: Viewer) -> None:
    actions.withdraw_case_study(study, form.why.data or "", form.words.data, by=who)


VERBS: Final[dict[str, tuple[Verb, str]]] = {
    "submit": (_submit, "Sent. Somebody else of your organisation reads it now."),
    "approve": (_approve, "Approved."),
    "publish": (_publish, "Published. Everybody can read it now."),
    "answer": (_answer, "Thank you. Your answer was sent."),
    "send_back": (_send_back, "Sent back."),
    "take_back": (_take_back, "It is a draft again."),
    "withdraw": (_withdraw, "Taken down. Nobody can read it any more."),
}


@blueprint.route("/<step>", methods=["GET", "POST"])
@needs(Permission.STORY_WRITE, writes=True)
def new(study_id: UUID, step: str) -> ResponseReturnValue:
    """The form of one step, with the case study as it will be shown; reading it leaves its event."""
    who, row = viewer(), step_of(step)
    form = FORMS[row.name]()
    verb, done = VERBS[row.name]

    def act() -> str:
        verb(queries.study(study_id, who), form, who)
        # Who answered for the other side may no longer see what is a draft again.
        return url_for("stories.index") if row.party is Party.OTHER else url_for("stories.show", study_id=study_id)

    if form.validate_on_submit():
        # Before it is looked at: sent a second time, it may be where this step cannot be taken any more.
        answer = answer_to(form, act, done)
        if answer is not None:
            return answer
    with transaction():
        study = queries.study(study_id, who)
        policy.must_take(row, study, who)
        actions.record_reading(study, by=who)
        sheet = presenting.preview_of(study) if study.words else None
    if form.stale or not form.is_submitted():
        form.version.data = study.version
    if isinstance(form, AnswerForm):
        form.offer_answers(named=who.side is Side.OFFICE and study.names_mp)
    if isinstance(form, WithdrawForm) and policy.is_handed_on(study):
        form.ask_no_words()
    shown = render_template(
        "story_steps/new.html",
        form=form,
        study=study,
        step=row,
        sheet=sheet,
        checks=presenting.check_rows(study) if row.name == "approve" else [],
        ends=row.target == WITHDRAWN,
        for_office=policy.is_for_office(study),
        back_link=url_for("stories.show", study_id=study_id),
    )
    return shown, 409 if form.stale else 200


def step_of(code: str) -> Step:
    """A step by the last part of its address. Raises NotFound."""
    found = STEPS.get(code.replace("-", "_"))
    if found is None or "_" in code:
        raise NotFound
    return found
