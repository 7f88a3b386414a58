"""Handing over what a colleague has in hand: all or some, to one or evenly to several, told once, safe to repeat."""

from collections import Counter
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from referrals.accounts import actions as accounts
from referrals.audit.models import AuditEntry
from referrals.audit.verify import verify_books
from referrals.casework import actions, policy, queries
from referrals.casework.models import Move, Referral
from referrals.foundation.database import db, transaction
from referrals.foundation.errors import Invalid, NotAllowed, NotFound
from tests import people
from tests.casework import cases, mail
from tests.casework.test_at_once import all_at_once
from tests.people import CASEWORKER, LEAD, MANAGER, SECOND_CASEWORKER, SECOND_VOLUNTEER, VOLUNTEER


def handover(*to: people.Someone, leaver: people.Someone | None = CASEWORKER, **changes: Any) -> actions.Handover:
    given = {"person_id": leaver.id if leaver else None, "to": [one.id for one in to], "reason": "left_the_office"}
    return actions.Handover(**(given | changes))


def carry_out(given: actions.Handover, by: people.Someone = MANAGER, limit: int = 100) -> int:
    """One batch, committed."""
    with transaction():
        return actions.hand_over(given, by=by.viewer, limit=limit)


def assigned() -> Counter[object]:
    db.session.expire_all()
    return Counter(db.session.scalars(select(Referral.assignee_id).where(Referral.ended_at.is_(None))))


class TestInTheOffice:
    def test_all_of_them_are_shared_out_evenly_with_their_dates(self, app: Flask) -> None:
        made = [cases.make_referral("in_progress") for _ in range(5)]
        before = {one.id: (one.due_on, one.next_action_on, one.waiting_on, one.state) for one in made}
        ended = cases.make_referral("closed")
        assert carry_out(handover(SECOND_CASEWORKER, MANAGER)) == 5
        assert assigned() == {SECOND_CASEWORKER.id: 3, MANAGER.id: 2}
        for one in made:
            assert (one.due_on, one.next_action_on, one.waiting_on, one.state) == before[one.id]
        assert ended.assignee_id == CASEWORKER.id

    def test_each_is_a_move_of_its_own_with_its_event(self, app: Flask) -> None:
        for _ in range(3):
            cases.make_referral("accepted")
        carry_out(handover(SECOND_CASEWORKER))
        moves = db.session.scalars(select(Move).where(Move.transition == "assign")).all()
        assert [move.reason for move in moves] == ["left_the_office"] * 3
        events = db.session.scalar(select(func.count()).where(AuditEntry.action == "referral.assigned"))
        assert events == 3
        assert all(report.fault is None for report in verify_books(db.session()))

    def test_each_colleague_is_told_once_and_only_how_many(self, app: Flask) -> None:
        for _ in range(3):
            cases.make_referral("accepted")
        mail.forget()
        given = handover(SECOND_CASEWORKER, MANAGER)
        carry_out(given)
        assert mail.told("ReferralAssigned") == set()
        with transaction():
            actions.tell_of(given.given, by=MANAGER.viewer)
        # Nobody is told of what they did themselves.
        assert mail.told("ReferralsHandedOver") == {SECOND_CASEWORKER}

    def test_only_those_that_were_chosen(self, app: Flask) -> None:
        first, second = cases.make_referral("accepted"), cases.make_referral("accepted")
        theirs = cases.make_referral("accepted")
        cases.do(theirs, "assign", MANAGER, assignee=SECOND_CASEWORKER.id)
        assert carry_out(handover(MANAGER, only=[first.id, theirs.id])) == 1
        db.session.expire_all()
        assert (first.assignee_id, second.assignee_id) == (MANAGER.id, CASEWORKER.id)
        assert theirs.assignee_id == SECOND_CASEWORKER.id

    def test_in_batches_that_go_on_where_they_were(self, app: Flask) -> None:
        for _ in range(5):
            cases.make_referral("accepted")
        given = handover(SECOND_CASEWORKER, MANAGER)
        assert [carry_out(given, limit=2) for _ in range(4)] == [2, 2, 1, 0]
        assert given.given == {SECOND_CASEWORKER.id: 3, MANAGER.id: 2}
        # Sent again, it finds nothing left to do.
        assert carry_out(handover(SECOND_CASEWORKER)) == 0

    def test_of_two_managers_at_once_each_referral_goes_to_one(self, app: Flask) -> None:
        for _ in range(6):
            cases.make_referral("accepted")

        def job() -> int:
            return carry_out(handover(SECOND_CASEWORKER))

        results = all_at_once(app, [job, job])
        assert sum(result for result in results if isinstance(result, int)) == 6, results
        assert assigned() == {SECOND_CASEWORKER.id: 6}
        assert db.session.scalar(select(func.count()).where(Move.transition == "assign")) == 6

    def test_of_people_who_have_left_all_together(self, app: Flask) -> None:
        cases.make_referral("accepted")
        assert queries.count_held(None, MANAGER.viewer) == 0
        with transaction():
            accounts.end_membership(CASEWORKER.membership_id, by=MANAGER.viewer)
        assert queries.count_held(None, MANAGER.viewer) == 1
        assert carry_out(handover(MANAGER, leaver=None)) == 1
        assert queries.count_held(None, MANAGER.viewer) == 0

    @pytest.mark.parametrize(
        ("given", "field"),
        [
            (handover(), "to"),
            (handover(CASEWORKER), "to"),
            (handover(people.OTHER_CASEWORKER), "to"),
            (handover(VOLUNTEER), "to"),
            (handover(MANAGER, reason="because"), "reason"),
        ],
        ids=["nobody", "the leaver", "another office", "the group", "no reason"],
    )
    def test_what_cannot_be_is_refused(self, app: Flask, given: actions.Handover, field: str) -> None:
        cases.make_referral("accepted")
        with pytest.raises(Invalid) as refused:
            carry_out(given)
        assert set(refused.value.errors) == {field}
        assert assigned() == {CASEWORKER.id: 1}

    @pytest.mark.parametrize("by", [CASEWORKER, VOLUNTEER, people.ADMINISTRATOR, people.COORDINATOR])
    def test_only_who_manages_the_work(self, app: Flask, by: people.Someone) -> None:
        with pytest.raises(NotAllowed):
            carry_out(handover(SECOND_CASEWORKER), by)

    def test_nothing_of_another_office(self, app: Flask) -> None:
        cases.make_referral("accepted")
        assert carry_out(handover(people.OTHER_CASEWORKER), people.OTHER_MANAGER) == 0


