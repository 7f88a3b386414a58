"""The calendar by a secret link: what it holds for whom, that it tells nobody's name, and how it ends."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from html import unescape

import pytest
from flask import Flask
from icalendar import Calendar
from sqlalchemy import select

from referrals.accounts.models import CalendarLink, Membership, Person
from referrals.audit.actions import record
from referrals.audit.models import AuditEntry
from referrals.casework import actions, queries
from referrals.casework.queries.calendar import LAST_DAY, calendar_days
from referrals.casework.workflow import OPEN_WITH_OFFICE
from referrals.cli.serve import web_command
from referrals.foundation import clock
from referrals.foundation.database import db, transaction
from referrals.web.presenting.calendar import calendar_of
from tests import people
from tests.casework import cases
from tests.house.contents import contents, events
from tests.people import CASEWORKER, LEAD, MANAGER, SECOND_CASEWORKER, SECOND_VOLUNTEER, VOLUNTEER, Someone
from tests.plugins.visitors import Visitor

Visit = Callable[..., Visitor]
SHOWN = re.compile(r"<textarea[^>]*>\s*http://localhost(/calendar/[\w-]+\.ics)</textarea>")


def make_link(visitor: Visitor, covers: str = "mine") -> str:
    """Make somebody's link on its page; gives its path."""
    answer = visitor.post("/account/calendar", {"covers": covers})
    assert answer.status_code == 200
    found = SHOWN.search(answer.text)
    assert found
    return unescape(found.group(1))


def titles(app: Flask, path: str) -> dict[str, object]:
    """What a calendar program finds under the address: each title, and when it is."""
    answer = app.test_client().get(path)
    assert answer.status_code == 200
    found = Calendar.from_ical(answer.data).walk("VEVENT")
    return {str(one["summary"]): one["dtstart"].dt for one in found}


def on(who: Someone, *, everything: bool = False) -> dict[str, date]:
    return {f"{one.reference}: {one.words}": one.day for one in calendar_days(who.viewer, everything=everything)}


def test_an_office_sees_its_follow_ups_reviews_and_answers(app: Flask, visit: Visit) -> None:
    made = {state: cases.make_referral(state) for state in OPEN_WITH_OFFICE}
    found = titles(app, make_link(visit(CASEWORKER), "all"))
    assert found == {
        f"{made['submitted'].reference}: decide": made["submitted"].due_on,
        f"{made['information_requested'].reference}: an answer is due": made["information_requested"].due_on,
        f"{made['accepted'].reference}: follow up": made["accepted"].next_action_on,
        f"{made['in_progress'].reference}: follow up": made["in_progress"].next_action_on,
        f"{made['on_hold'].reference}: look at this again": made["on_hold"].hold_review_on,
        f"{made['outcome_recorded'].reference}: the group should confirm": made["outcome_recorded"].due_on,
    }


def test_what_has_ended_is_on_no_calendar(app: Flask) -> None:
    for state in ("closed", "declined", "withdrawn", "draft"):
        cases.make_referral(state)
    assert on(MANAGER, everything=True) == {}
    assert on(VOLUNTEER) == {}


def test_mine_is_what_is_assigned_to_me_or_what_i_sent(app: Flask, visit: Visit) -> None:
    referral = cases.make_referral("in_progress")
    follow_up = f"{referral.reference}: follow up"
    assert follow_up in titles(app, make_link(visit(CASEWORKER)))
    assert titles(app, make_link(visit(SECOND_CASEWORKER))) == {}
    assert follow_up in titles(app, make_link(visit(SECOND_CASEWORKER), "all"))
    assert f"{referral.reference}: next step of the office" in titles(app, make_link(visit(VOLUNTEER)))
    # A lead sees all of the area on its pages; in the calendar, what is theirs.
    for who in (LEAD, SECOND_VOLUNTEER):
        assert titles(app, make_link(visit(who))) == {}


def test_a_last_day_is_on_it_without_its_name(app: Flask, visit: Visit) -> None:
    referral = cases.make_referral("in_progress")
    with transaction():
        actions.record_date(referral, "benefit_decision", clock.today(), by=VOLUNTEER.viewer)
    found = titles(app, make_link(visit(CASEWORKER)))
    limits = [one for one in queries.dated(referral, CASEWORKER.viewer).deadlines if one.is_limit and one.is_open]
    assert found[f"{referral.reference}: {LAST_DAY}"] in {one.day for one in limits}
    assert on(VOLUNTEER)[f"{referral.reference}: {LAST_DAY}"]


def test_the_group_sees_last_days_only_as_far_as_the_resident_agreed(app: Flask) -> None:
    referral = cases.make_referral("in_progress", told="status")
    with transaction():
        actions.record_date(referral, "benefit_decision", clock.today(), by=CASEWORKER.viewer)
    assert f"{referral.reference}: {LAST_DAY}" in on(CASEWORKER)
    assert f"{referral.reference}: {LAST_DAY}" not in on(VOLUNTEER)


def test_a_moment_is_in_utc_and_a_day_is_a_day(app: Flask) -> None:
    referral = cases.make_referral("in_progress")
    at = datetime(2027, 7, 1, 9, 30, tzinfo=clock.LONDON)
    (day,) = calendar_days(CASEWORKER.viewer, everything=False)
    assert day.day == referral.next_action_on
    # Half past nine in the summer of London.
    assert b"DTSTART:20270701T083000Z" in calendar_of([replace(day, moment=at)])
    assert b"DTSTART;VALUE=DATE:" in calendar_of([day])


