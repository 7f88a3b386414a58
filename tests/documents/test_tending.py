"""Tending what is kept: quarantine while the scanner is down, deleting, orphans, erasure, and the check."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from referrals.audit.actions import record
from referrals.audit.models import AuditEntry
from referrals.casework.models import Outcome, Referral
from referrals.cli.jobs import JOBS
from referrals.documents import actions, queries, stores
from referrals.documents.cleaning.kinds import Kind
from referrals.documents.cleaning.refusals import Refused, Why
from referrals.documents.models import Document
from referrals.foundation.database import db, transaction
from referrals.foundation.errors import IllegalMove, Invalid
from referrals.foundation.ids import new_id
from tests import people
from tests.casework.cases import do, make_draft, make_referral
from tests.documents import files
from tests.documents.keeping import add_document, own_store
from tests.documents.scanner import FakeClamd, nobody, scanner_at
from tests.web.intake import load

WHO = people.CASEWORKER.viewer


@pytest.fixture(autouse=True)
def folder(app: Flask, tmp_path: Path) -> Iterator[Path]:
    """A store of this test's own."""
    load()
    with own_store(tmp_path / "documents"):
        yield tmp_path / "documents"


def fetch(document_id: UUID) -> bytes:
    """Its content, as the office is given it."""
    return actions.content_of(db.session.get_one(Document, document_id), WHO)


def job(name: str) -> int:
    """Carry out a job as the worker does."""
    db.session.rollback()
    with transaction():
        return next(one for one in JOBS if one.name == name).run()


def scan() -> int:
    return job("scan documents that wait")


def clear() -> int:
    return job("delete contents of removed documents")


def left(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()} if folder.exists() else set()


class TestQuarantine:
    def test_while_the_scanner_is_down_a_document_is_kept_and_given_to_nobody(self, folder: Path) -> None:
        with scanner_at(nobody()):
            document_id = add_document(make_referral("in_progress"))
            assert left(folder) == {str(document_id)}
            with pytest.raises(IllegalMove, match="virus scanner"):
                fetch(document_id)
            assert scan() == 0
        with FakeClamd() as clamd, scanner_at(clamd.address):
            assert scan() == 1
            assert scan() == 0
            assert clamd.seen == [fetch(document_id)]
        document = db.session.get_one(Document, document_id)
        assert (document.scan, document.scanned_at is not None) == ("clean", True)
        query = select(AuditEntry.facts).where(AuditEntry.action == "document.scanned")
        assert db.session.scalars(query).all() == [{"document": str(document_id), "verdict": "clean"}]

    def test_one_found_harmful_later_is_deleted_and_never_given_out(self, folder: Path) -> None:
        with scanner_at(nobody()):
            document_id = add_document(make_referral("in_progress"))
        with FakeClamd(b"stream: Eicar FOUND") as clamd, scanner_at(clamd.address):
            assert scan() == 1
        with pytest.raises(IllegalMove):
            fetch(document_id)
        assert clear() == 1
        assert left(folder) == set()

    def test_one_found_harmful_later_is_evidence_of_nothing(self, folder: Path) -> None:
        referral = make_referral("in_progress")
        with scanner_at(nobody()):
            document_id = add_document(referral)
        do(db.session.get_one(Referral, referral.id), "record_outcome", people.CASEWORKER, evidenced=False)
        outcome = db.session.scalars(select(Outcome)).one()
        with transaction():
            actions.attach_evidence(outcome, [document_id], by=people.CASEWORKER.viewer)
        assert outcome.evidenced
        with FakeClamd(b"stream: Eicar FOUND") as clamd, scanner_at(clamd.address):
            scan()
        db.session.refresh(outcome)
        assert not outcome.evidenced
        with pytest.raises(Invalid), transaction():
            actions.attach_evidence(outcome, [document_id], by=people.CASEWORKER.viewer)

    def test_one_found_harmful_at_once_is_not_taken(self, folder: Path) -> None:
        key = make_referral("in_progress").seal_key()
        assert key
        with FakeClamd(b"stream: Eicar FOUND") as clamd, scanner_at(clamd.address), pytest.raises(Refused) as refused:
            actions.prepare("a.jpg", files.picture(), key)
        assert refused.value.why is Why.HARMFUL
        assert left(folder) == set()

    def test_one_that_cannot_be_read_holds_up_no_other(self, folder: Path) -> None:
        referral = make_referral("in_progress")
        with scanner_at(nobody()):
            first, _ = add_document(referral), add_document(referral)
        (folder / str(first)).unlink()
        with FakeClamd() as clamd, scanner_at(clamd.address):
            assert scan() == 1


