"""“Any news?”: who may ask and when, who is told, what the office answers, and what it leaves."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import select

from referrals.audit.models import AuditEntry
from referrals.casework import actions, clocks, queries
from referrals.casework.models import NewsRequest, Referral
from referrals.casework.queries.any_news import may_ask
from referrals.directory.lists import load_lists
from referrals.directory.models import Office
from referrals.foundation.clock import LONDON, clock_at
from referrals.foundation.database import db, transaction
from referrals.foundation.errors import DomainError, IllegalMove, Invalid, NotAllowed, NotFound
from tests import people
from tests.casework import cases, mail
from tests.casework import enquiries as bodies
from tests.people import CASEWORKER, LEAD, MANAGER, OTHER_LEAD, SECOND_CASEWORKER, VOLUNTEER, Someone

# A Monday in November without bank holidays around it.
MONDAY = datetime(2026, 11, 2, 10, 0, tzinfo=LONDON)
TEN_DAYS = timedelta(days=14)


@pytest.fixture(autouse=True)
def monday(app: Flask) -> Iterator[None]:
    """Everything begins on a Monday."""
    with transaction():
        load_lists()
    with clock_at(MONDAY):
        yield


def made(state: str = "in_progress", **changes: object) -> Referral:
    """A referral that came to its state on the Monday."""
    return cases.make_referral(state, **changes)


def ask(referral: Referral, who: Someone = VOLUNTEER, after: timedelta = TEN_DAYS) -> NewsRequest:
    with clock_at(MONDAY + after), transaction():
        return actions.ask_for_news(fresh(referral, who), by=who.viewer)


def answer(referral: Referral, *given: object, who: Someone = CASEWORKER, after: timedelta = TEN_DAYS) -> None:
    with clock_at(MONDAY + after + timedelta(hours=1)), transaction():
        actions.answer_news(fresh(referral, who), *given, by=who.viewer)  # type: ignore[arg-type]


def fresh(referral: Referral, who: Someone) -> Referral:
    return queries.referral(referral.id, who.viewer)


def known(referral: Referral, who: Someone) -> tuple[queries.AnyNews, list[queries.TimelineEntry]]:
    """What somebody knows of it: the news, and every entry of the timeline."""
    found = queries.any_news(referral, who.viewer)
    return found, [*queries.timeline(referral, who.viewer), *found.timeline()]


def next_on(referral: Referral) -> date:
    found, entries = known(referral, VOLUNTEER)
    return found.next_on(entries)


def is_waiting(referral: Referral, who: Someone = CASEWORKER) -> bool:
    found, entries = known(referral, who)
    return found.waiting(entries) is not None


def test_the_group_may_ask_ten_working_days_after_it_last_heard_anything(app: Flask) -> None:
    referral = made()
    assert next_on(referral) == date(2026, 11, 16)
    with pytest.raises(IllegalMove, match="16 November 2026"):
        ask(referral, after=TEN_DAYS - timedelta(days=1))
    mail.forget()
    ask(referral)
    assert mail.told("NewsAsked") == {CASEWORKER}
    assert is_waiting(referral)


def test_without_an_assignee_the_whole_office_is_told(app: Flask) -> None:
    ask(made("submitted"))
    assert mail.told("NewsAsked") == {CASEWORKER, SECOND_CASEWORKER, MANAGER}


@pytest.mark.parametrize("days", [3, 15])
def test_the_office_sets_how_often(app: Flask, days: int) -> None:
    with transaction() as session:
        session.get_one(Office, people.HAMMERSMITH.id).clocks = {clocks.ANY_NEWS: days}
    referral = made()
    assert next_on(referral) == clocks.add_working_days(MONDAY.date(), days)


def test_whatever_is_heard_begins_the_time_again(app: Flask) -> None:
    referral = made()
    with clock_at(MONDAY + timedelta(days=7)), transaction():
        actions.write_note(referral, "They have answered", shared=True, by=CASEWORKER.viewer)
    assert next_on(referral) == date(2026, 11, 23)
    with clock_at(MONDAY + timedelta(days=8)), transaction():
        actions.record_milestone(referral, "appointment_offered", MONDAY.date(), by=CASEWORKER.viewer)
    assert next_on(referral) == date(2026, 11, 24)


@pytest.mark.parametrize(("told", "on"), [("full", date(2026, 11, 23)), ("none", date(2026, 11, 16))])
def test_that_a_body_is_asked_begins_it_again_where_the_group_hears_of_it(app: Flask, told: str, on: date) -> None:
    referral = made(told=told)
    with clock_at(MONDAY + timedelta(days=7)), transaction():
        enquiry = bodies.send(fresh(referral, CASEWORKER))
    assert next_on(fresh(referral, VOLUNTEER)) == on
    with clock_at(MONDAY + timedelta(days=9)), transaction():
        bodies.answer(enquiry)
    assert next_on(fresh(referral, VOLUNTEER)) == (on + timedelta(days=2) if told == "full" else on)


def test_what_a_body_answers_passes_for_news(app: Flask) -> None:
    referral = made()
    with transaction():
        enquiry = bodies.send(fresh(referral, CASEWORKER))
    ask(referral)
    assert is_waiting(referral)
    with clock_at(MONDAY + TEN_DAYS + timedelta(days=1)), transaction():
        bodies.answer(enquiry)
    assert not is_waiting(fresh(referral, CASEWORKER))


def test_what_the_group_does_not_hear_does_not(app: Flask) -> None:
    referral = made()
    with clock_at(MONDAY + timedelta(days=7)), transaction():
        actions.write_note(referral, "Between ourselves", shared=False, by=CASEWORKER.viewer)
        cases.move(referral, "assign", MANAGER, assignee=SECOND_CASEWORKER.id)
    assert next_on(referral) == date(2026, 11, 16)
    ask(referral)
    # Nor does it pass for an answer.
    with clock_at(MONDAY + TEN_DAYS + timedelta(days=1)), transaction():
        cases.move(fresh(referral, MANAGER), "assign", MANAGER, assignee=CASEWORKER.id)
    assert is_waiting(referral)


def test_it_can_be_asked_again_after_as_long(app: Flask) -> None:
    referral = made()
    ask(referral)
    with pytest.raises(IllegalMove, match="30 November 2026"):
        ask(referral, LEAD, TEN_DAYS + timedelta(days=13))
    ask(referral, LEAD, 2 * TEN_DAYS)


@pytest.mark.parametrize("state", ["information_requested", "outcome_recorded", "closed", "draft"])
def test_nobody_asks_while_it_is_not_the_offices_turn(app: Flask, state: str) -> None:
    referral = made(state)
    with pytest.raises(NotAllowed):
        ask(referral)


def test_it_can_be_asked_while_a_public_body_is_waited_for(app: Flask) -> None:
    referral = made()
    with transaction():
        actions.set_waiting_on(referral, "agency", by=CASEWORKER.viewer, version=None)
    ask(referral)
    with transaction():
        actions.set_waiting_on(fresh(referral, CASEWORKER), "resident", by=CASEWORKER.viewer, version=None)
    assert not may_ask(fresh(referral, VOLUNTEER), VOLUNTEER.viewer)


def test_the_office_and_strangers_do_not_ask(app: Flask) -> None:
    referral = made()
    with pytest.raises(NotAllowed):
        ask(referral, CASEWORKER)
    with pytest.raises(NotFound), transaction():
        actions.ask_for_news(referral, by=OTHER_LEAD.viewer)


@pytest.mark.parametrize("told", ["none"])
def test_who_may_hear_nothing_cannot_ask(app: Flask, told: str) -> None:
    referral = made(told=told)
    with pytest.raises(NotAllowed):
        ask(referral)


def test_no_clock_stops(app: Flask) -> None:
    referral = made()
    before = (
        referral.due_on,
        referral.next_action_on,
        referral.waiting_on,
        referral.clock_stopped_at,
        referral.version,
    )
    ask(referral)
    answer(referral, "working_on_it")
    db.session.expire_all()
    after = (referral.due_on, referral.next_action_on, referral.waiting_on, referral.clock_stopped_at, referral.version)
    assert before == after


def test_the_office_answers_with_a_status(app: Flask) -> None:
    referral = made()
    ask(referral)
    mail.forget()
    answer(referral, "waiting_for_agency", None, "They promised a letter", who=MANAGER)
    assert mail.told("NewsGiven") == {VOLUNTEER}
    assert not is_waiting(referral)
    _, entries = known(referral, VOLUNTEER)
    shown = {entry.code: entry for entry in entries if entry.kind == "any_news"}
    assert shown["asked"].title == "Asked for news"
    assert (shown["asked"].by_name, shown["asked"].side) == (VOLUNTEER.name, "group")
    said = shown["answered"]
    assert said.title == "News from the office: we are still waiting for the public body to answer"
    assert (said.by_name, said.side, said.words) == (MANAGER.name, "office", (("", "They promised a letter"),))
    assert next_on(referral) == date(2026, 11, 30)
    with pytest.raises(IllegalMove):
        answer(referral, "working_on_it")


def test_a_promise_to_write_has_its_day(app: Flask) -> None:
    referral = made()
    ask(referral)
    for wrong in (None, date(2026, 11, 15), date(2126, 1, 1)):
        with pytest.raises(Invalid) as refused:
            answer(referral, "will_write", wrong)
        assert set(refused.value.errors) == {"write_by"}
    answer(referral, "will_write", date(2026, 11, 20))
    _, entries = known(referral, VOLUNTEER)
    assert [entry.facts for entry in entries if entry.code == "answered"] == [
        (("We will write to you by", date(2026, 11, 20)),)
    ]


def test_another_answer_keeps_no_day(app: Flask) -> None:
    referral = made()
    asked = ask(referral)
    answer(referral, "working_on_it", date(2026, 11, 20))
    assert asked.write_by is None


@pytest.mark.parametrize("given", [("gibberish",), ("",)])
def test_only_what_is_on_the_list_is_an_answer(app: Flask, given: tuple[str]) -> None:
    referral = made()
    ask(referral)
    with pytest.raises(Invalid):
        answer(referral, *given)


@pytest.mark.parametrize("told", ["status", "outcome"])
def test_words_go_only_as_far_as_the_resident_agreed(app: Flask, told: str) -> None:
    referral = made(told=told)
    ask(referral)
    with pytest.raises(Invalid) as refused:
        answer(referral, "working_on_it", None, "He was in hospital")
    assert set(refused.value.errors) == {"words"}
    answer(referral, "working_on_it")


def test_a_message_of_the_office_is_an_answer_too(app: Flask) -> None:
    referral = made()
    ask(referral)
    with clock_at(MONDAY + TEN_DAYS + timedelta(hours=2)), transaction():
        actions.write_note(fresh(referral, CASEWORKER), "Nothing yet", shared=True, by=CASEWORKER.viewer)
    assert not is_waiting(referral)


def test_the_group_cannot_answer(app: Flask) -> None:
    referral = made()
    ask(referral)
    with pytest.raises(NotAllowed):
        answer(referral, "working_on_it", who=VOLUNTEER)


def test_each_leaves_its_event_and_words_stay_sealed(app: Flask) -> None:
    referral = made()
    asked = ask(referral)
    answer(referral, "working_on_it", None, "They promised a letter")
    events = db.session.scalars(select(AuditEntry).where(AuditEntry.action.startswith("news."))).all()
    assert {event.action: event.facts for event in events} == {
        "news.asked": {"request": str(asked.id)},
        "news.given": {"request": str(asked.id), "answer": "working_on_it"},
    }
    assert asked.words_sealed is not None
    assert b"letter" not in asked.words_sealed


def test_two_who_ask_at_once_ask_once(app: Flask) -> None:
    referral = made()
    start = Barrier(2)

    def work(who: Someone) -> str:
        with app.app_context():
            start.wait()
            try:
                with transaction():
                    actions.ask_for_news(queries.referral(referral.id, who.viewer), by=who.viewer)
            except DomainError as refused:
                return type(refused).__name__
            finally:
                db.session.remove()
        return "asked"

    db.session.commit()
    with clock_at(MONDAY + TEN_DAYS), ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(work, (VOLUNTEER, LEAD))) == ["IllegalMove", "asked"]
