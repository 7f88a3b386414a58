"""The office's desk: what each tab shows, in which order, taking a referral, and what a page costs."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event

from referrals.audit.actions import record
from referrals.casework import queries
from referrals.foundation import clock
from referrals.foundation.database import db, transaction
from tests import markup, people
from tests.casework.cases import do, make_referral, soon
from tests.markup import text_of
from tests.plugins.visitors import Visitor, forms_of

Visit = Callable[..., Visitor]
ODD = "sort=colour&state=lost&age=%00&assignee=x&turn=&only=all"


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


def take_value(page: str, reference: str) -> str:
    start = page.index(f'value="{reference} ') + len('value="')
    return page[start : page.index('"', start)]


class TestTabs:
    def test_a_manager_begins_with_what_nobody_has(self, app: Flask, visit: Visit) -> None:
        new = make_referral()
        page = visit(people.MANAGER).get("/queue").text
        assert new.reference in page
        assert "Nine months without a payment" in page
        assert "Unassigned" in page

    def test_a_caseworker_begins_with_their_own(self, app: Flask, visit: Visit) -> None:
        mine, new = make_referral("accepted"), make_referral()
        page = visit(people.CASEWORKER).get("/queue").text
        assert mine.reference in page
        assert new.reference not in page

    def test_the_whole_team_sees_what_others_have(self, app: Flask, visit: Visit) -> None:
        theirs = make_referral("accepted")
        page = visit(people.SECOND_CASEWORKER).get("/queue?tab=team").text
        assert theirs.reference in page
        assert people.CASEWORKER.name in page

    def test_what_has_ended_is_kept_apart(self, app: Flask, visit: Visit) -> None:
        ended = make_referral("declined")
        browser = visit(people.MANAGER)
        assert ended.reference in browser.get("/queue?tab=ended").text
        assert ended.reference not in browser.get("/queue?tab=team").text

    def test_another_office_sees_nothing_of_it(self, app: Flask, visit: Visit) -> None:
        new = make_referral()
        page = visit(people.OTHER_MANAGER).get("/queue").text
        assert new.reference not in page
        assert "Everything has somebody working on it" in page

    @pytest.mark.parametrize("tab", ["unassigned", "mine", "team", "ended"])
    def test_an_empty_tab_says_what_will_be_here(self, app: Flask, visit: Visit, tab: str) -> None:
        page = visit(people.CASEWORKER).get(f"/queue?tab={tab}")
        assert page.status_code == 200
        assert "app-empty" in page.text

    @pytest.mark.parametrize(
        "query",
        [
            "tab=nonsense",
            "after=nonsense",
            "after=%00",
            "tab=team&after=MjAyNg",
            "tab=",
            "sort=colour&state=lost&age=%00&assignee=x&turn=&only=all",
        ],
    )
    def test_an_address_of_ones_own_invention_shows_a_list(self, app: Flask, visit: Visit, query: str) -> None:
        make_referral()
        assert visit(people.MANAGER).get(f"/queue?{query}").status_code == 200

    @pytest.mark.parametrize("person", [people.VOLUNTEER, people.LEAD, people.COORDINATOR, people.ADMINISTRATOR])
    def test_nobody_but_an_office_has_a_queue(self, app: Flask, visit: Visit, person: people.Someone) -> None:
        assert visit(person).get("/queue").status_code == 403

    def test_a_stranger_is_asked_to_sign_in(self, app: Flask, visit: Visit) -> None:
        assert visit().get("/queue").status_code == 303


class TestRows:
    def test_the_longest_overdue_comes_first_and_says_by_how_much(self, app: Flask, visit: Visit) -> None:
        with clock.clock_at(clock.now() - timedelta(days=40)):
            late = make_referral()
        new = make_referral()
        page = visit(people.MANAGER).get("/queue").text
        assert page.index(str(late.reference)) < page.index(str(new.reference))
        assert "overdue" in page

    def test_urgency_and_newness_are_in_words(self, app: Flask, visit: Visit) -> None:
        make_referral(urgency="urgent", urgency_note="Eviction", urgent_by=soon())
        page = visit(people.MANAGER).get("/queue").text
        assert "Urgent" in page
        assert "New" in page

    def test_it_says_whose_turn_it_is(self, app: Flask, visit: Visit) -> None:
        make_referral("information_requested")
        assert "The group" in visit(people.MANAGER).get("/queue?tab=team").text


class TestNarrowing:
    def test_filters_are_in_the_address_and_are_taken_away_one_by_one(self, app: Flask, visit: Visit) -> None:
        wanted, other = make_referral(urgency="soon"), make_referral(category="housing", issue_type="eviction")
        browser = visit(people.MANAGER)
        page = browser.get("/queue?tab=team&category=welfare&category=health&urgency=soon&sort=newest").text
        assert wanted.reference in page
        assert other.reference not in page
        assert "1 referral matches." in page
        chips = {text_of(one): one.get("href") for one in markup.read(page).all("a", class_="app-chip")}
        names = ("Urgency: Soon", "Category: Health and care", "Category: Benefits and money")
        assert list(chips) == [f"Take away {name} ×" for name in names]
        without = "/queue?tab=team&sort=newest&urgency=soon&category=welfare"
        assert chips["Take away Category: Health and care ×"] == without
        page = browser.get("/queue?tab=team").text
        assert other.reference in page
        assert "app-chip" not in page

    def test_me_and_nobody_are_understood_of_whoever_reads(self, app: Flask, visit: Visit) -> None:
        mine, nobodys = make_referral("accepted"), make_referral()
        for person, address, shown in (
            (people.CASEWORKER, "assignee=me", mine),
            (people.MANAGER, f"assignee={people.CASEWORKER.id}", mine),
            (people.MANAGER, "assignee=nobody", nobodys),
        ):
            page = visit(person).get(f"/queue?tab=team&{address}").text
            assert [one.reference in page for one in (mine, nobodys)] == [one is shown for one in (mine, nobodys)]

    @pytest.mark.parametrize("given", [f"assignee={people.OTHER_CASEWORKER.id}", f"area={people.THURCROFT.id}"])
    def test_an_id_from_elsewhere_refuses_the_whole_page(self, app: Flask, visit: Visit, given: str) -> None:
        make_referral()
        browser = visit(people.MANAGER)
        assert browser.get(f"/queue?tab=team&{given}").status_code == 404
        nothing = browser.get(f"/queue?tab=team&{given.partition('=')[0]}={people.id_of('nobody')}")
        assert nothing.status_code == 404

    def test_when_nothing_matches_it_says_so(self, app: Flask, visit: Visit) -> None:
        make_referral()
        page = visit(people.MANAGER).get("/queue?tab=team&category=housing").text
        assert "Nothing matches these filters" in page
        assert "Clear filters" in page

    def test_every_filter_that_is_chosen_is_ticked_in_the_form(self, app: Flask, visit: Visit) -> None:
        make_referral()
        address = f"/queue?tab=team&state=submitted&only=overdue&age=1-month&area={people.WHITE_CITY.id}&sort=changed"
        page = markup.read(visit(people.MANAGER).get(address).text)
        ticked = {one.get("value") for one in page.all("input", type="checkbox") if one.get("checked") is not None}
        chosen = {one.get("value") for one in page.all("option") if one.get("selected") is not None}
        assert ticked == {"submitted", "overdue"}
        assert chosen == {"1-month", str(people.WHITE_CITY.id)}


class TestWhatNobodyHasPlanned:
    @staticmethod
    def forget(reference: str, **changes: Any) -> None:
        """Take away what was planned, as an import may leave it."""
        referral = queries.referral(reference, people.CASEWORKER.viewer)
        with transaction():
            for name, value in changes.items():
                setattr(referral, name, value)
            record("referral.read", by=people.CASEWORKER.viewer, subject=("referral", referral.id))

    def test_it_stands_first_with_the_reason_and_is_mended_by_one_click(self, app: Flask, visit: Visit) -> None:
        with clock.clock_at(clock.now() - timedelta(days=40)):
            late = make_referral("accepted")
        naked = make_referral("in_progress")
        self.forget(str(naked.reference), next_action=None)
        browser = visit(people.CASEWORKER)
        page = browser.get("/queue?tab=mine").text
        assert page.index(str(naked.reference)) < page.index(str(late.reference))
        assert "Nobody has said what happens next" in page
        address = f"/referrals/{naked.reference}/next-action"
        assert f'href="{address}"' in page
        day = soon()
        sent = {"next_action": "Ring the council"} | dict(
            zip(
                ("next_action_on-day", "next_action_on-month", "next_action_on-year"),
                (day.day, day.month, day.year),
                strict=True,
            )
        )
        assert browser.send(address, sent).status_code == 303
        assert "Nobody has said" not in browser.get("/queue?tab=mine").text

    def test_a_new_one_without_a_day_can_be_given_one(self, app: Flask, visit: Visit) -> None:
        new = make_referral()
        self.forget(str(new.reference), due_on=None, next_action_on=None)
        browser = visit(people.MANAGER)
        assert "No day is set" in browser.get("/queue").text
        day = soon()
        page = browser.get(f"/referrals/{new.reference}/next-action")
        assert "Decide whether to take this on" in page.text
        parts = {"day": day.day, "month": day.month, "year": day.year}
        sent = {f"next_action_on-{part}": number for part, number in parts.items()}
        assert browser.send(page, sent).status_code == 303
        db.session.expire_all()
        found = queries.referral(str(new.reference), people.MANAGER.viewer)
        assert (found.due_on, found.state, found.waiting_on) == (day, "submitted", "office")

    def test_taking_one_says_what_is_missing(self, app: Flask, visit: Visit) -> None:
        new = make_referral()
        self.forget(str(new.reference), due_on=None, next_action_on=None)
        browser = visit(people.CASEWORKER)
        page = browser.get("/queue?tab=unassigned")
        answer = browser.send(page, {"take": take_value(page.text, str(new.reference))}, form=-1)
        assert "Say what you will do next, and on which day." in browser.get(answer.location).text


class TestTaking:
    def test_it_leads_back_to_the_same_list(self, app: Flask, visit: Visit) -> None:
        new = make_referral()
        browser = visit(people.CASEWORKER)
        page = browser.get("/queue?tab=unassigned&category=welfare&sort=newest")
        answer = browser.send(page, {"take": take_value(page.text, str(new.reference))}, form=-1)
        assert answer.location == "/queue?tab=unassigned&sort=newest&category=welfare#list"

    def test_one_click_assigns_it_to_me(self, app: Flask, visit: Visit) -> None:
        new = make_referral()
        browser = visit(people.CASEWORKER)
        page = browser.get("/queue?tab=unassigned")
        answer = browser.send(page, {"take": take_value(page.text, str(new.reference))}, form=-1)
        assert answer.status_code == 303
        assert "is assigned to you" in browser.get(answer.location).text
        db.session.expire_all()
        assert queries.referral(str(new.reference), people.CASEWORKER.viewer).assignee_id == people.CASEWORKER.id

    def test_two_lines_of_one_page_can_both_be_taken(self, app: Flask, visit: Visit) -> None:
        first, second = make_referral(), make_referral()
        browser = visit(people.CASEWORKER)
        page = browser.get("/queue?tab=unassigned")
        for one in (first, second):
            browser.send(page, {"take": take_value(page.text, str(one.reference))}, form=-1)
        mine = browser.get("/queue?tab=mine").text
        assert str(first.reference) in mine
        assert str(second.reference) in mine

    def test_a_double_click_assigns_once_and_shows_no_fault(self, app: Flask, visit: Visit) -> None:
        new = make_referral()
        browser = visit(people.CASEWORKER)
        page = browser.get("/queue?tab=unassigned")
        sent = {"take": take_value(page.text, str(new.reference))}
        locations = {browser.send(page, sent, form=-1).location for _ in range(2)}
        assert len(locations) == 1
        assert "was not assigned" not in browser.get(locations.pop()).text

    def test_who_comes_second_is_told(self, app: Flask, visit: Visit) -> None:
        new = make_referral()
        slow = visit(people.SECOND_CASEWORKER)
        page = slow.get("/queue?tab=unassigned")
        do(new, "assign", people.CASEWORKER, assignee=people.CASEWORKER.id, reason=None)
        answer = slow.send(page, {"take": take_value(page.text, str(new.reference))}, form=-1)
        assert "was not assigned to you" in slow.get(answer.location).text

    @pytest.mark.parametrize(
        "value", ["", "nonsense", "R-0000-000 1", "R-7K3F-92X", "R-7K3F-92X ²", "\0 1", "x" * 5000]
    )
    def test_a_made_up_line_is_not_found(self, app: Flask, visit: Visit, value: str) -> None:
        assert visit(people.CASEWORKER).post("/queue/take", {"take": value}).status_code == 404

    def test_a_referral_of_another_office_is_not_found(self, app: Flask, visit: Visit) -> None:
        foreign = make_referral()
        sent = {"take": f"{foreign.reference} {foreign.version}"}
        assert visit(people.OTHER_CASEWORKER).post("/queue/take", sent).status_code == 404


class TestCost:
    def test_the_number_of_queries_is_the_same_for_5_rows_and_for_50(self, app: Flask, visit: Visit) -> None:
        browser = visit(people.MANAGER)
        numbers = []
        for more in (5, 45):
            for _ in range(more):
                make_referral()
            browser.get("/queue")
            with counted_queries() as statements:
                page = browser.get("/queue")
            numbers.append(len(statements))
        assert page.text.count(">Assign to me<") == 50
        assert numbers[0] == numbers[1]
        assert numbers[0] <= 8
        assert len(page.data) < 60_000

    def test_the_next_page_goes_on_where_this_one_ended(self, app: Flask, visit: Visit) -> None:
        sent = {str(make_referral().reference) for _ in range(55)}
        browser = visit(people.MANAGER)
        first = browser.get("/queue").text
        start = first.index('href="/queue?tab=unassigned&amp;after=') + len('href="')
        second = browser.get(first[start : first.index('"', start)].replace("&amp;", "&")).text
        seen = [{reference for reference in sent if reference in page} for page in (first, second)]
        assert [len(found) for found in seen] == [50, 5]
        assert seen[0] | seen[1] == sent


def test_the_form_of_the_list_carries_its_key(app: Flask, visit: Visit) -> None:
    make_referral()
    action, fields = forms_of(visit(people.MANAGER).get("/queue"))[-1]
    assert action == "/queue/take?tab=unassigned"
    assert {"csrf_token", "form_key"} <= fields.keys()
