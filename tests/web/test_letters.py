"""Letters that were made: their files, that they were sent and stay so, who reads them, and that no name leaks."""

import re
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from docx import Document
from flask import Flask
from sqlalchemy import select

from referrals.audit.models import AuditEntry
from referrals.casework.models import Referral
from referrals.correspondence.letters import KINDS
from referrals.correspondence.models import Letter, SentLetterChanged
from referrals.foundation.clock import today
from referrals.foundation.database import db, transaction
from referrals.notifications.models import OutboxMessage
from tests import markup, people
from tests.casework import cases
from tests.correspondence.test_rendering import HOSTILE
from tests.correspondence.writing import ADDRESS, WORDS, agree_to, reachable, send, write
from tests.plugins.visitors import Visitor
from tests.web.test_milestones import day_fields

Visit = Callable[..., Visitor]
OFFICE, GROUP = people.CASEWORKER, people.VOLUNTEER
TO_GROUP = [kind for kind in KINDS.values() if kind.audience == "group"]
TOWN = ADDRESS.split("\n")[0]
# In a mail, an address, a file's name, or the books.
NAMES = re.compile(f"Quillfeather|Albert|canary|{TOWN}", re.IGNORECASE)
FORMS = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "txt": "text/plain",
}


def path(letter: Letter, *more: str) -> str:
    reference = db.session.get_one(Referral, letter.referral_id).reference
    return "/".join((f"/referrals/{reference}/letters/{letter.id}", *more))


def events_of(referral: Referral) -> list[tuple[str, dict[str, Any]]]:
    db.session.rollback()
    query = select(AuditEntry.action, AuditEntry.facts).where(
        AuditEntry.subject_id == referral.id, AuditEntry.action.like("letter.%")
    )
    return [(row.action, row.facts) for row in db.session.execute(query.order_by(AuditEntry.at, AuditEntry.number))]


def mails(kind: str = "LetterShared") -> int:
    db.session.rollback()
    return len(list(db.session.scalars(select(OutboxMessage).where(OutboxMessage.kind == kind))))


class TestFiles:
    @pytest.mark.parametrize("form", FORMS)
    def test_each_is_a_download_with_a_neutral_name(self, app: Flask, visit: Visit, form: str) -> None:
        referral = reachable()
        letter = write(referral, "holding_resident", "post")
        answer = visit(OFFICE).get(path(letter, "file", form))
        name = f"{referral.reference}-holding-resident.{form}"
        assert answer.mimetype == FORMS[form]
        assert answer.headers["Content-Disposition"] == f"attachment; filename=\"{name}\"; filename*=UTF-8''{name}"
        assert answer.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
        assert answer.headers["Cache-Control"] == "no-store"
        assert [action for action, _ in events_of(referral)] == ["letter.made", "letter.taken"]

    def test_they_say_what_was_written(self, app: Flask, visit: Visit) -> None:
        letter = write(reachable(), "holding_resident", "post")
        browser = visit(OFFICE)
        text = browser.get(path(letter, "file", "txt")).get_data(as_text=True).replace("\r\n", "\n")
        assert WORDS in text
        assert f"{cases.NAME}\n{ADDRESS}\n{cases.POSTCODE}" in text
        assert text.startswith("Rowan Ashdown MP\nOffice of Rowan Ashdown MP\n")
        document = Document(BytesIO(browser.get(path(letter, "file", "docx")).data))
        assert "Your case goes on." in [paragraph.text for paragraph in document.paragraphs]
        with pikepdf.open(BytesIO(browser.get(path(letter, "file", "pdf")).data)) as pdf:
            assert "/StructTreeRoot" in pdf.Root
            assert cases.NAME not in str(pdf.docinfo["/Title"])

    @pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE)
    def test_a_hostile_story_becomes_words(self, app: Flask, visit: Visit, hostile: str) -> None:
        referral = reachable(summary=hostile[:400])
        agree_to(referral)
        browser = visit(OFFICE)
        page = browser.get(f"/referrals/{referral.reference}/letters/new/enquiry/dwp")
        answer = browser.send(page)
        if answer.status_code == 422:
            # What a form of ours never takes is refused there, and nothing is made.
            assert "must not include characters" in answer.text or "in place of" in answer.text
            return
        assert answer.status_code == 303, answer.text
        for form in FORMS:
            assert browser.get(f"{answer.location}/file/{form}").status_code == 200

    def test_no_other_form_and_no_other_letter(self, app: Flask, visit: Visit) -> None:
        letter = write(reachable(), "holding_group", "group")
        browser = visit(OFFICE)
        assert browser.get(path(letter, "file", "exe")).status_code == 404
        other = reachable()
        for rest in ("", "/file/pdf", "/sent", "/share", "/discard"):
            assert browser.get(f"/referrals/{other.reference}/letters/{letter.id}{rest}").status_code == 404


