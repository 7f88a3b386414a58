"""Handing a referral on: with the resident's agreement for that office, and nobody sees more than their part."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from referrals.accounts.viewer import Viewer
from referrals.audit.models import AuditBook, AuditEntry
from referrals.audit.verify import verify_books
from referrals.casework import actions, policy, queries
from referrals.casework.models import Consent, LimitNotice, Referral, SearchToken, Transfer
from referrals.casework.workflow import STATES, TRANSFERABLE
from referrals.foundation.clock import clock_at, now, today
from referrals.foundation.database import db, transaction
from referrals.foundation.errors import IllegalMove, Invalid, NotAllowed, NotFound, Stale
from tests import people
from tests.casework import cases, mail, transfers
from tests.casework.test_at_once import all_at_once
from tests.people import CASEWORKER, EALING, HAMMERSMITH, LEAD, MANAGER, OTHER_CASEWORKER, OTHER_MANAGER, VOLUNTEER

OWN = "Choose another office: this one has it"

SOURCE, TARGET = {CASEWORKER, people.SECOND_CASEWORKER, MANAGER}, {OTHER_CASEWORKER, OTHER_MANAGER}


def who_sees(referral: Referral) -> set[people.Someone]:
    return {one for one in people.EVERYBODY if policy.may_see(referral, one.viewer)}


def found_by(organisation: people.Place) -> int:
    query = select(func.count()).select_from(SearchToken).where(SearchToken.organisation_id == organisation.id)
    return db.session.scalar(query) or 0


def told_in(place: people.Place) -> set[str]:
    """The actions in the book of an organisation."""
    query = select(AuditEntry.action).join(AuditBook, AuditBook.id == AuditEntry.book_id)
    return set(db.session.scalars(query.where(AuditBook.organisation_id == place.id)))


def offers_for(viewer: Viewer) -> list[str]:
    return [one.reference for one in queries.offers_to(viewer)]


class TestOffering:
    def test_the_other_office_is_asked_and_sees_only_the_offer(self, app: Flask) -> None:
        referral = cases.make_referral("in_progress")
        mail.forget()
        transfer = transfers.offer(referral)
        assert mail.told("TransferOffered") == TARGET
        assert mail.told("TransferProposed") == {VOLUNTEER}
        assert who_sees(referral) == {VOLUNTEER, LEAD} | SOURCE
        offer = queries.offer(transfer.id, OTHER_CASEWORKER.viewer)
        assert (offer.category, offer.urgency, offer.reason) == ("welfare", "routine", "moved_constituency")
        assert (offer.area, offer.from_office) == (people.WHITE_CITY.name, HAMMERSMITH.name)
        assert transfer.words == transfers.WORDS
        assert offers_for(OTHER_MANAGER.viewer) == [referral.reference]
        assert found_by(EALING) == 0

    def test_it_stays_where_it_is_and_goes_on(self, app: Flask) -> None:
        referral = cases.make_referral("accepted")
        transfers.offer(referral)
        cases.do(referral, "start", CASEWORKER)
        assert (referral.office_id, referral.state) == (HAMMERSMITH.id, "in_progress")
        assert offers_for(OTHER_MANAGER.viewer) == [referral.reference]

    @pytest.mark.parametrize(
        "given",
        [
            None,
            {"to_organisation_id": HAMMERSMITH.id},
            {"expires_on": today()},
        ],
        ids=["none", "for the office that has it", "good"],
    )
    def test_only_with_the_residents_agreement_for_that_office(
        self, app: Flask, given: dict[str, object] | None
    ) -> None:
        referral = cases.make_referral("submitted")
        said = None if given is None else transfers.agreement(**given)
        if given and "expires_on" in given:
            with transaction():
                actions.offer_transfer(referral, EALING.id, transfers.ANSWERS, said, by=MANAGER.viewer, version=None)
            return
        with pytest.raises(Invalid) as refused, transaction():
            actions.offer_transfer(referral, EALING.id, transfers.ANSWERS, said, by=MANAGER.viewer, version=None)
        # One for the office that has it already is none that anybody could give.
        wrong = {"consent": policy.NO_TRANSFER_MESSAGE} if given is None else {"to_organisation_id": OWN}
        assert refused.value.errors == wrong
        assert db.session.scalar(select(func.count()).select_from(Transfer)) == 0

    def test_health_needs_words_of_its_own(self, app: Flask) -> None:
        referral = cases.make_referral("submitted", category="health", issue_type="waiting_for_treatment")
        said = transfers.agreement(covers_health=False)
        with pytest.raises(Invalid) as refused, transaction():
            actions.offer_transfer(referral, EALING.id, transfers.ANSWERS, said, by=MANAGER.viewer, version=None)
        assert refused.value.errors == {"consent": policy.OTHER_HEALTH_MESSAGE}

    def test_no_other_ground_stands_in_for_the_resident(self, app: Flask) -> None:
        referral = cases.make_referral("submitted")
        said = transfers.agreement(ground="would_prejudice")
        with pytest.raises(Invalid) as refused, transaction():
            actions.offer_transfer(referral, EALING.id, transfers.ANSWERS, said, by=MANAGER.viewer, version=None)
        assert set(refused.value.errors) == {"ground"}

    def test_an_agreement_recorded_before_is_enough_until_it_is_taken_back(self, app: Flask) -> None:
        referral = cases.make_referral("submitted")
        with transaction():
            consent = actions.record_consent(referral, transfers.agreement(), by=CASEWORKER.viewer)
        with transaction():
            transfer = actions.offer_transfer(
                referral, EALING.id, transfers.ANSWERS, by=MANAGER.viewer, version=referral.version
            )
        assert transfer.consent_id == consent.id
        mail.forget()
        with transaction():
            actions.withdraw_consent(consent, by=CASEWORKER.viewer)
        assert transfer.standing == "lapsed"
        assert offers_for(OTHER_MANAGER.viewer) == []
        assert mail.told("TransferRevoked") == TARGET

    @pytest.mark.parametrize("by", [CASEWORKER, VOLUNTEER, LEAD])
    def test_only_a_manager_of_the_office_offers(self, app: Flask, by: people.Someone) -> None:
        with pytest.raises(NotAllowed):
            transfers.offer(cases.make_referral("submitted"), by)

    def test_to_strangers_there_is_nothing_to_offer(self, app: Flask) -> None:
        with pytest.raises(NotFound):
            transfers.offer(cases.make_referral("submitted"), OTHER_MANAGER, HAMMERSMITH)

    @pytest.mark.parametrize("office", [None, HAMMERSMITH.id, people.WHITE_CITY.id])
    def test_only_to_another_office(self, app: Flask, office: object) -> None:
        referral = cases.make_referral("submitted")
        with pytest.raises(Invalid) as refused, transaction():
            actions.offer_transfer(referral, office, transfers.ANSWERS, by=MANAGER.viewer, version=None)  # type: ignore[arg-type]
        assert set(refused.value.errors) == {"office"}

    @pytest.mark.parametrize("state", [state for state in STATES if state != "draft"])
    def test_only_while_it_can_be_taken_on(self, app: Flask, state: str) -> None:
        referral = cases.make_referral(state)
        if state in TRANSFERABLE:
            assert transfers.offer(referral).standing == "offered"
            return
        with pytest.raises((IllegalMove, NotAllowed)):
            transfers.offer(referral)

    def test_one_offer_at_a_time(self, app: Flask) -> None:
        referral = cases.make_referral("submitted")
        transfers.offer(referral)
        with pytest.raises(IllegalMove):
            transfers.offer(referral)

    def test_not_over_what_somebody_else_changed(self, app: Flask) -> None:
        referral = cases.make_referral("submitted")
        version = referral.version
        cases.do(referral, "assign", CASEWORKER)
        with pytest.raises(Stale), transaction():
            actions.offer_transfer(
                referral, EALING.id, transfers.ANSWERS, transfers.agreement(), by=MANAGER.viewer, version=version
            )


class TestTakingOn:
    @pytest.mark.parametrize("state", TRANSFERABLE)
    def test_the_referral_changes_hands(self, app: Flask, state: str) -> None:
        referral = cases.make_referral(state)
        transfer = transfers.offer(referral)
        mail.forget()
        transfers.accept(transfer)
        assert (referral.office_id, referral.state) == (EALING.id, "accepted")
        assert referral.constituency_id == people.id_of("E14001207")
        assert referral.assignee_id == OTHER_CASEWORKER.id
        assert (referral.waiting_on, referral.due_on) == ("office", cases.soon())
        assert (referral.started_at, referral.clock_stopped_at, referral.state_before) == (None, None, None)
        assert referral.next_action == "Write to the department"
        assert who_sees(referral) == {VOLUNTEER, LEAD} | TARGET
        told = {MANAGER} | ({CASEWORKER} if state not in ("submitted", "information_requested") else set())
        assert mail.told("TransferAccepted") == told | {VOLUNTEER}
        assert found_by(HAMMERSMITH) == 0
        assert found_by(EALING) == found_by(people.WHITE_CITY) > 0

    def test_each_book_tells_its_own_part(self, app: Flask) -> None:
        transfers.accept(transfers.offer(cases.make_referral("submitted")))
        assert {"transfer.offered", "referral.passed_on"} <= told_in(HAMMERSMITH)
        assert told_in(EALING) == {"referral.transfer_accepted"}
        assert all(report.fault is None for report in verify_books(db.session()))

    def test_private_notes_stay_behind_and_shared_ones_travel(self, app: Flask) -> None:
        referral = cases.make_referral("in_progress")
        with transaction():
            actions.write_note(referral, "Only for us", shared=False, by=CASEWORKER.viewer)
            actions.write_note(referral, "For the group too", shared=True, by=CASEWORKER.viewer)
            actions.write_note(referral, "From the group", shared=True, by=VOLUNTEER.viewer)
            actions.write_note(referral, "The group's own", shared=False, by=VOLUNTEER.viewer)
        transfers.accept(transfers.offer(referral))
        read = [note.words for note in queries.notes(referral, OTHER_CASEWORKER.viewer)]
        assert read == ["For the group too", "From the group"]
        # Nobody of the first office reads anything any more, its own notes included.
        with pytest.raises(NotFound):
            queries.referral(referral.id, MANAGER.viewer)

    def test_what_the_first_office_kept_to_itself_is_not_in_the_timeline(self, app: Flask) -> None:
        referral = cases.make_referral("in_progress")
        cases.do(referral, "assign", MANAGER, assignee=people.SECOND_CASEWORKER.id, reason="conflict_of_interest")
        assert "assign" in {entry.code for entry in queries.timeline(referral, CASEWORKER.viewer)}
        transfers.accept(transfers.offer(referral))
        entries = queries.timeline(referral, OTHER_CASEWORKER.viewer)
        assert "assign" not in {entry.code for entry in entries}
        places = {entry.code: entry.organisation for entry in entries}
        assert (places["start"], places["accept_transfer"]) == (HAMMERSMITH.name, "")

    def test_the_new_office_goes_on_under_the_agreement_for_it(self, app: Flask) -> None:
        referral = cases.make_referral("in_progress")
        transfers.accept(transfers.offer(referral))
        cases.do(referral, "start", OTHER_CASEWORKER)
        cases.do(referral, "record_outcome", OTHER_CASEWORKER)
        cases.do(referral, "confirm_outcome", VOLUNTEER)
        cases.do(referral, "reopen", OTHER_CASEWORKER)
        given = db.session.scalars(select(Consent).where(Consent.kind == "transfer")).one()
        with transaction():
            actions.withdraw_consent(given, by=OTHER_CASEWORKER.viewer)
        assert not policy.may_go_on(referral)

    def test_the_agreement_is_looked_at_when_it_is_used(self, app: Flask) -> None:
        referral = cases.make_referral("submitted")
        with transaction():
            actions.record_consent(referral, transfers.agreement(expires_on=today()), by=MANAGER.viewer)
        with transaction():
            transfer = actions.offer_transfer(referral, EALING.id, transfers.ANSWERS, by=MANAGER.viewer, version=None)
        with clock_at(now() + cases.timedelta(days=2)), pytest.raises(Invalid) as refused:
            transfers.accept(transfer)
        assert set(refused.value.errors) == {"consent"}
        db.session.expire_all()
        assert (referral.office_id, transfer.standing) == (HAMMERSMITH.id, "offered")

    def test_the_new_office_is_warned_of_what_the_first_one_knew(self, app: Flask) -> None:
        referral = cases.make_referral("in_progress")
        with transaction():
            actions.record_date(referral, "benefit_decision", today() - cases.timedelta(days=27), by=VOLUNTEER.viewer)
        assert db.session.scalar(select(func.count()).select_from(LimitNotice))
        transfers.accept(transfers.offer(referral))
        mail.forget()
        with transaction():
            actions.warn_of_limits()
        assert mail.told("LimitNear") == {OTHER_CASEWORKER}

    @pytest.mark.parametrize("by", [MANAGER, CASEWORKER])
    def test_the_first_office_cannot_answer_itself(self, app: Flask, by: people.Someone) -> None:
        transfer = transfers.offer(cases.make_referral("submitted"))
        with pytest.raises(NotAllowed):
            transfers.accept(transfer, by)

    def test_to_others_there_is_no_offer(self, app: Flask) -> None:
        transfer = transfers.offer(cases.make_referral("submitted"))
        for person in set(people.EVERYBODY) - SOURCE - TARGET:
            with pytest.raises(NotFound):
                transfers.accept(transfer, person)

    def test_the_transition_alone_takes_nothing_on(self, app: Flask) -> None:
        referral = cases.make_referral("submitted")
        transfers.offer(referral)
        for person in (MANAGER, CASEWORKER):
            with pytest.raises(IllegalMove):
                cases.do(referral, "accept_transfer", person)
        with pytest.raises(NotFound):
            cases.do(referral, "accept_transfer", OTHER_MANAGER)


class TestNotTakingOn:
    def test_it_stays_and_the_other_office_sees_nothing_more(self, app: Flask) -> None:
        referral = cases.make_referral("in_progress")
        transfer = transfers.offer(referral)
        mail.forget()
        transfers.reject(transfer)
        assert mail.told("TransferRejected") == {MANAGER, CASEWORKER, VOLUNTEER}
        assert (referral.office_id, referral.state) == (HAMMERSMITH.id, "in_progress")
        with pytest.raises(NotFound):
            queries.offer(transfer.id, OTHER_MANAGER.viewer)
        assert offers_for(OTHER_MANAGER.viewer) == []
        # It can be offered again.
        transfers.offer(referral)

    def test_a_group_that_may_hear_nothing_is_not_told(self, app: Flask) -> None:
        transfer = transfers.offer(cases.make_referral("in_progress", told="none"))
        mail.forget()
        transfers.reject(transfer)
        assert mail.told("TransferRejected") == {MANAGER, CASEWORKER}

    def test_the_first_office_reads_why_and_the_group_the_reason(self, app: Flask) -> None:
        referral = cases.make_referral("in_progress")
        transfers.reject(transfers.offer(referral))
        of_office = queries.transfers_of(referral, MANAGER.viewer).timeline(MANAGER.viewer)[1]
        of_group = queries.transfers_of(referral, VOLUNTEER.viewer).timeline(VOLUNTEER.viewer)[1]
        assert of_office.words == (("Their answer", "Two of us are away until spring"),)
        assert of_office.organisation == EALING.name
        assert of_group.words == ()
        assert of_group.facts == of_office.facts == (("Reason", "The office cannot take more on now"),)

    def test_an_offer_can_be_taken_back(self, app: Flask) -> None:
        transfer = transfers.offer(cases.make_referral("in_progress"))
        mail.forget()
        transfers.revoke(transfer)
        assert mail.told("TransferRevoked") == TARGET | {VOLUNTEER}
        with pytest.raises(NotFound):
            transfers.accept(transfer)

    @pytest.mark.parametrize("by", [OTHER_MANAGER, CASEWORKER])
    def test_only_by_a_manager_of_who_made_it(self, app: Flask, by: people.Someone) -> None:
        with pytest.raises(NotAllowed):
            transfers.revoke(transfers.offer(cases.make_referral("submitted")), by)

    @pytest.mark.parametrize(
        ("state", "transition", "by"),
        [
            ("submitted", "decline", CASEWORKER),
            ("in_progress", "withdraw", VOLUNTEER),
            ("in_progress", "record_outcome", CASEWORKER),
        ],
    )
    def test_it_lapses_when_the_referral_moves_on(
        self, app: Flask, state: str, transition: str, by: people.Someone
    ) -> None:
        referral = cases.make_referral(state)
        transfer = transfers.offer(referral)
        mail.forget()
        cases.do(referral, transition, by)
        assert transfer.standing == "lapsed"
        assert mail.told("TransferRevoked") == TARGET
        assert queries.offers_to(OTHER_MANAGER.viewer) == []


class TestAtOnce:
    def test_of_taking_on_and_taking_back_one_wins(self, app: Flask) -> None:
        transfer = transfers.offer(cases.make_referral("in_progress"))
        transfer_id, referral_id, version = transfer.id, transfer.referral_id, transfer.version

        def accepting() -> str:
            with transaction():
                found = queries.transfer(transfer_id, OTHER_MANAGER.viewer)
                answers = cases.answers_for("accept_transfer", OTHER_MANAGER.viewer)
                actions.accept_transfer(found, answers, by=OTHER_MANAGER.viewer, version=version)
            return "accepted"

        def revoking() -> str:
            with transaction():
                found = queries.transfer(transfer_id, MANAGER.viewer)
                actions.revoke_transfer(found, by=MANAGER.viewer, version=version)
            return "revoked"

        results = all_at_once(app, [accepting, revoking, accepting])
        winners = [result for result in results if isinstance(result, str)]
        assert len(winners) == 1, results
        others = [result for result in results if result not in winners]
        assert all(isinstance(result, Stale | IllegalMove | NotFound) for result in others), results
        row = db.session.get_one(Transfer, transfer_id)
        referral = db.session.get_one(Referral, referral_id)
        assert row.standing == winners[0]
        assert referral.office_id == (EALING.id if winners == ["accepted"] else HAMMERSMITH.id)
        assert all(report.fault is None for report in verify_books(db.session()))

    def test_nobody_is_handed_what_has_just_ended(self, app: Flask) -> None:
        transfer = transfers.offer(cases.make_referral("in_progress"))
        transfer_id, referral_id = transfer.id, transfer.referral_id

        def accepting() -> object:
            with transaction():
                found = queries.transfer(transfer_id, OTHER_MANAGER.viewer)
                answers = cases.answers_for("accept_transfer", OTHER_MANAGER.viewer)
                return actions.accept_transfer(found, answers, by=OTHER_MANAGER.viewer, version=None).transition

        def ending() -> object:
            with transaction():
                referral = queries.referral(referral_id, CASEWORKER.viewer)
                answers = cases.answers_for("record_outcome", CASEWORKER.viewer)
                return actions.move(referral, "record_outcome", answers, by=CASEWORKER.viewer, version=None).transition

        results = all_at_once(app, [accepting, ending])
        assert len([result for result in results if isinstance(result, str)]) == 1, results
        referral = db.session.get_one(Referral, referral_id)
        standing = db.session.get_one(Transfer, transfer_id).standing
        assert (referral.state, standing) in {("accepted", "accepted"), ("outcome_recorded", "lapsed")}
