"""Documents through their pages: added several at once, refused by name, opened as downloads, shared and removed."""

from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from urllib.parse import unquote

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import select
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse

from referrals.audit.models import AuditEntry
from referrals.casework.models import Referral
from referrals.documents.cleaning.kinds import LARGEST
from referrals.documents.cleaning.refusals import WORDS, Why
from referrals.documents.models import Document
from referrals.foundation.database import db
from tests import markup, people
from tests.casework.cases import do, make_draft, make_referral
from tests.documents import files
from tests.documents.keeping import own_store
from tests.plugins.visitors import Visitor
from tests.web.intake import load

Visit = Callable[..., Visitor]
GROUP, OFFICE = people.VOLUNTEER, people.CASEWORKER


def page_of(referral: Referral) -> str:
    """The address of the page of a referral, or of the documents of a draft."""
    return f"/referrals/{referral.reference}" if referral.reference else f"/drafts/{referral.id}"


def send(
    visitor: Visitor, referral: Referral, *chosen: tuple[bytes, str], audience: str | None = "private", key: str = ""
) -> TestResponse:
    """Choose files on the page that adds them, and send it."""
    # A browser sends an empty file without a name where none was chosen.
    sent = [FileStorage(BytesIO(content), name, "files") for content, name in chosen or [(b"", "")]]
    data = {"files": sent, "audience": audience, "form_key": key}
    return visitor.upload(f"{page_of(referral)}/documents/add", {name: value for name, value in data.items() if value})


def rows(referral: Referral) -> list[Document]:
    """The rows there are, oldest first; names are read at once."""
    db.session.rollback()
    query = select(Document).where(Document.referral_id == referral.id)
    found = list(db.session.scalars(query.order_by(Document.added_at, Document.id)))
    assert all(document.name for document in found)
    db.session.rollback()
    return found


def only(referral: Referral) -> str:
    """The id of the one document there is."""
    (found,) = rows(referral)
    return str(found.id)


def actions_of(referral: Referral) -> list[str]:
    """What the books say was done with its documents, oldest first."""
    db.session.rollback()
    query = select(AuditEntry.action).where(AuditEntry.subject_id == referral.id, AuditEntry.action.like("document.%"))
    found = list(db.session.scalars(query.order_by(AuditEntry.at, AuditEntry.number)))
    db.session.rollback()
    return found


def errors_on(answer: TestResponse) -> list[str]:
    """The lines of the summary of errors."""
    page = markup.read(answer.text)
    (listed,) = page.all("ul", class_="govuk-error-summary__list")
    return [markup.text_of(line) for line in listed]


@pytest.fixture(autouse=True)
def folder(app: Flask, tmp_path: Path) -> Iterator[Path]:
    """A store of this test's own."""
    load()
    with own_store(tmp_path / "documents"):
        yield tmp_path / "documents"


def contents(folder: Path) -> list[Path]:
    """The files in the store."""
    return sorted(folder.iterdir()) if folder.exists() else []


