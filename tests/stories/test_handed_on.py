"""Case studies of an office that has handed the referral on: it reads nothing more, and can still take its own down."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from referrals.casework.models import Referral
from referrals.foundation.clock import clock_at, now, today
from referrals.foundation.database import db, transaction
from referrals.foundation.errors import NotAllowed, NotFound
from referrals.notifications.models import OutboxMessage
from referrals.stories import actions, policy, queries
from referrals.stories.models import CaseStudy
from tests import people
from tests.casework import cases, transfers
from tests.markup import faults
from tests.plugins.visitors import Visitor
from tests.stories.studies import WORDS, act, again, make_study, slug_of

Visit = Callable[..., Visitor]
OLD, NEW = people.CASEWORKER, people.OTHER_CASEWORKER


def handed_on(state: str = "published") -> CaseStudy:
    """A case study told by an office, whose referral was opened again and taken on by another one since."""
    study = make_study(state, OLD)
    referral = db.session.get_one(Referral, study.referral_id)
    cases.do(referral, "reopen", people.MANAGER)
    transfers.accept(transfers.offer(referral))
    return again(study)


@pytest.mark.parametrize("why", ["own_decision", "agreement_withdrawn"])
def test_it_takes_down_what_is_published(app: Flask, visit: Visit, why: str) -> None:
    study = handed_on()
    slug, address = slug_of(study), f"/stories/{study.id}"
    assert visit().get(f"/case-studies/{slug}").status_code == 200
    visitor = visit(OLD)
    assert address in visitor.get("/stories").text
    page = visitor.get(address).text
    assert faults(page) == []
    assert f"{address}/withdraw" in page
    assert f"/referrals/{study.referral.reference}" not in page
    asked = visitor.get(f"{address}/withdraw").text
    assert faults(asked) == []
    assert "How did they tell you" not in asked
    assert visitor.post(f"{address}/withdraw", {"why": why}).status_code == 303
    assert visit().get(f"/case-studies/{slug}").status_code == 410
    found = again(study)
    assert found.state == "withdrawn"
    assert found.agreement is not None
    assert (found.agreement.consent.withdrawn_at is not None) is (why == "agreement_withdrawn")


def test_a_draft_can_be_ended_and_not_read(app: Flask, visit: Visit) -> None:
    study = handed_on("draft")
    assert queries.study(study.id, OLD.viewer).words is None
    visitor = visit(OLD)
    for page in ("", "/preview", "/write/tried", "/facts", "/agreement", "/withdraw"):
        answer = visitor.get(f"/stories/{study.id}{page}")
        assert answer.status_code == (200 if page in ("", "/withdraw") else 403), page
        assert WORDS["tried"] not in answer.text
    assert WORDS["title"] not in visitor.get("/stories").text
    assert visitor.post(f"/stories/{study.id}/withdraw", {"why": "own_decision"}).status_code == 303


def test_it_can_do_nothing_else(app: Flask) -> None:
    study = handed_on("announced")
    assert [step.name for step in policy.available_steps(study, people.MANAGER.viewer)] == ["withdraw"]
    with pytest.raises(NotAllowed):
        act(study, actions.publish_case_study, by=people.MANAGER.viewer, version=None)


def test_it_is_nothing_of_the_new_office(app: Flask, visit: Visit) -> None:
    study = handed_on("draft")
    for stranger in (NEW, people.OTHER_MANAGER, people.VOLUNTEER, people.OTHER_LEAD):
        with pytest.raises(NotFound):
            queries.study(study.id, stranger.viewer)
        assert visit(stranger).get(f"/stories/{study.id}").status_code == 404


def test_the_end_of_its_agreement_is_told_with_a_page_that_opens(app: Flask) -> None:
    study = handed_on()
    assert study.agreement is not None
    ends = study.agreement.consent.expires_on
    assert ends is not None
    days = (ends - today()).days - 7
    with clock_at(now() + timedelta(days=days)), transaction():
        assert actions.remind_of_endings() == 1
    told = db.session.scalars(select(OutboxMessage).where(OutboxMessage.kind == "CaseStudyEnding")).all()
    assert told
    assert all(f"/stories/{study.id}" in (one.params or "") for one in told)