class TestInTheGroup:
    def test_another_volunteer_sees_and_hears_of_them_from_then_on(self, app: Flask) -> None:
        draft, sent = cases.make_draft(), cases.make_referral("accepted")
        assert not policy.may_see(sent, SECOND_VOLUNTEER.viewer)
        assert carry_out(handover(SECOND_VOLUNTEER, leaver=VOLUNTEER), LEAD) == 2
        for referral in (draft, sent):
            assert policy.may_see(referral, SECOND_VOLUNTEER.viewer)
            assert queries.referral(referral.id, SECOND_VOLUNTEER.viewer)
        mail.forget()
        cases.do(sent, "start", CASEWORKER)
        assert mail.told("ReferralStarted") == {SECOND_VOLUNTEER}
        cases.do(sent, "record_outcome", CASEWORKER)
        cases.do(sent, "confirm_outcome", SECOND_VOLUNTEER)

    def test_the_office_reads_nothing_of_it(self, app: Flask) -> None:
        referral = cases.make_referral("accepted")
        cases.do(referral, "hand_over", LEAD)
        assert "hand_over" in {entry.code for entry in queries.timeline(referral, LEAD.viewer)}
        assert "hand_over" not in {entry.code for entry in queries.timeline(referral, CASEWORKER.viewer)}
        assert mail.told("ReferralHandedOver") == {SECOND_VOLUNTEER}

    def test_a_complaint_about_the_trusted_body_stays_hidden_from_a_lead(self, app: Flask) -> None:
        referral = cases.make_referral("accepted", trusted_body_conflict=True)
        assert carry_out(handover(SECOND_VOLUNTEER, leaver=VOLUNTEER), LEAD) == 0
        assert not policy.may_see(referral, SECOND_VOLUNTEER.viewer)

    def test_its_author_gives_it_to_a_volunteer_and_to_no_lead(self, app: Flask) -> None:
        referral = cases.make_referral("accepted", trusted_body_conflict=True)
        with pytest.raises(Invalid) as refused:
            cases.do(referral, "hand_over", VOLUNTEER, referrer=LEAD.id)
        assert "referrer" in refused.value.errors
        db.session.rollback()
        with pytest.raises(NotFound):
            cases.do(referral, "hand_over", LEAD)
        db.session.rollback()
        cases.do(referral, "hand_over", VOLUNTEER)
        assert policy.may_see(referral, SECOND_VOLUNTEER.viewer)
        assert not policy.may_see(referral, LEAD.viewer)
        db.session.rollback()
        # And whoever follows it now can give it on.
        found = queries.referral(referral.id, SECOND_VOLUNTEER.viewer)
        assert "hand_over" in {row.name for row in policy.available_moves(found, SECOND_VOLUNTEER.viewer)}

    def test_any_other_stays_for_the_leads_to_give(self, app: Flask) -> None:
        referral = cases.make_referral("accepted")
        with pytest.raises(NotAllowed):
            cases.do(referral, "hand_over", VOLUNTEER)

    def test_where_everybody_has_left_the_leads_hear_of_it(self, app: Flask) -> None:
        referral, hidden = cases.make_referral("accepted"), cases.make_referral("accepted", trusted_body_conflict=True)
        with transaction():
            accounts.end_membership(VOLUNTEER.membership_id, by=LEAD.viewer)
        mail.forget()
        cases.do(hidden, "start", CASEWORKER)
        assert mail.told("ReferralStarted") == set()
        cases.do(referral, "start", CASEWORKER)
        assert mail.told("ReferralStarted") == {LEAD}
        assert queries.count_held(None, LEAD.viewer) == 1