class TestContents:
    def test_a_removed_one_is_deleted_at_once_and_the_others_stay(self, folder: Path) -> None:
        referral = make_referral("in_progress")
        removed, kept = add_document(referral), add_document(referral)
        with transaction():
            actions.remove(db.session.get_one(Document, removed), "replaced", by=WHO)
        actions.delete_content(removed)
        actions.delete_content(kept)
        assert left(folder) == {str(kept)}
        assert clear() == 0

    def test_a_removal_that_was_not_saved_deletes_nothing(self, folder: Path) -> None:
        document_id = add_document(make_referral("in_progress"))
        actions.remove(db.session.get_one(Document, document_id), "replaced", by=WHO)
        db.session.rollback()
        actions.delete_content(document_id)
        assert clear() == 0
        assert fetch(document_id)

    def test_a_content_without_a_row_goes_after_a_week(self, folder: Path) -> None:
        stores.store().put(new_id(), b"being sent just now")
        orphan = new_id()
        stores.store().put(orphan, b"of a form that failed")
        past = (datetime.now(UTC) - timedelta(days=8)).timestamp()
        os.utime(folder / str(orphan), (past, past))
        assert clear() == 1
        assert str(orphan) not in left(folder)
        assert len(left(folder)) == 1

    def test_the_store_of_another_database_is_left_alone(self, folder: Path) -> None:
        add_document(make_referral("in_progress"))
        past = (datetime.now(UTC) - timedelta(days=400)).timestamp()
        for _ in range(21):
            content_id = new_id()
            stores.store().put(content_id, b"of somebody else")
            os.utime(folder / str(content_id), (past, past))
        assert clear() == 0
        assert len(left(folder)) == 22

    def test_erasing_a_referral_closes_its_documents_for_ever(self, folder: Path) -> None:
        referral = make_referral("in_progress")
        document_id = add_document(referral)
        with transaction():
            found = db.session.get_one(Referral, referral.id)
            found.destroy_key()
            found.erased_at = datetime.now(UTC)
            record("referral.erased", by=WHO, subject=("referral", found.id))
        with pytest.raises(actions.Unreadable):
            fetch(document_id)
        (line,) = queries.documents_of(db.session.get_one(Referral, referral.id), WHO)
        assert line.name == queries.LOST_NAME
        assert clear() == 1
        assert left(folder) == set()

    def test_a_draft_that_is_thrown_away_leaves_an_orphan(self, folder: Path) -> None:
        draft = make_draft()
        document_id = add_document(draft, by=people.VOLUNTEER)
        with transaction() as session:
            session.delete(session.get_one(Document, document_id))
            record("referral.draft_discarded", by=people.VOLUNTEER.viewer, subject=("referral", draft.id))
        past = (datetime.now(UTC) - timedelta(days=8)).timestamp()
        os.utime(folder / str(document_id), (past, past))
        assert clear() == 1


def test_the_check_names_what_is_missing_or_changed(folder: Path) -> None:
    referral = make_referral("in_progress")
    whole, missing, changed, removed = (add_document(referral) for _ in range(4))
    with transaction():
        actions.remove(db.session.get_one(Document, removed), "replaced", by=WHO)
    actions.delete_content(removed)
    (folder / str(missing)).unlink()
    (folder / str(changed)).write_bytes((folder / str(whole)).read_bytes())
    report = actions.check_contents()
    assert (report.whole, report.missing, report.changed) == (1, (missing,), (changed,))


def test_a_content_does_not_open_in_the_place_of_another(folder: Path) -> None:
    referral = make_referral("in_progress")
    first, second = add_document(referral), add_document(referral)
    (folder / str(first)).write_bytes((folder / str(second)).read_bytes())
    with pytest.raises(actions.Unreadable):
        fetch(first)


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("C:\\Users\\Canary\\photo.jpg", "photo.jpg"),
        ('a"b\r\nX: y\u202egpj.exe', "a b X y gpj.jpg"),
        ("", "Document.jpg"),
        (".jpg", "Document.jpg"),
        ("..", "Document.jpg"),
        ("letter.tar.gz", "letter.tar.jpg"),
        ("12.3.2026", "12.3.jpg"),
        ("a/", "Document.jpg"),
        ("\ud800\x00", "Document.jpg"),
        ("x" * 300, "x" * 120 + ".jpg"),
    ],
    ids=range(10),
)
def test_a_name_is_made_harmless(name: str, kept: str) -> None:
    assert actions.tidy_name(name, Kind.JPG) == kept
