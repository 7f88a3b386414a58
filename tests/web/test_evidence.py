"""Evidence on the pages: either side points to documents, a result and a sum then say which, and nothing leaks."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from referrals.audit.models import AuditEntry
from referrals.casework.models import MoneyRow, Outcome, Referral
from referrals.foundation.database import db
from tests.casework import cases
from tests.documents.keeping import add_document, own_store
from tests.markup import faults, read, text_of
from tests.people import CASEWORKER, OTHER_CASEWORKER, SECOND_VOLUNTEER, VOLUNTEER
from tests.plugins.visitors import Visitor

Visit = Callable[..., Visitor]
NAME = "award letter.jpg"


@pytest.fixture
def referral(app: Flask, tmp_path: Path) -> Iterator[Referral]:
    """A referral with a result that nobody holds evidence of."""
    with own_store(tmp_path):
        yield cases.make_referral("in_progress")


def record(referral: Referral) -> None:
    money = cases.answers_for("record_outcome", CASEWORKER.viewer)["money"][0] | {"evidence": "none"}
    found = db.session.get_one(Referral, referral.id)
    cases.do(found, "record_outcome", CASEWORKER, evidenced="no", money=[money])


def outcome(referral: Referral) -> Outcome:
    return db.session.scalars(select(Outcome).where(Outcome.referral_id == referral.id)).one()


def page_of(referral: Referral) -> str:
    return f"/referrals/{referral.reference}"


def test_the_group_attaches_a_shared_letter_to_the_result(app: Flask, visit: Visit, referral: Referral) -> None:
    letter, address = add_document(referral, by=VOLUNTEER, shared=True, name=NAME), page_of(referral)
    record(referral)
    visitor = visit(VOLUNTEER)
    assert faults(visitor.get(f"{address}/evidence").text) == []
    sent = visitor.post(f"{address}/evidence", {"documents": str(letter), "shows": "whole"})
    assert sent.status_code == 303
    assert outcome(referral).evidenced
    for who in (VOLUNTEER, CASEWORKER):
        page = visit(who).get(address).text
        assert faults(page) == []
        assert NAME in text_of(read(page).one("section", **{"aria-labelledby": "outcome"}))
    found = db.session.scalars(select(AuditEntry.action).where(AuditEntry.subject_id == referral.id))
    assert list(found).count("outcome.evidence_attached") == 1


def test_a_private_letter_stays_private(app: Flask, visit: Visit, referral: Referral) -> None:
    letter, address = add_document(referral, by=CASEWORKER, name=NAME), page_of(referral)
    record(referral)
    sent = {"documents": str(letter), "shows": "whole"}
    assert "There is no document on this referral yet" in visit(VOLUNTEER).post(f"{address}/evidence", sent).text
    assert not outcome(referral).evidenced
    assert visit(CASEWORKER).post(f"{address}/evidence", sent).status_code == 303
    page = visit(VOLUNTEER).get(address).text
    assert NAME not in page
    assert "A document of the other side, which is not shared" in page


def test_a_sum_says_what_the_letter_is(app: Flask, visit: Visit, referral: Referral) -> None:
    letter, address = add_document(referral, by=CASEWORKER, name=NAME), page_of(referral)
    record(referral)
    row = db.session.scalars(select(MoneyRow).where(MoneyRow.referral_id == referral.id)).one()
    visitor, sent = visit(CASEWORKER), {"documents": str(letter), "shows": str(row.id)}
    wrong = visitor.post(f"{address}/evidence", sent)
    assert wrong.status_code == 422
    assert "Say what the document is" in wrong.text
    assert visitor.post(f"{address}/evidence", {**sent, "kind": "decision_letter"}).status_code == 303
    db.session.expire_all()
    assert row.evidence == "decision_letter"


def test_documents_are_chosen_while_it_is_recorded(app: Flask, visit: Visit, referral: Referral) -> None:
    letter, address = add_document(referral, by=CASEWORKER, name=NAME), page_of(referral)
    visitor = visit(CASEWORKER)
    sent: dict[str, Any] = {
        "resolution": "resolved_in_full",
        "codes_welfare": "new_award",
        "contribution": "decisive",
        "documents": str(letter),
        "summary": "Awarded",
        "version": str(db.session.get_one(Referral, referral.id).version),
    }
    # A document that is chosen says yes to the question whether there is evidence.
    assert visitor.post(f"{address}/record-outcome", sent).status_code == 303
    assert outcome(referral).evidenced
    assert NAME in visitor.get(address).text


def test_strangers_find_nothing(app: Flask, visit: Visit, referral: Referral) -> None:
    address = page_of(referral)
    assert visit(CASEWORKER).get(f"{address}/evidence").status_code == 404
    record(referral)
    for stranger in (SECOND_VOLUNTEER, OTHER_CASEWORKER):
        assert visit(stranger).get(f"{address}/evidence").status_code == 404
