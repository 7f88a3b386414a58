"""Four weeks after closing, on the pages: the list at home, how to ask safely, the form, and what both sides read."""

import json
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from referrals.audit.models import AuditEntry
from referrals.casework.models import LaterAnswer, Referral
from referrals.foundation.clock import LONDON, clock_at
from referrals.foundation.database import db, transaction
from tests.casework import cases
from tests.markup import faults, read, text_of
from tests.people import CASEWORKER, LEAD, OTHER_LEAD, SECOND_VOLUNTEER, VOLUNTEER
from tests.plugins.visitors import Visitor

Visit = Callable[..., Visitor]
CLOSED = datetime(2026, 10, 5, 10, 0, tzinfo=LONDON)
DUE = CLOSED + timedelta(days=28)
TITLE = "Four weeks later: ask how they are"
DAY = {"on-day": "2", "on-month": "11", "on-year": "2026"}
ANSWERS = {"helped_forward": "yes", "is_solved": "partly", "less_worried": "declined"}
SAID = {"result": "answered", **ANSWERS, "way": "by_phone", **DAY, "words": "The lift works"}


@pytest.fixture
def referral(app: Flask) -> Iterator[Referral]:
    """A referral that was closed four weeks ago."""
    with clock_at(CLOSED):
        found = cases.make_referral("closed")
    with clock_at(DUE):
        yield found


def form_of(referral: Referral) -> str:
    asked = db.session.scalars(select(LaterAnswer).where(LaterAnswer.referral_id == referral.id)).one()
    return f"/referrals/{referral.reference}/after-four-weeks/{asked.id}"


def page_of(referral: Referral) -> str:
    return f"/referrals/{referral.reference}"


def test_home_lists_it_from_the_day_it_is_due(app: Flask, visit: Visit, referral: Referral) -> None:
    for who in (VOLUNTEER, LEAD):
        page = visit(who).get("/referrals").text
        assert TITLE in page
        assert f'href="{form_of(referral)}"' in page
        assert faults(page) == []
    for stranger in (SECOND_VOLUNTEER, OTHER_LEAD):
        assert TITLE not in visit(stranger).get("/referrals").text
    with clock_at(DUE - timedelta(days=1)):
        assert TITLE not in visit(VOLUNTEER).get("/referrals").text


def test_the_page_says_how_to_ask_safely_and_leaves_its_event(app: Flask, visit: Visit, referral: Referral) -> None:
    visitor = visit(VOLUNTEER)
    reads = select(AuditEntry).where(AuditEntry.subject_id == referral.id, AuditEntry.action == "referral.read")
    before = len(db.session.scalars(reads).all())
    page = visitor.get(form_of(referral)).text
    assert faults(page) == []
    words = text_of(read(page).one("main"))
    assert "Safe ways: telephone" in words or "Safe ways:" in words
    assert "Do not leave a message." in words
    assert "After 30 November 2026 it is not asked any more" in words
    assert len(db.session.scalars(reads).all()) == before + 1


def test_who_wants_to_hear_from_nobody_else_is_asked_by_the_volunteer_alone(app: Flask, visit: Visit) -> None:
    with clock_at(CLOSED):
        found = cases.make_referral("outcome_recorded")
        with transaction():
            assert found.resident
            found.resident.safe_contact = {"through": "volunteer"}
            cases.record("referral.read", by=VOLUNTEER.viewer, subject=("referral", found.id))
        cases.do(found, "confirm_outcome", VOLUNTEER)
    with clock_at(DUE):
        page = visit(VOLUNTEER).get(form_of(found)).text
    assert "They asked that nobody contacts them but you" in page
    assert "Contact the group instead" not in page


def test_what_was_said_is_read_by_both_sides(app: Flask, visit: Visit, referral: Referral) -> None:
    visitor = visit(VOLUNTEER)
    assert "Four weeks have passed: how are they now?" in visitor.get(page_of(referral)).text
    assert visitor.post(form_of(referral), SAID).location == page_of(referral)
    for who in (VOLUNTEER, CASEWORKER):
        page = visit(who).get(page_of(referral)).text
        assert faults(page) == []
        words = text_of(read(page).one("main"))
        assert "They answered, 2 November 2026 (by phone)" in words
        assert "Is it solved? Partly" in words
        assert "Are you less worried? Did not want to say" in words
        assert "The lift works" in words
        assert "Four weeks have passed: how are they now?" not in page
    assert TITLE not in visitor.get("/referrals").text


def test_the_office_reads_when_it_will_be_asked(app: Flask, visit: Visit, referral: Referral) -> None:
    page = visit(CASEWORKER).get(page_of(referral)).text
    assert "To be asked by the group from 2 November 2026 to 30 November 2026" in page
    assert "Four weeks have passed: how are they now?" not in page
    assert visit(CASEWORKER).get(form_of(referral)).status_code == 403


@pytest.mark.parametrize(
    ("sent", "fault"),
    [
        ({}, "Say what came of asking"),
        ({"result": "answered", "way": "by_phone", **DAY}, "at least one of the three questions"),
        ({"result": "answered", "is_solved": "yes", **DAY}, "Say how you asked"),
        ({"result": "answered", "is_solved": "yes", "way": "by_phone"}, "Enter the day they answered"),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_stays(
    app: Flask, visit: Visit, referral: Referral, sent: dict[str, Any], fault: str
) -> None:
    answer = visit(VOLUNTEER).post(form_of(referral), {**sent, "words": "The lift works"})
    assert answer.status_code == 422
    assert "<title>Error: " in answer.text
    assert fault in answer.text
    assert "The lift works" in answer.text
    assert faults(answer.text) == []


def test_no_answer_takes_two_clicks(app: Flask, visit: Visit, referral: Referral) -> None:
    assert visit(VOLUNTEER).post(form_of(referral), {"result": "not_reached", **DAY}).status_code == 303
    assert "They could not be reached, 2 November 2026" in visit(CASEWORKER).get(page_of(referral)).text


def test_it_opens_neither_too_early_nor_again(app: Flask, visit: Visit, referral: Referral) -> None:
    visitor = visit(VOLUNTEER)
    with clock_at(DUE - timedelta(days=1)):
        assert visitor.get(form_of(referral)).status_code == 409
    assert visitor.post(form_of(referral), SAID).status_code == 303
    assert visit(LEAD).get(form_of(referral)).status_code == 409


def test_the_card_has_the_questions_to_tear_off(app: Flask, visit: Visit, referral: Referral) -> None:
    page = visit(VOLUNTEER).get(f"{page_of(referral)}/card").text
    torn = text_of(read(page).one("section", class_="app-torn"))
    assert referral.reference is not None
    assert referral.reference in torn
    for words in ("Did it help you find a way forward?", "Is it solved?", "Are you less worried?", "☐ Partly"):
        assert words in torn
    assert cases.NAME not in torn


def test_taken_away_the_case_says_it_too(app: Flask, visit: Visit, referral: Referral) -> None:
    visit(VOLUNTEER).post(form_of(referral), SAID)
    pack = visit(CASEWORKER).post(f"{page_of(referral)}/pack", {"file": "json", "chosen": "outcome"})
    [later] = json.loads(pack.data)["after_four_weeks"]
    assert (later["standing"], later["is_solved"], later["words"]) == ("answered", "partly", "The lift works")
