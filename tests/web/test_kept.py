"""What somebody is still typing: kept for them alone, offered again, and gone once it is sent, thrown away or old."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from referrals.audit.models import AuditEntry
from referrals.casework import actions
from referrals.casework.models import KeptText, Note, Referral
from referrals.foundation import clock
from referrals.foundation.database import db, transaction
from referrals.stories import actions as stories
from referrals.stories.models import CaseStudy
from tests import people
from tests.casework.cases import make_draft, make_referral
from tests.plugins.visitors import Visitor, forms_of
from tests.stories.studies import act, make_study

Visit = Callable[..., Visitor]
WORDS = 'He said "never" & left.\nThen <he> came back, ünhappy.'
SHOWN = "He said &#34;never&#34; &amp; left."
OFFER = "We kept what you were typing at "


def path_of(referral: Referral, *more: str) -> str:
    return "/".join((f"/referrals/{referral.reference}", *more))


def count(what: type) -> int:
    db.session.rollback()
    found = db.session.scalar(select(func.count()).select_from(what))
    db.session.rollback()
    return found or 0


def texts() -> list[dict[str, str] | None]:
    db.session.rollback()
    found = [kept.words for kept in db.session.scalars(select(KeptText))]
    db.session.rollback()
    return found


FORMS = {
    "notes/private": "body",
    "notes/message": "body",
    "milestones": "words",
    "request-information": "question",
    "record-outcome": "summary",
}


@pytest.mark.parametrize(("form", "field"), FORMS.items(), ids=str)
class TestKeeping:
    def test_it_is_offered_used_and_gone_once_sent(self, app: Flask, visit: Visit, form: str, field: str) -> None:
        referral, visitor = make_referral("in_progress"), visit(people.CASEWORKER)
        kept = visitor.post(path_of(referral, "kept", form), {field: WORDS})
        assert kept.status_code == 200
        assert kept.text.startswith("Kept at ")
        opened = visitor.get(path_of(referral, form)).text
        assert OFFER in opened
        assert SHOWN not in opened
        used = visitor.get(path_of(referral, form) + "?kept=use")
        assert SHOWN in used.text
        assert "It is not sent yet" in used.text
        assert texts() == [{field: WORDS}]

    def test_it_can_be_thrown_away(self, app: Flask, visit: Visit, form: str, field: str) -> None:
        referral, visitor = make_referral("in_progress"), visit(people.CASEWORKER)
        visitor.post(path_of(referral, "kept", form), {field: WORDS})
        page = visitor.get(path_of(referral, form))
        places = [place for place, _ in forms_of(page)]
        answer = visitor.send(page, form=places.index(path_of(referral, "forget", form)))
        assert answer.location == path_of(referral, form)
        assert texts() == []
        assert OFFER not in visitor.get(path_of(referral, form)).text

    def test_the_form_says_where_its_words_are_kept(self, app: Flask, visit: Visit, form: str, field: str) -> None:
        referral, visitor = make_referral("in_progress"), visit(people.CASEWORKER)
        assert f'data-app-keep="{path_of(referral, "kept", form)}"' in visitor.get(path_of(referral, form)).text


class TestSending:
    @pytest.mark.parametrize("kind", ["private", "message"])
    def test_what_was_sent_is_no_longer_kept(self, app: Flask, visit: Visit, kind: str) -> None:
        referral, visitor = make_referral("accepted"), visit(people.CASEWORKER)
        form = path_of(referral, "notes", kind)
        page = visitor.get(form)
        visitor.post(path_of(referral, "kept", "notes", kind), {"body": WORDS})
        refused = visitor.send(page, {"body": "x" * 6_000})
        assert refused.status_code == 422
        assert len(texts()) == 1
        assert visitor.send(page, {"body": WORDS}).status_code == 303
        assert texts() == []

    def test_what_arrives_after_its_form_was_sent_is_not_kept(self, app: Flask, visit: Visit) -> None:
        referral, visitor = make_referral("accepted"), visit(people.CASEWORKER)
        page = visitor.get(path_of(referral, "notes", "private"))
        key = forms_of(page)[-1][1]["form_key"]
        assert visitor.send(page, {"body": WORDS}).status_code == 303
        late = visitor.post(path_of(referral, "kept", "notes", "private"), {"body": WORDS, "form_key": key})
        assert late.status_code == 204
        assert texts() == []

    def test_a_page_of_a_draft(self, app: Flask, visit: Visit) -> None:
        draft, visitor = make_draft(), visit(people.VOLUNTEER)
        page = f"/drafts/{draft.id}/story"
        assert f'data-app-keep="/drafts/{draft.id}/kept/story"' in visitor.get(page).text
        visitor.post(f"/drafts/{draft.id}/kept/story", {"story": WORDS})
        assert OFFER in visitor.get(page).text
        used = visitor.get(page + "?kept=use")
        assert SHOWN in used.text
        assert visitor.send(used).status_code == 303
        assert texts() == []
        assert SHOWN in visitor.get(page).text

    def test_what_the_page_says_already_is_not_offered(self, app: Flask, visit: Visit) -> None:
        draft, visitor = make_draft(), visit(people.VOLUNTEER)
        visitor.post(f"/drafts/{draft.id}/kept/story", {"story": draft.story})
        assert OFFER not in visitor.get(f"/drafts/{draft.id}/story").text

    def test_a_draft_that_is_thrown_away_takes_it_along(self, app: Flask, visit: Visit) -> None:
        draft, visitor = make_draft(), visit(people.VOLUNTEER)
        visitor.post(f"/drafts/{draft.id}/kept/story", {"story": WORDS})
        assert visitor.send(f"/drafts/{draft.id}/discard").status_code == 303
        assert texts() == []

    def test_the_page_of_the_referral_offers_it_beside_its_composer(self, app: Flask, visit: Visit) -> None:
        referral, visitor = make_referral("accepted"), visit(people.CASEWORKER)
        visitor.post(path_of(referral, "kept", "notes/message"), {"body": WORDS})
        page = visitor.get(path_of(referral)).text
        assert page.count(OFFER) == 1
        assert f'href="{path_of(referral, "notes/message")}?kept=use"' in page
        assert SHOWN not in page

    def test_emptying_the_box_empties_what_is_kept(self, app: Flask, visit: Visit) -> None:
        referral, visitor = make_referral("accepted"), visit(people.CASEWORKER)
        for words, status in ((WORDS, 200), (WORDS + " More.", 200), ("  ", 204)):
            assert visitor.post(path_of(referral, "kept/notes/private"), {"body": words}).status_code == status
        assert texts() == []


class TestPrivacy:
    @pytest.mark.parametrize("other", [people.SECOND_CASEWORKER, people.MANAGER, people.VOLUNTEER, people.LEAD])
    def test_nobody_else_is_offered_it(self, app: Flask, visit: Visit, other: people.Someone) -> None:
        referral = make_referral("accepted")
        visit(people.CASEWORKER).post(path_of(referral, "kept/notes/private"), {"body": WORDS})
        visitor = visit(other)
        for path in (
            path_of(referral),
            path_of(referral, "notes/private"),
            path_of(referral, "notes/private?kept=use"),
        ):
            page = visitor.get(path).text
            assert OFFER not in page
            assert SHOWN not in page
        visitor.post(path_of(referral, "forget/notes/private"))
        assert len(texts()) == 1

    @pytest.mark.parametrize("stranger", [people.OTHER_CASEWORKER, people.SECOND_VOLUNTEER, people.OTHER_LEAD])
    def test_strangers_keep_nothing(self, app: Flask, visit: Visit, stranger: people.Someone) -> None:
        referral, draft = make_referral("accepted"), make_draft()
        for path in (path_of(referral, "kept/notes/private"), f"/drafts/{draft.id}/kept/story"):
            assert visit(stranger).post(path, {"body": WORDS}).status_code == 404
        assert texts() == []

    def test_it_lies_sealed_and_no_book_tells_of_it(self, app: Flask, visit: Visit) -> None:
        referral, visitor, events = make_referral("accepted"), visit(people.CASEWORKER), count(AuditEntry)
        visitor.post(path_of(referral, "kept/notes/private"), {"body": WORDS})
        assert count(AuditEntry) == events + 0
        sealed = db.session.scalar(select(KeptText.words_sealed))
        db.session.rollback()
        assert sealed is not None
        assert b"never" not in sealed

    def test_it_wants_the_token_of_its_session(self, app: Flask, visit: Visit) -> None:
        referral, visitor = make_referral("accepted"), visit(people.CASEWORKER)
        answer = visitor.client.post(path_of(referral, "kept/notes/private"), data={"body": WORDS})
        assert answer.status_code == 400
        assert texts() == []


class TestBounds:
    @pytest.mark.parametrize(
        "form", ["nothing", "notes", "notes/none", "kept/notes/private", "here", "x" * 200, "..%2f"]
    )
    def test_only_what_is_a_form_is_kept(self, app: Flask, visit: Visit, form: str) -> None:
        referral = make_referral("accepted")
        assert visit(people.CASEWORKER).post(path_of(referral, "kept", form), {"body": WORDS}).status_code in {404, 405}
        assert texts() == []

    @pytest.mark.parametrize(
        "sent", [{"body": "x" * 20_001}, {f"field-{number}": "x" for number in range(13)}], ids=["long", "many"]
    )
    def test_no_more_than_people_type(self, app: Flask, visit: Visit, sent: dict[str, str]) -> None:
        referral = make_referral("accepted")
        answer = visit(people.CASEWORKER).post(path_of(referral, "kept/notes/private"), sent)
        assert answer.status_code == 422
        assert texts() == []

    def test_no_more_than_twenty_forms_of_one_referral(self, app: Flask) -> None:
        referral, by = make_referral("accepted"), people.CASEWORKER.viewer
        with transaction():
            for number in range(20):
                actions.keep_text(referral, f"form-{number}", {"body": WORDS}, by=by)
            actions.keep_text(referral, "form-3", {"body": "again"}, by=by)
            with pytest.raises(Exception, match="need another look"):
                actions.keep_text(referral, "one-more", {"body": WORDS}, by=by)

    @pytest.mark.parametrize("words", ["a\0b\u202ec", "\ud83d\ude00", "a\r\nb"], ids=["odd", "surrogates", "lines"])
    def test_odd_characters_break_no_page(self, app: Flask, visit: Visit, words: str) -> None:
        referral, visitor = make_referral("accepted"), visit(people.CASEWORKER)
        sent = words.encode("utf-8", "surrogatepass")
        visitor.post(path_of(referral, "kept/notes/private"), {"body": sent})
        assert visitor.get(path_of(referral, "notes/private?kept=use")).status_code == 200

    def test_it_is_given_up_after_seven_days(self, app: Flask, visit: Visit) -> None:
        referral, now = make_referral("accepted"), clock.now()
        visit(people.CASEWORKER).post(path_of(referral, "kept/notes/private"), {"body": WORDS})
        for days, gone in ((6, 0), (8, 1)):
            with clock.clock_at(now + timedelta(days=days)), transaction():
                assert actions.forget_old_texts() == gone
        assert texts() == []

    def test_a_page_that_asks_without_end_is_slowed_down(self, app: Flask, visit: Visit) -> None:
        referral, visitor = make_referral("accepted"), visit(people.CASEWORKER)
        app.config.update(THROTTLED=True, PAGES_ASK="5 per minute")
        try:
            found = [visitor.post(path_of(referral, "kept/notes/private"), {"body": WORDS}) for _ in range(7)]
        finally:
            app.config.update(THROTTLED=False, PAGES_ASK="60 per minute")
        assert [answer.status_code for answer in found] == [200] * 5 + [429] * 2


def test_a_note_that_was_only_kept_is_no_note(app: Flask, visit: Visit) -> None:
    referral = make_referral("accepted")
    visit(people.CASEWORKER).post(path_of(referral, "kept/notes/message"), {"body": WORDS})
    assert count(Note) == 0


class TestCaseStudies:
    """What is typed into a case study is kept with its referral, under a name of its own."""

    def kept_in(self, state: str, form: str, field: str, visit: Visit) -> tuple[CaseStudy, Visitor, str]:
        study, visitor = make_study(state), visit(people.VOLUNTEER)
        address = f"/stories/{study.id}"
        assert visitor.post(f"{address}/kept/{form}", {field: WORDS}).text.startswith("Kept at ")
        return study, visitor, f"{address}/{form}"

    @pytest.mark.parametrize(
        ("state", "form", "field"), [("draft", "write/tried", "words"), ("published", "withdraw", "words")]
    )
    def test_it_is_offered_used_and_gone_once_sent(
        self, app: Flask, visit: Visit, state: str, form: str, field: str
    ) -> None:
        _, visitor, address = self.kept_in(state, form, field, visit)
        opened = visitor.get(address).text
        assert OFFER in opened
        assert f'data-app-keep="{address.replace(form, f"kept/{form}")}"' in opened
        assert OFFER not in visit(people.LEAD).get(address).text
        used = visitor.get(f"{address}?kept=use")
        assert SHOWN in used.text
        sent = visitor.send(used, {"why": "agreement_withdrawn"} if form == "withdraw" else {})
        assert sent.status_code == 303
        assert count(KeptText) == 0

    def test_it_is_thrown_away(self, app: Flask, visit: Visit) -> None:
        study, visitor, address = self.kept_in("draft", "write/tried", "words", visit)
        assert visitor.post(f"/stories/{study.id}/forget/write/tried").location == address
        assert count(KeptText) == 0

    def test_no_word_of_it_is_left_when_it_ends(self, app: Flask, visit: Visit) -> None:
        study, _, _ = self.kept_in("draft", "write/tried", "words", visit)
        visit(people.VOLUNTEER).post(f"/referrals/{study.referral.reference}/kept/notes/private", {"body": WORDS})
        act(study, stories.withdraw_case_study, "own_decision", by=people.LEAD.viewer)
        assert texts() == [{"body": WORDS}]

    @pytest.mark.parametrize("form", ["write/gibberish", "gibberish", "kept/write/tried", "preview"])
    def test_not_of_what_is_no_form(self, app: Flask, visit: Visit, form: str) -> None:
        study = make_study()
        assert visit(people.VOLUNTEER).post(f"/stories/{study.id}/kept/{form}", {"words": WORDS}).status_code == 404
        assert count(KeptText) == 0

    def test_not_by_strangers(self, app: Flask, visit: Visit) -> None:
        study = make_study()
        for who in (people.CASEWORKER, people.OTHER_LEAD):
            assert visit(who).post(f"/stories/{study.id}/kept/write/tried", {"words": WORDS}).status_code == 404
