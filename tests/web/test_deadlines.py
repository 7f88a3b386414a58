"""The rights clock on the pages: recording a date, reading what follows, changing it, ending it, and the queue."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

import pytest
from flask import Flask

from referrals.casework import actions, queries
from referrals.casework.models import DatedEvent, Referral
from referrals.foundation import clock
from referrals.foundation.clock import clock_at, today
from referrals.foundation.database import transaction
from referrals.web.forms.deadlines import read_time
from tests import markup, people
from tests.casework.cases import do, make_referral
from tests.casework.deadlines.test_dates import note_date
from tests.plugins.visitors import Visitor
from tests.web.test_milestones import day_fields
from tests.web.test_referrals import counted_queries, path_of

Visit = Callable[..., Visitor]


@pytest.fixture
def referral(app: Flask) -> Referral:
    """A referral about a disability benefit that the office works on."""
    return make_referral("in_progress")


def letter(referral: Referral, ago: int, kind: str = "homeless_decision") -> DatedEvent:
    """A date so many days ago, by default one from which 21 days run that it begins."""
    return note_date(referral, kind, today() - timedelta(days=ago))


def path_to(referral: Referral, event: DatedEvent, *more: str) -> str:
    return path_of(referral, "dates", str(event.id), *more)


def words_of(day: date) -> str:
    return f"{day:%A} {day.day} {day:%B %Y}"


def section_of(page: str) -> str:
    """The deadlines on a referral's page."""
    start = page.index('<section aria-labelledby="deadlines">')
    return page[start : page.index("</section>", start)]


class TestRecording:
    @pytest.mark.parametrize("person", [people.VOLUNTEER, people.CASEWORKER], ids=["group", "office"])
    def test_either_side_records_what_both_read(
        self, app: Flask, visit: Visit, referral: Referral, person: people.Someone
    ) -> None:
        browser = visit(person)
        page = browser.get(path_of(referral)).text
        assert "Does any of these dates apply?" in page
        assert path_of(referral, "dates", "new", "benefit_decision") in page
        day = today() - timedelta(days=3)
        sent = {"words": "Brown envelope", **day_fields("day", day)}
        answer = browser.send(path_of(referral, "dates", "new", "benefit_decision"), sent)
        assert answer.location == path_of(referral) + "#deadlines"
        for reader in (people.VOLUNTEER, people.CASEWORKER):
            shown = section_of(visit(reader).get(path_of(referral)).text)
            assert "Ask DWP to look at the decision again" in shown
            assert "to the same day of the month" in shown
            assert "SI 2013/381" in shown
            assert "Read in November 2026" in shown
            assert "Check the letter." in shown
            assert "DWP may refuse to look again" in shown
            assert "Brown envelope" in shown
            assert path_of(referral, "dates", "new", "benefit_decision") not in shown

    def test_the_time_of_day_is_asked_where_hours_count(self, app: Flask, visit: Visit, referral: Referral) -> None:
        browser = visit(people.CASEWORKER)
        page = path_of(referral, "dates", "new", "emergency_hazard_known")
        day = today() - timedelta(days=1)
        assert browser.send(page, {"moment": "2.30pm", **day_fields("day", day)}).status_code == 303
        (found,) = queries.dated(referral, people.CASEWORKER.viewer).deadlines
        assert found.event.moment == datetime.combine(day, time(14, 30), clock.LONDON)
        shown = section_of(browser.get(path_of(referral)).text)
        assert f"{words_of(today())} at 2:30pm" in shown

    @pytest.mark.parametrize(
        ("kind", "sent", "field"),
        [
            ("benefit_decision", {}, "day-day"),
            ("benefit_decision", {"day-day": "31", "day-month": "2", "day-year": "2026"}, "day-day"),
            ("benefit_decision", {"day-day": "1", "day-month": "1", "day-year": "2199"}, "day-day"),
            ("benefit_decision", {"day-day": "1", "day-month": "1", "day-year": "1999"}, "day-day"),
            ("appointment", {"day-day": "1", "day-month": "1", "day-year": "2050"}, "day-day"),
            ("data_breach", {"day-day": "1", "day-month": "1", "day-year": "2026", "moment": "25:00"}, "moment"),
            ("data_breach", {"day-day": "1", "day-month": "1", "day-year": "2026", "moment": "soon"}, "moment"),
        ],
    )
    def test_what_cannot_be_is_refused_beside_its_field(
        self, app: Flask, visit: Visit, referral: Referral, kind: str, sent: dict[str, str], field: str
    ) -> None:
        page = visit(people.CASEWORKER).send(path_of(referral, "dates", "new", kind), sent)
        assert page.status_code == 422
        assert f'href="#{field}' in page.text

    def test_a_double_click_records_once(self, app: Flask, visit: Visit, referral: Referral) -> None:
        browser = visit(people.VOLUNTEER)
        page = browser.get(path_of(referral, "dates", "new", "benefit_decision"))
        for _ in range(3):
            assert browser.send(page, day_fields("day", today())).status_code == 303
        assert len(queries.dated(referral, people.VOLUNTEER.viewer).standing) == 1

    def test_there_are_no_other_kinds(self, app: Flask, visit: Visit, referral: Referral) -> None:
        for kind in ("nonsense", "..", "%00", "x" * 300):
            answer = visit(people.CASEWORKER).get(path_of(referral, "dates", "new", kind))
            assert answer.status_code in {404, 308}

    def test_all_kinds_that_can_matter_are_offered(self, app: Flask, visit: Visit, referral: Referral) -> None:
        page = visit(people.VOLUNTEER).get(path_of(referral, "dates", "new")).text
        assert page.index("Decision letter about a benefit") < page.index("Council got the MP’s enquiry")
        assert "homelessness decision" not in page

    def test_the_key_date_is_asked_about(self, app: Flask, visit: Visit) -> None:
        referral = make_referral("accepted", key_date=date(2026, 12, 3), key_date_note="Court")
        page = visit(people.CASEWORKER).get(path_of(referral)).text
        assert "This referral names 3 December 2026 as a key date" in page

    def test_the_rules_are_shown_with_their_sources(self, app: Flask, visit: Visit, referral: Referral) -> None:
        page = visit(people.VOLUNTEER).get(path_of(referral, "dates", "rules")).text
        assert "Housing Benefit and Council Tax Benefit (Decisions and Appeals) Regulations" in page
        assert "Check this rule." in page
        assert "Housing Act 1996" not in page


