"""Steps that fill themselves in: at once from enquiries, with one click from dates, and never twice."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from referrals.casework import actions, queries
from referrals.casework.models import DatedEvent, Enquiry, Milestone, Referral
from referrals.directory.lists import load_lists
from referrals.foundation.clock import clock_at, now, today
from referrals.foundation.database import db, transaction
from referrals.foundation.errors import IllegalMove, Invalid
from tests.casework import cases
from tests.casework.enquiries import send
from tests.people import CASEWORKER, VOLUNTEER
from tests.plugins.visitors import Visitor

Visit = Callable[..., Visitor]


@pytest.fixture(autouse=True)
def bodies(app: Flask) -> None:
    """The bodies that can be asked."""
    with transaction():
        load_lists()


def steps(referral: Referral) -> list[tuple[str, str | None]]:
    query = select(Milestone).where(Milestone.referral_id == referral.id).order_by(Milestone.id)
    return [(one.code, one.source) for one in db.session.scalars(query)]


def ask(referral: Referral) -> Enquiry:
    with transaction():
        return send(queries.referral(referral.id, CASEWORKER.viewer))


def reply(enquiry: Enquiry, result: str = "answered_in_full") -> None:
    with transaction():
        found = queries.enquiry(queries.referral(enquiry.referral_id, CASEWORKER.viewer), enquiry.id, CASEWORKER.viewer)
        given = actions.Answer(result=result, on=today(), words="They will look at it")
        actions.answer_enquiry(found, given, by=CASEWORKER.viewer)


def date_on(referral: Referral, kind: str = "appointment") -> DatedEvent:
    with transaction():
        found = queries.referral(referral.id, CASEWORKER.viewer)
        return actions.record_date(found, kind, today(), by=CASEWORKER.viewer)


def test_the_first_enquiry_and_each_answer_are_steps_at_once(app: Flask) -> None:
    referral = cases.make_referral("in_progress")
    first = ask(referral)
    ask(referral)
    assert steps(referral) == [("first_enquiry_sent", "enquiry_sent")]
    reply(first)
    assert steps(referral)[1:] == [("reply_received", "enquiry_answered")]
    # The enquiry itself stands in the timeline, so that the step does not say it again.
    assert [one for one in queries.timeline(referral, CASEWORKER.viewer) if one.kind == "milestone"] == []
    news = queries.bulletin(VOLUNTEER.viewer, []).news
    assert {one.code for found in news for one in found.happened} >= {"first_enquiry_sent", "reply_received"}


def test_what_was_noted_by_hand_is_not_noted_again(app: Flask) -> None:
    referral = cases.make_referral("in_progress")
    with transaction():
        found = queries.referral(referral.id, CASEWORKER.viewer)
        actions.record_milestone(found, "first_enquiry_sent", today(), by=CASEWORKER.viewer)
        actions.record_milestone(found, "reply_received", today(), by=CASEWORKER.viewer)
    reply(ask(referral))
    assert steps(referral) == [("first_enquiry_sent", None), ("reply_received", None)]


def test_no_answer_is_no_step(app: Flask) -> None:
    referral = cases.make_referral("in_progress")
    reply(ask(referral), "no_reply")
    assert [code for code, _ in steps(referral)] == ["first_enquiry_sent"]


def test_a_date_is_offered_until_it_is_noted(app: Flask, visit: Visit) -> None:
    with clock_at(now() - timedelta(days=2)):
        referral = cases.make_referral("in_progress")
    event = date_on(referral)
    [offered] = queries.offered_steps(referral, [event], CASEWORKER.viewer)
    assert offered.codes[0] == "medical_assessment"
    visitor, page = visit(CASEWORKER), f"/referrals/{referral.reference}"
    assert "Was this a step on the way?" in visitor.get(page).text
    address = f"{page}/milestones/from/{event.id}"
    assert visitor.post(address, {"code": "medical_assessment"}).location == page
    assert steps(referral) == [("medical_assessment", "dated_event")]
    assert "Was this a step on the way?" not in visitor.get(page).text
    visitor.post(address, {"code": "medical_assessment"})
    assert "This step is recorded already." in visitor.get(page).text
    assert len(steps(referral)) == 1


@pytest.mark.parametrize("code", ["repair_finished", "", "gibberish"])
def test_only_what_the_date_can_be_is_noted(app: Flask, code: str) -> None:
    referral = cases.make_referral("in_progress")
    event = date_on(referral)
    with transaction(), pytest.raises(Invalid):
        actions.record_step_of(event, code, by=CASEWORKER.viewer)
    assert steps(referral) == []


def test_the_same_date_is_noted_once(app: Flask) -> None:
    referral = cases.make_referral("in_progress")
    event = date_on(referral, "benefit_decision")
    with transaction():
        actions.record_step_of(event, "decision_made", by=CASEWORKER.viewer)
    with transaction(), pytest.raises(IllegalMove):
        actions.record_step_of(event, "decision_made", by=CASEWORKER.viewer)
