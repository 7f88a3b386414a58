"""Finding: by reference, name, postcode, phone number and words, in one's own organisation's index only."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from referrals.casework import queries
from referrals.casework.models import Referral, SearchToken
from referrals.casework.queries import finding
from referrals.foundation.database import db, transaction
from referrals.foundation.errors import NotAllowed
from referrals.foundation.references import new_reference
from tests import people
from tests.casework import cases
from tests.casework.test_queue import statements
from tests.people import CASEWORKER, LEAD, OTHER_CASEWORKER, SECOND_VOLUNTEER, VOLUNTEER

EYES = (VOLUNTEER, LEAD, CASEWORKER, people.MANAGER)


def found(by: people.Someone, text: str) -> list[tuple[object, tuple[str, ...]]]:
    return [(hit.line.id, hit.reasons) for hit in queries.search(by.viewer, text).hits]


TYPED = [
    ("quillfeather", "Name"),
    ("QUILL", "Name"),
    ("alb quill", "Name"),
    ("w12 7qt", "Postcode"),
    ("W12", "Postcode"),
    ("07700 900 123", "Phone number"),
    ("900123", "Phone number"),
    ("+44 7700 900123", "Phone number"),
    ("months payment", "Words"),
    ("the benefit for his leg", "Words"),
]


def test_what_is_typed_finds_it_and_says_why(app: Flask) -> None:
    referral = cases.make_referral("submitted")
    for typed, reason in TYPED:
        for person in EYES:
            assert found(person, typed) == [(referral.id, (reason,))], (person.name, typed)


def test_a_reference_is_found_however_it_is_spaced(app: Flask) -> None:
    referral = cases.make_referral("submitted")
    assert referral.reference
    with transaction():
        # One in twenty has no digit in it, and reads like a word.
        referral.reference = next(
            made for made in iter(new_reference, None) if made and made.replace("-", "").isalpha()
        )
        cases.indexing.reindex(referral)
        cases.record("referral.draft_saved", by=VOLUNTEER.viewer, subject=("referral", referral.id))
    for typed in (referral.reference, referral.reference.lower(), referral.reference.replace("-", " ")):
        assert found(CASEWORKER, typed) == [(referral.id, ("Reference",))]
        assert found(OTHER_CASEWORKER, typed) == []


SPELLINGS = [
    ("Ronald McDonald", "macdonald"),
    ("Chidi Okafor", "okafour"),
    ("Mohammed Hussain", "muhammad husein"),
    ("Linh Nguyen", "nguyn"),
    ("Catherine Smith", "kathryn smyth"),
    ("Sean Kahn", "shaun khan"),
    ("Marek Kowalski", "kovalsky"),
    ("Aisha Choudhury", "ayesha chowdhury"),
    ("Harpreet Singh", "harprit sing"),
    ("Folake Adeyemi-Walsh", "adayemi walsh"),
    ("Maeve O'Neill", "oneal"),
    ("Maeve O’Neill", "o'neal"),
    ("Stephen Thompson", "steven thomson"),
]


@pytest.mark.parametrize(("name", "typed"), SPELLINGS, ids=[typed for _, typed in SPELLINGS])
def test_a_half_remembered_spelling_of_a_name_finds_it_and_says_so(app: Flask, name: str, typed: str) -> None:
    referral = named(name)
    for person in EYES:
        assert found(person, typed) == [(referral.id, ("Name sounds alike",))]
    assert found(OTHER_CASEWORKER, typed) == []


# What a code of letters cannot know: names that are not written as they are said, and names that only look alike.
UNHEARD = [
    ("Siobhan Kelly", "shivaun"),
    ("Niamh Kelly", "neve"),
    ("Marek Wisniewski", "vishnevski"),
    ("Mary Robinson", "robertson"),
    ("Mary Robinson", "peter robinsen"),
    ("Li Wang", "lee"),
]


@pytest.mark.parametrize(("name", "typed"), UNHEARD, ids=[typed for _, typed in UNHEARD])
def test_another_name_is_not_taken_for_it(app: Flask, name: str, typed: str) -> None:
    named(name)
    assert found(CASEWORKER, typed) == []


def test_who_only_sounds_alike_stands_last(app: Flask) -> None:
    exact, alike, longer = named("Ann Smyth"), named("Ann Smith"), named("Ann Smythson")
    assert found(CASEWORKER, "smyth") == [
        (longer.id, ("Name",)),
        (exact.id, ("Name",)),
        (alike.id, ("Name sounds alike",)),
    ]


def named(name: str) -> Referral:
    """A sent referral of somebody of that name."""
    return changed(cases.make_referral("submitted"), name=name)


def changed(referral: Referral, *, name: str | None = None, agency_reference: str | None = None) -> Referral:
    """The referral with other words, indexed anew."""
    with transaction():
        assert referral.resident
        referral.resident.name = name or referral.resident.name
        referral.agency_reference = agency_reference or referral.agency_reference
        db.session.flush()
        cases.indexing.reindex(referral)
        cases.record("referral.draft_saved", by=VOLUNTEER.viewer, subject=("referral", referral.id))
    return referral


@pytest.mark.parametrize("typed", ["HB/2024/00123", "hb 2024 00123", "HB202400123", "hb-2024-00123"])
def test_an_agency_reference_is_found_however_it_is_spaced(app: Flask, typed: str) -> None:
    referral = changed(cases.make_referral("submitted"), agency_reference="HB/2024/00123")
    assert found(CASEWORKER, typed) == [(referral.id, ("Agency reference",))]


def test_only_what_is_open_is_found_where_asked_for(app: Flask) -> None:
    closed, still_open = cases.make_referral("closed"), cases.make_referral("submitted")
    for open_only, expected in ((False, {closed.id, still_open.id}), (True, {still_open.id})):
        hits = queries.search(CASEWORKER.viewer, "quillfeather", open_only=open_only).hits
        assert {hit.line.id for hit in hits} == expected


def test_more_than_a_page_is_said_to_be_more(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(3):
        cases.make_referral("submitted")
    for most, looked_at, expected in ((3, 4, (3, False)), (2, 9, (2, True)), (9, 2, (2, True))):
        monkeypatch.setattr(finding, "MOST", most)
        # What is looked at is bounded where the statement is made.
        monkeypatch.setattr(finding, "LOOKED_AT", looked_at)
        result = queries.search(CASEWORKER.viewer, "quillfeather")
        assert (len(result.hits), result.more) == expected


@pytest.mark.parametrize(
    "typed", ["", " ", "the", "zzz", "quillfeather zzz", "%", "'; --", "\x00", "💥", "x" * 100_000]
)
def test_nothing_is_found_by_what_does_not_match(app: Flask, typed: str) -> None:
    cases.make_referral("submitted")
    assert found(CASEWORKER, typed) == []


def test_strangers_find_nothing(app: Flask) -> None:
    cases.make_referral("submitted")
    for person in (SECOND_VOLUNTEER, OTHER_CASEWORKER, people.OTHER_LEAD):
        assert found(person, "quillfeather") == []
    for person in (people.COORDINATOR, people.ADMINISTRATOR):
        with pytest.raises(NotAllowed):
            found(person, "quillfeather")


def test_a_draft_is_in_no_index(app: Flask) -> None:
    cases.make_draft()
    assert found(LEAD, "quillfeather") == []
    assert db.session.scalar(select(func.count()).select_from(SearchToken)) == 0


def test_the_same_word_is_another_token_elsewhere(app: Flask) -> None:
    cases.make_referral("submitted")
    query = select(SearchToken.token, func.count(SearchToken.organisation_id.distinct())).group_by(SearchToken.token)
    assert {count for _, count in db.session.execute(query)} == {1}


def test_a_conflict_is_not_found_by_the_lead(app: Flask) -> None:
    referral = cases.make_referral("submitted", trusted_body_conflict=True)
    assert found(LEAD, "quillfeather") == []
    assert found(VOLUNTEER, "quillfeather") == [(referral.id, ("Name",))]


def test_the_surest_match_stands_first(app: Flask) -> None:
    by_words = cases.make_referral("submitted", story="Quill and ink are missing since March", summary="Ink")
    with transaction():
        assert by_words.resident
        by_words.resident.name = "Ada Other"
        cases.indexing.reindex(by_words)
        cases.record("referral.draft_saved", by=VOLUNTEER.viewer, subject=("referral", by_words.id))
    by_name = cases.make_referral("submitted")
    assert found(CASEWORKER, "quill") == [(by_name.id, ("Name",)), (by_words.id, ("Words",))]


def test_a_change_is_found_by_the_new_words_only(app: Flask) -> None:
    referral = cases.make_referral("submitted")
    with transaction():
        assert referral.resident
        referral.resident.name = "Alberta Inkwell"
        cases.indexing.reindex(referral)
        cases.record("referral.draft_saved", by=VOLUNTEER.viewer, subject=("referral", referral.id))
    assert found(CASEWORKER, "quillfeather") == []
    assert found(CASEWORKER, "inkwell") == [(referral.id, ("Name",))]


def test_a_search_costs_two_statements(app: Flask) -> None:
    for _ in range(3):
        cases.make_referral("submitted")
    db.session.expunge_all()
    with statements() as sent:
        hits = queries.search(CASEWORKER.viewer, "albert quill").hits
        assert {hit.line.summary for hit in hits} == {"Nine months without a payment"}
    assert len(hits) == 3
    selects = [one for one in sent if one[0].startswith("SELECT")]
    assert len(selects) == 2


def test_the_dump_of_the_database_names_nobody(app: Flask) -> None:
    cases.make_referral("accepted")
    tables = db.metadata.sorted_tables
    dump = "".join(str(row) for table in tables for row in db.session.execute(table.select()))
    for secret in (cases.NAME, "Quillfeather", cases.PHONE, "900123", "lost his leg", "Nine months", "Write to the"):
        assert secret not in dump
    assert str(Referral.__tablename__) in {table.name for table in tables}
