"""Private notes and messages: two composers that cannot be mistaken, and sharing on purpose."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from referrals.casework import actions
from referrals.casework.models import Note, Referral
from referrals.foundation.database import db, transaction
from tests import people
from tests.casework.cases import make_referral
from tests.plugins.visitors import Visitor, forms_of

Visit = Callable[..., Visitor]
WORDS = "He sounded unwell on the telephone"


def path_of(referral: Referral, *more: object) -> str:
    return "/".join((f"/referrals/{referral.reference}", *map(str, more)))


def notes_of(referral: Referral) -> list[tuple[str | None, bool]]:
    db.session.rollback()
    found = db.session.scalars(select(Note).where(Note.referral_id == referral.id).order_by(Note.id))
    shown = [(note.words, note.shared_at is not None) for note in found]
    db.session.rollback()
    return shown


def private_note(referral: Referral, by: people.Someone = people.CASEWORKER) -> str:
    with transaction():
        return str(actions.write_note(referral, WORDS, shared=False, by=by.viewer).id)


@pytest.mark.parametrize("person", [people.CASEWORKER, people.VOLUNTEER], ids=["office", "group"])
class TestComposers:
    def test_the_page_has_one_form_for_each(self, app: Flask, visit: Visit, person: people.Someone) -> None:
        referral = make_referral("accepted")
        found = [action for action, _ in forms_of(visit(person).get(path_of(referral)))]
        assert found[-2:] == [path_of(referral, "notes", "message"), path_of(referral, "notes", "private")]

    def test_a_private_note_stays_private(self, app: Flask, visit: Visit, person: people.Someone) -> None:
        referral = make_referral("accepted")
        browser = visit(person)
        answer = browser.send(browser.get(path_of(referral)), {"body": WORDS}, form=-1)
        assert answer.location == path_of(referral)
        assert notes_of(referral) == [(WORDS, False)]
        assert "Private note saved" in browser.get(answer.location).text

    def test_a_message_reaches_the_other_side(self, app: Flask, visit: Visit, person: people.Someone) -> None:
        referral = make_referral("accepted")
        other = people.VOLUNTEER if person is people.CASEWORKER else people.CASEWORKER
        browser = visit(person)
        browser.send(browser.get(path_of(referral)), {"body": WORDS}, form=-2)
        assert notes_of(referral) == [(WORDS, True)]
        assert WORDS in visit(other).get(path_of(referral)).text

    @pytest.mark.parametrize("kind", ["private", "message"])
    @pytest.mark.parametrize("words", ["", "  \n ", "x" * 5001, "a\0b", "\u202eabc"], ids=range(5))
    def test_what_cannot_be_kept_is_shown_again(
        self, app: Flask, visit: Visit, person: people.Someone, kind: str, words: str
    ) -> None:
        referral = make_referral("accepted")
        page = visit(person).post(path_of(referral, "notes", kind), {"body": words})
        assert page.status_code == 422
        assert "<title>Error: " in page.text
        assert words.strip().strip("\u202e").replace("\0", "") in page.text
        assert notes_of(referral) == []

    @pytest.mark.parametrize("kind", ["private", "message"])
    def test_a_double_click_writes_once(self, app: Flask, visit: Visit, person: people.Someone, kind: str) -> None:
        referral = make_referral("accepted")
        browser = visit(person)
        page = browser.get(path_of(referral, "notes", kind))
        for _ in range(3):
            assert browser.send(page, {"body": WORDS}).status_code == 303
        assert len(notes_of(referral)) == 1


class TestSharing:
    def test_the_text_is_shown_before_it_is_shared(self, app: Flask, visit: Visit) -> None:
        referral = make_referral("accepted")
        note_id = private_note(referral)
        browser = visit(people.MANAGER)
        page = browser.get(path_of(referral, "notes", note_id, "share"))
        assert WORDS in page.text
        assert f"Share with {people.WHITE_CITY.name}" in page.text
        assert notes_of(referral) == [(WORDS, False)]
        assert browser.send(page).location == path_of(referral)
        assert notes_of(referral) == [(WORDS, True)]
        assert WORDS in visit(people.VOLUNTEER).get(path_of(referral)).text

    def test_it_is_offered_beside_the_note(self, app: Flask, visit: Visit) -> None:
        referral = make_referral("accepted")
        note_id = private_note(referral)
        link = path_of(referral, "notes", note_id, "share")
        assert link in visit(people.CASEWORKER).get(path_of(referral)).text

    def test_once_shared_there_is_nothing_more_to_share(self, app: Flask, visit: Visit) -> None:
        referral = make_referral("accepted")
        note_id = private_note(referral)
        browser = visit(people.CASEWORKER)
        page = browser.get(path_of(referral, "notes", note_id, "share"))
        browser.send(page)
        again = browser.post(path_of(referral, "notes", note_id, "share"))
        assert again.status_code == 422
        assert "shared already" in again.text

    @pytest.mark.parametrize("person", [people.VOLUNTEER, people.OTHER_CASEWORKER], ids=["other side", "stranger"])
    def test_nobody_shares_a_note_of_others(self, app: Flask, visit: Visit, person: people.Someone) -> None:
        referral = make_referral("accepted")
        path = path_of(referral, "notes", private_note(referral), "share")
        assert visit(person).get(path).status_code == 404
        assert visit(person).post(path).status_code == 404
        assert notes_of(referral) == [(WORDS, False)]

    def test_a_note_of_another_referral_is_not_found(self, app: Flask, visit: Visit) -> None:
        referral, other = make_referral("accepted"), make_referral("accepted")
        path = path_of(other, "notes", private_note(referral), "share")
        assert visit(people.CASEWORKER).get(path).status_code == 404

    @pytest.mark.parametrize("note_id", ["nonsense", "00000000-0000-0000-0000-000000000000", "%00"])
    def test_no_such_note(self, app: Flask, visit: Visit, note_id: str) -> None:
        referral = make_referral("accepted")
        assert visit(people.CASEWORKER).get(path_of(referral, "notes", note_id, "share")).status_code == 404


@pytest.mark.parametrize("kind", ["private", "message"])
def test_strangers_cannot_write(app: Flask, visit: Visit, kind: str) -> None:
    referral = make_referral("accepted")
    for person in (people.OTHER_CASEWORKER, people.OTHER_VOLUNTEER, people.SECOND_VOLUNTEER):
        assert visit(person).get(path_of(referral, "notes", kind)).status_code == 404
        assert visit(person).post(path_of(referral, "notes", kind), {"body": WORDS}).status_code == 404
    assert notes_of(referral) == []
