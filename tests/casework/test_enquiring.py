"""Asking bodies: who may, with whose agreement, and how the work, the turn and the clocks go with it."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from referrals.audit.models import AuditEntry
from referrals.casework import actions, queries
from referrals.casework.models import Consent, Enquiry, Referral
from referrals.casework.queries.finding import search
from referrals.casework.workflow import STATES
from referrals.directory import lists
from referrals.foundation.clock import clock_at, local_day
from referrals.foundation.database import db, transaction
from referrals.foundation.errors import IllegalMove, Invalid, NotAllowed, NotFound
from tests import people
from tests.casework import cases, mail
from tests.casework.enquiries import ASKED, REPLY, agreement, answer, body, question, send
from tests.people import CASEWORKER, LEAD, MANAGER, OTHER_CASEWORKER, SECOND_VOLUNTEER, VOLUNTEER

MONDAY = datetime(2026, 11, 2, 10, 0, tzinfo=UTC)
SENT_ON = local_day(MONDAY)
# 20 working days later: November has no bank holiday.
DUE_ON = date(2026, 11, 30)


@pytest.fixture(autouse=True)
def _monday() -> Iterator[None]:
    with clock_at(MONDAY):
        yield


@pytest.fixture(autouse=True)
def _listed(app: Flask) -> None:
    with transaction():
        lists.load_lists()


def ask(referral: Referral, code: str = "dwp", **changes: Any) -> Enquiry:
    with transaction():
        return send(referral, code, **changes)


def settle(enquiry: Enquiry, result: str = "answered_in_full", **changes: Any) -> None:
    with transaction():
        answer(enquiry, result, **changes)


def later(days: int) -> Any:
    return clock_at(MONDAY + timedelta(days=days))


def events(referral: Referral) -> list[str]:
    """What the office and the service did; the clock stands, so that the group's own book tells no order beside it."""
    query = select(AuditEntry.action).where(AuditEntry.subject_id == referral.id).order_by(AuditEntry.at)
    query = query.where(func.coalesce(AuditEntry.actor_role, "").not_in(["volunteer", "lead"]))
    return list(db.session.scalars(query.order_by(AuditEntry.number)))