def test_it_says_nothing_but_references_and_links(app: Flask, visit: Visit) -> None:
    referral = cases.make_referral("in_progress")
    answer = app.test_client().get(make_link(visit(CASEWORKER)))
    text = answer.text.replace("\r\n ", "")
    assert answer.mimetype == "text/calendar"
    assert f"http://localhost/referrals/{referral.reference}" in text
    for word in (
        cases.NAME,
        "Nine months",
        people.HAMMERSMITH.name,
        people.WHITE_CITY.name,
        "welfare",
        CASEWORKER.name,
    ):
        assert word not in text


def test_an_entry_keeps_its_name_while_it_moves(app: Flask) -> None:
    referral = cases.make_referral("in_progress")
    before = [one.id for one in calendar_days(CASEWORKER.viewer, everything=False)]
    with transaction():
        actions.set_next_action(referral, "Ring again", cases.soon(20), by=CASEWORKER.viewer, version=None)
    after = calendar_days(CASEWORKER.viewer, everything=False)
    assert [one.id for one in after] == before
    assert after[0].day == cases.soon(20)


def test_no_cookie_goes_out_and_nothing_is_kept_or_recorded(app: Flask, visit: Visit) -> None:
    cases.make_referral("in_progress")
    visitor = visit(CASEWORKER)
    path = make_link(visitor)
    before, number = contents(), events()
    for client in (app.test_client(), visitor.client):
        answer = client.get(path)
        assert answer.status_code == 200
        assert "Set-Cookie" not in answer.headers
        assert answer.headers["Cache-Control"] == "no-store"
    assert contents() == before
    assert events() == number


def test_the_address_is_kept_nowhere(app: Flask, visit: Visit) -> None:
    path = make_link(visit(CASEWORKER))
    token = path.removeprefix("/calendar/").removesuffix(".ics")
    # 32 bytes of chance.
    assert len(token) == 43
    assert not [name for name, rows in contents().items() if token in "".join(rows)]
    assert token not in visit(CASEWORKER).get("/account").text
    assert token not in visit(CASEWORKER).get("/account/calendar").text


def test_a_new_link_takes_the_place_of_the_old_one(app: Flask, visit: Visit) -> None:
    first, second = make_link(visit(CASEWORKER)), make_link(visit(CASEWORKER))
    assert app.test_client().get(first).status_code == 404
    assert app.test_client().get(second).status_code == 200
    page = visit(CASEWORKER).get("/account").text
    assert "for your own referrals" in page


def test_it_ends_when_its_person_ends_it(app: Flask, visit: Visit) -> None:
    visitor = visit(CASEWORKER)
    path = make_link(visitor)
    page = visitor.get("/account/calendar")
    assert "End the link" in page.text
    assert visitor.send(page).location == "/account"
    assert app.test_client().get(path).status_code == 404
    assert visitor.post("/account/calendar/end").location == "/account"
    query = select(AuditEntry.action).where(AuditEntry.action.like("calendar.%"))
    assert list(db.session.scalars(query.order_by(AuditEntry.at, AuditEntry.number))) == [
        "calendar.made",
        "calendar.revoked",
    ]


@pytest.mark.parametrize("how", ["disabled", "left"])
def test_it_ends_with_its_person_and_their_membership(app: Flask, visit: Visit, how: str) -> None:
    path = make_link(visit(CASEWORKER))
    with transaction() as session:
        if how == "disabled":
            session.get_one(Person, CASEWORKER.id).disabled_at = clock.now()
        else:
            session.get_one(Membership, CASEWORKER.membership_id).ended_at = clock.now()
        record(f"person.{how}", by=MANAGER.viewer, subject=("person", CASEWORKER.id))
    assert app.test_client().get(path).status_code == 404


def test_every_other_address_is_the_same_page_of_nothing(app: Flask, visit: Visit) -> None:
    gone = make_link(visit(CASEWORKER))
    make_link(visit(CASEWORKER))
    client = app.test_client()
    nothing = [client.get(path) for path in (gone, "/calendar/x.ics", f"/calendar/{'y' * 43}.ics", "/calendar/é.ics")]
    assert {answer.status_code for answer in nothing} == {404}
    assert len({answer.data for answer in nothing}) == 1
    assert nothing[0].data == client.get("/nothing-at-all").data
    assert not any("Set-Cookie" in answer.headers for answer in nothing)


def test_it_is_slowed_down(app: Flask, visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    path = make_link(visit(CASEWORKER))
    monkeypatch.setitem(app.config, "THROTTLED", True)
    monkeypatch.setitem(app.config, "THROTTLE_FETCHED", "3 per 5 minutes")
    codes = [app.test_client().get(path, environ_base={"REMOTE_ADDR": "192.0.2.77"}).status_code for _ in range(4)]
    assert codes == [200, 200, 200, 429]


@pytest.mark.parametrize("covers", ["all", "gibberish", ""])
def test_a_group_chooses_only_what_it_was_offered(app: Flask, visit: Visit, covers: str) -> None:
    visitor = visit(VOLUNTEER)
    assert "Everything your office works on" not in visitor.get("/account/calendar").text
    answer = visitor.post("/account/calendar", {"covers": covers})
    assert answer.status_code == 422
    assert db.session.scalars(select(CalendarLink)).all() == []


def test_who_has_no_referrals_has_no_link(visit: Visit) -> None:
    for who in (people.COORDINATOR, people.ADMINISTRATOR):
        assert visit(who).get("/account/calendar").status_code == 403


def test_the_web_server_writes_no_addresses_down(app: Flask) -> None:
    words = " ".join(web_command(app.extensions["settings"]))
    assert "access" not in words
