"""Case studies of the demonstration: written, agreed to and approved by those who would do it, each on its own day."""

import tomllib
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Final

from referrals.accounts.viewer import Viewer
from referrals.casework.models import Referral
from referrals.cli.demo.world import World
from referrals.directory import lists
from referrals.foundation import clock
from referrals.foundation.errors import DomainError
from referrals.stories import actions
from referrals.stories.models import CaseStudy
from referrals.stories.policy import NO, YES
from referrals.stories.queries import facts_about

FILE: Final = Path(__file__).with_name("case_studies.toml")
STEP_OF_CLOCK: Final = timedelta(milliseconds=700)
# Days after the first one on which each step is taken.
DAYS: Final = {"submit": 0, "approve": 1, "answer": 3, "publish": 4}


@cache
def case_studies() -> tuple[Mapping[str, Any], ...]:
    """Every case study of the file."""
    return tuple(tomllib.loads(FILE.read_text(encoding="utf-8"))["case_studies"])


class CaseStudyFault(RuntimeError):
    """A case study of the file cannot go the way it says: a fault in the file, found by the tests."""


def tell_case_studies(told: Mapping[str, Referral], world: World, present: datetime) -> None:
    """Write every case study in the caller's transaction; `told` are the referrals by the keys of their stories."""
    for row in case_studies():
        try:
            _tell(row, told[row["story"]], world, present)
        except DomainError as fault:
            raise CaseStudyFault(f"{row['story']}: {fault} {getattr(fault, 'errors', '')}") from fault


def _tell(row: Mapping[str, Any], referral: Referral, world: World, present: datetime) -> None:
    begins = present - timedelta(days=row["ago"], minutes=50)
    with clock.clock_at(begins, step=STEP_OF_CLOCK):
        study = _write(row, referral, world.viewers[row["writer"]])
    for step, days in DAYS.items():
        if "upto" not in row or days > DAYS[row["upto"]]:
            return
        moment = min(begins + timedelta(days=days, minutes=25), present - timedelta(minutes=5))
        with clock.clock_at(moment, step=STEP_OF_CLOCK):
            _STEPS[step](study, row, world.viewers)


def _write(row: Mapping[str, Any], referral: Referral, by: Viewer) -> CaseStudy:
    study = actions.start_case_study(referral, by=by)
    for code, words in row["words"].items():
        actions.save_section(study, code, words, by=by, version=None)
    if "agreed" not in row:
        return study
    known = list(facts_about(referral, by))
    actions.choose_facts(study, known, names_mp=row.get("names_mp", False), by=by, version=None)
    done = row["checks"]
    answers = {
        item.code: {"answer": YES if item.code in done else NO, "done": done.get(item.code, "")}
        for item in lists.current("story_checks")
    }
    actions.answer_checks(study, answers, by=by, version=None)
    actions.record_agreement(study, actions.Agreed(given_on=clock.today(), **row["agreed"]), by=by)
    return study


Viewers = Mapping[str, Viewer]


def _submit(study: CaseStudy, row: Mapping[str, Any], viewers: Viewers) -> None:
    actions.submit_case_study(study, by=viewers[row["writer"]], version=None)


def _approve(study: CaseStudy, row: Mapping[str, Any], viewers: Viewers) -> None:
    actions.approve_case_study(study, by=viewers[row["approver"]], version=None)


def _answer(study: CaseStudy, row: Mapping[str, Any], viewers: Viewers) -> None:
    actions.answer_case_study(study, row["answer"], "", by=viewers[row["other"]])


def _publish(study: CaseStudy, row: Mapping[str, Any], viewers: Viewers) -> None:
    actions.publish_case_study(study, by=viewers[row["approver"]], version=None)


_STEPS: Final[Mapping[str, Callable[[CaseStudy, Mapping[str, Any], Viewers], None]]] = {
    "submit": _submit,
    "approve": _approve,
    "answer": _answer,
    "publish": _publish,
}