class TestSending:
    def test_the_first_of_an_accepted_referral_starts_the_work_and_gives_the_turn_away(self, app: Flask) -> None:
        referral = cases.make_referral("accepted")
        before = len(events(referral))
        mail.forget()
        enquiry = ask(referral)
        assert referral.state == "in_progress"
        assert (referral.waiting_on, referral.due_on) == ("agency", DUE_ON)
        assert (referral.clock_stopped_at is not None, referral.days_left) == (True, 5)
        assert (enquiry.due_on, enquiry.chase_on) == (DUE_ON, date(2026, 11, 16))
        assert (enquiry.asked, enquiry.office_id) == (ASKED, people.HAMMERSMITH.id)
        assert events(referral)[before:] == [
            "consent.recorded",
            "enquiry.sent",
            "referral.started",
            "referral.turn_given",
        ]
        assert mail.told("ReferralStarted") == {VOLUNTEER}

    def test_a_second_one_keeps_the_turn_until_the_first_is_due(self, app: Flask) -> None:
        referral = cases.make_referral("in_progress")
        ask(referral)
        before = len(events(referral))
        ask(referral, "hmrc", due_on=date(2026, 11, 20))
        assert (referral.waiting_on, referral.due_on) == ("agency", date(2026, 11, 20))
        assert events(referral)[before:] == ["consent.recorded", "enquiry.sent", "referral.turn_given"]
        ask(referral, "hmrc")
        assert referral.due_on == date(2026, 11, 20)
        assert events(referral)[-1] == "enquiry.sent"

    def test_what_was_asked_before_today_is_already_late(self, app: Flask) -> None:
        with clock_at(MONDAY - timedelta(days=60)):
            referral = cases.make_referral("accepted")
        enquiry = ask(referral, ago=40)
        assert enquiry.due_on == referral.due_on == date(2026, 10, 21)
        (line,) = queries.enquiries_of(referral, CASEWORKER.viewer)
        assert line.overdue_days == 8
        assert queries.strip(referral, CASEWORKER.viewer).overdue_days == 8

    def test_the_target_is_what_the_body_has_published(self, app: Flask) -> None:
        referral = cases.make_referral("in_progress")
        assert ask(referral, "dwp", due_on=date(2026, 11, 5)).target_on == DUE_ON
        assert ask(referral, "ealing_council").target_on is None

    def test_the_offices_own_clock_is_the_one_that_counts(self, app: Flask) -> None:
        referral = cases.make_referral("in_progress")
        with transaction():
            actions_clock(referral, {"agency_reply": 10, "agency_chase": 3})
        enquiry = ask(referral)
        assert (enquiry.due_on, enquiry.chase_on) == (date(2026, 11, 16), date(2026, 11, 5))

    @pytest.mark.parametrize("state", STATES)
    def test_only_a_case_that_is_worked_on(self, app: Flask, state: str) -> None:
        referral = cases.make_referral(state)
        if state in {"accepted", "in_progress", "on_hold"}:
            ask(referral)
            assert referral.state == ("on_hold" if state == "on_hold" else "in_progress")
            return
        with pytest.raises((IllegalMove, NotFound, NotAllowed)):
            ask(referral)

    def test_also_while_the_group_is_asked_something(self, app: Flask) -> None:
        referral = cases.make_referral("in_progress")
        cases.do(referral, "request_information", CASEWORKER)
        ask(referral)
        assert (referral.state, referral.waiting_on) == ("information_requested", "referrer")

    @pytest.mark.parametrize(
        ("person", "refusal"),
        [(VOLUNTEER, NotAllowed), (LEAD, NotAllowed), (SECOND_VOLUNTEER, NotFound), (OTHER_CASEWORKER, NotFound)],
    )
    def test_only_the_office(self, app: Flask, person: people.Someone, refusal: type[Exception]) -> None:
        referral = cases.make_referral("in_progress")
        with pytest.raises(refusal):
            ask(referral, by=person)
        assert db.session.scalars(select(Enquiry)).all() == []

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"channel": "pigeon"}, "channel"),
            ({"asked": " \n"}, "asked"),
            ({"asked": "x" * 5001}, "asked"),
            ({"asked": "\ud800"}, "asked"),
            ({"sent_on": SENT_ON + timedelta(days=1)}, "sent_on"),
            ({"sent_on": SENT_ON - timedelta(days=1)}, "sent_on"),
            ({"sent_on": None}, "sent_on"),
            ({"due_on": SENT_ON - timedelta(days=1)}, "due_on"),
            ({"due_on": date(2199, 1, 1)}, "due_on"),
            ({"agency_reference": "x" * 201}, "agency_reference"),
            ({"agency_reference": "1\n2"}, "agency_reference"),
            ({"agency_id": people.id_of("no body")}, "agency"),
        ],
    )
    def test_a_fault_has_its_field(self, app: Flask, changes: dict[str, Any], field: str) -> None:
        referral = cases.make_referral("in_progress")
        with pytest.raises(Invalid) as refused:
            ask(referral, **changes)
        assert set(refused.value.errors) == {field}
        assert db.session.scalars(select(Consent).where(Consent.kind == "agency")).all() == []


def actions_clock(referral: Referral, clocks: dict[str, int]) -> None:
    from_office = db.session.get(people.directory.Office, referral.office_id)
    assert from_office is not None
    from_office.clocks = clocks


