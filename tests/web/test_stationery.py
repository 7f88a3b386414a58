"""The stationery of an office: its head, its own texts with their versions, and that nobody's work is lost."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from referrals.correspondence.letters import KINDS
from referrals.correspondence.models import Letter, Letterhead, LetterText
from referrals.foundation.database import db
from tests import markup, people
from tests.correspondence.writing import reachable
from tests.plugins.visitors import Visitor

Visit = Callable[..., Visitor]
OWN = "Dear ((resident name)),\n\nOur very own words about ((reference)).\n\n((caseworker name))"
PAGE = "/stationery/holding_resident"


def versions() -> list[LetterText]:
    db.session.rollback()
    return list(db.session.scalars(select(LetterText).order_by(LetterText.number)))


def errors_on(text: str) -> list[str]:
    (listed,) = markup.read(text).all("ul", class_="govuk-error-summary__list")
    return [markup.text_of(line) for line in listed]


class TestTexts:
    def test_every_kind_is_listed_with_whose_text_it_has(self, app: Flask, visit: Visit) -> None:
        page = visit(people.MANAGER).get("/stationery").text
        for kind in KINDS.values():
            assert kind.title in page
        assert page.count("The text of the service") == len(KINDS)

    @pytest.mark.parametrize("person", [people.CASEWORKER, people.LEAD, people.ADMINISTRATOR])
    def test_only_a_manager_keeps_it(self, app: Flask, visit: Visit, person: people.Someone) -> None:
        browser = visit(person)
        for page in ("", "/letterhead", "/holding_resident", "/holding_resident/versions"):
            assert browser.get(f"/stationery{page}").status_code == 403
        assert 'href="/stationery"' not in browser.get("/account").text

    def test_an_own_text_is_what_letters_begin_with(self, app: Flask, visit: Visit) -> None:
        referral = reachable()
        manager, worker = visit(people.MANAGER), visit(people.CASEWORKER)
        assert manager.send(PAGE, {"words": OWN}).location == "/stationery"
        assert "Your own text, since" in manager.get("/stationery").text
        address = f"/referrals/{referral.reference}/letters/new/holding_resident/post"
        page = worker.get(address)
        assert "Our very own words" in page.text
        # Made from what it began with, though the text was changed meanwhile.
        manager.send(PAGE, {"words": f"{OWN}\n\nMore"})
        made = worker.send(page).location
        db.session.rollback()
        letter = db.session.scalars(select(Letter)).one()
        assert letter.text_version == 1
        assert "Made from version 1 of your office’s own text." in worker.get(made).text

    def test_each_saving_is_a_version_and_older_ones_are_readable(self, app: Flask, visit: Visit) -> None:
        browser = visit(people.MANAGER)
        for words in (OWN, f"{OWN}\nAgain"):
            browser.send(PAGE, {"words": words})
        assert [(row.number, row.words) for row in versions()] == [(1, OWN), (2, f"{OWN}\nAgain")]
        page = browser.get(f"{PAGE}/versions").text
        assert "Version 2 (in use)" in page
        assert page.count("Saved by Mona Manager on") == 2
        assert b"very own" not in b"".join(row.words_sealed or b"" for row in versions())

    def test_back_to_the_service_and_forth(self, app: Flask, visit: Visit) -> None:
        browser = visit(people.MANAGER)
        browser.send(PAGE, {"words": OWN})
        assert browser.send(f"{PAGE}/versions").location == f"{PAGE}/versions"
        page = browser.get(f"{PAGE}/versions").text
        assert "The text of the service (in use)" in page
        assert "Our very own words" in page
        assert "Your own text, since" not in browser.get("/stationery").text
        assert [row.words for row in versions()] == [OWN, None]
        browser.send(PAGE, {"words": OWN})
        assert [row.number for row in versions()] == [1, 2, 3]

    def test_an_unknown_field_is_refused_beside_the_text(self, app: Flask, visit: Visit) -> None:
        browser = visit(people.MANAGER)
        answer = browser.send(PAGE, {"words": "Dear ((resident nane)), keep this"})
        assert errors_on(answer.text) == ["There is no field called ((resident nane)). Choose one from the list"]
        assert "There is no field" in markup.text_of(markup.read(answer.text).one("p", id="words-error"))
        assert "keep this" in answer.text
        assert "<title>Error: " in answer.text
        assert versions() == []

    def test_somebody_else_was_first(self, app: Flask, visit: Visit) -> None:
        browser = visit(people.MANAGER)
        page = browser.get(PAGE)
        browser.send(PAGE, {"words": "Theirs ((reference))"})
        answer = browser.send(page, {"words": "Mine ((reference))"})
        assert answer.status_code == 409
        assert "Theirs ((reference))" in answer.text
        assert "Mine ((reference))" in answer.text
        assert browser.send(answer).status_code == 303
        assert [row.words for row in versions()] == ["Theirs ((reference))", "Mine ((reference))"]

    def test_another_office_has_its_own(self, app: Flask, visit: Visit) -> None:
        visit(people.MANAGER).send(PAGE, {"words": OWN})
        page = visit(people.OTHER_MANAGER).get(PAGE).text
        assert "Our very own words" not in page
        assert "Our very own" not in visit(people.OTHER_MANAGER).get(f"{PAGE}/versions").text

    def test_a_kind_that_there_is_not(self, app: Flask, visit: Visit) -> None:
        assert visit(people.MANAGER).get("/stationery/love_letter").status_code == 404


class TestLetterhead:
    def test_it_begins_with_what_is_known(self, app: Flask, visit: Visit) -> None:
        browser = visit(people.MANAGER)
        assert "Nobody has written your letterhead yet" in browser.get("/stationery").text
        page = browser.get("/stationery/letterhead").text
        assert 'value="Rowan Ashdown MP"' in page
        assert 'value="Office of Rowan Ashdown MP"' in page

    def test_it_stands_above_letters_made_from_then_on(self, app: Flask, visit: Visit) -> None:
        referral = reachable()
        manager, worker = visit(people.MANAGER), visit(people.CASEWORKER)
        address = f"/referrals/{referral.reference}/letters/new/holding_group/group"
        before = worker.send(address).location
        sent = {"address": "1 The Parade\nLondon", "phone": "020 7946 0999", "web": "ashdown.example"}
        assert manager.send("/stationery/letterhead", sent).location == "/stationery"
        after = worker.send(address).location
        texts = [worker.get(f"{one}/file/txt").get_data(as_text=True) for one in (before, after)]
        assert ["1 The Parade" in text for text in texts] == [False, True]
        assert "Telephone: 020 7946 0999\r\nashdown.example" in texts[1]

    def test_what_is_wrong_is_said_and_kept(self, app: Flask, visit: Visit) -> None:
        answer = visit(people.MANAGER).send(
            "/stationery/letterhead", {"member": "", "email": "nonsense", "web": "kept"}
        )
        assert len(errors_on(answer.text)) == 2
        assert 'value="kept"' in answer.text

    def test_somebody_else_was_first(self, app: Flask, visit: Visit) -> None:
        browser = visit(people.MANAGER)
        page = browser.get("/stationery/letterhead")
        browser.send("/stationery/letterhead", {"web": "theirs.example"})
        answer = browser.send(page, {"web": "mine.example"})
        assert answer.status_code == 409
        assert "theirs.example" in answer.text
        assert browser.send(answer).status_code == 303
        db.session.rollback()
        assert db.session.scalars(select(Letterhead)).one().web == "mine.example"
