"""Checkpoints: signed, kept elsewhere, and held against books that were cut or written anew with care."""

import base64
import hashlib
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text

from referrals.audit import chain, checkpoints
from referrals.audit.walk import walk
from referrals.foundation.database import db, promise_to_read
from referrals.foundation.sealing import signing
from tests.audit.making import make_events, past_the_triggers
from tests.people import CASEWORKER, WHITE_CITY

BOOK = chain.book_id_of(WHITE_CITY.id)


def run(app: Flask, *args: str) -> tuple[int, str]:
    result = app.test_cli_runner().invoke(args=["audit", *args])
    promise_to_read(only=False)
    return result.exit_code, result.output


@pytest.fixture
def kept(app: Flask, tmp_path: Path) -> Path:
    """The checkpoints of two books, kept in a file."""
    make_events(5)
    make_events(2, CASEWORKER.viewer)
    file = tmp_path / "checkpoints.txt"
    assert run(app, "checkpoint", "--to", str(file))[0] == 0
    return file


def by_the_book(leaves: list[bytes]) -> bytes:
    """MTH of RFC 6962, section 2.1, as it is defined there."""
    if not leaves:
        return hashlib.sha256().digest()
    if len(leaves) == 1:
        return hashlib.sha256(b"\x00" + leaves[0]).digest()
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return hashlib.sha256(b"\x01" + by_the_book(leaves[:split]) + by_the_book(leaves[split:])).digest()


def test_the_root_is_that_of_the_standard() -> None:
    tree, leaves = checkpoints.Tree(), []
    for number in range(70):
        assert tree.root() == base64.b64encode(by_the_book(leaves)).decode()
        leaves.append(bytes([number]))
        tree.add(leaves[-1])


def test_good_books_hold_however_they_grow(app: Flask, kept: Path) -> None:
    make_events(4)
    code, output = run(app, "checkpoint", "--to", str(kept))
    assert code == 0
    key = output.split()[-1]
    for more in ((), ("--key", key)):
        code, output = run(app, "verify", "--against", str(kept), *more)
        assert (code, "All 4 checkpoints still hold." in output) == (0, True)


def test_a_book_that_was_cut_with_its_head_is_found(app: Flask, kept: Path) -> None:
    with past_the_triggers() as connection:
        for table in ("audit_details", "audit_entries"):
            connection.execute(text(f"DELETE FROM {table} WHERE number > 3"))
        head = connection.execute(text("SELECT hash, book_id FROM audit_entries WHERE number = 3")).one()
        statement = text("UPDATE audit_books SET head_number = 3, head_hash = :head WHERE id = :book")
        connection.execute(statement, {"head": head.hash, "book": head.book_id})
    assert "All 2 books are as they were written." in run(app, "verify")[1]
    code, output = run(app, "verify", "--against", str(kept))
    assert code == 1
    assert f"book {BOOK} has fewer than the 5 entries it had on " in output


def test_a_book_that_was_chained_anew_is_found(app: Flask, kept: Path) -> None:
    entries = [covered for covered, _ in walk(db.session.connection(), BOOK)]
    db.session.rollback()
    head = chain.genesis(BOOK)
    with past_the_triggers() as connection:
        for entry in entries:
            entry |= {"previous_hash": head, "actor_role": "lead"}
            before, head = head, chain.covered_hash(entry)
            statement = "UPDATE audit_entries SET actor_role = 'lead', previous_hash = :before, hash = :hash"
            where = " WHERE number = :number AND actor_role = 'volunteer'"
            values = {"before": before, "hash": head, "number": entry["number"]}
            assert connection.execute(text(statement + where), values).rowcount == 1
        statement = "UPDATE audit_books SET head_hash = :head WHERE head_number = 5"
        connection.execute(text(statement), {"head": head})
    assert "All 2 books are as they were written." in run(app, "verify")[1]
    code, output = run(app, "verify", "--against", str(kept))
    assert code == 1
    assert f"book {BOOK} is not what it was on " in output


@pytest.mark.parametrize("change", ["size", "cut", "another key"])
def test_a_file_that_was_changed_is_not_trusted(app: Flask, kept: Path, change: str) -> None:
    whole, more = kept.read_text(encoding="utf-8"), []
    if change == "size":
        kept.write_text(whole.replace("\n5\n", "\n4\n"), encoding="utf-8")
    elif change == "cut":
        kept.write_text(whole[:-40], encoding="utf-8")
    else:
        more = ["--key", signing.PublicKey(checkpoints.NAME, bytes(32)).text()]
    code, output = run(app, "verify", "--against", str(kept), *more)
    assert code == 1
    assert "cannot be trusted" in output
