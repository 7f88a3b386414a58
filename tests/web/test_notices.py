"""Notices: what happened is told in the app to the right people, in order, and reading it is noticed."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from referrals.casework import actions
from referrals.foundation import clock
from referrals.foundation.clock import clock_at
from referrals.foundation.database import db, transaction
from referrals.foundation.ids import new_id
from referrals.notifications import queries
from referrals.notifications.models import Notice
from referrals.notifications.queries.notices import COUNTED_TO
from tests import people
from tests.casework import cases
from tests.people import CASEWORKER, LEAD, MANAGER, OTHER_CASEWORKER, VOLUNTEER
from tests.plugins.visitors import Visitor

Visit = Callable[..., Visitor]
COUNT = re.compile(r'app-notices__count">([0-9]+\+?)<')


def kinds(who: people.Someone, *, unread: bool | None = None) -> list[str]:
    """The kinds of somebody's notices, oldest first."""
    query = select(Notice).where(Notice.person_id == who.id).order_by(Notice.id)
    found = db.session.scalars(query.execution_options(populate_existing=True))
    return [one.kind for one in found if unread is None or (one.read_at is None) == unread]


def count(page: str) -> str:
    """The number at the head of a page; nothing where there is none."""
    found = COUNT.search(page)
    return found.group(1) if found else ""


def fill(who: people.Someone, number: int) -> None:
    """So many unread notices of no referral that there is."""
    with transaction() as session:
        for minute in range(number):
            moment = clock.now() - timedelta(minutes=number - minute)
            place = {"person_id": who.id, "organisation_id": who.place.id, "path": "/referrals/R-NONE-000"}
            row = Notice(id=new_id(moment), kind="NoteShared", reference="R-NONE-000", at=moment, **place)
            session.add(row)


def test_who_gets_mail_gets_a_notice_in_the_same_transaction(app: Flask) -> None:
    referral = cases.make_referral("submitted")
    assert kinds(CASEWORKER) == ["ReferralSubmitted"]
    with transaction() as session:
        cases.move(referral, "accept", CASEWORKER)
        session.rollback()
    assert kinds(VOLUNTEER) == []
    cases.do(referral, "accept", CASEWORKER)
    assert kinds(VOLUNTEER) == ["ReferralAccepted"]
    # Who did it is not told of it.
    assert kinds(CASEWORKER) == ["ReferralSubmitted"]


def test_an_urgent_referral_is_told_as_such(app: Flask) -> None:
    cases.make_referral("submitted", urgency="urgent", urgency_note="No food", urgent_by=cases.soon(2))
    assert kinds(MANAGER) == ["UrgentReferralSubmitted"]


def test_the_page_says_what_happened_and_of_what(app: Flask, visit: Visit) -> None:
    referral = cases.make_referral("accepted")
    page = visit(VOLUNTEER).get("/notices").text
    assert "The office has taken it on" in page
    assert referral.reference in page
    assert "Nine months without a payment" in page
    assert f'href="/referrals/{referral.reference}"' in page
    assert cases.NAME not in page
    assert count(page) == "1"


def test_there_is_a_page_without_any(visit: Visit) -> None:
    page = visit(OTHER_CASEWORKER).get("/notices").text
    assert "You have no notices" in page
    assert count(page) == ""
    assert "Mark all as read" not in page


def test_opening_the_referral_marks_its_notices_as_read(app: Flask, visit: Visit) -> None:
    first, second = cases.make_referral("submitted"), cases.make_referral("submitted")
    visitor = visit(CASEWORKER)
    assert count(visitor.get("/queue").text) == "2"
    # The head of the page itself already knows.
    assert count(visitor.get(f"/referrals/{first.reference}").text) == "1"
    assert count(visitor.get("/queue").text) == "1"
    # A colleague has not looked yet.
    assert count(visit(MANAGER).get("/queue").text) == "2"
    visitor.get(f"/referrals/{second.reference}")
    assert kinds(CASEWORKER, unread=True) == []


def test_one_notice_is_marked_as_read(app: Flask, visit: Visit) -> None:
    cases.make_referral("submitted")
    cases.make_referral("submitted")
    visitor = visit(CASEWORKER)
    page = visitor.get("/notices")
    (first, _) = re.findall(r'name="read" value="([0-9a-f-]{36})"', page.text)
    assert visitor.send(page, {"read": first}).location == "/notices"
    assert len(kinds(CASEWORKER, unread=True)) == 1
    # Sent again, it says the same and does nothing more.
    assert visitor.send(page, {"read": first}).status_code == 303
    assert len(kinds(CASEWORKER, unread=True)) == 1


