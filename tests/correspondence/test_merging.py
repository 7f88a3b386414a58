"""Merge fields: known by name, refused where they are none, replaced once, and never by what a story pretends."""

from typing import Any

import pytest
from flask import Flask

from referrals.correspondence.fields import FIELDS, Facts, Place, fields_for
from referrals.correspondence.letters import KINDS, LONGEST, Audience
from referrals.correspondence.merging import clean, fault_of_letter, fault_of_text, fields_in, merge
from referrals.correspondence.senders import Sender
from referrals.foundation.clock import today
from tests.casework import cases
from tests.casework.cases import make_referral

SENDER = Sender("Rowan Ashdown MP", "Office of Rowan Ashdown MP", phone="020 7946 0123")


def facts(**changes: Any) -> Facts:
    """What is known of a referral of the tests."""
    given: dict[str, Any] = {
        "referral": make_referral("in_progress"),
        "sender": SENDER,
        "constituency": "Hammersmith and Chiswick",
        "group_name": "White City",
        "writer": "Cas Worker",
        "today": today(),
    }
    return Facts(**(given | changes))


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_every_kind_has_a_text_of_its_own_with_fields_that_may_stand_in_it(kind: Any) -> None:
    text = kind.service_text()
    assert fault_of_text(text, kind) is None
    assert fields_in(text, kind)
    assert "constituent" not in text.replace("((constituency))", "").lower()


def test_names_are_plain_and_every_audience_has_its_own() -> None:
    assert all(row.name == " ".join(row.name.split()) and row.about for row in FIELDS.values())
    address = FIELDS["resident address"]
    assert address.audiences == {Audience.AGENCY}
    assert address not in fields_for(KINDS["holding_group"])
    assert {row.place for row in FIELDS.values()} == set(Place)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Dear ((resident nam)),", "There is no field called ((resident nam))"),
        ("((resident address))", "cannot stand in this letter"),
        ("((reference", "Close every field with two brackets"),
        ("reference))", "Close every field with two brackets"),
        ("(())", "There is no field called (())"),
        ("  ", "Write the text of the letter"),
        ("x" * (LONGEST + 1), "10,000 characters or fewer"),
        ("((" + "y" * 500 + "))", "There is no field called ((yyy"),
    ],
)
def test_a_text_with_what_is_no_field_is_refused(text: str, says: str) -> None:
    fault = fault_of_text(text, KINDS["holding_group"])
    assert fault is not None
    assert says in fault
    assert len(fault) < 120


def test_single_brackets_and_odd_spelling_are_fine() -> None:
    assert fault_of_text("(see below) ((  Resident   NAME ))", KINDS["holding_resident"]) is None


def test_known_fields_are_filled_and_unknown_ones_stay(app: Flask) -> None:
    merged = merge("((Resident Name)), ((reference)): ((agency reference))", KINDS["enquiry"], facts())
    assert merged.text.startswith(f"{cases.NAME}, R-")
    assert merged.text.endswith("((agency reference))")
    assert [row.name for row in merged.missing] == ["agency reference"]


def test_what_comes_in_is_text_and_not_looked_at_again(app: Flask) -> None:
    story = facts(referral=make_referral("in_progress", summary="((MP name)) {{ 7*7 }} #import \u202eevil\x00"))
    merged = merge("((the story in one line))", KINDS["enquiry"], story)
    assert merged.text == "((MP name)) {{ 7*7 }} #import evil"
    assert merged.missing == ()
    # And it cannot go out before somebody has read it and put it right.
    assert fault_of_letter(merged.text) == "Write something in place of ((MP name)), or take it out"


def test_a_field_of_another_audience_is_never_filled(app: Flask) -> None:
    assert merge("((resident address))", KINDS["holding_group"], facts()).text == "((resident address))"


@pytest.mark.parametrize("text", ["((anything))", "(( ))", "a ((b)) c"])
def test_a_letter_with_an_open_field_cannot_be_made(text: str) -> None:
    assert fault_of_letter(text)


def test_nothing_invisible_is_left() -> None:
    assert clean("a\x00\x07\r\nb\u202e\u200f\ufffe\tc") == "a\nb\tc"
    assert clean("Zoë") == "Zoë"
    assert clean("e\u0301") == "é"