class TestReading:
    def test_the_last_resort_waits_until_the_limit_has_gone(self, app: Flask, visit: Visit, referral: Referral) -> None:
        letter(referral, 3, "benefit_decision")
        browser = visit(people.CASEWORKER)
        assert "Last possible day" not in section_of(browser.get(path_of(referral)).text)
        letter(referral, 60, "benefit_decision")
        assert section_of(browser.get(path_of(referral)).text).count(">Last possible day") == 1

    def test_a_near_limit_is_on_the_strip(self, app: Flask, visit: Visit, referral: Referral) -> None:
        event = letter(referral, 16)
        last = today() + timedelta(days=4)
        page = visit(people.CASEWORKER).get(path_of(referral)).text
        strip = markup.text_of(markup.read(page).one("section", class_="app-strip"))
        assert "4 days left:" in strip
        assert words_of(last) in strip
        assert f'href="#deadline-{event.id}-homeless_review"' in page

    @pytest.mark.parametrize(
        ("ago", "words"),
        [(20, "Today is the last day"), (19, "1 day left"), (21, "Passed 1 day ago"), (12, "8 days left")],
    )
    def test_days_left_in_words(self, app: Flask, visit: Visit, referral: Referral, ago: int, words: str) -> None:
        letter(referral, ago)
        page = visit(people.VOLUNTEER).get(path_of(referral)).text
        assert words in section_of(page)
        assert ("app-strip__pressing" in page) == (ago > 12)

    def test_an_appointment_is_named_by_its_words(self, app: Flask, visit: Visit, referral: Referral) -> None:
        tomorrow = today() + timedelta(days=1)
        note_date(referral, "appointment", tomorrow, words="Hearing at Fox Court")
        page = visit(people.CASEWORKER).get(path_of(referral)).text
        assert "Tomorrow" in section_of(page)
        assert "Hearing at Fox Court" in markup.text_of(markup.read(page).one("section", class_="app-strip"))

    def test_what_was_not_read_in_a_primary_source_says_so(self, app: Flask, visit: Visit, referral: Referral) -> None:
        letter(referral, 2, "nhs_complaint")
        assert "Check this rule." in section_of(visit(people.CASEWORKER).get(path_of(referral)).text)

    def test_the_timeline_tells_of_it(self, app: Flask, visit: Visit, referral: Referral) -> None:
        letter(referral, 2)
        page = visit(people.CASEWORKER).get(path_of(referral)).text
        assert "Date recorded: Person was told of a homelessness decision" in page

    def test_what_the_resident_did_not_agree_to_is_not_told(self, app: Flask, visit: Visit) -> None:
        referral = make_referral("accepted", told="status")
        note_date(referral, "homeless_decision", today(), people.CASEWORKER, words="From the council")
        page = visit(people.VOLUNTEER).get(path_of(referral)).text
        assert "Ask the council to review" not in page
        assert "From the council" not in page

    def test_it_costs_the_same_however_many_there_are(self, app: Flask, visit: Visit, referral: Referral) -> None:
        browser, numbers = visit(people.CASEWORKER), []
        for more in (1, 8):
            for ago in range(more):
                letter(referral, ago + 10)
            browser.get(path_of(referral))
            with counted_queries() as statements:
                page = browser.get(path_of(referral))
            numbers.append(len(statements))
        assert numbers[0] == numbers[1]
        assert page.text.count('class="app-deadline') >= 9

    def test_an_ended_referral_asks_for_no_dates(self, app: Flask, visit: Visit) -> None:
        page = visit(people.CASEWORKER).get(path_of(make_referral("closed"))).text
        assert "Does any of these dates apply?" not in page
        assert "Record a date" in page