class TestAdding:
    def test_several_at_once(self, app: Flask, visit: Visit) -> None:
        referral = make_referral("in_progress")
        chosen = [
            (files.pdf(), "Decision.PDF"),
            (files.picture(), "photo.jpeg"),
            (files.picture("PNG"), "scan.png"),
            (files.docx(), "letter.docx"),
        ]
        visitor = visit(OFFICE)
        answer = send(visitor, referral, *chosen)
        assert answer.location == f"{page_of(referral)}#documents"
        assert [(one.name, one.kind) for one in rows(referral)] == [
            ("Decision.pdf", "pdf"),
            ("photo.jpg", "jpg"),
            ("scan.png", "png"),
            ("letter.docx", "docx"),
        ]
        page = visitor.get(answer.location).text
        assert "4 documents added." in page
        assert "Decision.pdf" in page
        assert actions_of(referral) == ["document.added"] * 4

    def test_a_photo_loses_where_it_was_taken(self, app: Flask, visit: Visit) -> None:
        referral = make_referral("in_progress")
        visitor = visit(GROUP)
        send(visitor, referral, (files.telling_picture(orientation=6), "damp.jpg"))
        given = visitor.get(f"{page_of(referral)}/documents/{only(referral)}").data
        assert files.CAMERA.encode() not in given
        with Image.open(BytesIO(given)) as picture:
            assert (dict(picture.getexif()), picture.size) == ({}, (40, 60))

    def test_the_good_ones_are_kept_and_the_others_named(self, folder: Path, visit: Visit) -> None:
        referral = make_referral("in_progress")
        visitor = visit(OFFICE)
        answer = send(
            visitor,
            referral,
            (files.pdf(), "good.pdf"),
            (files.PROGRAM, "invoice.pdf"),
            (files.png_bomb(), "bomb.png"),
            (files.docx_bomb(), "bomb.docx"),
            (files.picture() + b"\0" * LARGEST, "large.jpg"),
            (files.picture(), "good.jpg"),
            audience="shared",
        )
        assert answer.status_code == 422
        assert errors_on(answer) == [
            "invoice.pdf is a program and not a document. Add the document itself.",
            f"bomb.png {WORDS[Why.EXPANDS].what}. {WORDS[Why.EXPANDS].do}",
            f"bomb.docx {WORDS[Why.EXPANDS].what}. {WORDS[Why.EXPANDS].do}",
            "large.jpg is larger than 10 MB. Add fewer pages at a time, or photograph them at a lower quality.",
        ]
        page = markup.read(answer.text)
        assert "4 files could not be added" in markup.text_of(page.one("p", id="files-error"))
        assert [one.get("checked") is not None for one in page.all("input", type="radio")] == [False, True]
        listed = page.one("div", class_="govuk-inset-text").iter("li")
        assert [markup.text_of(line) for line in listed] == ["good.pdf", "good.jpg"]
        assert [one.name for one in rows(referral)] == ["good.pdf", "good.jpg"]
        assert len(contents(folder)) == 2

    def test_an_eleventh_finds_no_room(self, folder: Path, visit: Visit) -> None:
        referral = make_referral("in_progress")
        visitor = visit(OFFICE)
        answer = send(visitor, referral, *[(files.picture(), f"{n}.jpg") for n in range(1, 12)])
        (error,) = errors_on(answer)
        assert error.startswith("11.jpg was not kept: your side can keep ten documents on a referral. Remove one")
        assert len(rows(referral)) == len(contents(folder)) == 10
        again = send(visitor, referral, (files.picture(), "12.jpg"))
        assert "12.jpg was not kept" in errors_on(again)[0]
        assert len(rows(referral)) == len(contents(folder)) == 10
        assert "/documents/add" not in visitor.get(page_of(referral)).text
        # The other side has room of its own.
        assert send(visit(GROUP), referral, (files.picture(), "ours.jpg")).status_code == 303

    def test_a_file_may_be_10_megabytes_and_not_a_byte_more(self, app: Flask, visit: Visit) -> None:
        referral = make_referral("in_progress")
        picture = files.picture()
        largest = picture + b"\0" * (LARGEST - len(picture))
        visitor = visit(OFFICE)
        assert send(visitor, referral, (largest, "a.jpg")).status_code == 303
        assert "b.jpg is larger than 10 MB" in errors_on(send(visitor, referral, (largest + b"\0", "b.jpg")))[0]
        assert len(rows(referral)) == 1

    def test_more_than_is_taken_at_once(self, app: Flask, visit: Visit) -> None:
        referral = make_referral("in_progress")
        answer = send(visit(OFFICE), referral, *[(b"\0" * LARGEST, f"{n}.jpg") for n in range(11)])
        assert answer.status_code == 413
        assert "These files are too large together" in answer.text
        assert rows(referral) == []

    def test_nothing_chosen(self, app: Flask, visit: Visit) -> None:
        referral = make_referral("in_progress")
        assert errors_on(send(visit(OFFICE), referral)) == ["Choose at least one file"]

    def test_a_double_click_adds_once(self, folder: Path, visit: Visit) -> None:
        referral = make_referral("in_progress")
        visitor = visit(OFFICE)
        for _ in range(2):
            answer = send(visitor, referral, (files.picture(), "a.jpg"), key="k" * 20)
            assert answer.location == f"{page_of(referral)}#documents"
        assert len(rows(referral)) == len(contents(folder)) == 1

    def test_who_says_nothing_shares_nothing(self, app: Flask, visit: Visit) -> None:
        referral = make_referral("in_progress")
        send(visit(OFFICE), referral, (files.picture(), "a.jpg"), audience=None)
        assert rows(referral)[0].shared_at is None

    @pytest.mark.parametrize(
        ("name", "kept"),
        [
            ("../../etc/passwd", "passwd.jpg"),
            (".jpg", "Document.jpg"),
            ("x" * 300 + ".jpg", "x" * 120 + ".jpg"),
            ("Brief für Zoë 字.jpeg", "Brief für Zoë 字.jpg"),
        ],
        ids=range(4),
    )
    def test_names_are_tidied(self, app: Flask, visit: Visit, name: str, kept: str) -> None:
        referral = make_referral("in_progress")
        visitor = visit(OFFICE)
        send(visitor, referral, (files.picture(), name))
        found = rows(referral)[0].name or ""
        assert " ".join(found.split()) == " ".join(kept.split())
        header = visitor.get(f"{page_of(referral)}/documents/{only(referral)}").headers["Content-Disposition"]
        assert header.startswith("attachment; ")
        assert unquote(header.split("filename*=UTF-8''")[1]) == found
        assert header.isascii()

    def test_a_session_that_ended_is_told_so(self, app: Flask, visit: Visit) -> None:
        referral = make_referral("in_progress")
        answer = send(visit(), referral, (files.picture() + b"\0" * 2_000_000, "a.jpg"))
        assert "/sign-in" in answer.location
        assert rows(referral) == []


