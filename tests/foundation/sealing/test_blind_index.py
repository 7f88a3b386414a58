"""The blind index: what people type finds what was stored, within one organisation, and tokens tell nothing."""

import hashlib
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referrals.foundation.references import new_reference
from referrals.foundation.sealing import Indexer, Kind
from referrals.foundation.sealing.index_words import outward_code, phone_number, words

INDEXER = Indexer(hashlib.sha256(b"a key for these tests").digest())
HERE, THERE = uuid4(), uuid4()


def finds(stored, typed, kind, scope=HERE):
    """Whether `typed` finds a record with these tokens by this kind."""
    wanted = INDEXER.query_tokens(scope, typed).get(kind)
    return bool(wanted) and set(wanted) <= set(stored)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nine months, no benefit.", ["nine", "months", "no", "benefit"]),
        ("José Łukasz Søren", ["jose", "lukasz", "soren"]),
        ("Jose\u0301 JOSÉ", ["jose", "jose"]),
        ("Straße Æsa İpek", ["strasse", "aesa", "ipek"]),
        ("flat_7/B (2nd)", ["flat", "7", "b", "2nd"]),
        ("王小明 \u0645\u062d\u0645\u062f", ["王小明", "\u0645\u062d\u0645\u062f"]),
        ("", []),
        (" -- \x00 ", []),
    ],
)
def test_words(text, expected):
    assert words(text) == expected


@given(st.text())
def test_words_of_words_are_the_same_and_no_text_breaks_them(text):
    found = words(text)
    assert words(" ".join(found)) == found


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Margaret O'Brien", "margaret"),
        ("Margaret O'Brien", "MARG"),
        ("Margaret O'Brien", "mar obr"),
        ("Margaret O'Brien", "O'Brien"),
        ("Margaret O\u2019Brien", "obrien"),
        ("Margaret O'Brien", "brien margaret"),
        ("Zoë Smith-Łuk", "zoe smithluk"),
        ("Zoë Smith-Łuk", "luk"),
        ("Zoe Smith", "ZOË"),
        ("Wolfeschlegelsteinhausen", "wolfeschlegelsteinhausen"),
        ("Wolfeschlegelsteinhausen", "wolfeschlegel"),
        ("E Ng", "e ng"),
    ],
)
def test_a_name_is_found_by_its_beginnings(name, typed):
    assert finds(INDEXER.tokens_for_name(HERE, name), typed, Kind.NAME)


@pytest.mark.parametrize("typed", ["smith", "garet", "m", "margaretta", "margaret smith", "ma", "e", "", "--"])
def test_a_name_is_not_found_by_anything_else(typed):
    assert not finds(INDEXER.tokens_for_name(HERE, "Margaret O'Brien Edwards"), typed, Kind.NAME)


def test_a_text_is_found_by_whole_words_and_numbers():
    stored = INDEXER.tokens_for_text(HERE, "Letter 7 of the council: café rent, rent arrears of 1,200")
    assert all(finds(stored, typed, Kind.TEXT) for typed in ("rent", "CAFE council", "200 letter"))
    assert not any(finds(stored, typed, Kind.TEXT) for typed in ("ren", "arrears landlord", "a", "7"))
    assert len(stored) == len(set(stored)) == 8


@pytest.mark.parametrize("typed", ["W12 8QT", "w128qt", " W12-8qt ", "W12", "w12"])
def test_a_postcode_is_found_whole_or_by_its_outward_half(typed):
    assert finds(INDEXER.tokens_for_postcode(HERE, "w12 8QT"), typed, Kind.POSTCODE)


@pytest.mark.parametrize("typed", ["W1", "W12 8QX", "8QT", "W12 8", "smith", "7"])
def test_a_postcode_is_not_found_by_anything_else(typed):
    assert not finds(INDEXER.tokens_for_postcode(HERE, "W12 8QT"), typed, Kind.POSTCODE)


@pytest.mark.parametrize(
    ("whole", "outward"),
    [
        ("SW1A1AA", "SW1A"),
        ("M11AE", "M1"),
        ("NE261AA", "NE26"),
        ("EC1A", "EC1A"),
        ("B33", "B33"),
        ("12", None),
        ("", None),
    ],
)
def test_outward_codes(whole, outward):
    assert outward_code(whole) == outward


SAME_NUMBER = [
    "020 7946 0018",
    "02079460018",
    "+44 20 7946 0018",
    "+44 (0)20 7946 0018",
    "0044 20 7946 0018",
    "00442079460018",
    "(020) 7946-0018",
    "020 7946 0018 ext 12",
    "020\u00a07946\u00a00018 x3",
]


@pytest.mark.parametrize("stored", SAME_NUMBER)
@pytest.mark.parametrize("typed", [*SAME_NUMBER, "460018", "7946 0018"])
def test_the_forms_of_a_phone_number_find_each_other(stored, typed):
    assert finds(INDEXER.tokens_for_phone(HERE, stored), typed, Kind.PHONE)


