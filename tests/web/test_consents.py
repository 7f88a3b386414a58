"""What the resident agreed to: seen by both sides, taken back, approved, and how much may be told."""

from collections.abc import Callable
from typing import ClassVar

import pytest
from flask import Flask

from referrals.audit.actions import record
from referrals.casework import queries
from referrals.casework.models import Referral
from referrals.foundation.database import db, transaction
from tests import markup, people
from tests.casework import mail
from tests.casework.cases import give_consent, make_referral
from tests.plugins.visitors import Visitor

Visit = Callable[..., Visitor]


def path_of(referral: Referral, *more: object) -> str:
    return "/".join((f"/referrals/{referral.reference}/consents", *map(str, more)))


def first_consent(referral: Referral) -> str:
    found = queries.referral(str(referral.reference), people.CASEWORKER.viewer)
    consent_id = str(found.consents[0].id)
    # Lets go of the rows without forgetting what is in them, so that no lock is held while the pages are asked.
    db.session.close()
    return consent_id


def waiting_consent(referral: Referral) -> str:
    """A ground other than the resident's own request, which a lead has still to approve."""
    with transaction():
        found = queries.referral(str(referral.reference), people.CASEWORKER.viewer)
        consent = give_consent(found, ground="cannot_be_given", given_by="nobody")
        record("consent.recorded", by=people.VOLUNTEER.viewer, subject=("referral", found.id))
    return str(consent.id)


@pytest.mark.parametrize("person", [people.VOLUNTEER, people.CASEWORKER], ids=["group", "office"])
class TestBothSides:
    def test_they_see_what_was_agreed(self, app: Flask, visit: Visit, person: people.Someone) -> None:
        page = visit(person).get(path_of(make_referral())).text
        assert "The group may send this to the MP’s office" in page
        assert "The resident asked for this" in page

    def test_reading_them_leaves_an_event(self, app: Flask, visit: Visit, person: people.Someone) -> None:
        referral = make_referral()
        browser = visit(person)
        browser.get(path_of(referral))
        assert "Read the referral" in browser.get(f"/referrals/{referral.reference}/history").text

    def test_they_can_take_it_back_with_a_reason(self, app: Flask, visit: Visit, person: people.Someone) -> None:
        referral = make_referral()
        browser = visit(person)
        page = browser.get(path_of(referral, first_consent(referral), "withdraw"))
        assert browser.send(page).status_code == 422
        answer = browser.send(page, {"reason": "They telephoned today"})
        assert answer.location == path_of(referral)
        assert "Withdrawn on" in browser.get(answer.location).text

    def test_taking_it_back_twice_is_explained(self, app: Flask, visit: Visit, person: people.Someone) -> None:
        referral = make_referral()
        browser = visit(person)
        path = path_of(referral, first_consent(referral), "withdraw")
        browser.send(path, {"reason": "They telephoned"})
        again = browser.send(path, {"reason": "They wrote too"})
        assert again.status_code == 422
        assert "taken back already" in again.text
        assert "They wrote too" in again.text

    def test_they_can_record_how_much_may_be_told(self, app: Flask, visit: Visit, person: people.Someone) -> None:
        referral = make_referral()
        browser = visit(person)
        sent = {"scope": "status", "given_by": "resident", "method": "by_phone"}
        answer = browser.send(path_of(referral, "feedback"), sent)
        assert answer.location == path_of(referral)
        assert "How far it has got" in browser.get(answer.location).text

    @pytest.mark.parametrize("sent", [{"scope": "everything"}, {"given_on-day": "99"}, {"method": ""}])
    def test_what_cannot_be_is_refused(
        self, app: Flask, visit: Visit, person: people.Someone, sent: dict[str, str]
    ) -> None:
        given = {"scope": "status", "given_by": "resident", "method": "by_phone", **sent}
        page = visit(person).send(path_of(make_referral(), "feedback"), given)
        assert page.status_code == 422
        assert "<title>Error: " in page.text


class TestApproval:
    def test_a_lead_approves(self, app: Flask, visit: Visit) -> None:
        referral = make_referral()
        consent_id = waiting_consent(referral)
        browser = visit(people.LEAD)
        page = browser.get(path_of(referral))
        assert "Waits for the approval" in page.text
        answer = browser.send(page)
        assert answer.location == path_of(referral)
        assert "Waits for the approval" not in browser.get(answer.location).text
        again = browser.post(path_of(referral, consent_id, "approve"))
        assert "nothing to approve" in again.text

    @pytest.mark.parametrize("person", [people.VOLUNTEER, people.CASEWORKER])
    def test_nobody_else_does(self, app: Flask, visit: Visit, person: people.Someone) -> None:
        referral = make_referral()
        path = path_of(referral, waiting_consent(referral), "approve")
        assert visit(person).post(path).status_code == 403


