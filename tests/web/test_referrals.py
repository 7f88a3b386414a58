"""The page of one referral for both sides, and who looked at it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from random import Random
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, func, select

from referrals.audit.models import AuditEntry
from referrals.casework import actions
from referrals.casework.models import Referral
from referrals.foundation.database import db, transaction
from referrals.foundation.references import new_reference
from tests import people
from tests.casework.cases import NAME, PATHS, PHONE, STORY, do, make_draft, make_referral
from tests.plugins.visitors import Visitor

Visit = Callable[..., Visitor]
SENT = [state for state in PATHS if state != "draft"]


def path_of(referral: Referral, *more: str) -> str:
    return "/".join((f"/referrals/{referral.reference}", *more))


def events_of(referral: Referral, name: str) -> int:
    of_it = AuditEntry.subject_id == referral.id
    found = db.session.scalar(select(func.count()).where(of_it, AuditEntry.action == name))
    # So that no lock is held while the pages are asked.
    db.session.rollback()
    return found or 0


def main_of(page: str) -> str:
    return page[page.index("<main") : page.index("</main>")]


@contextmanager
def counted_queries() -> Iterator[list[str]]:
    statements: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        statements.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


class TestShow:
    @pytest.mark.parametrize("state", SENT)
    @pytest.mark.parametrize("person", [people.VOLUNTEER, people.CASEWORKER], ids=["group", "office"])
    def test_every_state_is_shown_to_both_sides(
        self, app: Flask, visit: Visit, state: str, person: people.Someone
    ) -> None:
        referral = make_referral(state)
        page = visit(person).get(path_of(referral))
        assert page.status_code == 200
        assert str(referral.reference) in page.text
        if (state, person) != ("entered_in_error", people.CASEWORKER):
            assert STORY in page.text

    def test_the_office_reads_the_next_step_first(self, app: Flask, visit: Visit) -> None:
        referral = make_referral()
        page = visit(people.CASEWORKER).get(path_of(referral)).text
        assert f'href="{path_of(referral, "accept")}"' in page
        assert page.index(f'"{path_of(referral, "accept")}"') < page.index(f'"{path_of(referral, "decline")}"')
        assert "Your office" in page

    def test_the_group_reads_the_state_in_plain_words(self, app: Flask, visit: Visit) -> None:
        page = visit(people.VOLUNTEER).get(path_of(make_referral("accepted"))).text
        assert "The office has taken this on" in page
        assert "Write to the department" in page

    def test_whose_turn_it_is_not_gets_no_main_button(self, app: Flask, visit: Visit) -> None:
        page = visit(people.CASEWORKER).get(path_of(make_referral("information_requested"))).text
        assert "app-strip__button" not in page
        assert "The group" in page

    def test_advice_stands_before_the_contact_details(self, app: Flask, visit: Visit) -> None:
        page = visit(people.CASEWORKER).get(path_of(make_referral())).text
        assert NAME in page
        assert page.index("Do not leave a message") < page.index("Show contact details") < page.index(PHONE)

    def test_a_question_and_its_answer_stand_together(self, app: Flask, visit: Visit) -> None:
        referral = make_referral("information_requested")
        group = visit(people.VOLUNTEER)
        asked = group.get(path_of(referral)).text
        assert "The office asks you" in asked
        assert "Which benefit is it?" in asked
        do(referral, "provide_information", people.VOLUNTEER)
        answered = group.get(path_of(referral)).text
        assert "The office asks you" not in answered
        assert "Personal Independence Payment" in answered

    @pytest.mark.parametrize(("state", "words"), [("declined", "Not yet for us"), ("returned_with_advice", "first")])
    def test_why_it_was_not_taken_on_stands_first(self, app: Flask, visit: Visit, state: str, words: str) -> None:
        page = visit(people.VOLUNTEER).get(path_of(make_referral(state))).text
        assert "Ask the department" in page
        assert page.index(words) < page.index(STORY)

    def test_the_outcome_keeps_claimed_confirmed_and_evidence_apart(self, app: Flask, visit: Visit) -> None:
        referral = make_referral("outcome_recorded")
        page = visit(people.VOLUNTEER).get(path_of(referral)).text
        assert "Resolved in full" in page
        assert "The group has not answered yet" in page
        assert "£108.55 every week" in page
        assert "£5,644.60 in a year" in page
        do(referral, "confirm_outcome", people.VOLUNTEER)
        assert "Confirmed by the group" in visit(people.CASEWORKER).get(path_of(referral)).text

    def test_a_private_note_is_read_by_its_own_side_only(self, app: Flask, visit: Visit) -> None:
        referral = make_referral("accepted")
        with transaction():
            actions.write_note(referral, "He sounded unwell", shared=False, by=people.CASEWORKER.viewer)
            actions.write_note(referral, "We have written today", shared=True, by=people.CASEWORKER.viewer)
        office, group = (visit(one).get(path_of(referral)).text for one in (people.MANAGER, people.VOLUNTEER))
        assert "He sounded unwell" in office
        assert "Only your office" in office
        assert "He sounded unwell" not in group
        assert "We have written today" in group

    def test_the_composers_say_who_reads_what(self, app: Flask, visit: Visit) -> None:
        page = visit(people.CASEWORKER).get(path_of(make_referral("accepted"))).text
        assert "Private note: only your office" in page
        assert f"Send to {people.WHITE_CITY.name}" in page

    def test_reading_costs_the_same_however_much_has_happened(self, app: Flask, visit: Visit) -> None:
        referral, browser = make_referral("accepted"), visit(people.CASEWORKER)
        numbers = []
        for _ in range(2):
            browser.get(path_of(referral))
            with counted_queries() as statements:
                page = browser.get(path_of(referral))
            numbers.append(len(statements))
            with transaction():
                for number in range(20):
                    actions.write_note(referral, f"Note {number}", shared=False, by=people.CASEWORKER.viewer)
        assert numbers[0] == numbers[1]
        # One of them looks whether a date that has come may have been a step, one for what the MP knows of its issue.
        assert numbers[0] <= 31
        assert len(page.data) < 60_000


class TestReading:
    def test_each_look_leaves_one_event_in_the_readers_book(self, app: Flask, visit: Visit) -> None:
        referral = make_referral("accepted")
        before = events_of(referral, "referral.read")
        visit(people.CASEWORKER).get(path_of(referral))
        visit(people.VOLUNTEER).get(path_of(referral))
        assert events_of(referral, "referral.read") == before + 2

    def test_the_offices_first_look_marks_it_as_seen_once(self, app: Flask, visit: Visit) -> None:
        referral = make_referral()
        for person in (people.VOLUNTEER, people.CASEWORKER, people.MANAGER):
            assert visit(person).get(path_of(referral)).status_code == 200
        assert events_of(referral, "referral.seen") == 1
        assert "Seen by the" in visit(people.VOLUNTEER).get(path_of(referral)).text

    @pytest.mark.parametrize(
        "person",
        [people.OTHER_CASEWORKER, people.OTHER_VOLUNTEER, people.SECOND_VOLUNTEER, people.OTHER_LEAD],
        ids=lambda person: person.name,
    )
    def test_strangers_get_what_nothing_gets(self, app: Flask, visit: Visit, person: people.Someone) -> None:
        referral = make_referral()
        browser = visit(person)
        there, not_there = browser.get(path_of(referral)), browser.get(f"/referrals/{new_reference(Random(1))}")
        assert there.status_code == not_there.status_code == 404
        assert main_of(there.text) == main_of(not_there.text)
        assert not events_of(referral, "referral.read")

    @pytest.mark.parametrize("address", ["R-7K3F-92Y", "nonsense", "%00", "R-", "x" * 500, "..%2f", "²"])
    def test_what_is_no_reference_is_not_found(self, app: Flask, visit: Visit, address: str) -> None:
        assert visit(people.CASEWORKER).get(f"/referrals/{address}").status_code in {404, 308}

    def test_another_spelling_leads_to_the_printed_one(self, app: Flask, visit: Visit) -> None:
        referral = make_referral()
        plain = str(referral.reference).removeprefix("R-").replace("-", "").lower()
        answer = visit(people.CASEWORKER).get(f"/referrals/{plain}")
        assert answer.location == path_of(referral)

    @pytest.mark.parametrize("person", [people.COORDINATOR, people.ADMINISTRATOR], ids=lambda person: person.name)
    def test_nobody_without_residents_reads_one(self, app: Flask, visit: Visit, person: people.Someone) -> None:
        assert visit(person).get(path_of(make_referral())).status_code in {403, 404}

    def test_a_draft_has_no_page_here(self, app: Flask, visit: Visit) -> None:
        draft = make_draft()
        assert visit(people.VOLUNTEER).get(f"/referrals/{draft.id}").status_code == 404

    def test_what_was_sent_by_mistake_is_closed_to_the_office(self, app: Flask, visit: Visit) -> None:
        referral = make_referral("entered_in_error")
        page = visit(people.CASEWORKER).get(path_of(referral)).text
        assert "can no longer read" in page
        assert STORY not in page
        assert NAME not in page


class TestHistory:
    def test_it_names_who_looked_and_what_was_done(self, app: Flask, visit: Visit) -> None:
        referral = make_referral("accepted")
        browser = visit(people.MANAGER)
        browser.get(path_of(referral))
        page = browser.get(path_of(referral, "history")).text
        assert people.MANAGER.name in page
        assert "Read the referral" in page
        assert "Accepted the referral" in page
        assert "Office manager" in page

    def test_it_is_the_readers_own_book(self, app: Flask, visit: Visit) -> None:
        referral = make_referral("accepted")
        page = visit(people.VOLUNTEER).get(path_of(referral, "history")).text
        assert people.CASEWORKER.name not in page
        assert "Sent the referral" in page

    def test_a_long_book_is_read_page_by_page(self, app: Flask, visit: Visit) -> None:
        referral = make_referral("accepted")
        path = path_of(referral, "history")
        with transaction():
            for _ in range(120):
                actions.open_referral(str(referral.reference), by=people.CASEWORKER.viewer)
        browser = visit(people.CASEWORKER)
        first = browser.get(path).text
        start = first.index(f"{path}?before=")
        second = browser.get(first[start : first.index('"', start)]).text
        assert first.count("Read the referral") == 100
        assert "Accepted the referral" not in first
        assert "Accepted the referral" in second

    @pytest.mark.parametrize("before", ["", "x", "-1", "0", "²", "9" * 50])
    def test_a_place_in_the_book_of_ones_own_invention(self, app: Flask, visit: Visit, before: str) -> None:
        referral = make_referral()
        page = visit(people.CASEWORKER).get(f"{path_of(referral, 'history')}?before={before}")
        assert page.status_code == 200

    def test_strangers_find_none(self, app: Flask, visit: Visit) -> None:
        referral = make_referral()
        assert visit(people.OTHER_CASEWORKER).get(path_of(referral, "history")).status_code == 404
