"""The lists people work from: what stands in which tab, in which order, and what a page costs."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import event

from referrals.casework import queries
from referrals.casework.queries.lines import COUNTED_TO
from referrals.foundation.clock import clock_at
from referrals.foundation.database import db
from referrals.foundation.errors import NotAllowed
from tests import people
from tests.casework import cases
from tests.people import CASEWORKER, LEAD, MANAGER, OTHER_CASEWORKER, SECOND_VOLUNTEER, VOLUNTEER

MONDAY = datetime(2026, 11, 2, 10, 0, tzinfo=UTC)


@contextmanager
def statements() -> Iterator[list[tuple[str, object]]]:
    """Every statement that the block sends to the database, with its parameters."""
    sent: list[tuple[str, object]] = []

    def note(_connection: object, _cursor: object, statement: str, parameters: object, *_: object) -> None:
        sent.append((statement, parameters))

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


def references(page: queries.Page) -> list[str | None]:
    return [row.reference for row in page.rows]


def test_the_office_has_four_tabs(app: Flask) -> None:
    new, mine, theirs = (cases.make_referral(state) for state in ("submitted", "accepted", "accepted"))
    cases.do(theirs, "assign", MANAGER, assignee=MANAGER.id)
    ended = cases.make_referral("declined")
    cases.make_draft()
    viewer = CASEWORKER.viewer
    assert references(queries.queue(viewer, "unassigned")) == [new.reference]
    assert references(queries.queue(viewer, "mine")) == [mine.reference]
    assert set(references(queries.queue(viewer, "team"))) == {new.reference, mine.reference, theirs.reference}
    assert references(queries.queue(viewer, "ended")) == [ended.reference]
    assert queries.queue(viewer, "ended").counts == {"unassigned": 1, "mine": 1, "team": 3}
    assert queries.queue(OTHER_CASEWORKER.viewer, "team").rows == []


def test_a_line_says_what_is_needed_at_a_glance(app: Flask) -> None:
    with clock_at(MONDAY):
        cases.make_referral("accepted")
    with clock_at(MONDAY + timedelta(days=10)):
        (line,) = queries.queue(CASEWORKER.viewer, "team").rows
    assert line.summary == "Nine months without a payment"
    assert (line.group_name, line.assignee_name) == (people.WHITE_CITY.name, CASEWORKER.name)
    assert (line.tag, line.waiting_on, line.yours) == ("Accepted", "office", True)
    assert (line.due_on, line.overdue_days, line.age_days) == (date(2026, 11, 9), 3, 10)


def test_what_is_late_longest_stands_first_and_pages_follow(app: Flask) -> None:
    made = []
    for days in (4, 0, 3, 1, 2):
        with clock_at(MONDAY + timedelta(days=days)):
            made.append((days, cases.make_referral("submitted").reference))
    in_order = [reference for _, reference in sorted(made)]
    seen: list[str | None] = []
    cursor: str | None = None
    for _ in range(3):
        page = queries.queue(CASEWORKER.viewer, "team", cursor, limit=2)
        seen += references(page)
        cursor = page.next_cursor
    assert seen == in_order
    assert cursor is None


@pytest.mark.parametrize("cursor", ["", "nonsense", "MjAyNi0xMS0wMg", "\x00", "é", "AAAA" * 500])
def test_a_cursor_of_nobodys_making_is_the_first_page(app: Flask, cursor: str) -> None:
    referral = cases.make_referral("submitted")
    for tab in queries.QUEUE_TABS[:3:2]:
        assert references(queries.queue(CASEWORKER.viewer, tab, cursor)) == [referral.reference]
    assert queries.queue(CASEWORKER.viewer, "ended", cursor).rows == []


def test_a_page_has_at_least_one_row_and_at_most_a_hundred(app: Flask) -> None:
    cases.make_referral("submitted")
    assert len(queries.queue(CASEWORKER.viewer, "team", limit=-5).rows) == 1
    with statements() as sent:
        queries.queue(CASEWORKER.viewer, "team", limit=10**9)
    assert "101" in str(sent[0])


def test_a_group_reads_its_own_by_whose_turn_it_is(app: Flask) -> None:
    draft = cases.make_draft()
    asked, waiting, ended = (cases.make_referral(s) for s in ("information_requested", "accepted", "closed"))
    expected = {"needs_me": [asked], "with_office": [waiting], "drafts": [draft], "finished": [ended]}
    for viewer in (VOLUNTEER.viewer, LEAD.viewer):
        for tab, referrals in expected.items():
            page = queries.my_referrals(viewer, tab)
            assert [row.id for row in page.rows] == [referral.id for referral in referrals]
            assert {tab: count for tab, count in page.counts.items() if count} == dict.fromkeys(list(expected)[:3], 1)
    assert queries.my_referrals(SECOND_VOLUNTEER.viewer, "needs_me").counts == dict.fromkeys(page.counts, 0)
    assert [row.id for row in queries.drafts(LEAD.viewer)] == [draft.id]


def test_each_list_is_for_its_own_side(app: Flask) -> None:
    for person in (VOLUNTEER, people.COORDINATOR, people.ADMINISTRATOR):
        with pytest.raises(NotAllowed):
            queries.queue(person.viewer)
    for person in (CASEWORKER, people.COORDINATOR, people.ADMINISTRATOR):
        with pytest.raises(NotAllowed):
            queries.my_referrals(person.viewer)


@pytest.mark.parametrize("tab", queries.QUEUE_TABS)
def test_a_page_of_the_queue_costs_two_statements_however_many_it_shows(app: Flask, tab: str) -> None:
    for _ in range(3):
        for state in ("submitted", "accepted", "declined"):
            cases.make_referral(state)
    db.session.expunge_all()
    with statements() as sent:
        rows = queries.queue(CASEWORKER.viewer, tab).rows
        assert [row.summary for row in rows] == ["Nine months without a payment"] * len(rows)
    assert len(rows) >= 3
    # The rows, whatever their order, and the counts.
    assert len([one for one, _ in sent if one.startswith("SELECT")]) == 2


def test_counting_stops(app: Flask) -> None:
    with statements() as sent:
        queries.queue(CASEWORKER.viewer)
    assert str(COUNTED_TO + 1) in str(sent[-1])
