"""Enquiries on the pages: asking a body with the resident's agreement, its answer, and what each side reads of it."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask

from referrals.casework import actions, policy, queries
from referrals.casework.models import Enquiry, Referral
from referrals.directory import lists
from referrals.foundation.clock import clock_at, now, today
from referrals.foundation.database import transaction
from referrals.web.filters import day
from tests import people
from tests.casework.cases import make_referral
from tests.casework.enquiries import ASKED, REPLY, answer, body, send
from tests.markup import read, text_of
from tests.plugins.visitors import Visitor
from tests.web.test_milestones import day_fields
from tests.web.test_referrals import events_of, path_of

Visit = Callable[..., Visitor]
DWP = "Department for Work and Pensions"
AGREED = {"given_by": "resident", "method": "by_phone"}
QUESTION = {"asked": ASKED, "channel": "mp_hotline"}


@pytest.fixture(autouse=True)
def _listed(app: Flask) -> None:
    with transaction():
        lists.load_lists()


@pytest.fixture
def referral(app: Flask) -> Referral:
    """A referral that the office has accepted."""
    return make_referral("accepted")


def ask(referral: Referral, code: str = "dwp", **changes: Any) -> Enquiry:
    with transaction():
        return send(queries.referral(str(referral.reference), people.CASEWORKER.viewer), code, **changes)


def page_to_ask(referral: Referral, code: str = "dwp") -> str:
    return path_of(referral, "enquiries", "new", code)


def section_of(page: str) -> str:
    """The enquiries on a referral's page."""
    start = page.index('<section aria-labelledby="enquiries">')
    return page[start : page.index('<section aria-labelledby="documents">', start)]


class TestAsking:
    @pytest.mark.parametrize(
        ("code", "title"),
        [("dwp", f"Enquiry to {DWP}"), ("housing_association", "Enquiry to a housing association")],
    )
    def test_the_page_is_headed_by_whom_it_asks(self, visit: Visit, referral: Referral, code: str, title: str) -> None:
        page = visit(people.CASEWORKER).get(page_to_ask(referral, code))
        assert text_of(read(page.text).one("h1")) == title

    def test_the_agreement_and_the_question_are_one_step(self, app: Flask, visit: Visit, referral: Referral) -> None:
        browser = visit(people.CASEWORKER)
        shown = section_of(browser.get(path_of(referral)).text)
        assert "No body has been asked yet" in shown
        assert path_of(referral, "enquiries", "new") in shown
        page = browser.get(page_to_ask(referral))
        assert "Does the resident agree?" in page.text
        assert f"may contact this body about my problem: {DWP}" in page.text
        answer = browser.send(page, {**AGREED, **QUESTION})
        assert answer.location == path_of(referral) + "#enquiries"
        shown = section_of(browser.get(path_of(referral)).text)
        assert f"You asked on {day(today())}. An answer is due by" in shown
        assert "Hotline for MPs" in shown
        assert ASKED in shown
        again = browser.get(page_to_ask(referral)).text
        assert "Does the resident agree?" not in again
        assert f"Agreed on {day(today())} (the resident, said on the phone)." in again
        strip = queries.strip(
            queries.referral(str(referral.reference), people.CASEWORKER.viewer), people.CASEWORKER.viewer
        )
        assert (strip.state, strip.waiting_on) == ("in_progress", "agency")

    @pytest.mark.parametrize(
        ("sent", "field"),
        [
            ({"given_by": ""}, "given_by"),
            ({"given_by": "nobody"}, "given_by"),
            ({"method": ""}, "method"),
            ({"method": "none"}, "method"),
            (day_fields("given_on", date(2199, 1, 1)), "given_on-day"),
            ({"asked": ""}, "asked"),
            ({"channel": ""}, "channel"),
            ({"channel": "pigeon"}, "channel"),
            (day_fields("sent_on", date(2199, 1, 1)), "sent_on-day"),
            (day_fields("sent_on", date(2020, 1, 1)), "sent_on-day"),
            (day_fields("due_on", date(2020, 1, 1)), "due_on-day"),
            ({"due_on-day": ""}, "due_on-day"),
            ({"agency_reference": "x" * 201}, "agency_reference"),
        ],
    )
    def test_what_cannot_be_is_refused_beside_its_field(
        self, app: Flask, visit: Visit, referral: Referral, sent: dict[str, str], field: str
    ) -> None:
        page = visit(people.CASEWORKER).send(page_to_ask(referral), {**AGREED, **QUESTION, **sent})
        assert page.status_code == 422
        assert "<title>Error: " in page.text
        assert f'href="#{field}"' in page.text
        assert events_of(referral, "enquiry.sent") == 0

    def test_a_double_click_asks_once(self, app: Flask, visit: Visit, referral: Referral) -> None:
        browser = visit(people.CASEWORKER)
        page = browser.get(page_to_ask(referral))
        for _ in range(3):
            assert browser.send(page, {**AGREED, **QUESTION}).status_code == 303
        assert events_of(referral, "enquiry.sent") == 1

    def test_the_body_of_the_referral_comes_first(self, app: Flask, visit: Visit) -> None:
        referral = make_referral("in_progress", agency_id=body("ealing_council").id, agency_reference="CT 5")
        browser = visit(people.CASEWORKER)
        assert "New enquiry to Ealing Council" in section_of(browser.get(path_of(referral)).text)
        page = browser.get(path_of(referral, "enquiries", "new")).text
        assert page.index("Ealing Council") < page.index("All bodies") < page.index(DWP)
        assert 'value="CT 5"' in browser.get(page_to_ask(referral, "ealing_council")).text

    def test_a_case_that_is_over_is_not_asked_about(self, app: Flask, visit: Visit) -> None:
        referral = make_referral("closed")
        assert visit(people.CASEWORKER).get(page_to_ask(referral)).status_code == 409
        assert page_to_ask(referral) not in visit(people.CASEWORKER).get(path_of(referral)).text


