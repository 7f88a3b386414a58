"""Documents in a real browser: on a phone, without scripts, refused by name, and as axe sees their pages."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import FilePayload, Page, expect

from referrals.casework.models import Referral
from referrals.foundation.database import db
from tests import people
from tests.browser.hands import follow
from tests.casework.cases import make_draft, make_referral
from tests.documents import files
from tests.documents.keeping import add_document, own_store
from tests.documents.scanner import nobody, scanner_at
from tests.plugins.browser import DESKTOP, PHONE, OpenPage
from tests.plugins.site import look_over
from tests.web.intake import load

Be = Callable[[Page, people.Someone], None]
LONG_NAME = "Letter-of-the-department-about-his-claim-which-nobody-has-answered-since-spring-second-copy.jpg"


def payload(name: str, content: bytes) -> FilePayload:
    return FilePayload(name=name, mimeType="application/octet-stream", buffer=content)


@pytest.fixture(autouse=True)
def folder(app: Flask, tmp_path: Path) -> Iterator[None]:
    load()
    with own_store(tmp_path / "documents"):
        yield


def full_referral() -> Referral:
    """A referral with a document of every kind of standing."""
    referral = make_referral("in_progress")
    add_document(referral, by=people.VOLUNTEER, shared=True, name=LONG_NAME)
    add_document(referral, name="Our own note.jpg")
    with scanner_at(nobody()):
        add_document(referral, shared=True, name="Waiting.jpg")
    return referral


@pytest.mark.only_on("sqlite")
@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desk"])
def test_every_page_as_axe_sees_it(app: Flask, address: str, be: Be, open_page: OpenPage, size: object) -> None:
    referral, draft = full_referral(), make_draft()
    own = add_document(referral, name="To be removed.jpg")
    in_draft = add_document(draft, by=people.VOLUNTEER, shared=True)
    case, drafted = f"{address}/referrals/{referral.reference}", f"{address}/drafts/{draft.id}/documents"
    db.session.close()
    page = open_page(size)
    be(page, people.CASEWORKER)
    for path in ("", "/documents/add", f"/documents/{own}/share", f"/documents/{own}/remove", "/pack"):
        page.goto(case + path)
        look_over(page)
    page.goto(f"{case}/documents/add")
    chosen = [payload(LONG_NAME.replace("jpg", "pdf"), files.PROGRAM), payload("b.heic", files.HEIC)]
    page.get_by_label("Choose files").set_input_files([*chosen, payload("good.jpg", files.picture())])
    follow(page.get_by_role("button", name="Add documents"))
    expect(page.get_by_text("2 files could not be added")).to_be_visible()
    look_over(page)
    be(page, people.VOLUNTEER)
    for path in ("", "/add", f"/{in_draft}/remove"):
        page.goto(drafted + path)
        look_over(page)


def test_a_letter_from_a_phone_without_scripts(app: Flask, address: str, be: Be, open_page: OpenPage) -> None:
    referral = make_referral("in_progress")
    reference = referral.reference
    db.session.close()
    page = open_page(PHONE, java_script_enabled=False)
    be(page, people.VOLUNTEER)
    page.goto(f"{address}/referrals/{reference}")
    follow(page.get_by_role("link", name="Add documents"))
    page.get_by_label("Choose files").set_input_files(
        [payload("letter.pdf", files.pdf()), payload("damp.jpg", files.telling_picture())]
    )
    page.get_by_label(f"Your group and {people.HAMMERSMITH.name}").check()
    follow(page.get_by_role("button", name="Add documents"))
    expect(page.get_by_text("2 documents added.")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="letter.pdf", exact=True).click()
    assert download.value.suggested_filename == "letter.pdf"
    office = open_page(DESKTOP)
    be(office, people.CASEWORKER)
    office.goto(f"{address}/referrals/{reference}")
    expect(office.get_by_role("link", name="damp.jpg", exact=True)).to_be_visible()
    office.goto(f"{address}/referrals/{reference}/pack")
    with office.expect_download() as pack:
        office.get_by_role("button", name="Make the file").click()
    assert pack.value.suggested_filename == f"{reference}.pdf"
    assert Path(pack.value.path()).read_bytes().startswith(b"%PDF-")
