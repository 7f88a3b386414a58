"""The pages of the builder: each section, the facts, being recognised, and the agreement."""

from collections.abc import Callable

import pytest
from flask import Flask

from referrals.directory import lists
from referrals.foundation.clock import today
from referrals.stories.sections import SECTIONS
from tests import markup, people
from tests.casework import cases
from tests.plugins.visitors import Visitor
from tests.stories.studies import WORDS, again, make_study, take

Visit = Callable[..., Visitor]
WRITER = people.VOLUNTEER


class TestSections:
    @pytest.mark.parametrize("code", SECTIONS)
    def test_each_is_written_on_its_own_page(self, app: Flask, visit: Visit, code: str) -> None:
        study = make_study()
        browser = visit(WRITER)
        path = f"/stories/{study.id}/write/{code}"
        page = browser.get(path)
        assert WORDS[code] in page.text
        assert browser.send(page, {"words": "Something else"}).status_code == 303
        assert (again(study).words or {})[code] == "Something else"

    def test_one_leads_to_the_next(self, app: Flask, visit: Visit) -> None:
        study = make_study()
        browser, path = visit(WRITER), f"/stories/{study.id}/write/title"
        for code in [*SECTIONS][1:]:
            path = browser.send(path).location
            assert path.endswith(f"/write/{code}")
        assert browser.send(path).location == f"/stories/{study.id}"

    def test_nothing_typed_is_lost(self, app: Flask, visit: Visit) -> None:
        study = make_study()
        browser = visit(WRITER)
        answer = browser.send(f"/stories/{study.id}/write/tried", {"words": ""})
        assert answer.status_code == 422
        assert "Write something here" in answer.text
        long = browser.send(f"/stories/{study.id}/write/tried", {"words": "x" * 1501})
        assert long.status_code == 422
        assert "x" * 1501 in long.text

    def test_who_it_is_is_pointed_out_at_once(self, app: Flask, visit: Visit) -> None:
        study = make_study()
        browser, path = visit(WRITER), f"/stories/{study.id}/write/tried"
        answer = browser.send(path, {"words": f"He gave {cases.PHONE} and {cases.POSTCODE.lower()}."})
        assert answer.location == path
        page = browser.get(path).text
        assert "is a telephone number. Take it out." in page
        assert "is a postcode. Take it out." in page

    def test_somebody_else_was_first(self, app: Flask, visit: Visit) -> None:
        study = make_study()
        path = f"/stories/{study.id}/write/tried"
        first, second = visit(WRITER), visit(people.LEAD)
        pages = [browser.get(path) for browser in (first, second)]
        assert first.send(pages[0], {"words": "Mine"}).status_code == 303
        refused = second.send(pages[1], {"words": "Theirs"})
        assert refused.status_code == 409
        assert "Theirs" in refused.text
        assert second.send(refused, {"words": "Theirs"}).status_code == 303
        assert (again(study).words or {})["tried"] == "Theirs"

    def test_what_the_referral_says_is_there_to_look_at(self, app: Flask, visit: Visit) -> None:
        study = make_study()
        assert cases.STORY in visit(WRITER).get(f"/stories/{study.id}/write/situation").text

    @pytest.mark.parametrize("state", ["waiting", "announced", "published", "withdrawn"])
    def test_only_a_draft_is_written(self, app: Flask, visit: Visit, state: str) -> None:
        study = make_study(state)
        browser = visit(WRITER)
        assert browser.get(f"/stories/{study.id}/write/tried").status_code == 409
        assert browser.post(f"/stories/{study.id}/write/tried", {"words": "x"}).status_code == 409


class TestFacts:
    def test_those_chosen_stand_beside_it(self, app: Flask, visit: Visit) -> None:
        study = make_study()
        browser = visit(WRITER)
        path = f"/stories/{study.id}/facts"
        assert browser.send(path, {"facts": ["outcomes"], "names_mp": "y"}).status_code == 303
        found = again(study)
        assert found.facts == [["What came of it", "New award of a benefit; explanation obtained"]]
        assert found.names_mp
        assert browser.send(path, {"facts": ["gibberish"]}).status_code == 422


class TestChecks:
    def test_every_question_is_answered(self, app: Flask, visit: Visit) -> None:
        study = make_study()
        browser = visit(WRITER)
        path = f"/stories/{study.id}/checks"
        codes = [item.code for item in lists.current("story_checks")]
        answer = browser.send(path, {"rare_condition": "yes"})
        assert answer.status_code == 422
        assert "Say what you have done about it" in answer.text
        given = dict.fromkeys(codes, "no") | {"rare_condition": "yes", "rare_condition_done": "Left out"}
        assert browser.send(path, given).status_code == 303
        checks = again(study).checks or {}
        assert set(checks) == set(codes)
        assert checks["rare_condition"] == {"answer": "yes", "done": "Left out"}
        assert checks["press"] == {"answer": "no", "done": ""}


class TestAgreement:
    def test_it_is_read_out_and_recorded(self, app: Flask, visit: Visit) -> None:
        study = make_study(agreed=False)
        browser = visit(WRITER)
        path = f"/stories/{study.id}/agreement"
        page = browser.get(path)
        assert f"{people.WHITE_CITY.name} may tell what happened to me" in page.text
        offered = [one.get("value") for one in markup.read(page.text).all("input", type="radio")]
        assert not {"nobody", "none"} & set(offered)
        given = {"given_by": "resident", "method": "in_person", "covers": ["quote"], "places": ["page", "file"]}
        assert browser.send(page, given).status_code == 303
        agreement = again(study).agreement
        assert agreement is not None
        assert (agreement.quote, agreement.picture, agreement.page, agreement.file, agreement.report) == (
            *(True, False),
            *(True, True, False),
        )
        consent = agreement.consent
        assert (consent.kind, consent.given_on, consent.recorded_by_id) == ("story", today(), WRITER.id)
        assert consent.expires_on is not None
        assert (consent.expires_on.year, consent.expires_on.month) == (today().year + 1, today().month)

    def test_without_an_answer_nothing_is_recorded(self, app: Flask, visit: Visit) -> None:
        study = make_study(agreed=False)
        browser = visit(WRITER)
        path = f"/stories/{study.id}/agreement"
        assert browser.send(path, {"places": ["page"]}).status_code == 422
        assert browser.send(path, {"given_by": "nobody", "method": "in_person", "places": ["page"]}).status_code == 422
        given = {"given_by": "resident", "method": "in_person", "places": ["page"], "months": "36"}
        assert browser.send(path, given).status_code == 422
        assert again(study).agreement is None

    def test_not_by_the_other_side(self, app: Flask, visit: Visit) -> None:
        study = make_study("announced")
        assert visit(people.MANAGER).get(f"/stories/{study.id}/agreement").status_code == 403

    def test_a_new_one_also_when_it_is_published(self, app: Flask, visit: Visit) -> None:
        study = make_study("announced")
        take(study, "publish")
        assert visit(WRITER).get(f"/stories/{study.id}/agreement").status_code == 200
