"""What in the words of a case study says who it is about, for sure or perhaps."""

import pytest

from referrals.stories.recognising import Held, findings

HELD = Held(
    name="Mrs May Quillfeather-Oyelaran",
    postcode="W12 0HT",
    phone="07700 900123",
    email="may@example.org",
    address="Flat 3, Bryony House\n12 Marigold Lane",
    agency_reference="PIP-204/77",
    reference="RF-7K2M-9QX4",
    member="Rowan Ashdown",
    body="Rotherham Metropolitan Borough Council",
    seat="Hammersmith and Chiswick",
)


def found(text: str, held: Held = HELD) -> dict[str, bool]:
    """What was found in a text, each with whether it is sure."""
    return {one.what: one.sure for one in findings({"situation": text}, held)}


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Quillfeather waited.", "the person’s name"),
        ("It was OYELARAN’s turn.", "the person’s name"),
        ("She lives at w12 0ht.", "a postcode"),
        ("Somebody in W12 waited.", "a postcode"),
        ("Call 07700-900 123.", "a telephone number"),
        ("Call +44 7700 900123.", "a telephone number"),
        ("Write to MAY@example.org", "an email address"),
        ("She lives in Bryony House.", "the street or building"),
        ("The letter said pip 204 77.", "a reference number"),
        ("It is rf7k2m9qx4.", "a reference number"),
        ("Her number is QQ 12 34 56 C.", "a reference number"),
        ("Ashdown wrote.", "the name of the MP"),
    ],
)
def test_what_says_who_it_is_keeps_it_back(text: str, what: str) -> None:
    assert found(text)[what] is True


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("It may take long.", "the person’s name"),
        ("Quilfeather waited.", "the person’s name"),
        ("She lives near Marigold Park.", "the street or building"),
        ("It came on 3 March.", "an exact date"),
        ("It came on 03/04/2026.", "an exact date"),
        ("A woman aged 57.", "an exact age"),
        ("She got £9,747.", "an exact sum"),
        ("The rotherham metropolitan borough council wrote.", "the name of the body"),
        ("Somebody in Hammersmith and Chiswick waited.", "the name of the MP’s seat"),
    ],
)
def test_what_may_say_it_is_pointed_out(text: str, what: str) -> None:
    assert found(text)[what] is False


def test_general_words_say_nothing() -> None:
    text = "A woman in her fifties had waited over nine months. The council wrote, and she got about £9,700 in 2026."
    assert found(text) == {}
    assert found(text, Held()) == {}


def test_each_thing_is_found_once_and_what_is_sure_first() -> None:
    listed = findings({"situation": "It may be that May and may and May waited."}, HELD)
    assert [(one.words, one.sure) for one in listed] == [("May", True)]
