"""How an entry becomes bytes and a hash."""

import hashlib
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referrals.accounts.roles import Role
from referrals.audit import chain

BOOK = UUID("00000000-0000-7000-8000-000000000001")
SUBJECT = UUID("00000000-0000-7000-8000-000000000002")
ENTRY = {
    "book_id": BOOK,
    "number": 1,
    "at": datetime(2026, 3, 3, 9, 30, tzinfo=UTC),
    "actor_id": None,
    "actor_role": "volunteer",
    "action": "referral.read",
    "subject_kind": "referral",
    "subject_id": SUBJECT,
    "facts": {"b": "é", "a": 1},
    "detail_digest": None,
    "previous_hash": "0" * 64,
}
# Written out by hand from the rules: sorted names, no spaces, UTF-8, moments in UTC with microseconds.
BYTES = (
    '{"action":"referral.read","actor_id":null,"actor_role":"volunteer","at":"2026-03-03T09:30:00.000000Z",'
    '"book_id":"00000000-0000-7000-8000-000000000001","detail_digest":null,"facts":{"a":1,"b":"é"},'
    '"format":"referrals/audit/1","number":1,"previous_hash":"' + "0" * 64 + '",'
    '"subject_id":"00000000-0000-7000-8000-000000000002","subject_kind":"referral"}'
)


def test_an_entry_is_hashed_as_canonical_json() -> None:
    assert chain.entry_hash(ENTRY) == hashlib.sha256(BYTES.encode("utf-8")).hexdigest()


@pytest.mark.parametrize("detail_digest", [None, "a" * 64])
@pytest.mark.parametrize("actor_id", [None, SUBJECT])
def test_an_entry_told_before_it_has_a_place_has_the_same_hash(
    actor_id: UUID | None, detail_digest: str | None
) -> None:
    entry: dict[str, Any] = {**ENTRY, "actor_id": actor_id, "number": 12, "detail_digest": detail_digest}
    plain = {name: chain.plain(entry[name]) for name in ENTRY}
    told = chain.Unplaced.of(plain)
    assert told.hash(plain["book_id"], detail_digest, 12, plain["previous_hash"]) == chain.entry_hash(entry)


def test_every_field_is_covered() -> None:
    other: dict[str, Any] = {
        "book_id": SUBJECT,
        "number": 2,
        "at": ENTRY["at"] + timedelta(microseconds=1),  # type: ignore[operator]
        "actor_id": SUBJECT,
        "actor_role": None,
        "action": "referral.found",
        "subject_kind": "person",
        "subject_id": None,
        "facts": {"b": "é", "a": 2},
        "detail_digest": "1" * 64,
        "previous_hash": "1" * 64,
    }
    assert set(other) == set(ENTRY)
    hashes = {chain.entry_hash(ENTRY | {name: value}) for name, value in other.items()}
    assert len(hashes) == len(other)
    assert chain.entry_hash(ENTRY) not in hashes


def test_the_same_moment_in_another_zone_is_the_same_entry() -> None:
    there = ENTRY["at"].astimezone(timezone(timedelta(hours=5, minutes=30)))  # type: ignore[attr-defined]
    assert chain.entry_hash(ENTRY | {"at": there}) == chain.entry_hash(ENTRY)


def test_two_books_begin_differently() -> None:
    assert chain.genesis(BOOK) != chain.genesis(SUBJECT)
    assert chain.book_id_of(None) != chain.book_id_of(BOOK) != chain.book_id_of(SUBJECT)


def test_linked_entries_follow_one_another_without_a_gap() -> None:
    events = [
        {"at": ENTRY["at"], "action": "report.read", "subject_kind": "report", "subject_id": None} for _ in range(3)
    ]
    rows = list(chain.linked(events, book_id=BOOK, number=7, head="f" * 64))
    assert [row["number"] for row in rows] == [8, 9, 10]
    assert [row["previous_hash"] for row in rows] == ["f" * 64, rows[0]["hash"], rows[1]["hash"]]
    assert all(row["hash"] == chain.entry_hash(row) for row in rows)


def test_facts_become_plain_json() -> None:
    facts = {
        "role": Role.LEAD,
        "due_on": date(2026, 3, 3),
        "at": datetime(2026, 3, 3, 9, 30, tzinfo=UTC),
        "id": BOOK,
        "amount": Decimal("12.50"),
        "codes": ("a", "b"),
        "set": {"b", "a"},
        "none": None,
        "yes": True,
    }
    assert chain.plain(facts) == {
        "role": "lead",
        "due_on": "2026-03-03",
        "at": "2026-03-03T09:30:00.000000Z",
        "id": str(BOOK),
        "amount": "12.50",
        "codes": ["a", "b"],
        "set": ["a", "b"],
        "none": None,
        "yes": True,
    }


@pytest.mark.parametrize("fact", [1.5, b"bytes", object()])
def test_what_has_no_exact_text_is_no_fact(fact: object) -> None:
    with pytest.raises(TypeError):
        chain.plain({"fact": fact})


@given(st.text())
def test_a_detail_is_salted(words: str) -> None:
    try:
        words.encode("utf-8")
    except UnicodeEncodeError:
        return
    first, second = chain.salted(words), chain.salted(words)
    assert chain.detail_digest(first) != chain.detail_digest(second)
    assert chain.detail_digest(first) == chain.detail_digest(first)
