"""The log of an area: what goes in, what is refused, who reads how much, and reminders of what is to be done."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, text

from referrals.accounts.models import Membership
from referrals.audit.actions import record
from referrals.audit.models import AuditEntry
from referrals.engagement import actions, policy, queries
from referrals.engagement.models import Contact, FollowUp
from referrals.foundation.clock import clock_at, now, today
from referrals.foundation.database import db, transaction
from referrals.foundation.errors import IllegalMove, Invalid, NotAllowed, NotFound, Stale
from referrals.notifications.models import Notice
from tests import people
from tests.engagement.log import OTHER_TERM, first_to_do, make_contact, task, told

pytestmark = pytest.mark.usefixtures("app")
YESTERDAY = timedelta(days=1)


def recorded() -> list[str]:
    db.session.rollback()
    query = select(AuditEntry.action).where(AuditEntry.subject_kind == "contact")
    return list(db.session.scalars(query.order_by(AuditEntry.number)))


def notices() -> list[tuple[object, str]]:
    db.session.rollback()
    return [(one.person_id, one.kind) for one in db.session.scalars(select(Notice).order_by(Notice.id))]


class TestStories:
    def test_contacts_that_came_of_one_another_are_one_story(self, app: Flask) -> None:
        email = make_contact(channel="email", happened_on=today() - YESTERDAY * 9)
        meeting = make_contact(came_of_id=email.id, happened_on=today() - YESTERDAY * 5)
        walk = make_contact(channel="walkabout", came_of_id=meeting.id)
        alone = make_contact(channel="letter", happened_on=today() - YESTERDAY)
        found, pages = queries.stories(people.WHITE_CITY.id, people.VOLUNTEER.viewer)
        assert [[one.id for one in story.contacts] for story in found] == [[email.id, meeting.id, walk.id], [alone.id]]
        assert pages == 1
        assert queries.story_of(meeting).latest.id == walk.id

    def test_a_story_grows_in_two_directions(self, app: Flask) -> None:
        email = make_contact(channel="email")
        children = {make_contact(came_of_id=email.id).id for _ in range(2)}
        assert {one.story_id for one in db.session.scalars(select(Contact))} == {email.id}
        assert {one.id for one in queries.story_of(email).contacts} == {email.id, *children}

    def test_nothing_comes_of_what_was_later_or_is_somebody_elses(self, app: Flask) -> None:
        earlier = make_contact()
        with pytest.raises(Invalid) as refused:
            make_contact(came_of_id=earlier.id, happened_on=today() - YESTERDAY)
        assert set(refused.value.errors) == {"happened_on"}
        with pytest.raises(NotFound):
            make_contact(people.OTHER_LEAD, came_of_id=earlier.id)

    def test_what_another_came_of_is_not_taken_out(self, app: Flask) -> None:
        first = make_contact(to_do=("Ring",))
        second = make_contact(came_of_id=first.id)
        with pytest.raises(IllegalMove), transaction():
            actions.take_out_contact(queries.contact(first.id, people.LEAD.viewer), by=people.LEAD.viewer)
        for one in (second, first):
            with transaction():
                actions.take_out_contact(queries.contact(one.id, people.LEAD.viewer), by=people.LEAD.viewer)
        assert db.session.scalar(select(FollowUp.id)) is None
        assert recorded().count("contact.taken_out") == 2


class TestWriting:
    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"happened_on": today() + timedelta(days=3)}, "happened_on"),
            ({"channel": "pigeon"}, "channel"),
            ({"types": []}, "types"),
            ({"types": ["lunch"]}, "types"),
            ({"contributions": ["money"]}, "contributions"),
            ({"subject": "  "}, "subject"),
            ({"subject": "x" * 121}, "subject"),
            ({"agreed": "x" * 2001}, "agreed"),
            ({"ours": [people.CASEWORKER.id]}, "ours"),
            ({"term_id": people.id_of("nobody")}, "term_id"),
            ({"to_do": {2: task(days=-1)}}, "due_2"),
            ({"to_do": {1: task(owner_id=people.CASEWORKER.id)}}, "owner_1"),
        ],
    )
    def test_what_cannot_be_is_refused_beside_its_field(
        self, app: Flask, changes: dict[str, object], field: str
    ) -> None:
        make_contact()
        with pytest.raises(Invalid) as refused, transaction():
            actions.log_contact(told(**changes), by=people.LEAD.viewer)
        assert set(refused.value.errors) == {field}

    @pytest.mark.parametrize("who", [people.MANAGER, people.COORDINATOR, people.ADMINISTRATOR])
    def test_nobody_else_writes(self, app: Flask, who: people.Someone) -> None:
        with pytest.raises(NotAllowed), transaction():
            actions.log_contact(told(), by=who.viewer)

    def test_two_correct_it_at_once(self, app: Flask) -> None:
        made = make_contact()
        for by, wins in ((people.LEAD, True), (people.VOLUNTEER, False)):
            found = queries.contact(made.id, by.viewer)
            try:
                with transaction():
                    actions.correct_contact(found, told(term_id=OTHER_TERM), by=by.viewer, version=1)
            except Stale:
                assert not wins
            else:
                assert wins
        assert recorded() == ["contact.logged", "contact.corrected"]

    def test_who_has_left_stays_where_they_were(self, app: Flask) -> None:
        made = make_contact(ours=[people.SECOND_VOLUNTEER.id])
        with transaction() as session:
            membership = session.get(Membership, people.SECOND_VOLUNTEER.membership_id)
            assert membership is not None
            membership.ended_at = now()
            record("person.left", by=people.LEAD.viewer, subject=("person", people.SECOND_VOLUNTEER.id))
        with transaction():
            found = queries.contact(made.id, people.LEAD.viewer)
            actions.correct_contact(found, told(ours=[people.SECOND_VOLUNTEER.id]), by=people.LEAD.viewer, version=None)


class TestReading:
    def test_only_the_group_and_its_programme_know_of_it(self, app: Flask) -> None:
        made = make_contact()
        for who in people.EVERYBODY:
            knows = who.place is people.WHITE_CITY or who is people.COORDINATOR
            assert policy.may_read_log(made.organisation_id, who.viewer) is knows
            assert policy.reads_words(made.organisation_id, who.viewer) is (who.place is people.WHITE_CITY)

    def test_a_stolen_database_shows_none_of_its_words(self, app: Flask) -> None:
        words = {"subject": "Sentinel quarry", "agreed": "Sentinel piano", "others": "Sentinel ferry"}
        make_contact(to_do=("Sentinel lantern",), theirs="Sentinel choir", **words)
        with db.engine.connect() as connection:
            rows = [
                repr(tuple(row)).lower()
                for table in ("mp_contacts", "follow_ups", "audit_entries")
                for row in connection.execute(text(f"SELECT * FROM {table}"))
            ]
        assert rows
        assert not [row for row in rows if "sentinel" in row]


class TestFollowUps:
    def test_its_owner_is_reminded_once_on_the_day(self, app: Flask) -> None:
        made = make_contact(to_do=("Ring", "Write"))
        with transaction():
            assert actions.remind_of_follow_ups() == 0
            actions.settle_follow_up(first_to_do(made), "done", by=people.LEAD.viewer)
        with clock_at(now() + timedelta(days=7)):
            for expected in (1, 0):
                with transaction():
                    assert actions.remind_of_follow_ups() == expected
        assert notices() == [(people.LEAD.id, "FollowUpDue")]

    def test_another_day_is_reminded_of_anew(self, app: Flask) -> None:
        row = first_to_do(make_contact(to_do=("Ring",)))
        with clock_at(now() + timedelta(days=7)):
            with transaction():
                actions.remind_of_follow_ups()
            with transaction():
                found = queries.follow_up(row.id, people.VOLUNTEER.viewer)
                later = task(by=people.VOLUNTEER, days=3)
                actions.change_follow_up(found, later, by=people.VOLUNTEER.viewer, version=None)
        with clock_at(now() + timedelta(days=11)), transaction():
            assert actions.remind_of_follow_ups() == 1
        assert notices() == [(people.LEAD.id, "FollowUpDue"), (people.VOLUNTEER.id, "FollowUpDue")]

    def test_of_what_the_office_is_to_do_its_writer_hears(self, app: Flask) -> None:
        make_contact(people.VOLUNTEER)
        contact = db.session.scalars(select(Contact)).one()
        with transaction():
            actions.add_follow_up(contact, task(owner_id=None), by=people.VOLUNTEER.viewer)
        with clock_at(now() + timedelta(days=8)), transaction():
            actions.remind_of_follow_ups()
        assert notices() == [(people.VOLUNTEER.id, "FollowUpDue")]

    def test_of_those_who_have_left_the_leads_hear(self, app: Flask) -> None:
        make_contact(people.VOLUNTEER, to_do=("Ring",))
        with transaction() as session:
            membership = session.get(Membership, people.VOLUNTEER.membership_id)
            assert membership is not None
            membership.ended_at = now()
            record("person.left", by=people.LEAD.viewer, subject=("person", people.VOLUNTEER.id))
        with clock_at(now() + timedelta(days=8)), transaction():
            actions.remind_of_follow_ups()
        assert notices() == [(people.LEAD.id, "FollowUpDue")]

    def test_what_is_settled_stays_so(self, app: Flask) -> None:
        row = first_to_do(make_contact(to_do=("Ring",)))
        with transaction():
            actions.settle_follow_up(queries.follow_up(row.id, people.LEAD.viewer), "dropped", by=people.LEAD.viewer)
        found = queries.follow_up(row.id, people.LEAD.viewer)
        with pytest.raises(IllegalMove), transaction():
            actions.settle_follow_up(found, "done", by=people.LEAD.viewer)
        found = queries.follow_up(row.id, people.LEAD.viewer)
        with pytest.raises(IllegalMove), transaction():
            actions.change_follow_up(found, task(), by=people.LEAD.viewer, version=None)

    def test_the_front_page_asks_for_what_is_theirs(self, app: Flask) -> None:
        make_contact(to_do=("Of the lead",))
        make_contact(people.VOLUNTEER, to_do=("Of the volunteer",))
        make_contact(people.VOLUNTEER)
        late = db.session.scalars(select(Contact).order_by(Contact.id.desc())).first()
        assert late is not None
        with transaction():
            actions.add_follow_up(late, task("Of the office", owner_id=None, days=3), by=people.VOLUNTEER.viewer)
            actions.add_follow_up(late, task("Far off", people.VOLUNTEER, days=40), by=people.VOLUNTEER.viewer)
        mine = [one.words for one in queries.due_follow_ups(people.VOLUNTEER.viewer, own=False)]
        assert mine == ["Of the office", "Of the volunteer"]
        whole = {one.words for one in queries.due_follow_ups(people.LEAD.viewer, own=False)}
        assert whole == {"Of the office", "Of the volunteer", "Of the lead"}
        assert [one.words for one in queries.due_follow_ups(people.LEAD.viewer, own=True)] == ["Of the lead"]
        assert queries.due_follow_ups(people.CASEWORKER.viewer, own=False) == []


def test_follow_ups_of_one_moment_stand_in_the_order_in_which_they_were_written(app: Flask) -> None:
    words = ["One", "Two", "Three", "Four", "Five", "Six"]
    with clock_at(now()):
        made = make_contact(to_do=words)
    assert [one.words for one in queries.follow_ups_of([made.id])[made.id]] == words
