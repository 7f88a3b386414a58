"""Four weeks after closing: who is asked and when, who is told, what is written down, and when it is over."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from referrals.audit.models import AuditEntry
from referrals.casework import actions, queries
from referrals.casework.actions.answering_later import Said
from referrals.casework.models import LaterAnswer, Outcome, Referral
from referrals.foundation.clock import LONDON, clock_at
from referrals.foundation.database import db, transaction
from referrals.foundation.errors import DomainError, IllegalMove, Invalid, NotAllowed, NotFound
from tests import people
from tests.casework import cases, mail
from tests.people import CASEWORKER, LEAD, OTHER_LEAD, SECOND_VOLUNTEER, VOLUNTEER, Someone

# Half past eleven on an evening of summer time: in UTC it is the same day, and four weeks later it is winter time.
CLOSED = datetime(2026, 10, 5, 23, 30, tzinfo=LONDON)
DUE = date(2026, 11, 2)
LAST = date(2026, 11, 30)
YES = Said("answered", "yes", "partly", "no", way="by_phone", on=DUE, words="She sleeps again")


@pytest.fixture(autouse=True)
def closing(app: Flask) -> Iterator[None]:
    """Everything is closed late on a Monday."""
    with clock_at(CLOSED):
        yield


def at(day: date) -> Any:
    return clock_at(datetime(day.year, day.month, day.day, 0, 5, tzinfo=LONDON))


def remind(day: date) -> int:
    with at(day), transaction():
        return actions.ask_later()


def rows(referral: Referral) -> list[LaterAnswer]:
    query = select(LaterAnswer).where(LaterAnswer.referral_id == referral.id).order_by(LaterAnswer.id)
    return list(db.session.scalars(query))


def standings(referral: Referral) -> list[str]:
    return [row.standing for row in rows(referral)]


def due(who: Someone, day: date = DUE, *, own: bool = False) -> list[str]:
    with at(day):
        return [one.reference for one in queries.due_later(who.viewer, own=own)]


def answer(referral: Referral, said: Said = YES, who: Someone = VOLUNTEER, day: date = DUE) -> None:
    with at(day), transaction():
        found = queries.referral(referral.id, who.viewer)
        [*_, planned] = rows(referral)
        actions.answer_later(queries.later_answer(found, planned.id, who.viewer), said, by=who.viewer)


def events(referral: Referral, prefix: str = "later.") -> list[str]:
    query = select(AuditEntry.action).where(AuditEntry.subject_id == referral.id)
    found = db.session.scalars(query.order_by(AuditEntry.at, AuditEntry.number))
    return [action for action in found if action.startswith(prefix)]


def test_it_is_due_twenty_eight_london_days_after_closing(app: Flask) -> None:
    referral = cases.make_referral("closed")
    [planned] = rows(referral)
    assert (planned.due_on, planned.ends_on, planned.standing) == (DUE, LAST, "waiting")
    assert due(VOLUNTEER, DUE - timedelta(days=1)) == []
    assert due(VOLUNTEER) == due(VOLUNTEER, LAST) == [referral.reference]
    assert due(VOLUNTEER, LAST + timedelta(days=1)) == []


def test_the_volunteer_is_told_once(app: Flask) -> None:
    referral = cases.make_referral("closed")
    mail.forget()
    assert remind(DUE - timedelta(days=1)) == 0
    assert remind(DUE) == 1
    assert remind(DUE) == remind(DUE + timedelta(days=5)) == 0
    assert mail.told("LaterAnswerDue") == {VOLUNTEER}
    assert mail.params("LaterAnswerDue") == [
        {"reference": referral.reference, "path": f"/referrals/{referral.reference}"}
    ]
    assert events(referral) == ["later.asked"]


def test_the_volunteer_and_the_lead_see_it_and_nobody_else(app: Flask) -> None:
    referral = cases.make_referral("closed")
    assert due(VOLUNTEER) == due(LEAD) == [referral.reference]
    assert due(LEAD, own=True) == []
    for stranger in (SECOND_VOLUNTEER, OTHER_LEAD, CASEWORKER):
        assert due(stranger) == []


def test_what_was_said_is_written_down(app: Flask) -> None:
    referral = cases.make_referral("closed")
    answer(referral)
    [row] = rows(referral)
    assert (row.standing, row.helped_forward, row.is_solved, row.less_worried) == ("answered", "yes", "partly", "no")
    assert (row.way, row.answered_on, row.answered_by_id, row.words) == ("by_phone", DUE, VOLUNTEER.id, YES.words)
    assert events(referral) == ["later.answered"]
    assert due(VOLUNTEER) == []
    assert remind(LAST + timedelta(days=1)) == 0
    told = queries.later_timeline(queries.later_answers(referral, CASEWORKER.viewer))
    assert [(one.title, one.by_name) for one in told] == [("After four weeks: they answered", VOLUNTEER.name)]


def test_a_question_left_out_was_not_to_be_said(app: Flask) -> None:
    referral = cases.make_referral("closed")
    answer(referral, Said("answered", is_solved="yes", way="on_card", on=DUE))
    [row] = rows(referral)
    assert (row.helped_forward, row.is_solved, row.less_worried) == ("declined", "yes", "declined")


@pytest.mark.parametrize("result", ["declined", "not_reached", "died"])
def test_it_can_come_to_no_answer(app: Flask, result: str) -> None:
    referral = cases.make_referral("closed")
    answer(referral, Said(result, helped_forward="yes", way="by_phone"))
    [row] = rows(referral)
    assert (row.standing, row.helped_forward, row.way) == (result, None, None)
    assert due(VOLUNTEER) == []


@pytest.mark.parametrize(
    ("said", "fields"),
    [
        (Said("gibberish"), {"result"}),
        (Said("lapsed"), {"result"}),
        (Said("answered"), {"helped_forward", "way", "on"}),
        (Said("answered", "maybe", way="by_phone", on=DUE), {"helped_forward"}),
        (Said("answered", "yes", way="by_phone", on=DUE + timedelta(days=1)), {"on"}),
        (Said("answered", "yes", way="by_phone", on=CLOSED.date() - timedelta(days=1)), {"on"}),
        (Said("declined", words="x" * 5001), {"words"}),
    ],
)
def test_what_cannot_be_is_refused(app: Flask, said: Said, fields: set[str]) -> None:
    referral = cases.make_referral("closed")
    with pytest.raises(Invalid) as refused:
        answer(referral, said)
    assert set(refused.value.errors) == fields
    assert standings(referral) == ["waiting"]


@pytest.mark.parametrize(("who", "fault"), [(CASEWORKER, NotAllowed), (SECOND_VOLUNTEER, NotFound)])
def test_only_the_group_answers(app: Flask, who: Someone, fault: type[DomainError]) -> None:
    referral = cases.make_referral("closed")
    with pytest.raises(fault):
        answer(referral, who=who)


def test_it_is_not_answered_before_it_is_due_nor_twice(app: Flask) -> None:
    referral = cases.make_referral("closed")
    with pytest.raises(NotAllowed, match="2 November 2026"):
        answer(referral, day=DUE - timedelta(days=1))
    answer(referral)
    with pytest.raises(IllegalMove):
        answer(referral)


def test_it_lapses_and_is_not_told_of_any_more(app: Flask) -> None:
    referral = cases.make_referral("closed")
    mail.forget()
    assert remind(LAST + timedelta(days=1)) == 1
    assert standings(referral) == ["lapsed"]
    assert mail.told("LaterAnswerDue") == set()
    assert events(referral) == ["later.lapsed"]


def test_what_is_open_again_is_asked_about_after_it_closes_again(app: Flask) -> None:
    referral = cases.make_referral("closed")
    cases.do(referral, "reopen", CASEWORKER)
    assert standings(referral) == ["stopped"]
    assert due(VOLUNTEER) == []
    later = CLOSED + timedelta(days=10)
    with clock_at(later):
        cases.do(referral, "record_outcome", CASEWORKER)
        cases.do(referral, "confirm_outcome", VOLUNTEER)
    assert [(row.standing, row.due_on) for row in rows(referral)] == [
        ("stopped", DUE),
        ("waiting", DUE + timedelta(days=10)),
    ]


def test_nobody_is_asked_after_taking_the_agreement_back(app: Flask) -> None:
    referral = cases.make_referral("closed")
    with transaction():
        found = queries.referral(referral.id, VOLUNTEER.viewer)
        consent = next(one for one in found.consents if one.kind == "group_to_office")
        actions.withdraw_consent(consent, "He asked", by=VOLUNTEER.viewer)
    assert standings(referral) == ["stopped"]
    mail.forget()
    assert remind(DUE) == 0
    assert mail.told("LaterAnswerDue") == set()


def test_nobody_is_asked_whose_agreement_has_run_out(app: Flask) -> None:
    referral = cases.make_referral("closed", consent={"expires_on": DUE - timedelta(days=1)})
    assert due(VOLUNTEER) == []
    mail.forget()
    remind(DUE)
    assert (standings(referral), mail.told("LaterAnswerDue")) == (["stopped"], set())
    assert events(referral) == ["later.stopped"]


def test_nobody_is_asked_about_what_was_withdrawn_because_they_died(app: Flask) -> None:
    referral = cases.make_referral("outcome_recorded")
    cases.do(referral, "withdraw", VOLUNTEER, reason="died", asked_by="group")
    assert rows(referral) == []


def test_nobody_is_asked_after_an_erasure(app: Flask) -> None:
    referral = cases.make_referral("closed")
    with transaction():
        referral.destroy_key()
        referral.erased_at = cases.clock.now()
        cases.record("referral.erased", by=VOLUNTEER.viewer, subject=("referral", referral.id))
    assert due(VOLUNTEER) == []
    remind(DUE)
    assert standings(referral) == ["stopped"]


def test_a_group_that_may_hear_nothing_is_not_told_that_it_ended(app: Flask) -> None:
    referral = cases.make_referral("outcome_recorded", told="none")
    with at(date(2026, 10, 30)), transaction():
        actions.close_after_silence()
    assert (referral.state, rows(referral)) == ("closed", [])


def test_a_request_for_advice_has_nobody_to_ask(app: Flask) -> None:
    advice = cases.make_advice()
    cases.do(advice, "answer", CASEWORKER)
    assert (advice.state, rows(advice)) == ("closed", [])


def test_silence_of_the_group_is_followed_up_too(app: Flask) -> None:
    referral = cases.make_referral("outcome_recorded")
    with at(date(2026, 10, 30)), transaction():
        actions.close_after_silence()
    [row] = rows(referral)
    assert row.due_on == date(2026, 11, 27)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"is_solved": "yes"}, "answered"),
        ({"is_solved": "no", "no_answer": "declined"}, "answered"),
        ({"is_solved": "not_asked", "no_answer": "not_reached"}, "not_reached"),
        ({"is_solved": None, "no_answer": "declined"}, "declined"),
        ({"is_solved": None}, "not_asked"),
    ],
)
def test_at_closing_it_is_known_whether_the_resident_answered(app: Flask, given: dict[str, Any], said: str) -> None:
    referral = cases.make_referral("outcome_recorded")
    cases.do(referral, "confirm_outcome", people.VOLUNTEER, **given)
    outcome = db.session.scalars(select(Outcome).where(Outcome.referral_id == referral.id)).one()
    assert outcome.resident_said == said
