"""Documents at once: two people fill the last places of their side, and one removes what another opens."""

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import func, select

from referrals.audit.verify import verify_books
from referrals.casework.models import Referral
from referrals.documents import actions
from referrals.documents.actions import Addition, Ready
from referrals.documents.cleaning.kinds import Kind
from referrals.documents.models import Document
from referrals.documents.scanning import Verdict
from referrals.foundation.database import db, transaction
from referrals.foundation.errors import IllegalMove
from referrals.foundation.ids import new_id
from tests import people
from tests.casework import mail
from tests.casework.cases import make_referral
from tests.casework.test_at_once import all_at_once
from tests.documents.keeping import add_document, own_store
from tests.web.intake import load


@pytest.fixture(autouse=True)
def folder(app: Flask, tmp_path: Path) -> Iterator[None]:
    load()
    with own_store(tmp_path / "documents"):
        yield


def ready() -> list[Ready]:
    """Six documents that only lack their rows."""
    return [Ready(new_id(), f"{n}.jpg", Kind.JPG, 1, "0" * 64, Verdict.CLEAN) for n in range(6)]


def test_a_side_never_keeps_more_than_ten(app: Flask) -> None:
    referral_id = make_referral("in_progress").id

    def add(by: people.Someone) -> Addition:
        with transaction():
            referral = db.session.get_one(Referral, referral_id)
            return actions.add(referral, ready(), shared=False, by=by.viewer)

    found = all_at_once(app, [lambda: add(people.CASEWORKER), lambda: add(people.MANAGER)])
    assert sorted(len(one.kept) for one in found if isinstance(one, Addition)) == [4, 6], found
    assert db.session.scalar(select(func.count()).select_from(Document)) == 10
    assert [report.fault for report in verify_books(db.session()) if report.fault] == []


def test_of_two_who_remove_one_document_one_is_told_that_it_is_gone(app: Flask) -> None:
    document_id = add_document(make_referral("in_progress"))

    def remove(by: people.Someone) -> UUID:
        with transaction():
            found = db.session.get_one(Document, document_id)
            actions.remove(found, "replaced", by=by.viewer)
            return found.id

    found = all_at_once(app, [lambda: remove(people.CASEWORKER), lambda: remove(people.MANAGER)])
    assert {type(one) for one in found} == {UUID, IllegalMove}, found


def test_the_other_side_is_told_of_what_is_shared_and_of_nothing_else(app: Flask) -> None:
    referral = make_referral("in_progress")
    add_document(referral)
    assert mail.told("DocumentShared") == set()
    add_document(referral, shared=True)
    assert mail.told("DocumentShared") == {people.VOLUNTEER}
    mail.forget()
    document_id = add_document(referral, by=people.VOLUNTEER)
    with transaction():
        actions.share(db.session.get_one(Document, document_id), by=people.VOLUNTEER.viewer)
    assert mail.told("DocumentShared") == {people.CASEWORKER}
