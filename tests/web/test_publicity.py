"""The publicity of an area through the pages: the register, an entry, and a pack with nothing that is not permitted."""

import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from zipfile import ZipFile

import pytest
from flask import Flask
from sqlalchemy import func, select

from referrals.audit.models import AuditEntry
from referrals.directory.lists import load_lists
from referrals.engagement.actions import permitting, publicising
from referrals.engagement.models import Contact, Publicity, PublicityPermission, PublicityPiece
from referrals.foundation import clock
from referrals.foundation.clock import today
from referrals.foundation.database import db, transaction
from tests import people
from tests.engagement.log import make_contact
from tests.engagement.registers import make_permission, make_piece, make_publicity
from tests.plugins.visitors import Visitor

Visit = Callable[..., Visitor]
NEW = "/publicity/new"
FILLED = {
    "kind": "article",
    "title": "A kitchen for everybody",
    "channel": "local_press",
    "link": "https://news.example/kitchen",
    "words": "Our new kitchen is open.",
}
QUOTE = "It smells of bread."


def count(model: type) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def actions_recorded() -> list[str]:
    db.session.rollback()
    query = select(AuditEntry.action).where(AuditEntry.action.like("publicity%"))
    return list(db.session.scalars(query.order_by(AuditEntry.number)))


def packed(answer: Any) -> dict[str, str]:
    """What is in a pack, by the names of its files."""
    assert answer.status_code == 200
    with ZipFile(io.BytesIO(answer.data)) as found:
        return {name: found.read(name).decode("utf-8-sig") for name in found.namelist()}


class TestRegister:
    def test_nothing_yet_says_what_will_be_here(self, app: Flask, visit: Visit) -> None:
        page = visit(people.VOLUNTEER).get("/publicity").text
        assert "No publicity yet" in page
        assert "Add publicity" in page

    def test_an_entry_is_added_and_listed(self, app: Flask, visit: Visit) -> None:
        with transaction():
            load_lists()
        volunteer = visit(people.VOLUNTEER)
        home = volunteer.send(NEW, FILLED | {"reach": "1,200", "reach_way": "views"}).location
        page = volunteer.get(home).text
        for words in ("A kitchen for everybody", "Reached 1,200 (views, as", "https://news.example/kitchen"):
            assert words in page
        listed = visit(people.LEAD).get("/publicity").text
        assert "A kitchen for everybody" in listed
        assert "Local paper" in listed
        found = db.session.scalars(select(Publicity)).one()
        assert b"kitchen" not in found.title_sealed + (found.words_sealed or b"") + (found.link_sealed or b"")
        assert actions_recorded() == ["publicity.logged"]

    def test_totals_by_kind_and_the_newest_first(self, app: Flask, visit: Visit) -> None:
        make_publicity(title="Older", happened_on=today() - timedelta(days=9))
        make_publicity(title="Newer")
        make_publicity(title="Evening", kind="awards_evening", happened_on=today() - timedelta(days=3))
        make_publicity(by=people.OTHER_LEAD, title="Elsewhere")
        page = visit(people.LEAD).get("/publicity").text
        assert page.index("Newer") < page.index("Evening") < page.index("Older")
        assert "Article: 2; Awards evening: 1." in page
        assert "is not added up" in page
        assert "Elsewhere" not in page

    def test_it_has_pages(self, app: Flask, visit: Visit) -> None:
        for number in range(22):
            make_publicity(title=f"Entry {number:02}", happened_on=today() - timedelta(days=number))
        lead = visit(people.LEAD)
        assert "Page 1 of 2" in lead.get("/publicity").text
        assert "Entry 21" in lead.get("/publicity?page=2").text
        assert "Nothing on this page" in lead.get("/publicity?page=9").text
        assert lead.get("/publicity?page=gibberish").status_code == 200

    @pytest.mark.parametrize(
        ("wrong", "said"),
        [
            ({"title": ""}, "Enter what it was, in a line"),
            ({"kind": ""}, "Choose what it was"),
            ({"channel": ""}, "Choose where it appeared"),
            ({"link": "javascript:alert(1)"}, "An address begins with https://"),
            ({"reach": "many"}, "must be a whole number"),
            ({"reach": "0"}, "must be between 1 and"),
            ({"reach": "40"}, "Say how it was counted"),
            ({"reach_way": "views"}, "Say how many, or leave out how it was counted"),
            ({"happened_on-year": str(today().year + 1)}, "must be today or in the past"),
        ],
    )
    def test_what_is_wrong_is_said(self, app: Flask, visit: Visit, wrong: dict[str, str], said: str) -> None:
        with transaction():
            load_lists()
        answer = visit(people.LEAD).send(NEW, FILLED | wrong)
        assert answer.status_code == 422
        assert "<title>Error: " in answer.text
        assert said in answer.text
        assert "Our new kitchen is open." in answer.text
        assert count(Publicity) == 0

    def test_sent_twice_it_is_there_once(self, app: Flask, visit: Visit) -> None:
        with transaction():
            load_lists()
        lead = visit(people.LEAD)
        page = lead.get(NEW)
        assert len({lead.send(page, FILLED).location for _ in range(2)}) == 1
        assert count(Publicity) == 1

    def test_corrected_and_a_second_hand_sees_the_first(self, app: Flask, visit: Visit) -> None:
        made = make_publicity()
        path, lead = f"/publicity/{made.id}/edit", visit(people.LEAD)
        opened = lead.get(path)
        assert lead.send(path, {"title": "Theirs"}).location == f"/publicity/{made.id}"
        late = lead.send(opened, {"title": "Mine"})
        assert late.status_code == 409
        assert "Mine" in late.text
        assert lead.send(late).status_code == 303

    def test_taken_out_with_all_that_hangs_on_it(self, app: Flask, visit: Visit) -> None:
        made = make_publicity()
        make_permission(make_piece(made))
        path = f"/publicity/{made.id}/remove"
        assert visit(people.VOLUNTEER).get(path).status_code == 403
        assert visit(people.LEAD).send(path).location == "/publicity"
        assert count(Publicity) + count(PublicityPiece) + count(PublicityPermission) == 0
        assert actions_recorded()[-1] == "publicity.taken_out"

    @pytest.mark.parametrize("stranger", [people.CASEWORKER, people.MANAGER, people.COORDINATOR])
    def test_others_have_none_of_it(self, app: Flask, visit: Visit, stranger: people.Someone) -> None:
        made = make_publicity()
        who = visit(stranger)
        for path in ("/publicity", f"/publicity/{made.id}", f"/publicity/{made.id}/share/pack"):
            assert who.get(path).status_code == 403
        assert visit(people.OTHER_LEAD).get(f"/publicity/{made.id}").status_code == 404


