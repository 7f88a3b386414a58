"""The conversation on a referral's page: one thread, who has seen what, whose answer is awaited, and who gets it."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from referrals.casework import actions, queries
from referrals.casework.models import Reading, Referral
from referrals.foundation import clock
from referrals.foundation.database import db, transaction
from referrals.web.filters import day
from tests import markup, people
from tests.casework.cases import do, make_referral, soon
from tests.plugins.visitors import Visitor

Visit = Callable[..., Visitor]
GROUP, OFFICE = people.VOLUNTEER, people.CASEWORKER
SIDES = [pytest.param(GROUP, OFFICE, id="group"), pytest.param(OFFICE, GROUP, id="office")]


def path_of(referral: Referral) -> str:
    return f"/referrals/{referral.reference}"


def say(referral: Referral, words: str, by: people.Someone, *, shared: bool = True) -> None:
    with transaction():
        actions.write_note(queries.referral(referral.id, by.viewer), words, shared=shared, by=by.viewer)


def conversation(visitor: Visitor, referral: Referral) -> str:
    """The section of the page, as a person reads it."""
    page = markup.read(visitor.get(path_of(referral)).text)
    return markup.text_of(page.one("section", aria_labelledby="conversation"))


def readings(referral: Referral) -> int:
    db.session.rollback()
    found = db.session.scalar(select(func.count()).select_from(Reading).where(Reading.referral_id == referral.id))
    db.session.rollback()
    return found or 0


@pytest.mark.parametrize(("mine", "other"), SIDES)
class TestThread:
    def test_everything_said_stands_in_order(
        self, app: Flask, visit: Visit, mine: people.Someone, other: people.Someone
    ) -> None:
        start = clock.now()
        referral = make_referral("submitted")
        with clock.clock_at(start + timedelta(minutes=1), step=timedelta(seconds=1)):
            say(referral, "first words", GROUP)
            do(referral, "request_information", OFFICE)
            do(referral, "provide_information", GROUP)
            say(referral, "last words", OFFICE)
        shown = conversation(visit(mine), referral)
        said = ["first words", "Question from", "Which benefit is it?", "Answer from", "Independence", "last words"]
        places = [shown.index(words) for words in said]
        assert places == sorted(places)
        assert f"{GROUP.name} (Volunteer, {people.WHITE_CITY.name})" in shown
        assert f"{OFFICE.name} (Caseworker, {people.HAMMERSMITH.name})" in shown

    def test_the_recipient_is_named_beside_the_button(
        self, app: Flask, visit: Visit, mine: people.Someone, other: people.Someone
    ) -> None:
        shown = conversation(visit(mine), make_referral("accepted"))
        assert "Nothing has been said yet" in shown
        assert shown.endswith(f"Send to {other.place.name}")

    def test_seen_is_said_of_ones_own_and_new_of_theirs(
        self, app: Flask, visit: Visit, mine: people.Someone, other: people.Someone
    ) -> None:
        referral = make_referral("accepted")
        say(referral, "did you get it", mine)
        me, them = visit(mine), visit(other)
        assert "Not seen yet" in conversation(me, referral)
        first = conversation(them, referral)
        assert "New" in first
        assert "Not seen yet" not in first
        assert "New" not in conversation(them, referral)
        reader = "group" if mine is OFFICE else "office"
        assert f"Seen by the {reader} on {day(clock.today())}" in conversation(me, referral)

    def test_each_keeps_the_day_on_which_it_was_first_seen(
        self, app: Flask, visit: Visit, mine: people.Someone, other: people.Someone
    ) -> None:
        referral, now = make_referral("accepted"), clock.now()
        for days in (1, 3):
            with clock.clock_at(now + timedelta(days=days)):
                say(referral, f"after {days} days", mine)
                visit(other).get(path_of(referral))
        with clock.clock_at(now + timedelta(days=5)):
            visit(other).get(path_of(referral))
            shown = conversation(visit(mine), referral)
        for days in (1, 3):
            assert f"on {day(clock.local_day(now + timedelta(days=days)))}" in shown
        assert readings(referral) == 2

    def test_reading_what_is_not_new_notes_nothing(
        self, app: Flask, visit: Visit, mine: people.Someone, other: people.Someone
    ) -> None:
        referral = make_referral("accepted")
        visit(mine).get(path_of(referral))
        say(referral, "mine", mine)
        visit(mine).get(path_of(referral))
        say(referral, "theirs, but private", other, shared=False)
        visit(mine).get(path_of(referral))
        assert readings(referral) == 0

    def test_a_colleagues_look_counts_for_the_side(
        self, app: Flask, visit: Visit, mine: people.Someone, other: people.Someone
    ) -> None:
        referral = make_referral("accepted")
        say(referral, "hello", other)
        visit(people.LEAD if mine is GROUP else people.MANAGER).get(path_of(referral))
        assert "New" not in conversation(visit(mine), referral)

    def test_a_note_shared_late_comes_when_it_was_shared(
        self, app: Flask, visit: Visit, mine: people.Someone, other: people.Someone
    ) -> None:
        referral, now = make_referral("accepted"), clock.now()
        with transaction():
            note_id = actions.write_note(referral, "once private", shared=False, by=mine.viewer).id
        with clock.clock_at(now + timedelta(hours=1)):
            say(referral, "in between", other)
            visit(mine).get(path_of(referral))
        with clock.clock_at(now + timedelta(hours=2)), transaction():
            found = queries.own_note(queries.referral(referral.id, mine.viewer), note_id, mine.viewer)
            actions.share_note(found, by=mine.viewer)
        with clock.clock_at(now + timedelta(hours=3)):
            assert "Not seen yet" in conversation(visit(mine), referral)
            shown = conversation(visit(other), referral)
        assert shown.index("in between") < shown.index("New") < shown.index("once private")

    def test_of_a_long_thread_the_last_are_open_and_no_new_one_is_put_away(
        self, app: Flask, visit: Visit, mine: people.Someone, other: people.Someone
    ) -> None:
        referral, now = make_referral("accepted"), clock.now()
        with clock.clock_at(now - timedelta(hours=1), step=timedelta(seconds=1)):
            for number in range(9):
                say(referral, f"words {number}", other)
        me = visit(mine)
        assert "earlier" not in conversation(me, referral)
        assert "Show 3 earlier messages" in conversation(me, referral)


class TestClock:
    def test_the_office_reads_who_must_answer_by_when(self, app: Flask, visit: Visit) -> None:
        referral = make_referral("information_requested")
        shown = conversation(visit(OFFICE), referral)
        assert f"{people.WHITE_CITY.name} is to answer by {day(soon())}. Your clock stands still" in shown
        do(referral, "provide_information", GROUP)
        assert "clock" not in conversation(visit(OFFICE), referral)

    def test_the_group_reads_it_too_and_where_to_answer(self, app: Flask, visit: Visit) -> None:
        referral = make_referral("information_requested")
        page = visit(GROUP).get(path_of(referral)).text
        assert f"The office waits for your answer by {day(soon())}" in page
        assert f'href="{path_of(referral)}/provide-information">Answer the question' in page
        assert "A message does not answer the question." in page

    def test_a_message_of_the_group_moves_no_clock(self, app: Flask, visit: Visit) -> None:
        for state in ("information_requested", "accepted"):
            referral = make_referral(state)
            clocks = "state", "waiting_on", "due_on", "clock_stopped_at", "days_left", "version"
            before = [getattr(referral, name) for name in clocks]
            visitor = visit(GROUP)
            assert visitor.send(f"{path_of(referral)}/notes/message", {"body": "Any news?"}).status_code == 303
            db.session.rollback()
            after = queries.referral(referral.id, GROUP.viewer)
            assert [getattr(after, name) for name in clocks] == before


class TestApart:
    def test_private_notes_stand_in_a_place_of_their_own(self, app: Flask, visit: Visit) -> None:
        referral = make_referral("accepted")
        say(referral, "only for us", OFFICE, shared=False)
        say(referral, "for both", OFFICE)
        page = markup.read(visit(people.MANAGER).get(path_of(referral)).text)
        places = {
            name: markup.text_of(page.one("section", aria_labelledby=name)) for name in ("conversation", "private")
        }
        assert "for both" in places["conversation"]
        assert "only for us" not in places["conversation"]
        assert "only for us" in places["private"]
        assert "for both" not in places["private"]
        assert "Save private note" in places["private"]
        assert "Send to" not in places["private"]

    def test_the_timeline_points_to_both_and_repeats_neither(self, app: Flask, visit: Visit) -> None:
        referral = make_referral("accepted")
        say(referral, "only for us", OFFICE, shared=False)
        say(referral, "for both", OFFICE)
        page = visit(OFFICE).get(path_of(referral)).text
        assert page.count("only for us") == page.count("for both") == 1
        assert set(re.findall(r'href="(#(?:private|conversation))">Read it', page)) == {"#private", "#conversation"}

    @pytest.mark.parametrize("told", ["none", "status", "outcome"])
    def test_where_the_resident_did_not_agree_nothing_is_told_or_taken_for_read(
        self, app: Flask, visit: Visit, told: str
    ) -> None:
        referral = make_referral("accepted")
        say(referral, "more than was agreed", OFFICE)
        with transaction():
            agreed = {"given_by": "resident", "method": "by_phone", "given_on": clock.today()}
            agreement = actions.Agreement(kind="office_to_group", scope=told, **agreed)
            actions.record_consent(queries.referral(referral.id, GROUP.viewer), agreement, by=GROUP.viewer)
        assert "more than was agreed" not in visit(GROUP).get(path_of(referral)).text
        shown = conversation(visit(OFFICE), referral)
        assert "Not seen yet" in shown
        assert "You cannot send a message" in shown