class TestOpening:
    @pytest.mark.parametrize(
        ("content", "name", "media_type"),
        [(files.pdf() + files.PAGE, "a.pdf", "application/pdf"), (files.picture(), "a.jpg", "image/jpeg")],
        ids=["a page within a PDF", "picture"],
    )
    def test_it_is_a_download_that_can_do_nothing(
        self, app: Flask, visit: Visit, content: bytes, name: str, media_type: str
    ) -> None:
        referral = make_referral("in_progress")
        visitor = visit(OFFICE)
        send(visitor, referral, (content, name))
        answer = visitor.get(f"{page_of(referral)}/documents/{only(referral)}")
        assert answer.mimetype == media_type
        assert answer.headers["Content-Disposition"] == f"attachment; filename=\"{name}\"; filename*=UTF-8''{name}"
        assert answer.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cache-Control"] == "no-store"
        assert b"canary" not in answer.data
        assert actions_of(referral) == ["document.added", "document.read"]

    def test_the_store_shows_no_name_and_no_content(self, folder: Path, visit: Visit) -> None:
        referral = make_referral("in_progress")
        send(visit(OFFICE), referral, (files.docx(), "Canary letter.docx"))
        (stored,) = contents(folder)
        assert stored.name == only(referral)
        raw = stored.read_bytes()
        assert files.WORDS.encode() not in raw
        assert b"PK" not in raw[:40]
        assert oct(stored.stat().st_mode)[-3:] == "600"
        assert oct(stored.parent.stat().st_mode)[-3:] == "700"
        assert b"Canary" not in (rows(referral)[0].name_sealed or b"")

    def test_a_content_that_is_gone_or_changed_is_said_so(self, folder: Path, visit: Visit) -> None:
        referral = make_referral("in_progress")
        visitor = visit(OFFICE)
        send(visitor, referral, (files.picture(), "a.jpg"))
        (stored,) = contents(folder)
        address = f"{page_of(referral)}/documents/{only(referral)}"
        stored.write_bytes(stored.read_bytes()[:-1] + b"x")
        assert "cannot be opened now" in visitor.get(address).text
        stored.unlink()
        answer = visitor.get(address)
        assert (answer.status_code, "cannot be opened now" in answer.text) == (409, True)
        assert actions_of(referral) == ["document.added"]

    def test_of_another_referral_or_none_there_is_nothing(self, app: Flask, visit: Visit) -> None:
        referral, other = make_referral("in_progress"), make_referral("in_progress")
        visitor = visit(OFFICE)
        send(visitor, referral, (files.picture(), "a.jpg"))
        document = only(referral)
        for where in (f"{page_of(other)}/documents/{document}", f"{page_of(referral)}/documents/{other.id}"):
            for rest in ("", "/share", "/remove"):
                assert visitor.get(where + rest).status_code == 404, where + rest


