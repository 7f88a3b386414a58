"""Quotes and pictures through the pages: added, permitted, changed, taken back, given again, taken out."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from referrals.audit.models import AuditEntry
from referrals.engagement.models import PublicityPermission, PublicityPiece
from referrals.foundation import clock
from referrals.foundation.clock import today
from referrals.foundation.database import db
from tests import people
from tests.engagement.registers import make_permission, make_piece, make_publicity
from tests.plugins.visitors import Visitor

Visit = Callable[..., Visitor]


def parts(name: str, day: Any) -> dict[str, str]:
    return {f"{name}-day": str(day.day), f"{name}-month": str(day.month), f"{name}-year": str(day.year)}


YEAR = parts("ends_on", today() + timedelta(days=365))
PERMITTED: dict[str, Any] = {"whose": "Amal Haddad", "uses": ["press"], "way": "signed", **YEAR}


def count(model: type) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def actions_recorded() -> list[str]:
    db.session.rollback()
    query = select(AuditEntry.action).where(AuditEntry.action.like("publicity_p%"))
    return list(db.session.scalars(query.order_by(AuditEntry.number)))


def test_a_quote_and_then_what_is_permitted_of_it(app: Flask, visit: Visit) -> None:
    made = make_publicity()
    lead, home = visit(people.LEAD), f"/publicity/{made.id}"
    asks = lead.send(f"{home}/add/quote", {"words": "It smells of bread.", "whose": "A neighbour"}).location
    assert asks.endswith("/permission")
    assert "It smells of bread." not in lead.get(home).text
    assert "Nobody has permitted it yet" in lead.get(home).text
    assert lead.send(asks, PERMITTED).location == home
    page = lead.get(home).text
    for words in ("“It smells of bread.”", "A neighbour", "In force", "Amal Haddad", "For the press."):
        assert words in page
    piece = db.session.scalars(select(PublicityPiece)).one()
    assert b"bread" not in piece.words_sealed
    assert actions_recorded() == ["publicity_piece.added", "publicity_permission.given"]


def test_a_picture_has_an_address(app: Flask, visit: Visit) -> None:
    made = make_publicity()
    lead, path = visit(people.LEAD), f"/publicity/{made.id}/add/picture"
    filled = {"words": "Two at a stove", "whose": "Our photographer", "link": "ftp://x"}
    refused = lead.send(path, filled)
    assert refused.status_code == 422
    assert "An address begins with https://" in refused.text
    asks = lead.send(path, filled | {"link": "https://pictures.example/1"}).location
    lead.send(asks, PERMITTED)
    assert "https://pictures.example/1" in lead.get(f"/publicity/{made.id}").text
    assert lead.get(f"/publicity/{made.id}/add/film").status_code == 404


def test_words_are_needed(app: Flask, visit: Visit) -> None:
    made = make_publicity()
    answer = visit(people.LEAD).send(f"/publicity/{made.id}/add/quote", {"whose": "Somebody"})
    assert answer.status_code == 422
    assert "Write down what was said" in answer.text
    assert count(PublicityPiece) == 0


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"whose": ""}, "Say who permits it"),
        ({"uses": []}, "Choose what it may be used for"),
        ({"way": ""}, "Say how they permitted it"),
        (parts("ends_on", today() - timedelta(days=2)), "It cannot end before it was given"),
        (parts("ends_on", today() + timedelta(days=2000)), "After 5 years people are asked again"),
        (parts("given_on", today() + timedelta(days=2)), "must be today or in the past"),
        ({"ends_on-day": "", "ends_on-month": "", "ends_on-year": ""}, "Enter the last day"),
    ],
)
def test_what_is_wrong_is_said(app: Flask, visit: Visit, wrong: dict[str, Any], said: str) -> None:
    piece = make_piece(make_publicity())
    answer = visit(people.LEAD).send(f"/publicity/pieces/{piece.id}/permission", PERMITTED | wrong)
    assert answer.status_code == 422
    assert "<title>Error: " in answer.text
    assert said in answer.text
    assert count(PublicityPermission) == 0


def test_sent_twice_it_is_there_once(app: Flask, visit: Visit) -> None:
    piece = make_piece(make_publicity())
    lead = visit(people.LEAD)
    page = lead.get(f"/publicity/pieces/{piece.id}/permission")
    for _ in range(2):
        lead.send(page, PERMITTED)
    assert count(PublicityPermission) == 1


def test_what_is_permitted_changes(app: Flask, visit: Visit) -> None:
    made = make_publicity()
    permission = make_permission(make_piece(made), uses=["press"])
    path, lead = f"/publicity/permissions/{permission.id}/change", visit(people.LEAD)
    opened = lead.get(path)
    assert lead.send(path, {"uses": ["mp"]}).location == f"/publicity/{made.id}"
    assert "For the MP, to publish it" in lead.get(f"/publicity/{made.id}").text
    late = lead.send(opened, {"uses": ["own_print"]})
    assert late.status_code == 409
    assert actions_recorded()[-1] == "publicity_permission.given_anew"


def test_taken_back_it_has_to_be_given_again(app: Flask, visit: Visit) -> None:
    made = make_publicity()
    permission = make_permission(make_piece(made), given_on=today() - timedelta(days=5))
    lead, home = visit(people.LEAD), f"/publicity/{made.id}"
    back, again = (f"/publicity/permissions/{permission.id}/{verb}" for verb in ("take-back", "change"))
    assert lead.send(back).location == home
    page = lead.get(home).text
    assert "Taken back on" in page
    assert "It smells of bread." not in page
    assert "taken back already" in lead.send(back).text
    asked = lead.get(again)
    assert "It was taken back. Ask again" in asked.text
    early = lead.send(asked, PERMITTED | parts("given_on", today() - timedelta(days=5)))
    assert early.status_code == 422
    assert "They took it back after this day" in early.text
    assert "It smells of bread." not in lead.get(home).text
    assert lead.send(again, PERMITTED | parts("given_on", today())).location == home
    assert "It smells of bread." in lead.get(home).text
    recorded = ["publicity_permission.given", "publicity_permission.taken_back", "publicity_permission.given_anew"]
    assert actions_recorded()[1:] == recorded


def test_what_ran_out_is_marked(app: Flask, visit: Visit) -> None:
    made = make_publicity()
    make_permission(make_piece(made), ends_on=today() + timedelta(days=3))
    with clock.clock_at(clock.now() + timedelta(days=4)):
        page = visit(people.LEAD).get(f"/publicity/{made.id}").text
    assert "Run out" in page
    assert "Not everybody who was asked permits it today" in page


def test_taken_out(app: Flask, visit: Visit) -> None:
    made = make_publicity()
    piece = make_piece(made)
    make_permission(piece)
    volunteer = visit(people.VOLUNTEER)
    assert volunteer.send(f"/publicity/pieces/{piece.id}/remove").location == f"/publicity/{made.id}"
    assert count(PublicityPiece) + count(PublicityPermission) == 0
    assert volunteer.get(f"/publicity/pieces/{piece.id}/remove").status_code == 404


@pytest.mark.parametrize("stranger", [people.OTHER_LEAD, people.OTHER_VOLUNTEER])
def test_to_other_groups_there_is_none(app: Flask, visit: Visit, stranger: people.Someone) -> None:
    piece = make_piece(make_publicity())
    permission = make_permission(piece)
    who = visit(stranger)
    for path in (f"pieces/{piece.id}/permission", f"pieces/{piece.id}/remove", f"permissions/{permission.id}/change"):
        assert who.get(f"/publicity/{path}").status_code == 404
        assert who.post(f"/publicity/{path}").status_code == 404
    assert who.post(f"/publicity/permissions/{permission.id}/take-back").status_code == 404