class TestDeciding:
    def test_another_last_day_is_shown_with_who_and_why(self, app: Flask, visit: Visit, referral: Referral) -> None:
        event, browser = letter(referral, 2), visit(people.VOLUNTEER)
        last = today() + timedelta(days=40)
        change = path_to(referral, event, "homeless_review", "change")
        assert browser.send(change, {"reason": "More time was given", **day_fields("day", last)}).status_code == 303
        shown = section_of(visit(people.CASEWORKER).get(path_of(referral)).text)
        assert words_of(last) in shown
        assert people.VOLUNTEER.name in shown
        assert "More time was given" in shown
        assert "By the rule it would be" in shown
        office = visit(people.CASEWORKER)
        assert office.send(change, form=-1).location == path_of(referral) + "#deadlines"
        assert words_of(last) not in section_of(office.get(path_of(referral)).text)

    def test_a_reason_is_asked_for(self, app: Flask, visit: Visit, referral: Referral) -> None:
        change = path_to(referral, letter(referral, 2), "homeless_review", "change")
        page = visit(people.VOLUNTEER).send(change, day_fields("day", today()))
        assert 'href="#reason"' in page.text

    @pytest.mark.parametrize(
        ("sent", "field"),
        [
            ({}, "how"),
            ({"how": "met", "day-day": "", "day-month": "", "day-year": ""}, "day-day"),
            ({"how": "met", "day-day": "1", "day-month": "1", "day-year": "2099"}, "day-day"),
            ({"how": "dropped"}, "reason"),
            ({"how": "nonsense"}, "how"),
        ],
    )
    def test_an_end_without_its_answer_is_refused(
        self, app: Flask, visit: Visit, referral: Referral, sent: dict[str, str], field: str
    ) -> None:
        end = path_to(referral, letter(referral, 2), "homeless_review", "end")
        page = visit(people.CASEWORKER).send(end, sent)
        assert page.status_code == 422
        assert f'href="#{field}' in page.text

    def test_what_is_over_is_put_away_and_can_be_opened_again(
        self, app: Flask, visit: Visit, referral: Referral
    ) -> None:
        event, browser = letter(referral, 16), visit(people.CASEWORKER)
        end = path_to(referral, event, "homeless_review", "end")
        assert browser.send(end, {"how": "met", **day_fields("day", today())}).status_code == 303
        page = browser.get(path_of(referral)).text
        assert "app-strip__pressing" not in page
        assert f"Done on {today().day} {today():%B %Y} ({people.CASEWORKER.name})" in section_of(page)
        again = browser.send(end, {"how": "dropped", "reason": "Once more"})
        assert "This deadline is over" in again.text
        assert browser.post(path_to(referral, event, "homeless_review", "open-again")).status_code == 303
        assert "app-strip__pressing" in browser.get(path_of(referral)).text
        refused = browser.post(path_to(referral, event, "homeless_review", "open-again"))
        assert "This could not be done" in refused.text

    def test_a_wrong_date_is_taken_back_with_a_reason(self, app: Flask, visit: Visit, referral: Referral) -> None:
        event, browser = letter(referral, 16), visit(people.CASEWORKER)
        withdraw = path_to(referral, event, "withdraw")
        assert 'href="#reason"' in browser.send(withdraw).text
        assert browser.send(withdraw, {"reason": "Another person’s letter"}).status_code == 303
        page = browser.get(path_of(referral)).text
        assert "Ask the council to review" not in section_of(page)
        assert "Another person’s letter" in page
        assert browser.get(withdraw).status_code == 404