class TestChain:
    def test_it_came_of_a_contact_of_the_log(self, app: Flask, visit: Visit) -> None:
        contact = make_contact(subject="Lifts in the towers")
        lead = visit(people.LEAD)
        home = lead.send(f"{NEW}?came_of={contact.id}", FILLED).location
        page = lead.get(home).text
        assert "Came of:" in page
        assert f"/your-mp/contacts/{contact.id}" in page
        assert "Lifts in the towers" in page
        story = lead.get(f"/your-mp/contacts/{contact.id}").text
        assert "A kitchen for everybody" in story

    def test_a_contact_that_is_not_theirs_is_none(self, app: Flask, visit: Visit) -> None:
        contact = make_contact()
        other = visit(people.OTHER_LEAD)
        assert other.get(f"{NEW}?came_of={contact.id}").status_code == 404
        assert visit(people.LEAD).get(f"{NEW}?came_of=gibberish").status_code == 404
        answer = other.send(NEW, FILLED | {"contact_id": str(contact.id)})
        assert answer.status_code == 422
        assert count(Publicity) == 0

    def test_a_contact_taken_out_leaves_its_publicity(self, app: Flask, visit: Visit) -> None:
        contact = make_contact()
        made = make_publicity(contact_id=contact.id)
        lead = visit(people.LEAD)
        assert lead.send(f"/your-mp/contacts/{contact.id}/remove").status_code == 303
        assert count(Contact) == 0
        page = lead.get(f"/publicity/{made.id}").text
        assert "A kitchen for everybody" in page
        assert "Came of:" not in page