class TestAnswers:
    def test_the_last_answer_gives_the_turn_back(self, app: Flask, visit: Visit, referral: Referral) -> None:
        enquiry = ask(referral)
        browser = visit(people.CASEWORKER)
        page = browser.get(path_of(referral, "enquiries", str(enquiry.id), "answer"))
        assert ASKED in page.text
        assert "It is your turn again" in page.text
        sent = {"result": "answered_in_part", "words": REPLY, "next_action": "Tell the group"}
        assert browser.send(page, sent).status_code == 303
        shown = browser.get(path_of(referral)).text
        assert "Next: tell the group" in shown
        assert f"An answer came on {day(today())}, the same day." in section_of(shown)
        assert REPLY in section_of(shown)
        assert "Answered in part" in section_of(shown)

    def test_with_others_open_nothing_else_is_asked(self, app: Flask, visit: Visit, referral: Referral) -> None:
        first = ask(referral)
        ask(referral, "hmrc")
        page = visit(people.CASEWORKER).get(path_of(referral, "enquiries", str(first.id), "answer")).text
        assert "It is your turn again" not in page

    @pytest.mark.parametrize(
        ("sent", "field"),
        [
            ({"result": ""}, "result"),
            ({"words": ""}, "words"),
            (day_fields("on", date(2199, 1, 1)), "on-day"),
            (day_fields("on", date(2020, 1, 1)), "on-day"),
            ({"next_action": ""}, "next_action"),
            (day_fields("next_action_on", date(2020, 1, 1)), "next_action_on-day"),
        ],
    )
    def test_what_cannot_be_is_refused_beside_its_field(
        self, app: Flask, visit: Visit, referral: Referral, sent: dict[str, str], field: str
    ) -> None:
        enquiry = ask(referral)
        given = {"result": "refused", "words": REPLY, **sent}
        page = visit(people.CASEWORKER).send(path_of(referral, "enquiries", str(enquiry.id), "answer"), given)
        assert f'href="#{field}"' in page.text
        assert events_of(referral, "enquiry.ended") == 0

    def test_an_answer_is_recorded_once(self, app: Flask, visit: Visit, referral: Referral) -> None:
        enquiry = ask(referral)
        browser = visit(people.CASEWORKER)
        page = browser.get(path_of(referral, "enquiries", str(enquiry.id), "answer"))
        with transaction():
            answer(enquiry)
        refused = browser.send(page, {"result": "refused", "words": "The other one's words"})
        assert "The answer to this enquiry is recorded already." in refused.text
        assert "The other one&#39;s words" in refused.text

    def test_reading_the_question_is_a_reading(self, app: Flask, visit: Visit, referral: Referral) -> None:
        enquiry = ask(referral)
        for page in ("answer", "change"):
            before = events_of(referral, "referral.read")
            visit(people.CASEWORKER).get(path_of(referral, "enquiries", str(enquiry.id), page))
            assert events_of(referral, "referral.read") == before + 1


