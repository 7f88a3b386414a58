"""Letters to an MP through the pages: filled in, what is missing named, changed, taken away as Word, and logged."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from docx import Document
from flask import Flask
from sqlalchemy import select

from referrals.correspondence.mp_letters import MP_LETTERS, Known, Written, write
from referrals.directory.lists import load_lists
from referrals.engagement.models import Contact
from referrals.foundation.clock import today
from referrals.foundation.database import db, transaction
from tests import markup, people
from tests.engagement.log import TERM
from tests.plugins.visitors import Visitor

Visit = Callable[..., Visitor]
KNOWN = Known(
    member="Rowan Ashdown",
    constituency="Hammersmith and Chiswick",
    group="Wormholt and White City",
    writer="Lena Lead",
    email="lena@area.example",
)


@pytest.fixture(autouse=True)
def lists(app: Flask) -> None:
    with transaction():
        load_lists()


def fill(visitor: Visitor, code: str = "ask", **answers: str) -> Any:
    return visitor.send(f"/your-mp/letters/{code}", {"term_id": str(TERM), **answers})


def contacts() -> list[Contact]:
    db.session.rollback()
    return list(db.session.scalars(select(Contact)))


@pytest.mark.parametrize("letter", MP_LETTERS.values(), ids=MP_LETTERS)
class TestCatalogue:
    def test_every_field_is_known_or_asked_for_and_every_question_is_used(self, letter: Any) -> None:
        made = write(letter, KNOWN, {})
        assert set(made.missing) == {one.name for one in letter.asked}
        whole = write(letter, KNOWN, {one.name: f"[{one.name}]" for one in letter.asked})
        assert whole.missing == ()
        assert "((" not in whole.subject + whole.words
        for one in letter.asked:
            assert f"[{one.name}]" in whole.subject + whole.words

    def test_it_has_a_subject_a_greeting_and_an_end(self, letter: Any) -> None:
        made: Written = write(letter, KNOWN, {one.name: "x" for one in letter.asked})
        assert 10 < len(made.subject) < 160
        assert made.words.startswith("Dear Rowan Ashdown,\n\n")
        assert made.words.endswith("Lena Lead\nWormholt and White City\nlena@area.example")
        assert "!" not in made.words
        assert letter.title in {one.title for one in MP_LETTERS.values()}


class TestUsing:
    def test_what_is_known_is_filled_in_and_what_is_missing_is_named(self, visit: Visit) -> None:
        page = fill(visit(people.LEAD), answer_0="the lifts in the towers").text
        assert "A request about the lifts in the towers" in page
        assert "Dear Rowan Ashdown," in page
        assert "Still missing:" in page
        assert "what you have tried" in page
        assert "((what you have tried))" in page

    def test_days_are_written_out(self, visit: Visit) -> None:
        answers = {"answer_1-day": "3", "answer_1-month": "12", "answer_1-year": "2026"}
        assert (
            "could your office tell us by 3 december 2026"
            in fill(visit(people.LEAD), "first_contact", **answers).text.lower()
        )

    def test_it_is_changed_and_taken_away_as_word(self, visit: Visit) -> None:
        lead = visit(people.LEAD)
        page = fill(lead)
        answer = lead.send(page, {"subject": "Our lifts", "words": "Dear Rowan Ashdown,\n\nThey <stand> {{ still }}."})
        assert answer.mimetype.endswith("wordprocessingml.document")
        text = "\n".join(one.text for one in Document(BytesIO(answer.data)).paragraphs)
        for part in ("Wormholt and White City", "Rowan Ashdown MP", "Our lifts", "They <stand> {{ still }}."):
            assert part in text
        assert "House of Commons" in text
        assert contacts() == []

    def test_nothing_goes_out_with_a_field_left_in_it(self, visit: Visit) -> None:
        lead = visit(people.LEAD)
        for button in ("word", "log"):
            answer = lead.send(fill(lead), {button: "yes"})
            assert answer.status_code == 422
            assert "Write something in place of ((" in answer.text
            assert markup.text_of(markup.read(answer.text).one("title")).startswith("Error: ")
        assert contacts() == []

    def test_that_it_was_sent_is_logged_in_one_step_and_once(self, visit: Visit) -> None:
        lead = visit(people.LEAD)
        page = fill(lead, "thanks", answer_0="your visit", answer_1="the lifts run")
        found = {lead.send(page, {"log": "yes", "sent_as": "letter"}).location for _ in range(2)}
        (contact,) = contacts()
        assert found == {f"/your-mp/contacts/{contact.id}"}
        assert (contact.channel, contact.types, contact.happened_on) == ("letter", ["informing"], today())
        assert contact.subject == "Thank you for your visit"
        assert contact.ours == [str(people.LEAD.id)]

    def test_a_volunteer_may_too_and_an_office_may_not(self, visit: Visit) -> None:
        assert fill(visit(people.VOLUNTEER)).status_code == 200
        assert visit(people.CASEWORKER).get("/your-mp/letters").status_code == 403

    def test_to_no_mp_of_others_and_no_letter_that_is_none(self, visit: Visit) -> None:
        stranger = visit(people.OTHER_LEAD)
        data = {"subject": "x", "words": "y", "sent_as": "email"}
        assert stranger.post(f"/your-mp/letters/ask/{TERM}", data).status_code == 404
        assert visit(people.LEAD).get("/your-mp/letters/threat").status_code == 404