class TestStrangers:
    def test_they_find_nothing(self, app: Flask, visit: Visit) -> None:
        referral = make_referral()
        consent_id = first_consent(referral)
        for person in (people.OTHER_CASEWORKER, people.OTHER_VOLUNTEER, people.SECOND_VOLUNTEER):
            for path in (path_of(referral), path_of(referral, consent_id, "withdraw"), path_of(referral, "feedback")):
                assert visit(person).get(path).status_code == 404

    def test_a_consent_of_another_referral_is_not_found(self, app: Flask, visit: Visit) -> None:
        referral, other = make_referral(), make_referral()
        path = path_of(referral, first_consent(other), "withdraw")
        browser = visit(people.CASEWORKER)
        assert browser.get(path).status_code == 404
        assert browser.post(path, {"reason": "Theirs"}).status_code == 404


class TestAnotherOffice:
    """The group asks whether another office may have it, and records the answer; the office hears of it."""

    SAID: ClassVar = {"given_by": "resident", "method": "by_phone", "covers_health": "y"}

    def test_the_group_records_it_and_the_office_can_offer_on_it(self, app: Flask, visit: Visit) -> None:
        referral = make_referral("in_progress")
        group = visit(people.VOLUNTEER)
        assert path_of(referral, "transfer") in group.get(path_of(referral)).text
        page = group.get(path_of(referral, f"transfer?to={people.EALING.id}"))
        assert "may ask the other office to take my case on" in page.text
        assert f'value="{people.EALING.id}" selected' in page.text
        assert people.HAMMERSMITH.name not in page.text.split('id="office"')[1].split("</select>")[0]
        mail.forget()
        answer = group.send(page, {"office": str(people.EALING.id), **self.SAID})
        assert answer.location == path_of(referral)
        assert mail.told("TransferAgreed") == {people.CASEWORKER}
        assert "Given on" in group.get(answer.location).text
        offer = visit(people.MANAGER).get(f"/referrals/{referral.reference}/transfer").text
        assert f"For {people.EALING.name}" in offer

    def test_it_sends_nothing_by_itself(self, app: Flask, visit: Visit) -> None:
        referral = make_referral("in_progress")
        group = visit(people.VOLUNTEER)
        group.send(path_of(referral, "transfer"), {"office": str(people.EALING.id), **self.SAID})
        assert visit(people.OTHER_MANAGER).get(f"/referrals/{referral.reference}").status_code == 404
        assert referral.reference not in visit(people.OTHER_MANAGER).get("/offers").text

    @pytest.mark.parametrize("sent", [{"office": ""}, {"office": "nobody"}, {"given_by": ""}, {"method": ""}])
    def test_faults_stand_beside_their_fields(self, app: Flask, visit: Visit, sent: dict[str, str]) -> None:
        referral = make_referral("in_progress")
        given = {"office": str(people.EALING.id), **self.SAID, **sent}
        answer = visit(people.VOLUNTEER).send(path_of(referral, "transfer"), given)
        assert answer.status_code == 422
        assert "Error: " in answer.text

    @pytest.mark.parametrize("state", ["closed", "declined"])
    def test_what_has_ended_is_with_nobody(self, app: Flask, visit: Visit, state: str) -> None:
        referral = make_referral(state)
        group = visit(people.VOLUNTEER)
        assert path_of(referral, "transfer") not in group.get(path_of(referral)).text
        assert group.get(path_of(referral, "transfer")).location == path_of(referral)

    def test_from_the_corrected_postcode_one_is_led_there(self, app: Flask, visit: Visit) -> None:
        referral = make_referral("in_progress")
        group = visit(people.VOLUNTEER)
        home = f"/referrals/{referral.reference}"
        given = {"postcode": people.WORMHOLT_POSTCODE, "correction": "It was typed wrong"}
        assert group.send(f"{home}/correct-postcode", given).location == home
        page = group.get(home).text
        assert markup.faults(page) == []
        assert "is not in the constituency of the office that has this" in page
        link = path_of(referral, f"transfer?to={people.EALING.id}")
        assert f'href="{link}"' in page
        group.send(link, {"office": str(people.EALING.id), **self.SAID})
        after = group.get(home).text
        assert link not in after
        assert f"It is recorded that they agree to the {people.EALING.name}" in after