class TestChasing:
    def test_the_chaser_that_is_ready_is_sent(self, app: Flask, visit: Visit) -> None:
        with clock_at(now() - timedelta(days=30)):
            referral = make_referral("accepted")
            enquiry = ask(referral)
        with transaction():
            assert actions.draft_chasers() == 1
        browser = visit(people.CASEWORKER)
        shown = section_of(browser.get(path_of(referral)).text)
        assert "A chaser is ready for you to send." in shown
        assert "Chase now" in shown
        page = browser.get(path_of(referral, "enquiries", str(enquiry.id), "chase"))
        assert f"Our reference: {referral.reference}." in page.text
        assert browser.send(page).location == path_of(referral) + "#enquiries"
        shown = section_of(browser.get(path_of(referral)).text)
        assert "A chaser is ready" not in shown
        assert f"{day(today())}, email" in shown
        told = browser.get(path_of(referral)).text
        assert f"Chased: {DWP}" in told[told.index('id="timeline"') :]

    @pytest.mark.parametrize(
        ("sent", "field"),
        [
            ({"words": ""}, "words"),
            ({"channel": ""}, "channel"),
            (day_fields("sent_on", date(2199, 1, 1)), "sent_on-day"),
            (day_fields("due_on", date(2020, 1, 1)), "due_on-day"),
        ],
    )
    def test_what_cannot_be_is_refused_beside_its_field(
        self, app: Flask, visit: Visit, referral: Referral, sent: dict[str, str], field: str
    ) -> None:
        enquiry = ask(referral)
        page = visit(people.CASEWORKER).send(path_of(referral, "enquiries", str(enquiry.id), "chase"), sent)
        assert f'href="#{field}"' in page.text
        assert events_of(referral, "enquiry.chased") == 0


