"""Taking a case away: the chosen parts and no others, only what the viewer may see, and an event for each file."""

import csv
import io
import json
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pikepdf
import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from referrals.audit.models import AuditEntry
from referrals.casework import actions, queries
from referrals.casework.models import Referral
from referrals.documents.packing import PARTS, Part
from referrals.foundation.database import db, transaction
from referrals.web.presenting.pack import pack_for
from tests import people
from tests.casework import cases
from tests.casework.cases import make_referral
from tests.documents.keeping import add_document, own_store
from tests.plugins.visitors import Visitor
from tests.web.intake import load

Visit = Callable[..., Visitor]
GROUP, OFFICE = people.VOLUNTEER, people.CASEWORKER
EVERYTHING = [part.value for part in Part]


@pytest.fixture(autouse=True)
def folder(app: Flask, tmp_path: Path) -> Iterator[None]:
    load()
    with own_store(tmp_path / "documents"):
        yield


def take(visitor: Visitor, referral: Referral, form: str = "pdf", parts: list[str] | None = None) -> TestResponse:
    """Fill in the page and get the file."""
    page = visitor.get(f"/referrals/{referral.reference}/pack")
    return visitor.send(page, {"file": form, "chosen": EVERYTHING if parts is None else parts})


def write(referral: Referral, by: people.Someone, words: str, *, shared: bool) -> None:
    with transaction():
        actions.write_note(queries.referral(referral.id, by.viewer), words, shared=shared, by=by.viewer)


def taken(referral: Referral) -> list[dict[str, Any]]:
    """What the books say of files that were made."""
    db.session.rollback()
    query = select(AuditEntry.facts).where(AuditEntry.subject_id == referral.id, AuditEntry.action == "pack.taken")
    found = [dict(facts) for facts in db.session.scalars(query)]
    db.session.rollback()
    return found


