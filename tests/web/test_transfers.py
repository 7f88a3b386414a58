"""Offers between offices, through the pages: made with the resident's agreement, answered, taken back, and gone."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from referrals.casework import actions, queries
from referrals.casework.models import Referral, Transfer
from referrals.foundation.clock import today
from referrals.foundation.database import db, transaction
from referrals.notifications.models import Notice
from tests import people
from tests.casework import cases, transfers
from tests.casework.cases import make_referral
from tests.documents.keeping import add_document
from tests.people import CASEWORKER, EALING, HAMMERSMITH, MANAGER, OTHER_CASEWORKER, OTHER_MANAGER, VOLUNTEER
from tests.plugins.visitors import Visitor

Visit = Callable[..., Visitor]
SECRETS = (cases.NAME, cases.PHONE, cases.POSTCODE, "lost his leg", "Nine months without", "An assessment")


def day_fields(name: str, day: Any) -> dict[str, str]:
    return {f"{name}-day": str(day.day), f"{name}-month": str(day.month), f"{name}-year": str(day.year)}


def offered(**changes: str) -> dict[str, str]:
    """What a manager fills in."""
    sent = {"office": str(EALING.id), "reason": "wrong_office", "words": "Please decide soon", "agreed": "now"}
    return sent | {"given_by": "resident", "method": "by_phone", "covers_health": "y"} | changes


def taken_on(**changes: str) -> dict[str, str]:
    """What the other office fills in."""
    plan = {"next_action": "Ring the group", **day_fields("next_action_on", today() + timedelta(days=3))}
    return plan | {"message": "We will ring you"} | changes


def path_of(referral: Referral, rest: str = "") -> str:
    return f"/referrals/{referral.reference}{rest}"


def offer_path(transfer: Transfer, rest: str = "") -> str:
    return f"/offers/{transfer.id}{rest}"


def test_opening_an_offer_reads_its_notice_and_nobody_elses(app: Flask, visit: Visit) -> None:
    one, other = (transfers.offer(make_referral("accepted")) for _ in range(2))
    visit(OTHER_CASEWORKER).get(offer_path(one))
    db.session.rollback()
    read = select(Notice.person_id, Notice.path).where(Notice.kind == "TransferOffered", Notice.read_at.is_not(None))
    assert db.session.execute(read).all() == [(OTHER_CASEWORKER.id, offer_path(one))]
    assert offer_path(other) in {notice.path for notice in db.session.scalars(select(Notice))}


class TestOffering:
    def test_a_manager_offers_it_with_the_residents_agreement(self, app: Flask, visit: Visit) -> None:
        referral = make_referral("in_progress")
        browser = visit(MANAGER)
        page = browser.get(path_of(referral))
        assert path_of(referral, "/transfer") in page.text
        answer = browser.send(path_of(referral, "/transfer"), offered())
        assert answer.status_code == 303
        shown = browser.get(answer.location).text
        assert "Please decide soon" in shown
        assert EALING.name in shown
        assert f"Offered to {EALING.name}" in browser.get(path_of(referral)).text
        given = queries.consents_of(queries.referral(referral.id, MANAGER.viewer), MANAGER.viewer)[-1]
        assert (given.kind, given.to_organisation_id, given.method) == ("transfer", EALING.id, "by_phone")

    @pytest.mark.parametrize(
        ("changes", "says"),
        [
            ({"agreed": "not_yet"}, "You cannot offer it before the resident has agreed"),
            ({"agreed": ""}, "Say whether the resident has agreed"),
            ({"given_by": ""}, "Say who agreed"),
            ({"method": ""}, "Say how they agreed"),
            ({"given_on-day": ""}, "The day must include a day"),
            ({"given_by": "nobody"}, "Select"),
            ({"office": ""}, "Choose the office to offer it to"),
            ({"office": str(HAMMERSMITH.id)}, "from the list"),
            ({"reason": ""}, "Choose a reason"),
        ],
    )
    def test_what_is_missing_is_said_and_what_was_typed_is_kept(
        self, app: Flask, visit: Visit, changes: dict[str, str], says: str
    ) -> None:
        referral = make_referral("in_progress")
        page = visit(MANAGER).send(path_of(referral, "/transfer"), offered(**changes))
        assert page.status_code == 422
        assert "<title>Error: " in page.text
        assert says in page.text
        assert "Please decide soon" in page.text
        assert queries.offers_to(OTHER_MANAGER.viewer) == []

    def test_an_agreement_recorded_before_can_be_used(self, app: Flask, visit: Visit) -> None:
        referral = make_referral("in_progress")
        with transaction():
            actions.record_consent(referral, transfers.agreement(), by=CASEWORKER.viewer)
        answer = visit(MANAGER).send(path_of(referral, "/transfer"), offered(agreed="recorded", given_by="", method=""))
        assert answer.status_code == 303

    def test_what_is_on_offer_leads_to_the_offer(self, app: Flask, visit: Visit) -> None:
        referral = make_referral("in_progress")
        transfer = transfers.offer(referral)
        assert visit(MANAGER).get(path_of(referral, "/transfer")).location == offer_path(transfer)
        sent = offered(version=str(referral.version)) | day_fields("given_on", today())
        again = visit(MANAGER).post(path_of(referral, "/transfer"), sent)
        assert "on offer to another office already" in again.text

    def test_somebody_who_was_first_is_told_of(self, app: Flask, visit: Visit) -> None:
        referral = make_referral("in_progress")
        browser = visit(MANAGER)
        page = browser.get(path_of(referral, "/transfer"))
        cases.do(db.session.get_one(Referral, referral.id), "hold", CASEWORKER)
        late = browser.send(page, offered())
        assert late.status_code == 409
        assert "Please decide soon" in late.text
        assert browser.send(late, offered()).status_code == 303

    def test_a_question_of_the_group_needs_nobodys_agreement(self, app: Flask, visit: Visit) -> None:
        referral = make_referral("submitted", issue_type="request_for_advice", category="other")
        browser = visit(MANAGER)
        assert "What the resident says" not in browser.get(path_of(referral, "/transfer")).text
        sent = {"office": str(EALING.id), "reason": "wrong_office", "words": ""}
        assert browser.send(path_of(referral, "/transfer"), sent).status_code == 303


class TestTheOtherOffice:
    def test_its_queue_says_that_something_is_offered(self, app: Flask, visit: Visit) -> None:
        browser = visit(OTHER_CASEWORKER)
        assert "offered to your office" not in browser.get("/queue").text
        assert "Nothing is offered to your office" in browser.get("/offers").text
        transfers.offer(make_referral("in_progress"))
        assert "1 referral is offered to your office" in browser.get("/queue").text
        transfers.offer(make_referral("submitted"))
        assert "2 referrals are offered to your office" in browser.get("/queue").text
        # It is nobody else's business.
        assert "offered to your office</h2>" not in visit(CASEWORKER).get("/queue").text

    def test_it_sees_the_offer_and_neither_person_nor_story(self, app: Flask, visit: Visit) -> None:
        referral = make_referral("in_progress", urgency="soon")
        transfer = transfers.offer(referral)
        browser = visit(OTHER_CASEWORKER)
        for path in ("/offers", offer_path(transfer), offer_path(transfer, "/accept"), offer_path(transfer, "/reject")):
            page = browser.get(path)
            assert page.status_code == 200
            assert str(referral.reference) in page.text
            assert [secret for secret in SECRETS if secret in page.text] == []
        shown = browser.get(offer_path(transfer)).text
        for word in (
            people.WHITE_CITY.name,
            "Benefits and money",
            "Soon",
            "moved to another constituency",
            transfers.WORDS,
        ):
            assert word in shown
        assert browser.get(path_of(referral)).status_code == 404

    def test_it_takes_it_on_and_reads_everything_that_was_shared(self, app: Flask, visit: Visit) -> None:
        referral = make_referral("in_progress")
        with transaction():
            actions.write_note(referral, "Kept to ourselves", shared=False, by=CASEWORKER.viewer)
            actions.write_note(referral, "For everybody", shared=True, by=CASEWORKER.viewer)
        add_document(referral, by=CASEWORKER, shared=False, name="Kept back.jpg")
        add_document(referral, by=CASEWORKER, shared=True, name="Shared letter.jpg")
        transfer = transfers.offer(referral)
        browser = visit(OTHER_CASEWORKER)
        answer = browser.send(offer_path(transfer, "/accept"), taken_on())
        assert answer.location == path_of(referral)
        page = browser.get(answer.location).text
        for word in (cases.NAME, "lost his leg", "For everybody", "Shared letter.jpg", "Ring the group"):
            assert word in page
        for word in ("Kept to ourselves", "Kept back.jpg"):
            assert word not in page
        # What the other office did is told as its own.
        assert HAMMERSMITH.name in page
        # The address of the offer leads on.
        assert browser.get(offer_path(transfer)).location == path_of(referral)
        assert "We will ring you" in visit(VOLUNTEER).get(path_of(referral)).text

    def test_it_cannot_be_taken_on_without_a_next_action(self, app: Flask, visit: Visit) -> None:
        transfer = transfers.offer(make_referral("in_progress"))
        page = visit(OTHER_CASEWORKER).send(offer_path(transfer, "/accept"), taken_on(next_action=""))
        assert "Say what you will do next" in page.text
        assert "We will ring you" in page.text

    def test_a_manager_gives_it_to_somebody_of_their_own(self, app: Flask, visit: Visit) -> None:
        referral = make_referral("in_progress")
        transfer = transfers.offer(referral)
        answer = visit(OTHER_MANAGER).send(offer_path(transfer, "/accept"), taken_on(assignee=str(OTHER_CASEWORKER.id)))
        assert answer.status_code == 303
        assert db.session.get_one(Referral, referral.id).assignee_id == OTHER_CASEWORKER.id

    def test_what_it_does_not_take_on_is_gone(self, app: Flask, visit: Visit) -> None:
        referral = make_referral("in_progress")
        transfer = transfers.offer(referral)
        browser = visit(OTHER_CASEWORKER)
        assert "Choose a reason" in browser.send(offer_path(transfer, "/reject"), {"answer": "No room"}).text
        sent = {"reason": "no_capacity", "answer": "No room"}
        assert browser.send(offer_path(transfer, "/reject"), sent).location == "/offers"
        for path in (offer_path(transfer), offer_path(transfer, "/accept"), path_of(referral)):
            assert browser.get(path).status_code == 404
        shown = visit(MANAGER).get(offer_path(transfer)).text
        assert "No room" in shown
        assert "The office cannot take more on now" in shown
        group = visit(VOLUNTEER).get(path_of(referral)).text
        assert "The office cannot take more on now" in group
        assert "No room" not in group

    def test_what_was_typed_is_given_back_when_the_offer_was_taken_back(self, app: Flask, visit: Visit) -> None:
        transfer = transfers.offer(make_referral("in_progress"))
        browser = visit(OTHER_CASEWORKER)
        page = browser.get(offer_path(transfer, "/accept"))
        transfers.revoke(db.session.get_one(Transfer, transfer.id))
        late = browser.send(page, taken_on())
        assert late.status_code == 409
        assert "no longer on offer" in late.text
        assert "We will ring you" in late.text

    def test_strangers_find_nothing(self, app: Flask, visit: Visit) -> None:
        transfer = transfers.offer(make_referral("in_progress"), place=EALING)
        for person in set(people.EVERYBODY) - {OTHER_CASEWORKER, OTHER_MANAGER, CASEWORKER, MANAGER}:
            if person.place is not HAMMERSMITH:
                assert visit(person).get(offer_path(transfer)).status_code in {403, 404}


class TestTheFirstOffice:
    def test_it_takes_an_offer_back(self, app: Flask, visit: Visit) -> None:
        referral = make_referral("in_progress")
        transfer = transfers.offer(referral)
        browser = visit(MANAGER)
        assert "Take the offer back" in browser.get(offer_path(transfer)).text
        assert "Take the offer back" not in visit(CASEWORKER).get(offer_path(transfer)).text
        assert browser.send(offer_path(transfer, "/revoke")).location == path_of(referral)
        assert "Taken back" in browser.get("/offers").text
        assert visit(OTHER_MANAGER).get(offer_path(transfer)).status_code == 404

    def test_it_comes_too_late_to_take_it_back(self, app: Flask, visit: Visit) -> None:
        transfer = transfers.offer(make_referral("in_progress"))
        browser = visit(MANAGER)
        page = browser.get(offer_path(transfer, "/revoke"))
        transfers.accept(db.session.get_one(Transfer, transfer.id))
        assert browser.send(page).status_code == 409
        assert browser.get(offer_path(transfer, "/revoke")).location == offer_path(transfer)

    def test_afterwards_it_knows_that_it_had_it_and_reads_no_more(self, app: Flask, visit: Visit) -> None:
        referral = make_referral("in_progress")
        browser = visit(CASEWORKER)
        browser.get(path_of(referral))
        transfer = transfers.offer(referral)
        transfers.accept(transfer)
        assert browser.get(path_of(referral)).location == offer_path(transfer)
        page = browser.get(offer_path(transfer)).text
        assert "Taken on by another office" in page
        assert "Read the referral" in page
        assert "Lost sight of the referral" in page
        assert [secret for secret in SECRETS if secret in page] == []
        for rest in ("/history", "/consents", "/pack", "/notes/private", "/transfer"):
            assert browser.get(path_of(referral, rest)).status_code in {403, 404}
        for tab in ("mine", "team", "ended", "unassigned"):
            assert str(referral.reference) not in browser.get(f"/queue?tab={tab}").text
        assert str(referral.reference) not in browser.send("/find", {"text": cases.NAME}).text


class TestAnotherSeat:
    """The resident's postcode leads elsewhere than to the office that has the referral."""

    def test_the_right_office_is_named_and_can_be_offered_it(self, app: Flask, visit: Visit) -> None:
        referral = elsewhere(people.WORMHOLT_POSTCODE)
        page = visit(MANAGER).get(path_of(referral)).text
        assert "This postcode is in Ealing Central and Acton" in page
        assert "Their MP is Priya Calder" in page
        link = f"/transfer?to={EALING.id}&amp;reason=wrong_office"
        assert path_of(referral, link) in page
        form = visit(MANAGER).get(path_of(referral, link.replace("&amp;", "&"))).text
        assert f'<option value="{EALING.id}" selected>' in form
        # Nothing happens by itself.
        assert db.session.get_one(Referral, referral.id).office_id == HAMMERSMITH.id

    def test_a_caseworker_can_decline_it_with_the_reason_filled_in(self, app: Flask, visit: Visit) -> None:
        referral = elsewhere(people.WORMHOLT_POSTCODE)
        browser = visit(CASEWORKER)
        page = browser.get(path_of(referral)).text
        assert "Your office manager can offer it" in page
        decline = path_of(referral, "/decline?reason=not_constituent")
        assert decline in page
        sent = {"note": "Not ours", "instead": "Write to the office next door"}
        assert browser.send(decline, sent).status_code == 303
        assert db.session.get_one(Referral, referral.id).end_reason == "not_constituent"

    def test_where_the_right_office_is_not_here_it_says_what_to_do_instead(self, app: Flask, visit: Visit) -> None:
        page = visit(MANAGER).get(path_of(elsewhere(people.LONELY_POSTCODE))).text
        assert "This postcode is in A Seat Without" in page
        assert "It cannot be offered to anybody there" in page
        assert "/transfer?to=" not in page

    @pytest.mark.parametrize("postcode", [people.WHITE_CITY_POSTCODE, "ZZ9 9ZZ", None])
    def test_nothing_is_said_where_there_is_nothing_to_say(
        self, app: Flask, visit: Visit, postcode: str | None
    ) -> None:
        assert "This postcode is in" not in visit(MANAGER).get(path_of(elsewhere(postcode))).text

    def test_the_group_is_not_told_and_what_has_ended_is_left_alone(self, app: Flask, visit: Visit) -> None:
        assert "This postcode is in" not in visit(VOLUNTEER).get(path_of(elsewhere(people.WORMHOLT_POSTCODE))).text
        ended = elsewhere(people.WORMHOLT_POSTCODE, "closed")
        assert "This postcode is in" not in visit(MANAGER).get(path_of(ended)).text

    def test_it_is_right_again_once_it_was_handed_on(self, app: Flask, visit: Visit) -> None:
        referral = elsewhere(people.WORMHOLT_POSTCODE)
        transfers.accept(transfers.offer(referral))
        assert referral.routing == "by_postcode"
        assert "This postcode is in" not in visit(OTHER_CASEWORKER).get(path_of(referral)).text


def elsewhere(postcode: str | None, state: str = "submitted") -> Referral:
    """A referral to the first office, chosen by hand, about somebody of this postcode."""
    referral = cases.make_draft(routing="moved_recently")
    with transaction():
        assert referral.resident is not None
        referral.resident.postcode = postcode
        cases.record("referral.draft_saved", by=VOLUNTEER.viewer, subject=("referral", referral.id))
    for transition, by in cases.PATHS[state]:
        cases.do(referral, transition, by)
    return referral