@pytest.mark.parametrize("typed", ["020 7946 0019", "0018", "60018", "020 7946", "+33 20 7946 0018"])
def test_a_phone_number_is_not_found_by_another_or_by_too_few_digits(typed):
    assert not finds(INDEXER.tokens_for_phone(HERE, "020 7946 0018"), typed, Kind.PHONE)


def test_numbers_of_other_countries_and_no_numbers():
    assert phone_number("+33 1 23 45 67 89") == phone_number("0033 123456789") == "0033123456789"
    assert [phone_number(text) for text in ("", "none", "call my son", "12345", "1" * 18, "+", "\u0661" * 8)] == [
        None
    ] * 7
    assert INDEXER.tokens_for_phone(HERE, "no phone") == []


def test_references_of_ours_and_of_agencies_are_found_however_spaced():
    ours = new_reference()
    assert finds(INDEXER.tokens_for_reference(HERE, ours), ours.removeprefix("R-").lower(), Kind.REFERENCE)
    agency = INDEXER.tokens_for_reference(HERE, "HB/2024/00123")
    assert finds(agency, "hb 2024 00123", Kind.REFERENCE)
    assert not finds(agency, "hb 2024", Kind.REFERENCE)
    assert Kind.REFERENCE not in INDEXER.query_tokens(HERE, "Margaret")
    assert INDEXER.tokens_for_reference(HERE, " - ") == []


def test_a_word_is_found_only_in_its_own_organisation_and_kind():
    stored = INDEXER.tokens_for_name(HERE, "Smith")
    assert finds(stored, "smith", Kind.NAME)
    assert not finds(stored, "smith", Kind.NAME, scope=THERE)
    assert not finds(stored, "smith", Kind.TEXT)
    assert not set(stored) & set(INDEXER.tokens_for_name(THERE, "Smith"))


def test_a_token_is_short_fixed_and_needs_the_key():
    token = INDEXER.token(HERE, Kind.NAME, "smith")
    assert len(token) == 16
    assert token == INDEXER.token(HERE, Kind.NAME, "smith")
    assert token in INDEXER.tokens_for_name(HERE, "Smith")
    assert token != Indexer(bytes(32)).token(HERE, Kind.NAME, "smith")


def test_kind_and_word_cannot_be_shifted_into_each_other():
    assert INDEXER.token(HERE, "name", "sab") != INDEXER.token(HERE, "names", "ab")


@given(st.text())
def test_any_typed_text_gives_tokens_without_failing(text):
    found = INDEXER.query_tokens(HERE, text)
    assert all(len(token) == 16 for tokens in found.values() for token in tokens)
    for tokens in (INDEXER.tokens_for_name, INDEXER.tokens_for_text, INDEXER.tokens_for_phone):
        assert isinstance(tokens(HERE, text), list)


def test_somebody_at_an_address_has_one_mark_however_it_is_written():
    mark = INDEXER.tokens_for_person("Margaret Ann O'Brien", "w12 8qt")
    assert len(mark) == 1
    for name, postcode in (
        ("MARGARET OBRIEN", "W128QT"),
        ("O\u2019Brien, Margaret", "W12 8QT"),
        ("Margaret Jane O'Brien", "W12 8QT"),
    ):
        assert INDEXER.tokens_for_person(name, postcode) == mark
    for name, postcode in (("Margaret O'Brian", "W12 8QT"), ("Margaret O'Brien", "W12 8QX")):
        assert INDEXER.tokens_for_person(name, postcode) not in (mark, [])
    # Too little to tell one person from others.
    for name, postcode in (("Margaret", "W12 8QT"), ("", "W12 8QT"), ("Margaret Hill", "W12"), ("Margaret Hill", "")):
        assert INDEXER.tokens_for_person(name, postcode) == []


def test_a_case_of_an_agency_has_one_mark_where_its_number_is_long_enough():
    agency, other = uuid4(), uuid4()
    mark = INDEXER.tokens_for_case(agency, "HB/2024/00123")
    assert len(mark) == 1
    assert INDEXER.tokens_for_case(agency, "hb 2024 00123") == mark
    assert INDEXER.tokens_for_case(other, "HB/2024/00123") not in (mark, [])
    for reference in ("12345", "ABCDEFGH", "none", "unknown 1", ""):
        assert INDEXER.tokens_for_case(agency, reference) == []


@given(st.text())
def test_any_typed_text_has_a_sound_or_none(text):
    found = INDEXER.query_sounds(HERE, text)
    assert all(len(token) == 16 for tokens in found for token in tokens)
    # Whatever is stored under a name is found by that name.
    stored = set(INDEXER.tokens_for_sound(HERE, text))
    assert all(stored.intersection(tokens) for tokens in found)
