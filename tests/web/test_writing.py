"""Writing letters on the pages: only whom it is safe and agreed to write to, with nothing missing, and nothing lost."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from referrals.casework.models import Chaser, Enquiry, Referral
from referrals.correspondence.actions.sending import IN_A_LETTER
from referrals.correspondence.fields import written
from referrals.correspondence.models import Letter
from referrals.foundation.clock import today
from referrals.foundation.database import db
from referrals.foundation.errors import IllegalMove
from tests import markup, people
from tests.casework import cases
from tests.casework.cases import do, make_draft, make_referral
from tests.correspondence.writing import ADDRESS, agree_to, reachable, send, write
from tests.plugins.visitors import Visitor

Visit = Callable[..., Visitor]
OFFICE, GROUP = people.CASEWORKER, people.VOLUNTEER
TOWN = ADDRESS.split("\n")[0]


def path(referral: Referral, *more: str) -> str:
    return "/".join((f"/referrals/{referral.reference}/letters/new", *more))


def errors_on(text: str) -> list[str]:
    (listed,) = markup.read(text).all("ul", class_="govuk-error-summary__list")
    return [markup.text_of(line) for line in listed]


def letters(referral: Referral) -> list[Letter]:
    db.session.rollback()
    return list(db.session.scalars(select(Letter).where(Letter.referral_id == referral.id).order_by(Letter.made_at)))


class TestChoosing:
    def test_from_the_referrals_page(self, app: Flask, visit: Visit) -> None:
        referral = reachable()
        browser = visit(OFFICE)
        page = browser.get(f"/referrals/{referral.reference}").text
        assert "No letters yet" in page
        assert path(referral) in page
        shown = browser.get(path(referral)).text
        for title in ("Enquiry to a body", "Holding letter to the person", "Closing letter to the group"):
            assert title in shown

    def test_the_group_writes_none(self, app: Flask, visit: Visit) -> None:
        referral = reachable()
        browser = visit(GROUP)
        assert 'id="letters"' not in browser.get(f"/referrals/{referral.reference}").text
        assert browser.get(path(referral)).status_code == 403

    def test_a_request_for_advice_has_no_person_to_write_to(self, app: Flask, visit: Visit) -> None:
        referral = make_referral("in_progress", issue_type="request_for_advice", category="other")
        browser = visit(OFFICE)
        assert "To the person" not in browser.get(path(referral)).text
        assert browser.get(path(referral, "holding_resident", "post")).status_code == 303

    def test_a_draft_has_no_letters(self, app: Flask, visit: Visit) -> None:
        draft = make_draft()
        assert visit(OFFICE).get(f"/referrals/{draft.id}/letters/new").status_code == 404


class TestToThePerson:
    def test_only_safe_ways_are_offered_and_the_advice_comes_first(self, app: Flask, visit: Visit) -> None:
        referral = reachable(safe={"through": "resident", "channels": ["email"], "times": "After 6 pm"})
        page = visit(OFFICE).get(path(referral, "holding_resident")).text
        values = [one.get("value") for one in markup.read(page).all("input", type="radio")]
        assert values == ["email", "through-group"]
        assert "Post is not a safe way to reach them." in page
        assert page.index("Before you contact them") < page.index("How will the letter reach them?")
        assert "When: After 6 pm." in page
        assert TOWN not in page

    def test_what_is_not_safe_cannot_be_reached_by_address(self, app: Flask, visit: Visit) -> None:
        referral = reachable(safe={"through": "volunteer", "channels": ["letter"]})
        browser = visit(OFFICE)
        answer = browser.get(path(referral, "holding_resident", "post"))
        assert answer.location.endswith(path(referral, "holding_resident"))
        page = browser.get(answer.location).text
        assert [one.get("value") for one in markup.read(page).all("input", type="radio")] == ["through-group"]
        assert "only through the volunteer" in page
        refused = browser.post(path(referral, "holding_resident", "post"), {"words": "Dear Albert", "version": "99"})
        assert "only through the volunteer" in errors_on(refused.text)[0]
        assert "Dear Albert" in refused.text
        assert letters(referral) == []

    def test_where_nothing_is_safe_it_says_so_and_what_to_do(self, app: Flask, visit: Visit) -> None:
        referral = reachable(safe=None, told="status")
        page = visit(OFFICE).get(path(referral, "holding_resident")).text
        assert "There is no safe way to get a letter to them now" in page
        assert "Ask the group how to reach them safely" in page
        assert markup.read(page).all("input", type="radio") == []

    def test_the_advice_stands_above_the_address(self, app: Flask, visit: Visit) -> None:
        referral = reachable()
        page = visit(OFFICE).get(path(referral, "holding_resident", "post")).text
        assert page.index("Before you contact them") < page.index(TOWN)
        # And it cannot be changed there: a letter goes where the referral says it is safe.
        assert 'name="address"' not in page

    def test_another_address_that_is_sent_is_not_taken(self, app: Flask, visit: Visit) -> None:
        referral = reachable()
        browser = visit(OFFICE)
        browser.send(path(referral, "holding_resident", "email"), {"address": "1 Elsewhere", "name": "Somebody"})
        (made,) = letters(referral)
        assert made.recipient == {"name": cases.NAME, "address": "albert@canary.example", "reference": ""}

    def test_a_way_that_there_is_not(self, app: Flask, visit: Visit) -> None:
        referral = reachable()
        browser = visit(OFFICE)
        for bad in ("pigeon", "on_page", "dwp", "group"):
            assert browser.get(path(referral, "holding_resident", bad)).status_code == 404
        assert browser.get(path(referral, "love_letter")).status_code == 404


class TestTheLetter:
    def test_fields_are_filled_in(self, app: Flask, visit: Visit) -> None:
        referral = reachable()
        page = visit(OFFICE).get(path(referral, "holding_resident", "post"))
        words = "".join(markup.read(page.text).one("textarea", name="words").itertext())
        assert f"Dear {cases.NAME}," in words
        assert "What we do next: Write to the department." in words
        assert "for Rowan Ashdown MP, Hammersmith and Chiswick" in words
        assert "((" not in words

    def test_a_missing_field_is_named_with_where_it_is_filled_in(self, app: Flask, visit: Visit) -> None:
        referral = reachable("in_progress")
        browser = visit(OFFICE)
        page = browser.get(path(referral, "outcome_resident", "post"))
        assert "what came of it" in page.text
        (link,) = markup.read(page.text).all("a", href=f"/referrals/{referral.reference}/record-outcome")
        assert link.text == "Record the outcome"
        assert browser.get(link.get("href")).status_code == 200
        refused = browser.send(page)
        assert errors_on(refused.text) == ["Write something in place of ((what came of it)), or take it out"]
        assert "<title>Error: " in refused.text
        assert letters(referral) == []
        # Written by hand instead.
        words = "Dear Albert,\n\nIt came right."
        assert browser.send(page, {"words": words}).status_code == 303
        assert letters(referral)[0].words == words

    def test_what_cannot_be_done_yet_leads_nowhere(self, app: Flask, visit: Visit) -> None:
        referral = reachable("submitted")
        page = visit(OFFICE).get(path(referral, "outcome_resident", "post")).text
        assert "Nothing is known. Write it yourself, or take it out" in page
        assert "record-outcome" not in page

    def test_making_one(self, app: Flask, visit: Visit) -> None:
        referral = reachable()
        browser = visit(OFFICE)
        answer = browser.send(path(referral, "acknowledgement_resident", "post"))
        (made,) = letters(referral)
        assert answer.location == f"/referrals/{referral.reference}/letters/{made.id}"
        assert (made.kind, made.audience, made.channel) == ("acknowledgement_resident", "resident", "post")
        assert (made.text_version, made.sent_at, made.shared_at) == (0, None, None)
        assert made.recipient is not None
        assert made.recipient["address"] == f"{ADDRESS}\n{cases.POSTCODE}"
        shown = browser.get(answer.location).text
        assert "Letter made." in shown
        assert shown.index("Before you contact them") < shown.index(TOWN)

    def test_a_double_click_makes_one(self, app: Flask, visit: Visit) -> None:
        referral = reachable()
        browser = visit(OFFICE)
        page = browser.get(path(referral, "holding_group", "group"))
        assert browser.send(page).location == browser.send(page).location
        assert len(letters(referral)) == 1

    def test_somebody_else_was_first(self, app: Flask, visit: Visit) -> None:
        referral = reachable()
        browser = visit(OFFICE)
        page = browser.get(path(referral, "holding_group", "group"))
        do(db.session.get_one(Referral, referral.id), "hold", people.SECOND_CASEWORKER)
        answer = browser.send(page, {"words": "My own words"})
        assert answer.status_code == 409
        assert "Somebody else was first" in answer.text
        assert "My own words" in answer.text
        assert letters(referral) == []
        assert browser.send(answer).status_code == 303
        assert letters(referral)[0].words == "My own words"

    @pytest.mark.parametrize(
        ("changes", "says"),
        [
            ({"words": " "}, "Write the letter first"),
            ({"words": "x" * 10_001}, "The letter must be 10,000 characters or fewer"),
            ({"name": ""}, "Enter to whom the letter goes"),
            ({"name": "x" * 121}, "To whom the letter goes must be 120 characters or fewer"),
            ({"address": "x" * 401}, "The address must be 400 characters or fewer"),
        ],
    )
    def test_errors_keep_what_was_typed(self, app: Flask, visit: Visit, changes: dict[str, str], says: str) -> None:
        referral = reachable()
        browser = visit(OFFICE)
        answer = browser.send(path(referral, "holding_group", "group"), {"words": "Keep me", **changes})
        assert errors_on(answer.text) == [says]
        assert letters(referral) == []


class TestToABody:
    def test_only_with_the_residents_agreement(self, app: Flask, visit: Visit) -> None:
        referral = reachable()
        browser = visit(OFFICE)
        agree_to(referral, "hmrc")
        page = browser.get(path(referral, "enquiry")).text
        assert {"dwp", "hmrc"} < {one.get("value") for one in markup.read(page).all("option")}
        assert browser.get(path(referral, "enquiry", "hmrc")).status_code == 200
        assert browser.get(path(referral, "enquiry", "dwp")).location.endswith(
            path(referral, "enquiry", "dwp", "agree")
        )
        refused = browser.post(path(referral, "enquiry", "dwp"), {"name": "DWP", "words": "Dear all"})
        assert "the resident agrees to you contacting this body" in errors_on(refused.text)[0]
        assert letters(referral) == []

    def test_the_agreement_is_recorded_on_the_way(self, app: Flask, visit: Visit) -> None:
        referral = reachable()
        agree_to(referral, "hmrc")
        browser = visit(OFFICE)
        page = browser.get(path(referral, "enquiry", "dwp", "agree"))
        assert errors_on(browser.send(page).text) == ["Say who agreed", "Say how they agreed"]
        agreed = browser.send(page, {"given_by": "resident", "method": "by_phone"})
        assert agreed.location.endswith(path(referral, "enquiry", "dwp"))
        assert browser.send(browser.get(agreed.location)).status_code == 303
        (made,) = letters(referral)
        assert made.agency_id is not None

    def test_an_agreement_that_was_taken_back_is_none(self, app: Flask, visit: Visit) -> None:
        referral = reachable()
        agree_to(referral, "dwp", withdrawn_at=cases.clock.now())
        assert visit(OFFICE).get(path(referral, "enquiry", "dwp")).status_code == 303

    def test_sending_one_is_the_enquiry(self, app: Flask, visit: Visit) -> None:
        referral = reachable("accepted")
        agree_to(referral, "dwp")
        made = write(referral, "enquiry", "dwp", words="What became of his claim?", reference="PIP 4")
        send(made, "email")
        db.session.rollback()
        (asked,) = db.session.scalars(select(Enquiry).where(Enquiry.referral_id == referral.id))
        assert (asked.id, asked.channel) == (letters(referral)[0].enquiry_id, "email")
        assert (asked.asked, asked.agency_reference) == (IN_A_LETTER, "PIP 4")
        # The letter itself is the office's until it is shared.
        assert "What became" not in visit(GROUP).get(f"/referrals/{referral.reference}").text
        again = db.session.get_one(Referral, referral.id)
        db.session.refresh(again)
        assert (again.state, again.waiting_on) == ("in_progress", "agency")

    def test_a_chaser_is_about_an_enquiry_that_waits(self, app: Flask, visit: Visit) -> None:
        referral = reachable()
        browser = visit(OFFICE)
        assert "there is nothing to chase" in browser.get(path(referral, "chaser")).text
        agree_to(referral, "dwp")
        send(write(referral, "enquiry", "dwp"), "post")
        page = browser.get(path(referral, "chaser"))
        onward = browser.send(page, {"to": str(letters(referral)[0].enquiry_id)}).location
        letter = browser.get(onward)
        words = "".join(markup.read(letter.text).one("textarea", name="words").itertext())
        assert f"On {written(today())} we wrote to you about {cases.NAME}." in words
        assert browser.send(letter).status_code == 303
        asked, chaser = letters(referral)
        assert chaser.enquiry_id == asked.enquiry_id
        send(chaser, "email")
        db.session.rollback()
        (noted,) = db.session.scalars(select(Chaser).where(Chaser.enquiry_id == asked.enquiry_id))
        assert (noted.channel, noted.sent_on, noted.words) == ("email", today(), IN_A_LETTER)

    def test_a_body_is_not_asked_before_the_case_is_taken_on(self, app: Flask, visit: Visit) -> None:
        referral = reachable("submitted")
        agree_to(referral, "dwp")
        assert visit(OFFICE).get(path(referral, "enquiry", "dwp")).status_code == 409
        with pytest.raises(IllegalMove):
            write(referral, "enquiry", "dwp")

    def test_an_address_is_typed_once(self, app: Flask, visit: Visit) -> None:
        referral = reachable()
        agree_to(referral, "dwp")
        browser = visit(OFFICE)
        page = browser.get(path(referral, "enquiry", "dwp"))
        assert 'value="Department for Work and Pensions"' in page.text
        assert browser.send(page, {"name": "DWP Complaints", "address": "Freepost\nWolverhampton"}).status_code == 303
        other = reachable()
        agree_to(other, "dwp")
        again = browser.get(path(other, "enquiry", "dwp")).text
        assert 'value="DWP Complaints"' in again
        assert "Freepost" in again
        # Each office has addresses of its own.
        assert "Freepost" not in visit(people.OTHER_CASEWORKER).get(path(other, "enquiry", "dwp")).text

    def test_a_kind_of_body_is_another_in_each_case(self, app: Flask, visit: Visit) -> None:
        referral, other = reachable(), reachable()
        for one in (referral, other):
            agree_to(one, "private_landlord")
        browser = visit(OFFICE)
        address = path(referral, "enquiry", "private_landlord")
        assert browser.send(address, {"name": "Mr Canary", "address": "1 Lane"}).status_code == 303
        assert "Mr Canary" in browser.get(address).text
        assert "Mr Canary" not in browser.get(path(other, "enquiry", "private_landlord")).text