class TestSending:
    def test_it_is_kept_and_stays(self, app: Flask, visit: Visit) -> None:
        referral = reachable()
        letter = write(referral, "holding_resident", "post")
        browser = visit(OFFICE)
        page = browser.get(path(letter, "sent"))
        assert [one.get("value") for one in markup.read(page.text).all("input", type="radio")] == ["post"]
        assert browser.send(page).location == path(letter)
        shown = browser.get(path(letter)).text
        assert "by post" in shown
        assert "Mark as sent" not in shown
        assert "Throw away" not in shown
        home = browser.get(f"/referrals/{referral.reference}").text
        assert "Letter sent: Holding letter to the person" in home
        assert "letter.sent" in [one for one, _ in events_of(referral)]
        for action in ("sent", "discard"):
            assert "It stays as it is." in browser.send(f"{path(letter)}/{action}").text

    @pytest.mark.parametrize("name", ["words", "recipient", "head", "channel", "sent_on", "kind"])
    def test_no_code_can_change_what_was_sent(self, app: Flask, name: str) -> None:
        letter = write(reachable(), "holding_group", "group")
        send(letter, "on_page")
        kept = db.session.get_one(Letter, letter.id)
        values: dict[str, Any] = {"recipient": {}, "head": {}, "sent_on": today() - timedelta(days=1)}
        with pytest.raises(SentLetterChanged), transaction():
            setattr(kept, name, values.get(name, "post"))

    @pytest.mark.parametrize("days", [-1, 1])
    def test_the_day_is_between_making_and_today(self, app: Flask, visit: Visit, days: int) -> None:
        letter = write(reachable(), "holding_group", "group")
        sent = {"channel": "on_page", **day_fields("sent_on", today() + timedelta(days=days))}
        answer = visit(OFFICE).send(path(letter, "sent"), sent)
        assert answer.status_code == 422
        assert "govuk-error-summary" in answer.text
        assert db.session.get_one(Letter, letter.id).sent_at is None

    def test_a_channel_that_is_not_offered(self, app: Flask, visit: Visit) -> None:
        letter = write(reachable(), "holding_resident", "email")
        answer = visit(OFFICE).send(path(letter, "sent"), {"channel": "post"})
        assert "govuk-error-summary" in answer.text
        assert db.session.get_one(Letter, letter.id).sent_at is None

    def test_one_that_was_not_sent_can_be_thrown_away(self, app: Flask, visit: Visit) -> None:
        referral = reachable()
        letter = write(referral, "holding_group", "group")
        browser = visit(OFFICE)
        gone = path(letter)
        assert browser.send(f"{gone}/discard").location == f"/referrals/{referral.reference}#letters"
        assert browser.get(gone).status_code == 404
        assert events_of(referral)[-1][0] == "letter.discarded"