def test_all_are_marked_as_read_but_what_came_since(app: Flask, visit: Visit) -> None:
    cases.make_referral("submitted")
    cases.make_referral("submitted")
    visitor = visit(CASEWORKER)
    page = visitor.get("/notices")
    with clock_at(clock.now() + timedelta(minutes=1)):
        cases.make_referral("submitted")
    all_of_them = page.text.index("Mark all as read")
    assert all_of_them < page.text.index("Mark as read")
    assert visitor.send(page, {}, form=-2).location == "/notices"
    assert len(kinds(CASEWORKER, unread=True)) == 1


@pytest.mark.parametrize("sent", [{}, {"read": "gibberish"}, {"read": str(new_id())}, {"until": "x"}])
def test_nothing_else_can_be_marked(app: Flask, visit: Visit, sent: dict[str, str]) -> None:
    cases.make_referral("submitted")
    assert visit(CASEWORKER).post("/notices/read", sent).status_code == 404


def test_somebody_elses_notice_is_none(app: Flask, visit: Visit) -> None:
    cases.make_referral("submitted")
    notice = db.session.scalar(select(Notice.id).where(Notice.person_id == MANAGER.id))
    for who in (CASEWORKER, OTHER_CASEWORKER, VOLUNTEER):
        assert visit(who).post("/notices/read", {"read": str(notice)}).status_code == 404
    assert kinds(MANAGER, unread=False) == []


def test_a_referral_that_is_no_longer_theirs_is_not_told_of(app: Flask, visit: Visit) -> None:
    referral = cases.make_referral("submitted")
    cases.do(referral, "decline", CASEWORKER)
    page = visit(VOLUNTEER).get("/notices").text
    assert "Nine months without a payment" in page
    with clock_at(clock.now() + timedelta(days=45)):
        page = visit(MANAGER).get("/notices").text
    assert referral.reference in page
    assert "Nine months without a payment" not in page
    assert "This is no longer open to you" in page
    # And where it is gone altogether, there is no way to it.
    fill(LEAD, 1)
    page = visit(LEAD).get("/notices").text
    assert "R-NONE-000" in page
    assert 'href="/referrals/R-NONE-000"' not in page


def test_pages_turn_by_key_the_unread_first(app: Flask, visit: Visit) -> None:
    fill(VOLUNTEER, 7)
    found, _ = queries.notices(VOLUNTEER.viewer, limit=100)
    for line in found[:3]:
        visit(VOLUNTEER).post("/notices/read", {"read": str(line.id)})
    seen, after = [], None
    for _ in range(4):
        lines, after = queries.notices(VOLUNTEER.viewer, after, limit=2)
        seen += lines
    assert after is None
    assert [line.unread for line in seen] == [True] * 4 + [False] * 3
    assert [line.id for line in seen] == [line.id for line in found[3:] + found[:3]]


@pytest.mark.parametrize("after", ["", "x", "u.", "u.nothing", "q.0", "r." + "0" * 400, "\x00"])
def test_an_invented_cursor_reads_as_a_page(app: Flask, visit: Visit, after: str) -> None:
    fill(VOLUNTEER, 1)
    assert visit(VOLUNTEER).get("/notices", query_string={"after": after}).status_code == 200


def test_the_last_page_says_that_there_is_no_more(app: Flask, visit: Visit) -> None:
    fill(VOLUNTEER, 31)
    visitor = visit(VOLUNTEER)
    page = visitor.get("/notices").text
    (onward,) = re.findall(r'href="(/notices\?after=[^"]+)"', page)
    assert visitor.get(onward).text.count("app-notice__words") == 1
    lines, _ = queries.notices(VOLUNTEER.viewer, limit=100)
    assert "There is nothing more" in visitor.get(f"/notices?after=r.{lines[-1].id}").text


def test_the_count_stops_somewhere(app: Flask, visit: Visit) -> None:
    fill(VOLUNTEER, COUNTED_TO + 30)
    assert count(visit(VOLUNTEER).get("/notices").text) == "99+"


def test_who_never_hears_of_referrals_has_no_notices(visit: Visit) -> None:
    for who in (people.COORDINATOR, people.ADMINISTRATOR):
        page = visit(who).get("/account").text
        assert 'href="/notices"' not in page
        assert "How we tell you" not in page


def test_a_draft_that_needs_approval_is_a_notice_with_a_way_to_it(app: Flask, visit: Visit) -> None:
    draft = cases.make_draft(consent={"ground": "would_prejudice"})
    with transaction():
        actions.telling.ask_leads(draft, by=VOLUNTEER.viewer)
    page = visit(LEAD).get("/notices").text
    assert "A referral needs your approval before it can go on" in page
    assert f'href="/drafts/{draft.id}/check"' in page