class TestAgreement:
    def test_without_it_nobody_is_asked(self, app: Flask) -> None:
        referral = cases.make_referral("accepted")
        with pytest.raises(Invalid) as refused:
            ask(referral, agreed=False)
        assert "Department for Work and Pensions" in refused.value.errors["consent"]
        assert referral.state == "accepted"

    def test_it_is_for_one_body_and_given_once(self, app: Flask) -> None:
        referral = cases.make_referral("in_progress")
        ask(referral)
        ask(referral, agreed=False)
        ask(referral)
        found = db.session.scalars(select(Consent).where(Consent.kind == "agency")).all()
        assert [(one.agency_id, one.to_organisation_id, one.given_by) for one in found] == [
            (body().id, people.HAMMERSMITH.id, "resident")
        ]
        with pytest.raises(Invalid):
            ask(referral, "hmrc", agreed=False)

    def test_once_taken_back_it_no_longer_counts(self, app: Flask) -> None:
        referral = cases.make_referral("in_progress")
        ask(referral)
        (given,) = db.session.scalars(select(Consent).where(Consent.kind == "agency"))
        with transaction():
            actions.withdraw_consent(given, by=CASEWORKER.viewer)
        with pytest.raises(Invalid):
            ask(referral, agreed=False)

    def test_what_is_about_another_body_does_not_help(self, app: Flask) -> None:
        referral = cases.make_referral("in_progress")
        with pytest.raises(Invalid), transaction():
            actions.send_enquiry(referral, question("dwp"), agreement("hmrc"), by=CASEWORKER.viewer)

    def test_a_request_for_advice_has_nobody_to_agree(self, app: Flask) -> None:
        referral = cases.make_referral("in_progress", issue_type="request_for_advice")
        ask(referral, agreed=False)

    def test_it_ends_with_the_agreement_to_the_office(self, app: Flask) -> None:
        referral = cases.make_referral("in_progress")
        for given in referral.consents:
            if given.kind == "group_to_office":
                with transaction():
                    actions.withdraw_consent(given, by=VOLUNTEER.viewer)
        with pytest.raises(Invalid) as refused:
            ask(referral)
        assert set(refused.value.errors) == {"consent"}


class TestAnswers:
    def test_the_last_one_gives_the_turn_back_with_a_day(self, app: Flask) -> None:
        referral = cases.make_referral("accepted")
        first, second = ask(referral), ask(referral, "hmrc", due_on=date(2026, 12, 18))
        with later(7):
            settle(first)
            assert (referral.waiting_on, referral.due_on) == ("agency", date(2026, 12, 18))
            settle(second, next_action="Tell the group", next_action_on=date(2026, 11, 12))
        assert (referral.waiting_on, referral.due_on) == ("office", date(2026, 11, 12))
        assert (referral.next_action, referral.clock_stopped_at) == ("Tell the group", None)
        assert (first.ended_on, first.result, first.reply, first.chase_on) == (
            date(2026, 11, 9),
            "answered_in_full",
            REPLY,
            None,
        )

    def test_without_a_day_the_offices_clock_goes_on(self, app: Flask) -> None:
        referral = cases.make_referral("accepted")
        enquiry = ask(referral)
        assert referral.days_left == 5
        with later(14):
            settle(enquiry)
        assert (referral.waiting_on, referral.due_on) == ("office", date(2026, 11, 23))

    def test_a_turn_taken_back_stays_where_it_is(self, app: Flask) -> None:
        referral = cases.make_referral("in_progress")
        first, second = ask(referral), ask(referral)
        with transaction():
            actions.set_waiting_on(referral, "office", date(2026, 11, 4), by=CASEWORKER.viewer, version=None)
        settle(first)
        settle(second, next_action="Something else", next_action_on=date(2026, 12, 1))
        assert (referral.waiting_on, referral.due_on) == ("office", date(2026, 11, 4))
        assert referral.next_action == "Write to the department"

    def test_each_leaves_its_event(self, app: Flask) -> None:
        referral = cases.make_referral("in_progress")
        first, second = ask(referral), ask(referral)
        before = len(events(referral))
        settle(first)
        settle(second)
        assert events(referral)[before:] == ["enquiry.ended", "enquiry.ended", "referral.next_action_planned"]

    def test_it_is_recorded_once_unless_it_was_given_up(self, app: Flask) -> None:
        referral = cases.make_referral("in_progress")
        enquiry = ask(referral)
        settle(enquiry, "no_reply", words="")
        settle(enquiry, "answered_in_part")
        assert enquiry.result == "answered_in_part"
        with pytest.raises(IllegalMove):
            settle(enquiry)

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"result": "lost"}, "result"),
            ({"on": SENT_ON + timedelta(days=1)}, "on"),
            ({"on": SENT_ON - timedelta(days=1)}, "on"),
            ({"words": ""}, "words"),
            ({"words": "x" * 5001}, "words"),
            ({"next_action_on": SENT_ON - timedelta(days=1)}, "next_action_on"),
            ({"next_action": "x" * 201}, "next_action"),
        ],
    )
    def test_a_fault_has_its_field(self, app: Flask, changes: dict[str, Any], field: str) -> None:
        referral = cases.make_referral("in_progress")
        enquiry = ask(referral)
        with pytest.raises(Invalid) as refused:
            settle(enquiry, **changes)
        assert set(refused.value.errors) == {field}
        db.session.expire_all()
        assert enquiry.ended_on is None

    @pytest.mark.parametrize(("person", "refusal"), [(VOLUNTEER, NotAllowed), (OTHER_CASEWORKER, NotFound)])
    def test_only_the_office(self, app: Flask, person: people.Someone, refusal: type[Exception]) -> None:
        enquiry = ask(cases.make_referral("in_progress"))
        with pytest.raises(refusal):
            settle(enquiry, by=person)
        with pytest.raises(refusal), transaction():
            actions.change_enquiry(enquiry, DUE_ON, "", by=person.viewer)

    @pytest.mark.parametrize("end", ["close", "withdraw"])
    def test_a_case_that_ends_waits_for_nobody(self, app: Flask, end: str) -> None:
        referral = cases.make_referral("in_progress")
        enquiry, answered = ask(referral), ask(referral)
        settle(answered)
        if end == "close":
            cases.do(referral, "record_outcome", CASEWORKER)
            assert enquiry.ended_on is None
            cases.do(referral, "confirm_outcome", VOLUNTEER)
        else:
            cases.do(referral, "withdraw", VOLUNTEER)
        assert (enquiry.ended_on, enquiry.result, enquiry.chase_on) == (SENT_ON, "withdrawn", None)
        assert answered.result == "answered_in_full"
        # A late answer is still worth noting.
        with later(30):
            settle(enquiry, "answered_in_full")
        assert (enquiry.ended_on, referral.ended_at is None) == (SENT_ON + timedelta(days=30), False)