class TestQueue:
    def test_a_near_limit_is_marked_and_stands_on_top(self, app: Flask, visit: Visit, referral: Referral) -> None:
        with clock_at(datetime.now(UTC) - timedelta(days=20)):
            late = make_referral("in_progress")
        letter(referral, 16)
        gone = make_referral("in_progress")
        letter(gone, 30)
        page = visit(people.CASEWORKER).get("/queue?tab=mine").text
        order = [page.index(str(one.reference)) for one in (gone, referral, late)]
        assert order == sorted(order)
        marks = [markup.text_of(mark) for mark in markup.read(page).all("strong", class_="app-urgency--urgent")]
        last, was = today() + timedelta(days=4), today() - timedelta(days=10)
        assert marks == [f"Last day was {was.day} {was:%b}", f"Last day {last.day} {last:%b}"]


class TestClock:
    def test_the_strip_says_that_the_clock_stands(self, app: Flask, visit: Visit, referral: Referral) -> None:
        for reader in (people.CASEWORKER, people.VOLUNTEER):
            assert "clock stopped" not in visit(reader).get(path_of(referral)).text
        do(referral, "request_information", people.CASEWORKER)
        office, group = (visit(one).get(path_of(referral)).text for one in (people.CASEWORKER, people.VOLUNTEER))
        assert f"Your clock stopped on {today().day} {today():%B %Y}" in office
        assert "The office’s clock stopped on" in group
        do(referral, "provide_information", people.VOLUNTEER)
        assert "clock stopped" not in visit(people.CASEWORKER).get(path_of(referral)).text

    def test_it_stands_for_an_agency_too_with_the_days_left(self, app: Flask, visit: Visit, referral: Referral) -> None:
        with transaction():
            actions.set_waiting_on(referral, "agency", by=people.CASEWORKER.viewer, version=None)
        page = visit(people.CASEWORKER).get(path_of(referral)).text
        assert f"with {referral.days_left} working days left" in page


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("14:30", time(14, 30)),
        ("2.30pm", time(14, 30)),
        ("2:30 PM", time(14, 30)),
        ("9am", time(9)),
        ("12am", time(0)),
        ("12pm", time(12)),
        ("midday", time(12)),
        ("0:05", time(0, 5)),
        ("14", None),
        ("24:00", None),
        ("13pm", None),
        ("0am", None),
        ("12:60", None),
        ("", None),
        ("half past two", None),
    ],
)
def test_times_are_read_as_people_type_them(typed: str, meant: time | None) -> None:
    assert read_time(typed) == meant
