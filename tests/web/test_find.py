"""Finding a referral: by reference in any spelling, by name, postcode or telephone number, and never in an address."""

from collections.abc import Callable
from random import Random

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from referrals.casework.queries import finding
from referrals.foundation.references import new_reference
from tests import people
from tests.casework.cases import NAME, PHONE, POSTCODE, make_referral
from tests.plugins.visitors import Visitor

Visit = Callable[..., Visitor]


def find(browser: Visitor, text: str) -> TestResponse:
    return browser.post("/find", {"text": text})


class TestReferences:
    @pytest.mark.parametrize(
        "spell",
        [str, str.lower, lambda text: text.replace("-", ""), lambda text: f"  {text.replace('-', ' ')} "],
        ids=["as printed", "small letters", "no dashes", "spaces"],
    )
    def test_any_spelling_leads_to_its_page(self, app: Flask, visit: Visit, spell: Callable[[str], str]) -> None:
        referral = make_referral()
        answer = find(visit(people.CASEWORKER), spell(str(referral.reference)))
        assert answer.status_code == 303
        assert answer.location == f"/referrals/{referral.reference}"

    def test_a_mistyped_one_is_explained(self, app: Flask, visit: Visit) -> None:
        page = find(visit(people.CASEWORKER), "R-7K3F-92W")
        assert page.status_code == 200
        assert "Check it for a mistyped or swapped character" in page.text

    def test_swapped_characters_are_explained(self, app: Flask, visit: Visit) -> None:
        reference = str(make_referral().reference)
        body = reference[2:6]
        swapped = f"R-{body[1]}{body[0]}{body[2:]}{reference[6:]}"
        if swapped != reference:
            assert "mistyped or swapped" in find(visit(people.CASEWORKER), swapped).text

    def test_one_of_others_is_the_same_as_none(self, app: Flask, visit: Visit) -> None:
        foreign = str(make_referral().reference)
        nothing = new_reference(Random(1))
        pages = [find(visit(people.OTHER_CASEWORKER), text) for text in (foreign, nothing)]
        assert [page.status_code for page in pages] == [200, 200]
        assert "that you can see" in pages[0].text
        assert pages[0].text.count(foreign) == pages[1].text.count(nothing)


class TestWords:
    @pytest.mark.parametrize(
        ("text", "why"),
        [
            (NAME, "the name"),
            (NAME.split()[1][:5], "the name"),
            (NAME.lower(), "the name"),
            (POSTCODE, "the postcode"),
            (POSTCODE.replace(" ", "").lower(), "the postcode"),
            (PHONE, "the telephone number"),
            (PHONE.replace(" ", ""), "the telephone number"),
        ],
    )
    @pytest.mark.parametrize("person", [people.CASEWORKER, people.VOLUNTEER], ids=["office", "group"])
    def test_results_say_why_they_matched(
        self, app: Flask, visit: Visit, person: people.Someone, text: str, why: str
    ) -> None:
        referral = make_referral()
        page = find(visit(person), text)
        assert page.status_code == 200
        assert str(referral.reference) in page.text
        assert "Found by" in page.text
        assert why in page.text

    def test_a_name_that_only_sounds_alike_is_found_and_told_apart(self, app: Flask, visit: Visit) -> None:
        referral = make_referral()
        page = find(visit(people.CASEWORKER), "Quilfether")
        assert str(referral.reference) in page.text
        assert "The name sounds alike" in page.text
        assert "Found by" not in page.text

    def test_what_has_ended_can_be_left_out(self, app: Flask, visit: Visit) -> None:
        ended, still_open = make_referral("closed"), make_referral()
        page = visit(people.CASEWORKER).send("/find", {"text": NAME, "open_only": "y"})
        assert str(still_open.reference) in page.text
        assert str(ended.reference) not in page.text
        only = visit(people.CASEWORKER).send("/find", {"text": "zzzz", "open_only": "y"})
        assert "Nothing was found among what is still open" in only.text

    def test_more_than_a_page_is_told(self, app: Flask, visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
        make_referral(), make_referral()
        assert "2 referrals found" in find(visit(people.CASEWORKER), NAME).text
        monkeypatch.setattr(finding, "MOST", 1)
        page = find(visit(people.CASEWORKER), NAME).text
        assert "The first 1 referral" in page
        assert "There are more than are shown here" in page

    @pytest.mark.parametrize("person", [people.OTHER_CASEWORKER, people.OTHER_VOLUNTEER, people.SECOND_VOLUNTEER])
    def test_strangers_find_nothing(self, app: Flask, visit: Visit, person: people.Someone) -> None:
        referral = make_referral()
        page = find(visit(person), NAME)
        assert str(referral.reference) not in page.text
        assert "Nothing was found" in page.text

    @pytest.mark.parametrize("text", ["zzzz", "%", "' OR 1=1 --", "🙂", "ﷺ", "\u202eabc", "R-", "12345"])
    def test_anything_can_be_typed(self, app: Flask, visit: Visit, text: str) -> None:
        make_referral()
        assert find(visit(people.CASEWORKER), text).status_code in {200, 422}

    @pytest.mark.parametrize("text", ["", "   ", "x" * 101, "a\0b"])
    def test_what_cannot_be_looked_for_is_refused(self, app: Flask, visit: Visit, text: str) -> None:
        page = find(visit(people.CASEWORKER), text)
        assert page.status_code == 422
        assert "<title>Error: " in page.text

    def test_what_is_looked_for_is_never_in_an_address(self, app: Flask, visit: Visit) -> None:
        make_referral()
        page = visit(people.CASEWORKER).get(f"/find?text={NAME}")
        assert NAME not in page.text
        assert "Found by" not in page.text


@pytest.mark.parametrize("person", [people.COORDINATOR, people.ADMINISTRATOR])
def test_nobody_without_residents_finds_any(app: Flask, visit: Visit, person: people.Someone) -> None:
    assert visit(person).get("/find").status_code == 403
    assert find(visit(person), NAME).status_code == 403


def test_the_box_in_the_header_finds_too(app: Flask, visit: Visit) -> None:
    referral = make_referral()
    browser = visit(people.CASEWORKER)
    page = browser.get("/queue")
    assert browser.send(page, {"text": str(referral.reference)}, form=0).location == f"/referrals/{referral.reference}"
    assert 'role="search"' not in visit(people.ADMINISTRATOR).get("/").text