class TestChanging:
    def test_another_day_moves_the_turn_and_the_reference_is_found(self, app: Flask) -> None:
        referral = cases.make_referral("in_progress")
        enquiry = ask(referral)
        with transaction():
            actions.change_enquiry(enquiry, date(2026, 11, 10), " ABC 1/22 ", by=MANAGER.viewer)
        assert (referral.due_on, enquiry.agency_reference) == (date(2026, 11, 10), "ABC 1/22")
        assert events(referral)[-2:] == ["enquiry.changed", "referral.turn_given"]
        (hit,) = search(CASEWORKER.viewer, "abc-1-22").hits
        assert hit.line.id == referral.id
        assert search(VOLUNTEER.viewer, "abc-1-22").hits == []

    def test_what_is_over_stays_as_it_is(self, app: Flask) -> None:
        enquiry = ask(cases.make_referral("in_progress"))
        settle(enquiry)
        with pytest.raises(IllegalMove), transaction():
            actions.change_enquiry(enquiry, DUE_ON, "", by=CASEWORKER.viewer)

    @pytest.mark.parametrize("day", [SENT_ON - timedelta(days=1), date(2199, 1, 1)])
    def test_a_day_that_cannot_be_is_refused(self, app: Flask, day: date) -> None:
        enquiry = ask(cases.make_referral("in_progress"))
        with pytest.raises(Invalid), transaction():
            actions.change_enquiry(enquiry, day, "", by=CASEWORKER.viewer)


def test_a_reference_given_at_once_is_found_too(app: Flask) -> None:
    referral = cases.make_referral("in_progress")
    ask(referral, agency_reference="NI-55-201")
    (hit,) = search(MANAGER.viewer, "NI 55 201").hits
    assert hit.line.id == referral.id
