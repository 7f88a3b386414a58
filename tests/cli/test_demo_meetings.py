"""Meetings of the demonstration: held ones with actions and attendance, and ones ahead with an agenda, in two areas."""

from flask import Flask
from sqlalchemy import select

from referrals.cli.demo.engagement import know_their_mps, work_together
from referrals.cli.demo.meetings import look_ahead
from referrals.cli.demo.world import build_world
from referrals.directory.lists import load_lists
from referrals.engagement.models import Contact, Meeting
from referrals.engagement.queries import follow_ups_of
from referrals.engagement.queries.agendas import agenda_of
from referrals.engagement.queries.meetings import meeting_after, open_meetings, past_meetings
from referrals.foundation.clock import now
from referrals.foundation.database import db, transaction


def test_two_areas_meet_each_quarter_and_the_next_time_has_an_agenda(empty: Flask) -> None:
    with transaction():
        load_lists()
        world = build_world("three plain words 7")
        work_together(world, now())
        know_their_mps(world, now())
        look_ahead(world, now())
    for email in ("lead@demo.example", "wendy.strange@demo.example"):
        lead = world.viewers[email]
        quarterly = [one for one in past_meetings(lead)[0] if one.rhythm == "quarterly"]
        held = quarterly[0]
        assert held.contact_id is not None
        assert follow_ups_of([held.contact_id])[held.contact_id]
        contact = db.session.get(Contact, held.contact_id)
        assert contact is not None
        assert contact.member_there
        ahead = meeting_after(held)
        assert ahead in open_meetings(lead)
        assert ahead is not None
        assert len(agenda_of(ahead)) >= 3
        assert ahead.starts_at > now()
    assert [one.came for one in db.session.scalars(select(Meeting).order_by(Meeting.starts_at)) if one.came] == [74, 93]