class TestWhoReadsThem:
    @pytest.mark.parametrize(
        "kind", [one for one in KINDS.values() if one.audience == "group"], ids=lambda one: one.code
    )
    def test_the_group_reads_what_is_for_it_once_it_is_sent(self, app: Flask, visit: Visit, kind: Any) -> None:
        referral = reachable()
        letter = write(referral, kind.code, "group")
        reader = visit(GROUP)
        assert reader.get(path(letter)).status_code == 404
        assert kind.title not in reader.get(f"/referrals/{referral.reference}").text
        before = mails()
        send(letter, "on_page")
        assert mails() == before + 1
        assert kind.title in reader.get(f"/referrals/{referral.reference}").text
        assert "Your case goes on." in reader.get(path(letter)).text
        assert reader.get(path(letter, "file", "pdf")).status_code == 200
        assert [reader.get(path(letter, rest)).status_code for rest in ("sent", "share", "discard")] == [403, 403, 403]

    def test_what_went_to_others_is_the_offices_until_it_is_shared(self, app: Flask, visit: Visit) -> None:
        referral = reachable()
        letter = write(referral, "holding_resident", "post", words="Dear Canary, wait.")
        reader, browser = visit(GROUP), visit(OFFICE)
        assert "A letter can be shared when it was sent." in browser.post(path(letter, "share")).text
        send(letter)
        assert reader.get(path(letter)).status_code == 404
        assert "Holding letter" not in reader.get(f"/referrals/{referral.reference}").text
        assert "Share with Wormholt and White City Big Local" in browser.get(path(letter)).text
        before = mails()
        assert browser.send(path(letter, "share")).location == path(letter)
        assert mails() == before + 1
        assert "Dear Canary, wait." in reader.get(path(letter)).text
        assert "shared already" in browser.post(path(letter, "share")).text

    def test_one_for_its_hands_is_for_its_eyes(self, app: Flask, visit: Visit) -> None:
        referral = reachable(safe={"through": "volunteer", "channels": []})
        letter = write(referral, "holding_resident", "through-group")
        send(letter, "handed_over")
        page = visit(GROUP).get(path(letter)).text
        assert "Through the group, to be handed over".lower() in page.lower()
        assert TOWN not in page

    @pytest.mark.parametrize("told", ["none", "status", "outcome"])
    def test_the_group_hears_no_more_than_was_agreed(self, app: Flask, visit: Visit, told: str) -> None:
        referral = reachable(told=told)
        letter = write(referral, "holding_group", "group")
        browser = visit(OFFICE)
        answer = browser.send(path(letter, "sent"), {"channel": "on_page"})
        assert "has not agreed that the office tells the group this much" in answer.text
        post = write(referral, "holding_resident", "post")
        send(post)
        assert "Share with" not in browser.get(path(post)).text
        assert "has not agreed" in browser.post(path(post, "share")).text
        assert visit(GROUP).get(path(post)).status_code == 404

    def test_strangers_find_nothing(self, app: Flask, visit: Visit) -> None:
        letter = write(reachable(), "holding_group", "group")
        send(letter, "on_page")
        for person in (people.OTHER_CASEWORKER, people.OTHER_MANAGER, people.OTHER_LEAD, people.SECOND_VOLUNTEER):
            stranger = visit(person)
            for rest in ((), ("file", "pdf")):
                assert stranger.get(path(letter, *rest)).status_code == 404
        for person in (people.COORDINATOR, people.ADMINISTRATOR):
            assert visit(person).get(path(letter)).status_code == 403

    def test_the_words_close_with_those_of_the_referral(self, app: Flask, visit: Visit) -> None:
        referral = reachable("submitted")
        letter = write(referral, "acknowledgement_group", "group")
        cases.do(db.session.get_one(Referral, referral.id), "mark_entered_in_error", GROUP)
        assert visit(OFFICE).get(path(letter)).status_code == 404


def test_no_name_travels_in_mail_books_or_columns(app: Flask, visit: Visit) -> None:
    referral = reachable()
    browser = visit(OFFICE)
    for kind, to, channel in (
        ("acknowledgement_resident", "email", "email"),
        ("holding_resident", "through-group", "handed_over"),
        ("closing_group", "group", "on_page"),
    ):
        letter = write(referral, kind, to, words=f"Dear {cases.NAME}, of {TOWN}")
        send(letter, channel)
        for form in FORMS:
            answer = browser.get(path(letter, "file", form))
            assert not NAMES.search(answer.headers["Content-Disposition"] + path(letter, "file", form))
    db.session.rollback()
    entries = db.session.scalars(select(AuditEntry).where(AuditEntry.subject_id == referral.id))
    assert not NAMES.search(" ".join(f"{entry.action} {entry.facts}" for entry in entries))
    assert not NAMES.search(" ".join(str(one.params) for one in db.session.scalars(select(OutboxMessage))))
    db.session.rollback()
    with db.engine.connect() as connection:
        for row in connection.execute(Letter.__table__.select()):
            assert not NAMES.search(" ".join(map(str, row)))
