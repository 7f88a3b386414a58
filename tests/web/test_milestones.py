"""Steps on the way, the next action, and whose turn it is."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from flask import Flask

from referrals.casework.models import Referral
from referrals.foundation import clock
from tests import people
from tests.casework.cases import do, make_referral, soon
from tests.plugins.visitors import Visitor

Visit = Callable[..., Visitor]


def path_of(referral: Referral, *more: str) -> str:
    return "/".join((f"/referrals/{referral.reference}", *more))


def day_fields(name: str, day: date) -> dict[str, str]:
    return {f"{name}-day": str(day.day), f"{name}-month": str(day.month), f"{name}-year": str(day.year)}


class TestSteps:
    def test_the_office_records_a_step_that_both_sides_read(self, app: Flask, visit: Visit) -> None:
        referral = make_referral("in_progress")
        browser = visit(people.CASEWORKER)
        day = clock.today() - timedelta(days=30)
        sent = {"code": "medical_assessment", "words": "At the hospital", **day_fields("happened_on", day)}
        answer = browser.send(path_of(referral, "milestones"), sent)
        assert answer.location == path_of(referral)
        for person in (people.CASEWORKER, people.VOLUNTEER):
            page = visit(person).get(path_of(referral)).text
            assert "Medical assessment" in page
            assert "At the hospital" in page
            assert f"{day.day} {day:%B %Y}" in page

    def test_the_group_may_record_one_too(self, app: Flask, visit: Visit) -> None:
        referral = make_referral("in_progress")
        answer = visit(people.VOLUNTEER).send(path_of(referral, "milestones"), {"code": "benefit_awarded"})
        assert answer.status_code == 303

    @pytest.mark.parametrize(
        ("sent", "field"),
        [
            ({"code": ""}, "code"),
            ({"code": "nonsense"}, "code"),
            (day_fields("happened_on", date(2199, 1, 1)), "happened_on-day"),
            ({"happened_on-day": "31", "happened_on-month": "2"}, "happened_on-day"),
            ({"happened_on-year": "26"}, "happened_on-year"),
            ({"words": "x" * 5001}, "words"),
        ],
    )
    def test_what_cannot_be_is_refused_beside_its_field(
        self, app: Flask, visit: Visit, sent: dict[str, str], field: str
    ) -> None:
        referral = make_referral("in_progress")
        given = {"code": "decision_made", **sent}
        page = visit(people.CASEWORKER).send(path_of(referral, "milestones"), given)
        assert page.status_code == 422
        assert f'href="#{field}' in page.text

    def test_a_double_click_records_once(self, app: Flask, visit: Visit) -> None:
        referral = make_referral("in_progress")
        browser = visit(people.CASEWORKER)
        page = browser.get(path_of(referral, "milestones"))
        for _ in range(3):
            assert browser.send(page, {"code": "hearing_held"}).status_code == 303
        assert browser.get(path_of(referral)).text.count("Hearing held") == 1


class TestNextAction:
    def test_it_is_changed(self, app: Flask, visit: Visit) -> None:
        referral = make_referral("in_progress")
        browser = visit(people.CASEWORKER)
        sent = {"next_action": "Telephone the department", **day_fields("next_action_on", soon(3))}
        answer = browser.send(path_of(referral, "next-action"), sent)
        assert answer.status_code == 303
        assert "Telephone the department" in browser.get(answer.location).text

    def test_who_comes_second_sees_both(self, app: Flask, visit: Visit) -> None:
        referral = make_referral("accepted")
        slow = visit(people.CASEWORKER)
        page = slow.get(path_of(referral, "next-action"))
        do(referral, "start", people.MANAGER, next_action="Visit the office")
        refused = slow.send(page, {"next_action": "Telephone the department"})
        assert refused.status_code == 409
        assert "Visit the office" in refused.text
        assert "Telephone the department" in refused.text
        assert slow.send(refused).status_code == 303

    @pytest.mark.parametrize("sent", [{"next_action": ""}, {"next_action": "x" * 201}, {"next_action_on-day": "0"}])
    def test_what_cannot_be_is_refused(self, app: Flask, visit: Visit, sent: dict[str, str]) -> None:
        page = visit(people.CASEWORKER).send(path_of(make_referral("in_progress"), "next-action"), sent)
        assert page.status_code == 422
        assert "<title>Error: " in page.text

    def test_it_cannot_be_planned_where_nothing_is_worked_on(self, app: Flask, visit: Visit) -> None:
        page = visit(people.CASEWORKER).send(
            path_of(make_referral("closed"), "next-action"),
            {"next_action": "Go on", **day_fields("next_action_on", soon())},
        )
        assert page.status_code == 422
        assert "has moved on" in page.text


class TestTurn:
    def test_it_can_be_a_public_bodys_turn(self, app: Flask, visit: Visit) -> None:
        referral = make_referral("in_progress")
        browser = visit(people.CASEWORKER)
        answer = browser.send(path_of(referral, "turn"), {"waiting_on": "agency"})
        assert answer.status_code == 303
        assert "A public body" in browser.get(answer.location).text

    @pytest.mark.parametrize("turn", ["referrer", "nonsense", ""])
    def test_it_cannot_be_just_anybodys(self, app: Flask, visit: Visit, turn: str) -> None:
        page = visit(people.CASEWORKER).send(path_of(make_referral("in_progress"), "turn"), {"waiting_on": turn})
        assert page.status_code == 422
        assert "<title>Error: " in page.text


@pytest.mark.parametrize("page", ["milestones", "next-action", "turn"])
def test_strangers_find_nothing_and_the_group_plans_nothing(app: Flask, visit: Visit, page: str) -> None:
    referral = make_referral("in_progress")
    assert visit(people.OTHER_CASEWORKER).get(path_of(referral, page)).status_code == 404
    assert visit(people.OTHER_CASEWORKER).post(path_of(referral, page)).status_code == 404
    if page != "milestones":
        assert visit(people.VOLUNTEER).get(path_of(referral, page)).status_code == 403


class TestFacets:
    def test_they_are_changed_on_a_page_of_their_own_and_shown_to_both_sides(self, app: Flask, visit: Visit) -> None:
        referral = make_referral("in_progress")
        browser = visit(people.CASEWORKER)
        chosen = {"sensitivity": "sensitive", "transferability": "return_to_group"}
        assert browser.send(path_of(referral, "facets"), chosen).location == path_of(referral)
        for person in (people.CASEWORKER, people.VOLUNTEER):
            page = visit(person).get(path_of(referral)).text
            assert "How sensitive" in page
            assert "Return to the group" in page

    def test_a_type_of_another_category_is_refused_beside_its_field(self, app: Flask, visit: Visit) -> None:
        referral = make_referral("in_progress")
        page = visit(people.CASEWORKER).send(path_of(referral, "facets"), {"category": "housing"})
        assert "belongs to the category" in page.text
        assert 'href="#issue_type"' in page.text

    def test_no_form_turns_a_resident_into_a_request_without_one(self, app: Flask, visit: Visit) -> None:
        for state, page in (("in_progress", "facets"), ("submitted", "accept")):
            referral = make_referral(state)
            shown = visit(people.CASEWORKER).get(path_of(referral, page)).text
            assert 'value="request_for_advice"' not in shown

    def test_accepting_folds_them_away_until_something_is_chosen(self, app: Flask, visit: Visit) -> None:
        page = visit(people.CASEWORKER).get(path_of(make_referral("submitted"), "accept")).text
        assert '<details class="govuk-details">' in page
        set_before = make_referral("submitted", sensitivity="sensitive")
        page = visit(people.CASEWORKER).get(path_of(set_before, "accept")).text
        assert '<details class="govuk-details" open>' in page
