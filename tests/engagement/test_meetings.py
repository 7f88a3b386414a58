"""Meetings with an MP: planned, moved, cancelled, reminded of once, and held as entries of the log."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, text

from referrals.audit.models import AuditEntry
from referrals.directory import lists
from referrals.engagement import actions, queries, scheduling
from referrals.engagement.models import Meeting
from referrals.engagement.queries import meetings as read
from referrals.foundation.clock import LONDON, clock_at, now, today
from referrals.foundation.database import db, transaction
from referrals.foundation.errors import IllegalMove, Invalid, NotAllowed, NotFound, Stale
from referrals.notifications.models import Notice
from tests import people
from tests.engagement.log import make_contact, make_known_person, task
from tests.engagement.meetings import hold, make_meeting, make_past_meeting, plan
from tests.people import Someone

LEAD = people.LEAD.viewer


def notices() -> list[tuple[object, str]]:
    db.session.rollback()
    return [(one.person_id, one.kind) for one in db.session.scalars(select(Notice).order_by(Notice.id))]


def recorded() -> list[str]:
    db.session.rollback()
    query = select(AuditEntry.action).where(AuditEntry.action.like("meeting%"))
    return list(db.session.scalars(query.order_by(AuditEntry.number)))


def kept(made: Meeting) -> Meeting:
    """It as it is now."""
    db.session.rollback()
    db.session.expire_all()
    return read.meeting(made.id, LEAD)


def change(made: Meeting, **changes: Any) -> None:
    with transaction():
        actions.change_meeting(read.meeting(made.id, LEAD), plan(**changes), by=LEAD, version=None)


def cancel(made: Meeting) -> None:
    with transaction():
        actions.cancel_meeting(read.meeting(made.id, LEAD), by=LEAD)


class TestPlanning:
    def test_who_is_invited_hears_of_it_and_not_who_plans_it(self, app: Flask) -> None:
        made = make_meeting()
        assert notices() == [(people.VOLUNTEER.id, "MeetingPlanned")]
        assert recorded() == ["meeting.planned"]
        assert kept(made).starts_at.astimezone(LONDON).time() == time(14)

    @pytest.mark.parametrize(
        ("field", "changes"),
        [
            ("subject", {"subject": " "}),
            ("place", {"place": ""}),
            ("link", {"link": "http://meet.example/1"}),
            ("kind", {"kind": "email"}),
            ("rhythm", {"rhythm": "daily"}),
            ("minutes", {"minutes": 0}),
            ("ours", {"ours": [people.OTHER_LEAD.id]}),
            ("known", {"known": [people.LEAD.id]}),
            ("term_id", {"term_id": people.LEAD.id}),
            ("on", {"on": date(2020, 1, 1)}),
            ("at", {"on": date(2031, 3, 30), "at": time(1, 30)}),
            ("expected", {"expected": 10_001}),
        ],
    )
    def test_what_cannot_be_is_refused(self, app: Flask, field: str, changes: dict[str, Any]) -> None:
        make_meeting()
        with pytest.raises(Invalid) as refused, transaction():
            actions.plan_meeting(plan(**changes), by=LEAD)
        assert set(refused.value.errors) == {field}

    def test_another_groups_people_cannot_be_invited(self, app: Flask) -> None:
        theirs = make_known_person(None, by=people.OTHER_LEAD)
        with pytest.raises(Invalid), transaction():
            actions.plan_meeting(plan(known=[theirs.id]), by=LEAD)

    def test_volunteers_read_and_do_not_plan(self, app: Flask) -> None:
        made = make_meeting()
        volunteer = people.VOLUNTEER.viewer
        assert read.meeting(made.id, volunteer).subject == "Our quarter"
        with pytest.raises(NotAllowed), transaction():
            actions.plan_meeting(plan(), by=volunteer)
        with pytest.raises(NotAllowed), transaction():
            actions.cancel_meeting(read.meeting(made.id, volunteer), by=volunteer)

    @pytest.mark.parametrize("who", [people.OTHER_LEAD, people.MANAGER, people.COORDINATOR, people.ADMINISTRATOR])
    def test_to_everybody_else_there_is_no_meeting(self, app: Flask, who: Someone) -> None:
        made = make_meeting()
        with pytest.raises(NotFound):
            read.meeting(made.id, who.viewer)

    def test_coordinators_read_kinds_and_days(self, app: Flask) -> None:
        made = make_meeting()
        (found,) = read.meetings_ahead_of(made.organisation_id, people.COORDINATOR.viewer)
        assert found == read.Ahead("meeting", today() + timedelta(days=30))
        with pytest.raises(NotFound):
            read.meetings_ahead_of(made.organisation_id, people.MANAGER.viewer)

    def test_every_word_is_sealed(self, app: Flask) -> None:
        make_meeting(subject="sentinel", place="sentinel", link="https://sentinel.example", guests="sentinel")
        with db.engine.connect() as connection:
            rows = [
                repr(tuple(row)).lower()
                for table in ("mp_meetings", "audit_entries", "outbox_messages")
                for row in connection.execute(text(f"SELECT * FROM {table}"))
            ]
        assert rows
        assert not [row for row in rows if "sentinel" in row]


class TestChanging:
    def test_what_the_invitation_says_counts_up_and_is_told(self, app: Flask) -> None:
        made = make_meeting()
        change(made, at=time(15))
        assert kept(made).sequence == 1
        assert notices() == [(people.VOLUNTEER.id, "MeetingPlanned"), (people.VOLUNTEER.id, "MeetingChanged")]

    def test_what_it_does_not_say_leaves_it_as_it_is(self, app: Flask) -> None:
        made = make_meeting()
        change(made, subject="Another subject", expected=40)
        assert kept(made).sequence == 0
        assert notices() == [(people.VOLUNTEER.id, "MeetingPlanned")]

    def test_who_is_invited_later_hears_of_it_then(self, app: Flask) -> None:
        made = make_meeting(ours=[people.LEAD.id])
        assert notices() == []
        change(made)
        assert notices() == [(people.VOLUNTEER.id, "MeetingPlanned")]

    def test_who_does_not_go_any_more_hears_of_it(self, app: Flask) -> None:
        made = make_meeting()
        change(made, ours=[people.LEAD.id])
        assert notices()[-1] == (people.VOLUNTEER.id, "MeetingChanged")
        change(made, ours=[people.LEAD.id], at=time(16))
        assert len(notices()) == 2

    def test_a_second_hand_is_refused(self, app: Flask) -> None:
        made = make_meeting()
        version = made.version
        change(made, at=time(16))
        with pytest.raises(Stale), transaction():
            actions.change_meeting(read.meeting(made.id, LEAD), plan(at=time(17)), by=LEAD, version=version)

    def test_cancelled_it_stays_and_cannot_be_changed(self, app: Flask) -> None:
        made = make_meeting()
        cancel(made)
        found = kept(made)
        assert (found.sequence, found.is_open) == (1, False)
        assert notices()[-1] == (people.VOLUNTEER.id, "MeetingCancelled")
        for refused in (cancel, change):
            with pytest.raises(IllegalMove):
                refused(made)
        assert read.open_meetings(LEAD) == []


class TestHolding:
    def test_it_becomes_an_entry_of_the_log_with_actions(self, app: Flask) -> None:
        contact = make_contact()
        with clock_at(now() - timedelta(days=2)):
            earlier = make_contact()
        made = make_past_meeting(came_of_id=earlier.id, kind="walkabout")
        entry = hold(made, to_do={1: task("Ring"), 2: task("Write")}, agreed="They mend the railings", channel="email")
        assert (entry.channel, entry.came_of_id, entry.story_id) == ("walkabout", earlier.id, earlier.id)
        assert len(queries.follow_ups_of([entry.id])[entry.id]) == 2
        assert kept(made).contact_id == entry.id
        assert contact.story_id != entry.story_id
        with pytest.raises(IllegalMove):
            hold(made)

    def test_the_next_of_a_series_goes_on_with_its_story(self, app: Flask) -> None:
        with clock_at(now() - timedelta(days=100)):
            first = make_past_meeting()
            entry = hold(first)
        with clock_at(now() - timedelta(days=50)), transaction():
            before = read.meeting(first.id, LEAD)
            second = actions.plan_meeting(plan(), by=LEAD, after=before)
        assert read.meeting_after(kept(first)) == kept(second)
        assert hold(second).came_of_id == entry.id

    def test_what_is_ahead_or_cancelled_was_not_held(self, app: Flask) -> None:
        made = make_meeting()
        with pytest.raises(IllegalMove, match="still ahead"):
            hold(made)
        cancel(made)
        with pytest.raises(IllegalMove, match="cancelled"):
            hold(made)

    def test_volunteers_log_it_and_others_do_not(self, app: Flask) -> None:
        made = make_past_meeting()
        with pytest.raises(NotFound):
            hold(made, people.OTHER_LEAD)
        assert hold(made, people.VOLUNTEER).logged_by_id == people.VOLUNTEER.id

    def test_taken_out_of_the_log_it_waits_again(self, app: Flask) -> None:
        made = make_past_meeting()
        entry = hold(made)
        with transaction():
            actions.take_out_contact(queries.contact(entry.id, LEAD), by=LEAD)
        assert kept(made).is_open

    def test_a_fault_in_an_action_undoes_all_of_it(self, app: Flask) -> None:
        made = make_past_meeting()
        with pytest.raises(Invalid) as refused:
            hold(made, to_do={2: task(" ")})
        assert set(refused.value.errors) == {"words_2"}
        assert kept(made).is_open


class TestNoLongerInvited:
    def test_who_is_taken_off_is_kept_until_they_come_back(self, app: Flask) -> None:
        hannah, omar = (make_known_person(name=name).id for name in ("Hannah", "Omar"))
        made = make_meeting(known=[hannah, omar])
        for known, gone in (([omar], [hannah]), ([], [hannah, omar]), ([hannah], [omar])):
            with transaction():
                found = read.meeting(made.id, people.LEAD.viewer)
                actions.change_meeting(found, plan(known=known), by=people.LEAD.viewer, version=None)
            assert kept(made).dropped == [str(one) for one in gone]
        db.session.rollback()


class TestReminding:
    def remind(self) -> int:
        with transaction():
            return actions.remind_of_meetings()

    def test_once_and_not_before_the_day_before(self, app: Flask) -> None:
        made = make_meeting()
        assert self.remind() == 0
        with clock_at(made.starts_at - timedelta(hours=26)):
            assert [self.remind(), self.remind()] == [1, 0]
        first, *others = notices()
        assert first == (people.VOLUNTEER.id, "MeetingPlanned")
        # Of one moment, in whichever order.
        assert len(others) == 2
        assert set(others) == {(who.id, "MeetingSoon") for who in (people.LEAD, people.VOLUNTEER)}

    def test_moved_it_is_reminded_of_anew(self, app: Flask) -> None:
        made = make_meeting()
        with clock_at(made.starts_at - timedelta(hours=20)):
            self.remind()
            change(made, on=today() + timedelta(days=5))
            assert self.remind() == 0
        with clock_at(kept(made).starts_at - timedelta(hours=20)):
            assert self.remind() == 1

    @pytest.mark.parametrize("end", [cancel, hold])
    def test_of_what_is_over_nobody_is_reminded(self, app: Flask, end: Callable[[Meeting], Any]) -> None:
        made = make_meeting()
        with clock_at(made.starts_at - timedelta(hours=5)):
            end(made)
            assert self.remind() == 0


@pytest.mark.parametrize(
    ("before", "rhythm", "expected"),
    [
        (datetime(2026, 12, 1, 14, tzinfo=LONDON), "quarterly", date(2027, 3, 2)),
        (datetime(2026, 12, 1, 14, tzinfo=LONDON), "monthly", date(2026, 12, 29)),
        # Christmas Day is a Friday: a week later is New Year's Day, so it is the week after that.
        (datetime(2026, 9, 25, 14, tzinfo=LONDON), "quarterly", date(2027, 1, 8)),
        (datetime(2026, 9, 26, 14, tzinfo=LONDON), "quarterly", date(2026, 12, 26)),
        (datetime(2026, 12, 1, 14, tzinfo=LONDON), "once", None),
    ],
)
def test_the_next_is_on_the_same_day_of_the_week(before: datetime, rhythm: str, expected: date | None) -> None:
    assert scheduling.next_day(before, rhythm) == expected


def test_every_kind_of_meeting_is_a_kind_of_contact() -> None:
    assert lists.codes("meeting_kinds") <= lists.codes("mp_channels")
    assert {"once", *scheduling.WEEKS} == lists.codes("meeting_rhythms")
