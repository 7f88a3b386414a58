"""Every transition through its page: the form it asks, carrying it out, and each way it can be refused."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from referrals.casework import queries
from referrals.casework.models import Move, Referral
from referrals.casework.workflow import TRANSITIONS
from referrals.foundation import clock
from referrals.foundation.database import db
from tests import people
from tests.casework.cases import do, make_advice, make_referral, soon
from tests.plugins.visitors import Visitor, forms_of

Visit = Callable[..., Visitor]
MOVE_FORM = -1

# For each transition: a state it starts from, who makes it, and what they fill in beyond what is filled in for them.
CASES: dict[str, tuple[str, people.Someone, dict[str, Any]]] = {
    "accept": ("submitted", people.CASEWORKER, {"next_action": "Write to the department"}),
    "request_information": ("submitted", people.CASEWORKER, {"question": "Which benefit is it?"}),
    "provide_information": ("information_requested", people.VOLUNTEER, {"answer": "PIP"}),
    "return_with_advice": ("submitted", people.MANAGER, {"reason": "too_early", "advice": "Ask the department"}),
    "decline": (
        "submitted",
        people.CASEWORKER,
        {"reason": "no_capacity", "note": "Sorry", "instead": "Ask them"},
    ),
    "assign": ("accepted", people.MANAGER, {"assignee": str(people.SECOND_CASEWORKER.id), "reason": "workload"}),
    "start": ("accepted", people.CASEWORKER, {}),
    "hold": ("in_progress", people.CASEWORKER, {"reason": "agency_reply"}),
    "resume": ("on_hold", people.CASEWORKER, {}),
    "record_outcome": (
        "in_progress",
        people.CASEWORKER,
        {
            "resolution": "resolved_in_full",
            "codes_welfare": ["new_award", "discretionary_help"],
            "codes_health": "assessment_appointment_obtained",
            "contribution": "decisive",
            "evidenced": "yes",
            "summary": "The benefit was awarded",
        },
    ),
    "confirm_outcome": ("outcome_recorded", people.VOLUNTEER, {"agreed": "partly", "is_solved": "yes"}),
    "dispute_outcome": ("outcome_recorded", people.VOLUNTEER, {"reason": "did_not_happen", "wrong": "Nothing came"}),
    # Of a request for advice, which was sent.
    "answer": ("advice", people.CASEWORKER, {"advice": "The council decides"}),
    "close": ("outcome_recorded", people.CASEWORKER, {"why": "They told us by telephone"}),
    "withdraw": ("accepted", people.VOLUNTEER, {"reason": "changed_mind", "asked_by": "resident"}),
    "reopen": (
        "closed",
        people.CASEWORKER,
        {"reason": "problem_came_back", "note": "It stopped", "next_action": "Ask again"},
    ),
    "correct_postcode": (
        "in_progress",
        people.VOLUNTEER,
        {"postcode": people.WORMHOLT_POSTCODE, "correction": "It was typed wrong"},
    ),
    "hand_over": (
        "accepted",
        people.LEAD,
        {"referrer": str(people.SECOND_VOLUNTEER.id), "reason": "left_the_office"},
    ),
    "resubmit": ("declined", people.VOLUNTEER, {"what_changed": "A letter came"}),
    "mark_entered_in_error": ("submitted", people.MANAGER, {"reason": "duplicate"}),
}


def day_fields(name: str, day: date) -> dict[str, str]:
    return {f"{name}-day": str(day.day), f"{name}-month": str(day.month), f"{name}-year": str(day.year)}


def money_fields(number: int, **changes: str) -> dict[str, str]:
    given = {
        "kind": "recurring",
        "amount": "108.55",
        "frequency": "weekly",
        "basis": "confirmed",
        "evidence": "decision_letter",
    }
    fields = {f"money-{number}-{name}": value for name, value in (given | changes).items()}
    return fields | day_fields(f"money-{number}-happened_on", clock.today())


def path_of(referral: Referral, transition: str) -> str:
    return f"/referrals/{referral.reference}/{transition.replace('_', '-')}"


def fresh(referral: Referral) -> Referral:
    """The referral as the database has it now, without a lock that pages would wait for."""
    db.session.rollback()
    db.session.expire_all()
    found = queries.referral(str(referral.reference), people.MANAGER.viewer)
    _ = [found.state, found.assignee_id, found.category]
    db.session.rollback()
    return found


def filled(transition: str) -> dict[str, Any]:
    more = {"hold": day_fields("review_on", soon(14))}.get(transition, {})
    return CASES[transition][2] | more


def brought_to(state: str) -> Referral:
    return make_advice() if state == "advice" else make_referral(state)


class TestEveryTransition:
    def test_none_is_left_out(self) -> None:
        # What another office offered is taken on elsewhere.
        assert set(CASES) == set(TRANSITIONS) - {"submit", "accept_transfer"}

    @pytest.mark.parametrize("transition", CASES)
    def test_it_can_be_made_from_its_page(self, app: Flask, visit: Visit, transition: str) -> None:
        state, person, _ = CASES[transition]
        referral = brought_to(state)
        browser = visit(person)
        page = browser.get(path_of(referral, transition))
        assert page.status_code == 200
        row = TRANSITIONS[transition]
        assert row.label in page.text
        answer = browser.send(page, filled(transition), form=MOVE_FORM)
        assert answer.status_code == 303, answer.text
        assert answer.location == f"/referrals/{referral.reference}"
        shown = browser.get(answer.location)
        assert shown.status_code == 200
        assert row.past.replace("_", " ") in shown.text.lower()

    @pytest.mark.parametrize("transition", CASES)
    def test_an_empty_form_says_what_is_missing(self, app: Flask, visit: Visit, transition: str) -> None:
        state, person, _ = CASES[transition]
        referral = brought_to(state)
        browser = visit(person)
        asked = TRANSITIONS[transition].asked_of(person.viewer.side)
        if not any(ask.required for ask in asked):
            return
        page = browser.post(path_of(referral, transition), {"version": str(referral.version)})
        assert page.status_code == 422
        assert "<title>Error: " in page.text
        assert "There is a problem" in page.text

    @pytest.mark.parametrize("transition", CASES)
    def test_strangers_find_no_form(self, app: Flask, visit: Visit, transition: str) -> None:
        referral = brought_to(CASES[transition][0])
        for person in (people.OTHER_CASEWORKER, people.OTHER_VOLUNTEER, people.SECOND_VOLUNTEER):
            assert visit(person).get(path_of(referral, transition)).status_code == 404
            assert visit(person).post(path_of(referral, transition), filled(transition)).status_code == 404

    @pytest.mark.parametrize("transition", CASES)
    def test_the_wrong_side_is_told_that_it_may_not(self, app: Flask, visit: Visit, transition: str) -> None:
        sides = TRANSITIONS[transition].ways
        referral = brought_to(CASES[transition][0])
        for person in (people.CASEWORKER, people.VOLUNTEER):
            if person.viewer.side not in sides:
                assert visit(person).get(path_of(referral, transition)).status_code == 403
                assert visit(person).post(path_of(referral, transition), filled(transition)).status_code == 403

    @pytest.mark.parametrize("name", ["nonsense", "submit", "seen", "Accept", "accept-", "%00", "a" * 300])
    def test_there_is_no_other(self, app: Flask, visit: Visit, name: str) -> None:
        referral = make_referral()
        assert visit(people.CASEWORKER).get(f"/referrals/{referral.reference}/{name}").status_code == 404


class TestAccepting:
    def test_what_is_known_is_filled_in(self, app: Flask, visit: Visit) -> None:
        referral = make_referral()
        _, fields = forms_of(visit(people.CASEWORKER).get(path_of(referral, "accept")))[MOVE_FORM]
        assert fields["assignee"] == str(people.CASEWORKER.id)
        assert fields["category"] == "welfare"
        assert fields["issue_type"] == "disability_benefit"
        assert fields["next_action_on-year"] == str(soon(5).year)

    def test_it_says_who_is_told(self, app: Flask, visit: Visit) -> None:
        page = visit(people.CASEWORKER).get(path_of(make_referral(), "accept")).text
        assert f"{people.WHITE_CITY.name}" in page
        assert "will get an email" in page

    def test_somebody_of_another_office_is_refused_with_everything(self, app: Flask, visit: Visit) -> None:
        referral = make_referral()
        browser = visit(people.MANAGER)
        sent = {"assignee": str(people.OTHER_CASEWORKER.id), "next_action": "Write to them"}
        page = browser.send(path_of(referral, "accept"), sent, form=MOVE_FORM)
        assert page.status_code == 422
        assert "<title>Error: " in page.text
        assert "Write to them" in page.text
        assert fresh(referral).state == "submitted"

    def test_a_caseworker_cannot_give_it_to_somebody_else(self, app: Flask, visit: Visit) -> None:
        referral = make_referral()
        sent = {"assignee": str(people.MANAGER.id), "next_action": "Write"}
        page = visit(people.CASEWORKER).send(path_of(referral, "accept"), sent, form=MOVE_FORM)
        assert page.status_code == 422
        assert fresh(referral).state == "submitted"


class TestRefusals:
    @pytest.mark.parametrize(
        ("sent", "message"),
        [
            (day_fields("due_on", date(2026, 1, 1)) | {"due_on-day": "31", "due_on-month": "2"}, "real date"),
            ({"due_on-day": "x" * 900, "due_on-month": "\0", "due_on-year": "²"}, "must"),
            ({"due_on-year": ""}, "year"),
            (day_fields("due_on", date(1999, 1, 1)), "future"),
            ({"question": "Is it\0 this?"}, "cannot be seen"),
            ({"question": "x" * 5001}, "5,000 characters"),
        ],
    )
    def test_what_cannot_be_is_refused_kindly(
        self, app: Flask, visit: Visit, sent: dict[str, str], message: str
    ) -> None:
        referral = make_referral()
        page = visit(people.CASEWORKER).send(
            path_of(referral, "request_information"), {"question": "Which one?", **sent}, form=MOVE_FORM
        )
        assert page.status_code == 422
        assert "<title>Error: " in page.text
        assert message in page.text
        assert fresh(referral).state == "submitted"

    def test_long_words_are_kept_on_any_fault(self, app: Flask, visit: Visit) -> None:
        referral = make_referral()
        words = "A long question. " * 280
        sent = {"question": words, "due_on-day": "", "due_on-month": "", "due_on-year": ""}
        page = visit(people.CASEWORKER).send(path_of(referral, "request_information"), sent, form=MOVE_FORM)
        assert words.strip() in page.text

    def test_what_the_domain_refuses_stands_beside_its_field(self, app: Flask, visit: Visit) -> None:
        referral = make_referral("in_progress")
        sent = filled("record_outcome") | {"codes_welfare": [], "codes_health": []}
        page = visit(people.CASEWORKER).send(path_of(referral, "record_outcome"), sent, form=MOVE_FORM)
        assert page.status_code == 422
        assert 'href="#codes_welfare"' in page.text
        assert "Choose at least one result" in page.text

    def test_a_form_without_its_version_is_not_carried_out(self, app: Flask, visit: Visit) -> None:
        referral = make_referral()
        page = visit(people.CASEWORKER).send(
            path_of(referral, "accept"), {"next_action": "Write", "version": ""}, form=MOVE_FORM
        )
        assert page.status_code == 409
        assert fresh(referral).state == "submitted"

    def test_a_second_sending_of_one_form_goes_to_the_same_place(self, app: Flask, visit: Visit) -> None:
        referral = make_referral()
        browser = visit(people.CASEWORKER)
        page = browser.get(path_of(referral, "request_information"))
        answers = [browser.send(page, {"question": "Which one?"}, form=MOVE_FORM) for _ in range(10)]
        assert {answer.status_code for answer in answers} == {303}
        assert {answer.location for answer in answers} == {f"/referrals/{referral.reference}"}
        asked = select(func.count()).where(Move.referral_id == referral.id, Move.transition == "request_information")
        assert db.session.scalar(asked) == 1

    def test_without_a_session_nothing_is_done_and_nothing_is_lost(self, app: Flask, visit: Visit) -> None:
        referral = make_referral()
        answer = visit().post(path_of(referral, "accept"), {"next_action": "Write to the department"})
        assert answer.status_code in {303, 400, 401}
        assert fresh(referral).state == "submitted"


class TestTwoAtOnce:
    def test_the_second_sees_both_versions_and_keeps_the_words(self, app: Flask, visit: Visit) -> None:
        referral = make_referral("accepted")
        slow = visit(people.CASEWORKER)
        page = slow.get(path_of(referral, "request_information"))
        do(referral, "assign", people.MANAGER, assignee=people.SECOND_CASEWORKER.id, reason="workload")
        refused = slow.send(page, {"question": "My long and careful question"}, form=MOVE_FORM)
        assert refused.status_code == 409
        assert "Somebody else was first" in refused.text
        assert people.MANAGER.name in refused.text
        assert people.SECOND_CASEWORKER.name in refused.text
        assert "My long and careful question" in refused.text
        again = slow.send(refused, form=MOVE_FORM)
        assert again.status_code == 303
        assert fresh(referral).state == "information_requested"

    def test_when_it_cannot_be_done_any_more_the_words_are_given_back(self, app: Flask, visit: Visit) -> None:
        referral = make_referral()
        slow = visit(people.CASEWORKER)
        page = slow.get(path_of(referral, "decline"))
        do(referral, "accept", people.MANAGER)
        refused = slow.send(page, filled("decline") | {"note": "My long and careful note"}, form=MOVE_FORM)
        assert refused.status_code == 409
        assert "cannot be done now" in refused.text
        assert "My long and careful note" in refused.text
        assert people.MANAGER.name in refused.text
        assert fresh(referral).state == "accepted"

    def test_a_page_opened_too_late_says_so(self, app: Flask, visit: Visit) -> None:
        referral = make_referral("closed")
        page = visit(people.CASEWORKER).get(path_of(referral, "accept"))
        assert page.status_code == 409
        assert "cannot be done now" in page.text

    def test_when_the_form_was_opened_is_not_believed_blindly(self, app: Flask, visit: Visit) -> None:
        referral = make_referral("accepted")
        for opened in ("nonsense", "2020-01-01", "\0", "9" * 5000):
            sent = {"question": "Which?", "version": "1", "opened": opened}
            page = visit(people.CASEWORKER).send(path_of(referral, "request_information"), sent, form=MOVE_FORM)
            assert page.status_code == 409


class TestMoney:
    def start(self, visit: Visit) -> tuple[Referral, Visitor, str]:
        referral = make_referral("in_progress")
        return referral, visit(people.CASEWORKER), path_of(referral, "record_outcome")

    def test_two_sums_of_different_kinds_are_kept_apart(self, app: Flask, visit: Visit) -> None:
        _, browser, path = self.start(visit)
        sums = money_fields(0) | money_fields(1, kind="one_off", amount="£3,215.00", frequency="")
        answer = browser.send(path, filled("record_outcome") | sums, form=MOVE_FORM)
        assert answer.status_code == 303, answer.text
        page = browser.get(answer.location).text
        assert "£108.55 every week" in page
        assert "£3,215" in page
        assert "£3,323.55" not in page

    def test_another_row_comes_without_a_script_and_keeps_what_was_typed(self, app: Flask, visit: Visit) -> None:
        _, browser, path = self.start(visit)
        sent = filled("record_outcome") | money_fields(0) | {"add": "amount"}
        page = browser.send(path, sent, form=MOVE_FORM)
        assert page.status_code == 200
        assert "<title>Error" not in page.text
        _, fields = forms_of(page)[MOVE_FORM]
        assert fields["money-0-amount"] == "108.55"
        assert fields["money-1-amount"] == ""
        assert fields["summary"] == "The benefit was awarded"
        assert "new_award" in fields["codes_welfare"]

    def test_there_is_room_for_six_and_no_more(self, app: Flask, visit: Visit) -> None:
        _, browser, path = self.start(visit)
        page: Any = path
        for _ in range(7):
            page = browser.send(page, {"add": "amount"}, form=MOVE_FORM)
        assert page.text.count("Kind of money") == 6
        assert "Add another amount" not in page.text

    def test_a_row_can_be_taken_away(self, app: Flask, visit: Visit) -> None:
        _, browser, path = self.start(visit)
        sent = money_fields(0) | money_fields(1, amount="7") | {"remove": "0"}
        _, fields = forms_of(browser.send(path, sent, form=MOVE_FORM))[MOVE_FORM]
        assert fields["money-0-amount"] == "7"
        assert "money-1-amount" not in fields

    @pytest.mark.parametrize(
        ("changes", "place"),
        [
            ({"amount": "a lot"}, "money-0-amount"),
            ({"amount": "0"}, "money-0-amount"),
            ({"amount": "1" * 400}, "money-0-amount"),
            ({"kind": ""}, "money-0-kind"),
            ({"kind": "nonsense"}, "money-0-kind"),
            ({"frequency": ""}, "money-0-frequency"),
            ({"basis": ""}, "money-0-basis"),
            ({"evidence": ""}, "money-0-evidence"),
        ],
    )
    def test_a_wrong_sum_is_refused_beside_itself(
        self, app: Flask, visit: Visit, changes: dict[str, str], place: str
    ) -> None:
        referral, browser, path = self.start(visit)
        page = browser.send(path, filled("record_outcome") | money_fields(0, **changes), form=MOVE_FORM)
        assert page.status_code == 422
        assert f'href="#{place}' in page.text
        assert fresh(referral).state == "in_progress"

    def test_rows_sent_with_gaps_between_them_are_counted_anew(self, app: Flask, visit: Visit) -> None:
        _, browser, path = self.start(visit)
        answer = browser.send(path, filled("record_outcome") | money_fields(5), form=MOVE_FORM)
        assert answer.status_code == 303
        assert "£108.55" in browser.get(answer.location).text

    @pytest.mark.parametrize("name", ["money-²-kind", "money-99999999999-kind", "money--kind", "money-" + "9" * 5000])
    def test_rows_that_no_page_sent_are_passed_over(self, app: Flask, visit: Visit, name: str) -> None:
        _, browser, path = self.start(visit)
        assert browser.send(path, filled("record_outcome") | {name: "recurring"}, form=MOVE_FORM).status_code == 303

    @pytest.mark.parametrize("value", ["9", "-1", "²", "x", "", "1" * 5000])
    def test_a_row_that_is_not_there_cannot_be_taken_away(self, app: Flask, visit: Visit, value: str) -> None:
        _, browser, path = self.start(visit)
        assert browser.send(path, {"remove": value}, form=MOVE_FORM).status_code in {200, 422}


def test_a_page_of_long_ago_is_refused(app: Flask, visit: Visit) -> None:
    with clock.clock_at(clock.now() - timedelta(days=3)):
        referral = make_referral("accepted")
    browser = visit(people.CASEWORKER)
    page = browser.get(path_of(referral, "start"))
    do(referral, "start", people.CASEWORKER)
    assert browser.send(page, form=MOVE_FORM).status_code == 409
