"""Agendas: drafted from what is open, added to, put in order, and left as they are once the meeting is over."""

from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import text

from referrals.engagement import actions
from referrals.engagement.actions.agendas import BRIEF, FOLLOW_UP, LONGEST, MOST, REFERRAL
from referrals.engagement.models import AgendaItem, Meeting
from referrals.engagement.queries import agendas as read
from referrals.engagement.queries.meetings import meeting
from referrals.foundation.database import db, transaction
from referrals.foundation.errors import IllegalMove, Invalid, NotAllowed, NotFound
from referrals.foundation.ids import new_id
from tests import people
from tests.engagement.log import make_contact
from tests.engagement.meetings import hold, make_item, make_meeting, make_past_meeting

LEAD = people.LEAD.viewer
OPEN = [(REFERRAL, new_id()), (FOLLOW_UP, new_id()), (BRIEF, new_id())]


def draft(made: Meeting, open_now: list[tuple[str, UUID]]) -> int:
    with transaction():
        return actions.draft_agenda(meeting(made.id, LEAD), open_now, by=LEAD)


def move(item: AgendaItem, step: str) -> None:
    with transaction():
        actions.move_agenda_item(read.agenda_item(item.id, LEAD), step, by=LEAD)


def agenda(made: Meeting) -> list[AgendaItem]:
    db.session.rollback()
    db.session.expire_all()
    return [one for one in read.agenda_of(meeting(made.id, LEAD)) if not one.left_out]


def titles(made: Meeting) -> list[str]:
    return [one.words or one.source for one in agenda(made)]


class TestDrafting:
    def test_what_was_agreed_comes_first_and_nothing_twice(self, app: Flask) -> None:
        made = make_meeting()
        assert draft(made, OPEN) == 3
        assert titles(made) == [FOLLOW_UP, BRIEF, REFERRAL]
        later = (FOLLOW_UP, new_id())
        assert draft(made, [*OPEN, later]) == 1
        assert agenda(made)[-1].source_id == later[1]

    def test_what_was_taken_off_stays_off_until_it_is_put_back(self, app: Flask) -> None:
        made = make_meeting()
        draft(made, OPEN)
        first = agenda(made)[0]
        move(first, "off")
        assert draft(made, OPEN) == 0
        assert titles(made) == [BRIEF, REFERRAL]
        move(first, "back")
        assert titles(made) == [BRIEF, REFERRAL, FOLLOW_UP]

    def test_of_many_referrals_the_longest_there_are_on_it(self, app: Flask) -> None:
        made = make_meeting()
        many = [(REFERRAL, new_id()) for _ in range(MOST + 5)]
        assert draft(made, many) == MOST
        assert [one.source_id for one in agenda(made)] == [one[1] for one in many[:MOST]]
        assert draft(made, many) == 0
        move(agenda(made)[0], "off")
        assert draft(made, many) == 1


class TestEditing:
    def test_items_move_up_and_down_and_not_past_the_end(self, app: Flask) -> None:
        made = make_meeting()
        first, second, third = (make_item(made, words) for words in ("One", "Two", "Three"))
        move(third, "up")
        assert titles(made) == ["One", "Three", "Two"]
        move(first, "down")
        assert titles(made) == ["Three", "One", "Two"]
        move(third, "up")
        move(second, "down")
        assert titles(made) == ["Three", "One", "Two"]
        move(first, "off")
        assert titles(made) == ["Three", "Two"]
        with pytest.raises(NotFound):
            read.agenda_item(first.id, LEAD)

    def test_words_are_needed_for_what_is_nothing_else(self, app: Flask) -> None:
        made = make_meeting()
        item = make_item(made)
        draft(made, OPEN)
        drafted = agenda(made)[1]
        for words in (" ", "x" * (LONGEST + 1)):
            with pytest.raises(Invalid), transaction():
                actions.word_agenda_item(read.agenda_item(item.id, LEAD), words, by=LEAD)
        with transaction():
            actions.word_agenda_item(read.agenda_item(drafted.id, LEAD), "Ask for a date", by=LEAD)
        assert agenda(made)[1].words == "Ask for a date"

    def test_over_or_cancelled_it_stays_as_it_is(self, app: Flask) -> None:
        made = make_past_meeting()
        item = make_item(made)
        hold(made)
        with pytest.raises(IllegalMove):
            draft(made, OPEN)
        with pytest.raises(IllegalMove):
            move(item, "off")

    def test_volunteers_read_it_and_strangers_know_of_none(self, app: Flask) -> None:
        item = make_item(make_meeting())
        volunteer = people.VOLUNTEER.viewer
        with pytest.raises(NotAllowed), transaction():
            actions.move_agenda_item(read.agenda_item(item.id, volunteer), "off", by=volunteer)
        for who in (people.OTHER_LEAD, people.MANAGER, people.COORDINATOR):
            with pytest.raises(NotFound):
                read.agenda_item(item.id, who.viewer)

    def test_its_words_are_sealed(self, app: Flask) -> None:
        make_item(make_meeting(), "sentinel")
        with db.engine.connect() as connection:
            rows = [repr(tuple(row)).lower() for row in connection.execute(text("SELECT * FROM mp_agenda_items"))]
        assert rows
        assert not [row for row in rows if "sentinel" in row]


def test_only_what_is_open_with_that_mp_can_be_on_it(app: Flask) -> None:
    made = make_meeting()
    contact = make_contact(to_do=("Ring", "Write"))
    other = make_contact(term_id=people.id_of("term Priya Calder"), to_do=("Call",))
    found = read.open_follow_ups_with(made.term_id, LEAD)
    assert {one.contact_id for one in found} == {contact.id}
    assert read.open_follow_ups_with(other.term_id, people.OTHER_LEAD.viewer) == []
