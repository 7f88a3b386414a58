"""Case studies of the tests: written, agreed to, and brought to any state through the real verbs."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from referrals.casework import queries as cases
from referrals.casework.models import Referral
from referrals.directory import lists
from referrals.directory.lists import load_lists
from referrals.foundation.clock import clock_at, now, today
from referrals.foundation.database import db, transaction
from referrals.stories import actions
from referrals.stories.models import CaseStudy, PublishedStory
from referrals.stories.sections import SECTIONS
from tests import people
from tests.casework.cases import make_referral

WORDS = {
    "title": "Nine months for one decision",
    "situation": "A man in his fifties had waited over nine months for a benefit.",
    "tried": "He had rung again and again.",
    "group": "A volunteer wrote it down with him.",
    "mp": "The MP’s office wrote to a government department.",
    "changed": "He was assessed, and the benefit was awarded.",
    "quote": "I can sleep again.",
    "learned": "Ask for a date, and ask again.",
}
PATHS: dict[str, tuple[str, ...]] = {
    "draft": (),
    "waiting": ("submit",),
    "announced": ("submit", "approve"),
    "published": ("submit", "approve", "publish"),
    "withdrawn": ("submit", "approve", "publish", "withdraw"),
}
LATER = timedelta(days=12)


def make_study(
    state: str = "draft",
    by: people.Someone = people.VOLUNTEER,
    *,
    referral: Referral | None = None,
    agreed: dict[str, Any] | bool | None = None,
    **words: str,
) -> CaseStudy:
    """A case study in any state; `words` change its sections, `agreed` the agreement (False: none)."""
    with transaction():
        load_lists()
    found = referral or make_referral("closed")
    with transaction():
        study = actions.start_case_study(cases.referral(found.id, by.viewer), by=by.viewer)
    for code, text in (WORDS | words).items():
        if text:
            act(study, actions.save_section, code, text, by=by.viewer, version=None)
    answer_all(study, by)
    if agreed is not False:
        agree(study, by, **(agreed if isinstance(agreed, dict) else {}))
    for step in PATHS[state]:
        take(study, step)
    return again(study)


def answer_all(study: CaseStudy, by: people.Someone = people.VOLUNTEER) -> None:
    """No to every question about being recognised."""
    answers = {item.code: {"answer": "no", "done": ""} for item in lists.current("story_checks")}
    act(study, actions.answer_checks, answers, by=by.viewer, version=None)


def agree(study: CaseStudy, by: people.Someone = people.VOLUNTEER, **changes: Any) -> None:
    """Record that the person agreed to everything, everywhere, for a year."""
    values: dict[str, Any] = {
        "given_by": "resident",
        "method": "in_person",
        "given_on": today(),
        "covers": ["quote"],
        "places": ["page", "file", "report"],
    }
    act(study, actions.record_agreement, actions.Agreed(**(values | changes)), by=by.viewer)


def again(study: CaseStudy | UUID) -> CaseStudy:
    """The same case study as the database has it now."""
    db.session.rollback()
    found = db.session.get_one(CaseStudy, study if isinstance(study, UUID) else study.id)
    db.session.refresh(found)
    return found


def act(study: CaseStudy, verb: Callable[..., Any], *given: Any, **more: Any) -> Any:
    """Do something with a case study, and commit it."""
    with transaction():
        return verb(db.session.get_one(CaseStudy, study.id), *given, **more)


def approver_of(study: CaseStudy) -> people.Someone:
    """Somebody of its organisation who may approve, and did not write in it."""
    return people.LEAD if study.organisation_id == people.WHITE_CITY.id else people.MANAGER


def writer_of(study: CaseStudy) -> people.Someone:
    """Somebody of its organisation who writes."""
    return people.VOLUNTEER if study.organisation_id == people.WHITE_CITY.id else people.CASEWORKER


def take(study: CaseStudy, step: str) -> None:
    """Take one step as the person whose it is; publishing is done when nobody has objected in time."""
    writer, approver = writer_of(study).viewer, approver_of(study).viewer
    if step == "submit":
        act(study, actions.submit_case_study, by=writer, version=None)
    elif step == "approve":
        act(study, actions.approve_case_study, by=approver, version=None)
    elif step == "publish":
        with clock_at(now() + LATER, step=timedelta(milliseconds=1)):
            act(study, actions.publish_case_study, by=approver, version=None)
    elif step == "withdraw":
        act(study, actions.withdraw_case_study, "agreement_withdrawn", "By phone today", by=writer)


def slug_of(study: CaseStudy) -> str:
    """The last part of the address of a published one."""
    published = again(study).published
    assert isinstance(published, PublishedStory)
    return published.slug


assert set(WORDS) == set(SECTIONS)