class TestWhoSeesThem:
    @pytest.mark.parametrize(("own", "other"), [(GROUP, OFFICE), (OFFICE, GROUP)], ids=["group", "office"])
    def test_ones_own_are_not_there_for_the_other_side(
        self, app: Flask, visit: Visit, own: people.Someone, other: people.Someone
    ) -> None:
        referral = make_referral("in_progress")
        send(visit(own), referral, (files.picture(), "Canary.jpg"))
        address = f"{page_of(referral)}/documents/{only(referral)}"
        stranger = visit(other)
        assert "Canary" not in stranger.get(page_of(referral)).text
        assert [stranger.get(address + rest).status_code for rest in ("", "/share", "/remove")] == [404, 404, 404]

    @pytest.mark.parametrize(("own", "other"), [(GROUP, OFFICE), (OFFICE, GROUP)], ids=["group", "office"])
    def test_shared_ones_are_and_the_other_side_is_told(
        self, app: Flask, visit: Visit, own: people.Someone, other: people.Someone
    ) -> None:
        referral = make_referral("in_progress")
        visitor = visit(own)
        send(visitor, referral, (files.picture(), "Letter.jpg"))
        address = f"{page_of(referral)}/documents/{only(referral)}"
        page = visitor.get(f"{address}/share")
        assert f"Share this document with {other.place.name}?" in page.text
        assert visitor.send(page).location == f"{page_of(referral)}#documents"
        reader = visit(other)
        assert "Letter.jpg" in reader.get(page_of(referral)).text
        assert reader.get(address).status_code == 200
        # To change it is for the side that added it.
        assert [reader.get(address + rest).status_code for rest in ("/share", "/remove")] == [403, 403]
        assert actions_of(referral) == ["document.added", "document.shared", "document.read"]
        again = visitor.post(f"{address}/share")
        assert "This document is shared already." in again.text

    @pytest.mark.parametrize("told", ["none", "outcome"])
    def test_the_office_shares_no_more_than_the_resident_agreed_to(self, app: Flask, visit: Visit, told: str) -> None:
        referral = make_referral("in_progress", told=told)
        visitor = visit(OFFICE)
        page = visitor.get(f"{page_of(referral)}/documents/add")
        assert 'value="shared"' not in page.text
        assert "has not agreed" in page.text
        send(visitor, referral, (files.picture(), "a.jpg"), audience="shared")
        assert rows(referral)[0].shared_at is None
        refused = visitor.post(f"{page_of(referral)}/documents/{only(referral)}/share")
        assert "has not agreed" in refused.text
        assert rows(referral)[0].shared_at is None

    def test_strangers_find_nothing(self, folder: Path, visit: Visit) -> None:
        referral = make_referral("in_progress")
        send(visit(OFFICE), referral, (files.picture(), "a.jpg"), audience="shared")
        address = f"{page_of(referral)}/documents/{only(referral)}"
        for person in (people.OTHER_CASEWORKER, people.OTHER_MANAGER, people.OTHER_LEAD, people.SECOND_VOLUNTEER):
            stranger = visit(person)
            assert stranger.get(address).status_code == 404
            assert send(stranger, referral, (files.picture(), "b.jpg")).status_code == 404
        assert len(rows(referral)) == len(contents(folder)) == 1


class TestRemoving:
    def test_it_is_gone_and_its_reason_stays(self, folder: Path, visit: Visit) -> None:
        referral = make_referral("in_progress")
        visitor = visit(OFFICE)
        send(visitor, referral, (files.picture(), "Wrong.jpg"), audience="shared")
        address = f"{page_of(referral)}/documents/{only(referral)}"
        page = visitor.get(f"{address}/remove")
        assert errors_on(visitor.send(page)) == ["Choose why it is removed"]
        assert visitor.send(page, {"reason": "wrong_person"}).location == f"{page_of(referral)}#documents"
        assert contents(folder) == []
        for reader in (visitor, visit(GROUP)):
            shown = reader.get(page_of(referral)).text
            assert "Removed by Cas Worker" in shown
            assert "it is about somebody else" in shown
            assert reader.get(address).status_code == 409
        assert actions_of(referral) == ["document.added", "document.removed"]
        assert "This document was removed." in visitor.post(f"{address}/remove", {"reason": "replaced"}).text


class TestDrafts:
    def test_what_is_added_to_a_draft_goes_along(self, app: Flask, visit: Visit) -> None:
        draft = make_draft()
        visitor = visit(GROUP)
        assert "No documents yet" in visitor.get(f"/drafts/{draft.id}/documents").text
        page = visitor.get(f"/drafts/{draft.id}/documents/add")
        assert markup.read(page.text).all("input", type="radio")[1].get("checked") is not None
        answer = send(visitor, draft, (files.pdf(), "goes.pdf"), audience="shared")
        assert answer.location == f"/drafts/{draft.id}/documents"
        send(visitor, draft, (files.pdf(), "stays.pdf"))
        shown = visitor.get(answer.location).text
        assert "Goes to the MP’s office when you send the referral" in shown
        assert visitor.get(f"/drafts/{draft.id}/documents/{rows(draft)[0].id}").status_code == 200
        do(draft, "submit", GROUP)
        office = visit(OFFICE).get(page_of(draft)).text
        assert ("goes.pdf" in office, "stays.pdf" in office) == (True, False)
        assert visitor.get(f"/drafts/{draft.id}/documents").status_code == 404

    def test_a_draft_is_nobody_elses(self, app: Flask, visit: Visit) -> None:
        draft = make_draft()
        for person in (OFFICE, people.SECOND_VOLUNTEER, people.OTHER_LEAD):
            assert visit(person).get(f"/drafts/{draft.id}/documents").status_code == 404
            assert send(visit(person), draft, (files.pdf(), "a.pdf")).status_code == 404

    def test_one_that_is_thrown_away_takes_its_documents_along(self, app: Flask, visit: Visit) -> None:
        draft = make_draft()
        visitor = visit(GROUP)
        send(visitor, draft, (files.pdf(), "a.pdf"))
        visitor.send(f"/drafts/{draft.id}/discard")
        assert rows(draft) == []
