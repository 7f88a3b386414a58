"""Evidence on the pages: either side points to documents, a result and a sum then say which, and nothing leaks."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update

from referrals.audit.actions import record as noted
from referrals.audit.models import AuditEntry
from referrals.casework.models import MoneyRow, Outcome, Referral
from referrals.documents import actions
from referrals.documents.models import Document
from referrals.foundation.database import db, transaction
from referrals.reporting.summaries import keeping
from referrals.reporting.summaries.models import CountedReferral
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


def test_without_a_sum_it_is_not_asked_what_is_shown(app: Flask, visit: Visit, referral: Referral) -> None:
    letter, address = add_document(referral, by=CASEWORKER, name=NAME), page_of(referral)
    found = db.session.get_one(Referral, referral.id)
    cases.do(found, "record_outcome", CASEWORKER, evidenced="no", money=[])
    visitor = visit(CASEWORKER)
    page = visitor.get(f"{address}/evidence")
    assert "What do they show?" not in page.text
    assert visitor.send(page, {"documents": str(letter)}).status_code == 303
    assert outcome(referral).evidenced


def test_strangers_find_nothing(app: Flask, visit: Visit, referral: Referral) -> None:
    address = page_of(referral)
    assert visit(CASEWORKER).get(f"{address}/evidence").status_code == 404
    record(referral)
    for stranger in (SECOND_VOLUNTEER, OTHER_CASEWORKER):
        assert visit(stranger).get(f"{address}/evidence").status_code == 404


class TestWhatWasRemoved:
    """A document that nobody can look at any more shows nothing: sums of reports follow."""

    def remove(self, letter: object) -> None:
        with transaction():
            actions.remove(db.session.get_one(Document, letter), "wrong_file", by=CASEWORKER.viewer)

    def attach(self, referral: Referral, letter: Any, sum_id: Any = None, **more: Any) -> None:
        with transaction():
            found = db.session.get_one(Outcome, outcome(referral).id)
            kind = "decision_letter" if sum_id else ""
            actions.attach_evidence(found, [letter], sum_id, kind, by=CASEWORKER.viewer, **more)

    def in_sums(self, referral: Referral) -> int:
        with transaction():
            keeping.catch_up()
        db.session.expire_all()
        return db.session.get_one(CountedReferral, referral.id).evidenced

    def test_a_result_is_evidenced_no_longer(self, app: Flask, referral: Referral) -> None:
        one, other = add_document(referral), add_document(referral, name="b.jpg")
        record(referral)
        self.attach(referral, one)
        self.attach(referral, other)
        assert self.in_sums(referral) == 1
        self.remove(one)
        assert self.in_sums(referral) == 1
        self.remove(other)
        assert not outcome(referral).evidenced
        assert self.in_sums(referral) == 0
        facts = db.session.scalars(select(AuditEntry.facts).where(AuditEntry.action == "document.removed")).all()
        assert [("outcomes" in one) for one in facts] == [False, True]

    @pytest.mark.parametrize("recording", [True, False])
    def test_what_the_office_says_by_itself_stays(self, app: Flask, referral: Referral, recording: bool) -> None:
        letter = add_document(referral)
        cases.do(db.session.get_one(Referral, referral.id), "record_outcome", CASEWORKER, evidenced="yes")
        # What is chosen while it is recorded is the evidence that the office speaks of.
        self.attach(referral, letter, recording=recording)
        self.remove(letter)
        assert outcome(referral).evidenced is not recording

    @pytest.mark.parametrize("said", ["none", "payment_seen"])
    def test_a_sum_goes_back_to_what_was_said_of_it(self, app: Flask, referral: Referral, said: str) -> None:
        letter, better = add_document(referral), add_document(referral, name="b.jpg")
        record(referral)
        row = db.session.scalars(select(MoneyRow).where(MoneyRow.referral_id == referral.id)).one()
        row_id = row.id
        with transaction():
            noted("referral.read", by=CASEWORKER.viewer, subject=("referral", referral.id))
            db.session.execute(update(MoneyRow).values(evidence=said).execution_options(audit_subjects={referral.id}))
        for document in (letter, better):
            self.attach(referral, document, row_id)
        self.remove(letter)
        assert db.session.get_one(MoneyRow, row_id).evidence == "decision_letter"
        self.remove(better)
        db.session.expire_all()
        assert db.session.get_one(MoneyRow, row_id).evidence == said