class TestReadyToShare:
    def test_a_text_is_copied_and_taken_away(self, app: Flask, visit: Visit) -> None:
        made = make_publicity()
        lead = visit(people.LEAD)
        page = lead.get(f"/publicity/{made.id}/share").text
        assert "Our new kitchen is open.</textarea>" in page
        answer = lead.get(f"/publicity/{made.id}/share/pack")
        assert answer.mimetype == "application/zip"
        assert "ready-to-share.zip" in answer.headers["Content-Disposition"]
        assert packed(answer)["text.txt"].split("\n\n")[:2] == ["A kitchen for everybody", "Our new kitchen is open."]
        assert set(packed(answer)) == {"text.txt", "permission.txt"}
        assert actions_recorded()[-1] == "publicity.shared"

    def test_nothing_without_permission_anywhere(self, app: Flask, visit: Visit) -> None:
        made = make_publicity()
        make_piece(made)
        lead = visit(people.LEAD)
        for path in ("", "/share"):
            page = lead.get(f"/publicity/{made.id}{path}").text
            assert QUOTE not in page
            assert "ept back" in page
        assert QUOTE not in str(packed(lead.get(f"/publicity/{made.id}/share/pack")))

    def test_what_is_permitted_is_shared_for_what_it_is_permitted(self, app: Flask, visit: Visit) -> None:
        made = make_publicity()
        make_permission(make_piece(made), uses=["press"])
        lead, home = visit(people.LEAD), f"/publicity/{made.id}"
        assert QUOTE in lead.get(home).text
        assert QUOTE in lead.get(f"{home}/share?use=press").text
        inside = packed(lead.get(f"{home}/share/pack?use=press"))
        assert inside["quotes.txt"] == f"“{QUOTE}”\nA neighbour\n"
        assert "A neighbour: may be used for this until" in inside["permission.txt"]
        assert "Amal Haddad" not in str(inside), "who permits it stays with the group"
        for use in ("own_website", "funders"):
            page = lead.get(f"{home}/share?use={use}").text
            assert QUOTE not in page
            assert "1 quote or picture is kept back" in page
            assert "quotes.txt" not in packed(lead.get(f"{home}/share/pack?use={use}"))
        assert lead.get(f"{home}/share?use=gibberish").status_code == 404
        assert lead.get(f"{home}/share/pack?use=gibberish").status_code == 404

    def test_taken_back_it_is_gone_at_once(self, app: Flask, visit: Visit) -> None:
        made = make_publicity()
        permission = make_permission(make_piece(made))
        lead, home = visit(people.LEAD), f"/publicity/{made.id}"
        assert "quotes.txt" in packed(lead.get(f"{home}/share/pack"))
        assert visit(people.VOLUNTEER).send(f"/publicity/permissions/{permission.id}/take-back").location == home
        for path in (home, f"{home}/share"):
            assert QUOTE not in lead.get(path).text
        assert "quotes.txt" not in packed(lead.get(f"{home}/share/pack"))

    def test_it_runs_out_by_itself(self, app: Flask, visit: Visit) -> None:
        made = make_publicity()
        make_permission(make_piece(made), ends_on=today() + timedelta(days=10))
        home = f"/publicity/{made.id}"
        for days, there in ((10, True), (11, False)):
            with clock.clock_at(clock.now() + timedelta(days=days)):
                lead = visit(people.LEAD)
                assert (QUOTE in lead.get(home).text) is there
                assert (QUOTE in lead.get(f"{home}/share").text) is there
                assert ("quotes.txt" in packed(lead.get(f"{home}/share/pack"))) is there

    def test_a_picture_is_shown_while_everybody_in_it_permits_it(self, app: Flask, visit: Visit) -> None:
        made = make_publicity()
        piece = make_piece(made, "picture", "Two neighbours at a stove")
        first, second = make_permission(piece), make_permission(piece, whose="Second", uses=["own_website"])
        lead, home = visit(people.LEAD), f"/publicity/{made.id}"
        assert "Two neighbours at a stove" in packed(lead.get(f"{home}/share/pack"))["pictures.txt"]
        assert "pictures.txt" not in packed(lead.get(f"{home}/share/pack?use=press")), "only one of them permits that"
        with transaction():
            permitting.take_back(second, by=people.LEAD.viewer)
        assert "Two neighbours" not in lead.get(home).text
        assert "pictures.txt" not in packed(lead.get(f"{home}/share/pack"))
        assert first.withdrawn_at is None

    def test_what_was_shared_is_in_the_book(self, app: Flask, visit: Visit) -> None:
        made = make_publicity()
        piece = make_piece(made)
        make_permission(piece)
        visit(people.LEAD).get(f"/publicity/{made.id}/share/pack?use=press")
        db.session.rollback()
        entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "publicity.shared")).one()
        assert entry.facts == {"use": "press", "pieces": [str(piece.id)]}


def test_words_are_the_groups_own_and_lengths_are_kept(app: Flask) -> None:
    assert publicising.link_fault("https://x.example/" + "a" * 400) == "This must be 400 characters or fewer"
    assert publicising.link_fault("") == ""