def test_the_pdf_is_tagged_named_by_the_reference_and_written_down(visit: Visit) -> None:
    referral = make_referral("closed")
    answer = take(visit(GROUP), referral, parts=["story", "timeline"])
    assert answer.mimetype == "application/pdf"
    assert f'filename="{referral.reference}.pdf"' in answer.headers["Content-Disposition"]
    with pikepdf.open(BytesIO(answer.data)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert referral.reference in str(pdf.open_metadata()["dc:title"])
        assert "/StructTreeRoot" in pdf.Root
        # Fonts that are ours come along whole; nothing falls back to what the reader has.
        fonts = [one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and "/FontDescriptor" in one]
        assert fonts
        assert all({"/FontFile2", "/FontFile3"} & set(font.FontDescriptor.keys()) for font in fonts)
    assert taken(referral) == [{"form": "pdf", "parts": ["story", "timeline"]}]


@pytest.mark.parametrize("state", ["submitted", "information_requested", "on_hold", "declined", "withdrawn", "closed"])
@pytest.mark.parametrize("person", [GROUP, OFFICE], ids=["group", "office"])
def test_a_case_in_any_state_prints(visit: Visit, state: str, person: people.Someone) -> None:
    referral = make_referral(state, story="Zoë said: #panic() *no* 漢字 \u202e £5")
    assert take(visit(person), referral).data.startswith(b"%PDF-")


def test_only_the_chosen_parts_are_in_it(app: Flask) -> None:
    referral = make_referral("closed")
    found = queries.referral(referral.id, OFFICE.viewer)
    with app.test_request_context():
        for part in set(Part) - {Part.CONTACT, Part.PRIVATE}:
            pack = pack_for(found, OFFICE.viewer, {part})
            assert [section["title"] for section in pack["sections"]] == [PARTS[part].label]
            assert (cases.NAME in json.dumps(pack)) == (part is Part.PERSON)
            assert cases.PHONE not in json.dumps(pack)
        whole = json.dumps(pack_for(found, OFFICE.viewer, set(Part)))
    assert cases.PHONE in whole


@pytest.mark.parametrize(("own", "other"), [(GROUP, OFFICE), (OFFICE, GROUP)], ids=["group", "office"])
def test_what_is_private_to_the_other_side_is_never_in_it(
    app: Flask, visit: Visit, own: people.Someone, other: people.Someone
) -> None:
    referral = make_referral("in_progress")
    write(referral, other, "canary of the other side", shared=False)
    write(referral, own, "a private note of ours", shared=False)
    write(referral, own, "a message of ours", shared=True)
    add_document(referral, by=other, name="canary.jpg")
    add_document(referral, by=own, name="ours.jpg")
    found = queries.referral(referral.id, own.viewer)
    with app.test_request_context():
        open_words, all_words = (
            json.dumps(pack_for(found, own.viewer, parts)) for parts in (set(Part) - {Part.PRIVATE}, set(Part))
        )
    for words, private in ((open_words, False), (all_words, True)):
        assert "canary" not in words
        assert "a message of ours" in words
        assert ("a private note of ours" in words, "ours.jpg" in words) == (private, private)


@pytest.mark.parametrize("told", ["none", "status"])
def test_the_group_takes_no_more_than_the_resident_agreed_to(app: Flask, told: str) -> None:
    referral = make_referral("outcome_recorded", told=told)
    found = queries.referral(referral.id, GROUP.viewer)
    with app.test_request_context():
        words = json.dumps(pack_for(found, GROUP.viewer, set(Part)))
    assert "The benefit was awarded" not in words
    assert "There is no result yet." in words


class TestForOtherSystems:
    def test_json_holds_codes_moments_and_words(self, visit: Visit) -> None:
        referral = make_referral("closed")
        write(referral, GROUP, "canary of the group", shared=False)
        write(referral, OFFICE, "ours alone", shared=False)
        add_document(referral, name="Letter.jpg")
        case = json.loads(take(visit(OFFICE), referral, "json").data)
        assert case["case"]["reference"] == referral.reference
        assert case["case"]["state"] == {"code": "closed", "label": "Closed"}
        assert case["case"]["submitted_at"].endswith("+00:00")
        assert case["person"]["name"] == cases.NAME
        assert case["person"]["phone"] == cases.PHONE
        assert case["outcome"]["money"][0]["amount"] == "108.55"
        assert [one["code"] for one in case["outcome"]["codes"]] == ["new_award", "explanation_obtained"]
        assert [one["name"] for one in case["documents"]] == ["Letter.jpg"]
        assert next(event["code"] for event in case["events"] if event["kind"] == "move") == "submit"
        assert "ours alone" in json.dumps(case["events"])
        assert "canary" not in json.dumps(case)

    def test_json_leaves_out_what_was_not_chosen(self, visit: Visit) -> None:
        referral = make_referral("closed")
        write(referral, OFFICE, "ours alone", shared=False)
        case = json.loads(take(visit(OFFICE), referral, "json", ["person", "timeline"]).data)
        assert set(case) == {"format", "version", "made_at", "case", "person", "events", "milestones"}
        assert cases.PHONE not in json.dumps(case)
        assert "ours alone" not in json.dumps(case)

    def test_in_csv_nothing_runs(self, visit: Visit) -> None:
        referral = make_referral("in_progress", story="=HYPERLINK(0)")
        write(referral, OFFICE, "@SUM(1)\n+1", shared=True)
        answer = take(visit(OFFICE), referral, "csv")
        assert answer.mimetype == "text/csv"
        lines = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))
        assert {len(line) for line in lines} == {6}
        cells = [cell for line in lines for cell in line]
        assert "'=HYPERLINK(0)" in cells
        assert not [cell for cell in cells if cell[:1] in {"=", "+", "-", "@"} and cell[:1]]

    def test_the_zip_holds_all_forms_and_the_documents(self, visit: Visit) -> None:
        referral = make_referral("in_progress")
        shared = add_document(referral, by=GROUP, shared=True, name="Canary name.jpg")
        add_document(referral, by=GROUP, name="canary.jpg")
        own = add_document(referral, name="own.jpg")
        answer = take(visit(OFFICE), referral, "zip")
        with ZipFile(BytesIO(answer.data)) as packed:
            assert packed.namelist() == [
                *(f"{referral.reference}.{form}" for form in ("pdf", "csv", "json")),
                "documents/01.jpg",
                "documents/02.jpg",
            ]
        db.session.rollback()
        query = select(AuditEntry.facts).where(AuditEntry.action == "document.read")
        assert {facts["document"] for facts in db.session.scalars(query)} == {str(shared), str(own)}

    def test_a_group_prints_and_has_no_other_system(self, visit: Visit) -> None:
        referral = make_referral("closed")
        page = visit(GROUP).get(f"/referrals/{referral.reference}/pack")
        assert "JSON" not in page.text
        for form in ("json", "csv", "zip"):
            assert take(visit(GROUP), referral, form).mimetype == "text/html"
        assert taken(referral) == []


def test_nothing_chosen_is_said_so(visit: Visit) -> None:
    referral = make_referral("closed")
    answer = take(visit(OFFICE), referral, parts=[])
    assert "Choose at least one part" in answer.text
    assert taken(referral) == []


def test_strangers_find_no_case_to_take(visit: Visit) -> None:
    referral = make_referral("closed")
    for person in (people.OTHER_CASEWORKER, people.OTHER_LEAD, people.SECOND_VOLUNTEER):
        visitor = visit(person)
        address = f"/referrals/{referral.reference}/pack"
        assert visitor.get(address).status_code == 404
        assert visitor.post(address, {"file": "pdf", "chosen": "story"}).status_code == 404


def test_an_office_whose_words_are_closed_takes_none(visit: Visit) -> None:
    referral = make_referral("entered_in_error")
    assert visit(OFFICE).get(f"/referrals/{referral.reference}/pack").status_code == 403
    assert visit(OFFICE).post(f"/referrals/{referral.reference}/pack", {"chosen": "story"}).status_code == 403
    assert visit(GROUP).get(f"/referrals/{referral.reference}/pack").status_code == 200
