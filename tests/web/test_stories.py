"""The case studies of an organisation: the list, beginning one, and one as it stands for each side."""

import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from referrals.audit.models import AuditEntry
from referrals.casework.copies.pattern import child_tables
from referrals.foundation.clock import clock_at, now
from referrals.foundation.database import db
from referrals.stories.models import CaseStudy
from tests import markup, people
from tests.casework import cases
from tests.people import Someone
from tests.plugins.visitors import Visitor
from tests.stories.studies import PATHS, WORDS, again, make_study

Visit = Callable[..., Visitor]
WRITER, LEAD, OTHER = people.VOLUNTEER, people.LEAD, people.MANAGER


def number_of_studies() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(CaseStudy)) or 0


def titles_of(page: str) -> list[str]:
    return [markup.text_of(one) for one in markup.read(page).all("h2") if "list-" in (one.get("id") or "")]


class TestBeginning:
    def test_it_is_offered_on_a_finished_referral(self, app: Flask, visit: Visit) -> None:
        for state, offered in (("closed", True), ("in_progress", False), ("outcome_recorded", False)):
            page = visit(WRITER).get(f"/referrals/{cases.make_referral(state).reference}").text
            assert ("start a case study" in page) is offered

    def test_it_begins_with_what_is_known_in_general(self, app: Flask, visit: Visit) -> None:
        referral = cases.make_referral("closed")
        browser = visit(WRITER)
        answer = browser.send(f"/stories/new/{referral.reference}")
        assert answer.status_code == 303
        page = browser.get(answer.location).text
        assert "A resident in Wormholt and White City Big Local had waited over" in page
        assert "in regular payments" in page
        assert "lost his leg" not in page
        shown = browser.get(f"/referrals/{referral.reference}").text
        assert answer.location in shown
        assert "start a case study" not in shown

    def test_sent_twice_it_begins_once(self, app: Flask, visit: Visit) -> None:
        browser = visit(WRITER)
        page = browser.get(f"/stories/new/{cases.make_referral('closed').reference}")
        first, second = browser.send(page), browser.send(page)
        assert first.location == second.location
        assert number_of_studies() == 1

    def test_two_at_once_make_one(self, app: Flask, visit: Visit) -> None:
        reference = cases.make_referral("closed").reference
        first, second = visit(WRITER), visit(LEAD)
        pages = [browser.get(f"/stories/new/{reference}") for browser in (first, second)]
        assert first.send(pages[0]).status_code == 303
        refused = second.send(pages[1])
        assert refused.status_code == 422
        assert "already" in refused.text
        assert number_of_studies() == 1

    @pytest.mark.parametrize("who", [people.OTHER_LEAD, people.OTHER_CASEWORKER, people.SECOND_VOLUNTEER])
    def test_to_strangers_there_is_nothing(self, app: Flask, visit: Visit, who: Someone) -> None:
        study = make_study("announced")
        browser = visit(who)
        for rest in ("", "/preview", "/approve", "/answer", "/write/title", "/agreement"):
            assert browser.get(f"/stories/{study.id}{rest}").status_code == 404
        assert str(study.id) not in browser.get("/stories").text


class TestList:
    def test_says_what_will_be_there(self, app: Flask, visit: Visit) -> None:
        assert "Nothing here yet" in visit(WRITER).get("/stories").text

    def test_each_stands_under_how_it_stands(self, app: Flask, visit: Visit) -> None:
        for state in PATHS:
            make_study(state, title=f"Called {state}" if state != "draft" else "")
        page = visit(LEAD).get("/stories").text
        assert titles_of(page) == [
            "Waiting for approval 1",
            "Drafts 1",
            "With the other side 1",
            "Published 1",
            "Withdrawn or expired 1",
        ]
        assert "Called published" in page
        assert "Called withdrawn" not in page

    def test_the_other_side_sees_what_it_may_answer(self, app: Flask, visit: Visit) -> None:
        for state in PATHS:
            make_study(state)
        assert titles_of(visit(OTHER).get("/stories").text) == ["For you to answer 1", "Published 1"]

    def test_it_says_what_is_about_to_end(self, app: Flask, visit: Visit) -> None:
        make_study("published", agreed={"months": 1})
        with clock_at(now() + timedelta(days=14)):
            assert titles_of(visit(LEAD).get("/stories").text) == ["Agreement ends within 30 days 1"]


class TestOne:
    @pytest.mark.parametrize("state", PATHS)
    def test_it_is_shown_in_every_state(self, app: Flask, visit: Visit, state: str) -> None:
        study = make_study(state)
        for who in (WRITER, LEAD):
            page = visit(who).get(f"/stories/{study.id}")
            assert page.status_code == 200
            assert (WORDS["situation"] in page.text) is (state in ("draft", "waiting", "announced"))

    def test_reading_leaves_its_event(self, app: Flask, visit: Visit) -> None:
        study = make_study("waiting")
        browser = visit(LEAD)
        for rest in ("", "/preview", "/approve"):
            before = reads(study)
            browser.get(f"/stories/{study.id}{rest}")
            assert reads(study) == before + 1

    def test_what_says_who_it_is_is_pointed_out(self, app: Flask, visit: Visit) -> None:
        study = make_study(situation="Albert had waited.", tried="He paid £1,234.56 on 3 March.")
        page = visit(WRITER).get(f"/stories/{study.id}").text
        assert "“Albert” is the person’s name. Take it out." in page
        assert "“£1,234.56” may be an exact sum" in page
        assert "“3 March” may be an exact date" in page
        assert "1 thing to do" in page


class TestElsewhere:
    @pytest.mark.parametrize("private", [True, False])
    def test_it_is_in_the_case_as_a_file(self, app: Flask, visit: Visit, private: bool) -> None:
        study = make_study("draft", people.CASEWORKER)
        parts = ["case_studies", *(["private"] if private else [])]
        page = f"/referrals/{again(study).referral.reference}/pack"
        answer = visit(people.CASEWORKER).send(page, {"file": "json", "chosen": parts})
        assert answer.status_code == 200
        found = json.loads(answer.data)["case_studies"]
        assert [one["state"]["code"] for one in found] == (["draft"] if private else [])

    def test_no_copy_of_a_referral_has_one(self, app: Flask) -> None:
        copied = {table.name for table in child_tables()}
        assert "consents" in copied
        assert not {"case_studies", "story_agreements", "published_stories"} & copied


def reads(study: CaseStudy) -> int:
    db.session.rollback()
    where = (AuditEntry.subject_id == study.referral_id, AuditEntry.action == "case_study.read")
    return db.session.scalar(select(func.count()).select_from(AuditEntry).where(*where)) or 0