class TestTheList:
    def rows(self, page: str) -> list[str]:
        return re.findall(r'app-queue__link" href="/referrals/([^#"]+)#', page)

    def test_what_waits_stands_in_it_the_longest_overdue_first(self, app: Flask, visit: Visit) -> None:
        browser = visit(people.MANAGER)
        assert "You wait for no answer" in browser.get("/enquiries").text
        with clock_at(now() - timedelta(days=60)):
            late = make_referral("in_progress")
            ask(late)
        fresh, ended = make_referral("in_progress"), make_referral("in_progress")
        ask(fresh, "hmrc")
        with transaction():
            answer(ask(ended))
        page = browser.get("/enquiries").text
        assert self.rows(page) == [late.reference, fresh.reference]
        assert "2 enquiries wait for an answer, and 1 is overdue." in page
        only = browser.get("/enquiries?agency=hmrc").text
        assert self.rows(only) == [fresh.reference]
        assert "1 enquiry waits for an answer." in only
        assert "You wait for nothing from this body" in browser.get("/enquiries?agency=dvla").text
        # An address somebody made up shows everything.
        assert len(self.rows(browser.get("/enquiries?agency=x&after=y").text)) == 2

    def test_another_office_sees_nothing_of_it(self, app: Flask, visit: Visit) -> None:
        ask(make_referral("in_progress"))
        assert self.rows(visit(people.OTHER_MANAGER).get("/enquiries").text) == []
        assert visit(people.VOLUNTEER).get("/enquiries").status_code == 403

    def test_its_pages_turn_by_key(self, app: Flask, visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("referrals.web.views.enquiries.PAGE_SIZE", 2)
        made = [make_referral("in_progress") for _ in range(3)]
        for number, referral in enumerate(made):
            ask(referral, due_on=today() + timedelta(days=10 - number))
            ask(referral, "hmrc", due_on=today() + timedelta(days=10 - number))
        browser, seen, address = visit(people.CASEWORKER), [], "/enquiries"
        while address:
            page = browser.get(address).text
            seen += self.rows(page)
            found = re.search(r'href="([^"]+)" rel="next"', page)
            address = found.group(1).replace("&amp;", "&") if found else ""
        assert seen == [referral.reference for referral in reversed(made) for _ in range(2)]


class TestWhatTheGroupReads:
    def told(self, visit: Visit, referral: Referral) -> str:
        return visit(people.VOLUNTEER).get(path_of(referral)).text

    def asked_and_answered(self, scope: str) -> Referral:
        referral = make_referral("accepted", told=scope)
        ask(referral, agency_reference="PIP 77")
        with transaction():
            answer(ask(referral, "hmrc"), "refused")
        return referral

    def test_nothing_where_it_may_be_told_nothing(self, app: Flask, visit: Visit) -> None:
        page = self.told(visit, self.asked_and_answered("none"))
        assert DWP not in page
        assert 'id="enquiries"' not in page
        assert "may contact a body" not in page
        self.no_words(page)

    @pytest.mark.parametrize("scope", ["status", "outcome"])
    def test_who_was_asked_and_by_when_where_it_may_be_told_how_far_it_is(
        self, app: Flask, visit: Visit, scope: str
    ) -> None:
        page = self.told(visit, self.asked_and_answered(scope))
        shown = section_of(page)
        assert f"The office asked on {day(today())}. An answer is due by" in shown
        assert DWP in shown
        assert f"An answer came on {day(today())}" in shown
        assert ("Refused to answer" in page) == (scope == "outcome")
        self.no_words(page)

    def test_all_of_it_where_it_may_be_told_everything(self, app: Flask, visit: Visit) -> None:
        shown = section_of(self.told(visit, self.asked_and_answered("full")))
        for words in (ASKED, REPLY, "PIP 77", "Refused to answer"):
            assert words in shown

    def test_taking_it_back_takes_it_all_away(self, app: Flask, visit: Visit) -> None:
        referral = self.asked_and_answered("full")
        with transaction():
            found = queries.referral(str(referral.reference), people.VOLUNTEER.viewer)
            for given in policy.standing(found, policy.OFFICE_TO_GROUP, today()):
                actions.withdraw_consent(given, by=people.VOLUNTEER.viewer)
        self.no_words(self.told(visit, referral))

    def test_it_gets_no_forms(self, app: Flask, visit: Visit) -> None:
        referral = self.asked_and_answered("full")
        assert "/enquiries/" not in self.told(visit, referral)

    @staticmethod
    def no_words(page: str) -> None:
        for words in (ASKED, REPLY, "PIP 77"):
            assert words not in page


class TestTimeline:
    def test_what_was_asked_and_answered_stands_in_it(self, app: Flask, visit: Visit, referral: Referral) -> None:
        with transaction():
            answer(ask(referral))
        page = visit(people.CASEWORKER).get(path_of(referral)).text
        told = page[page.index('id="timeline"') :]
        assert told.index(f"Answer from: {DWP}") < told.index(f"Asked: {DWP}")

    def test_what_is_late_says_so(self, app: Flask, visit: Visit) -> None:
        with clock_at(now() - timedelta(days=60)):
            referral = make_referral("in_progress")
            ask(referral)
        shown = section_of(visit(people.CASEWORKER).get(path_of(referral)).text)
        assert "Overdue" in shown
        assert "An answer was due by" in shown


def test_the_list_of_agreements_names_the_body(app: Flask, visit: Visit, referral: Referral) -> None:
    ask(referral)
    page = visit(people.CASEWORKER).get(path_of(referral, "consents")).text
    assert "The MP’s office may contact a body" in page
    assert DWP in page
