"""What everybody reads: a published case study on its page and as files, nothing in it that says who it is, and gone
the moment the person no longer agrees.
"""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO

import pikepdf
import pytest
from docx import Document
from flask import Flask

from referrals.audit.actions import record
from referrals.casework import actions as casework
from referrals.casework.models import Referral
from referrals.foundation.clock import clock_at, now, today
from referrals.foundation.database import db, transaction
from referrals.stories import actions, queries
from referrals.stories.models import CaseStudy, PublishedStory
from tests import people
from tests.casework import cases
from tests.plugins.visitors import Visitor
from tests.stories.studies import LATER, WORDS, act, again, agree, make_study, slug_of

Visit = Callable[..., Visitor]
FORMS = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
# What would lead to the person, or to the referral.
SECRET = (cases.NAME, "Quillfeather", cases.PHONE, cases.POSTCODE, "lost his leg", "Nine months without")


def secrets_of(study: CaseStudy) -> list[str]:
    return [*SECRET, str(again(study).referral.reference), str(study.referral_id), str(study.id)]


def take_agreement_back(study: CaseStudy) -> None:
    with transaction():
        found = db.session.get_one(CaseStudy, study.id)
        assert found.agreement is not None
        casework.withdraw_consent(found.agreement.consent, "By phone", by=people.VOLUNTEER.viewer)


def erase(referral_id: object) -> None:
    """Destroy the key of a referral, as erasing a person does."""
    with transaction():
        referral = db.session.get_one(Referral, referral_id)
        referral.wrapped_key, referral.wrapping_key_id, referral.erased_at = None, None, now()
        record("referral.draft_saved", by=people.VOLUNTEER.viewer, subject=("referral", referral.id))


class TestPage:
    def test_everybody_can_read_it(self, app: Flask, visit: Visit) -> None:
        slug = slug_of(make_study("published"))
        answer = visit().get(f"/case-studies/{slug}")
        assert answer.status_code == 200
        for words in WORDS.values():
            assert words in answer.text
        assert "copies that were taken cannot be called back" in answer.text
        assert "noarchive" in answer.headers["X-Robots-Tag"]
        assert answer.headers["Cache-Control"] == "no-store"

    def test_nothing_leads_to_the_person(self, app: Flask, visit: Visit) -> None:
        study = make_study("published")
        slug = slug_of(study)
        browser = visit()
        pages = [browser.get(path) for path in ("/case-studies", f"/case-studies/{slug}")]
        files = [browser.get(f"/case-studies/{slug}/file/{form}") for form in FORMS]
        texts = [page.text for page in pages]
        texts += [str(answer.headers) for answer in (*pages, *files)]
        texts.append(words_of_pdf(files[0].data))
        texts.append(words_of_word(files[1].data))
        for text in texts:
            assert [secret for secret in secrets_of(study) if secret in text] == []

    def test_the_row_itself_leads_nowhere(self, app: Flask) -> None:
        columns = {key.column.table.name for key in PublishedStory.__table__.foreign_keys}
        assert columns == {"organisations"}

    def test_one_that_never_was_is_not_found(self, app: Flask, visit: Visit) -> None:
        browser = visit()
        assert browser.get("/case-studies/welfare-23456789").status_code == 404
        assert browser.get("/case-studies/welfare-23456789/file/pdf").status_code == 404

    def test_the_index_has_pages(self, app: Flask, visit: Visit) -> None:
        assert "None yet" in visit().get("/case-studies").text
        slug = slug_of(make_study("published"))
        for page in ("", "?page=2", "?page=-1", "?page=x"):
            assert f"/case-studies/{slug}" in visit().get(f"/case-studies{page}").text

    def test_words_of_a_person_stay_words(self, app: Flask, visit: Visit) -> None:
        slug = slug_of(make_study("published", learned="<script>alert(1)</script> {{ 7 * 7 }} #panic()"))
        browser = visit()
        text = browser.get(f"/case-studies/{slug}").text
        assert "<script>alert" not in text
        assert "{{ 7 * 7 }}" in text
        for form in FORMS:
            assert browser.get(f"/case-studies/{slug}/file/{form}").status_code == 200


def words_of_pdf(content: bytes) -> str:
    """The title and everything a reader of the file's own data would find."""
    with pikepdf.open(BytesIO(content)) as pdf:
        assert "/StructTreeRoot" in pdf.Root
        assert str(pdf.Root.Lang) == "en-GB"
        return str(pdf.docinfo["/Title"]) + pdf.Root.Metadata.read_bytes().decode()


def words_of_word(content: bytes) -> str:
    document = Document(BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    about = document.core_properties
    parts = [*(one.text for one in document.paragraphs), *cells, about.title, about.author, about.comments]
    return "\n".join(parts)


class TestFiles:
    @pytest.mark.parametrize("form", FORMS)
    def test_each_is_a_download_with_a_neutral_name(self, app: Flask, visit: Visit, form: str) -> None:
        slug = slug_of(make_study("published"))
        answer = visit().get(f"/case-studies/{slug}/file/{form}")
        name = f"case-study-{slug}.{form}"
        assert answer.mimetype == FORMS[form]
        assert answer.headers["Content-Disposition"] == f"attachment; filename=\"{name}\"; filename*=UTF-8''{name}"

    def test_they_say_what_the_page_says(self, app: Flask, visit: Visit) -> None:
        slug = slug_of(make_study("published"))
        browser = visit()
        words = words_of_word(browser.get(f"/case-studies/{slug}/file/docx").data)
        for said in WORDS.values():
            assert said in words
        assert WORDS["title"] in words_of_pdf(browser.get(f"/case-studies/{slug}/file/pdf").data)

    def test_only_where_the_person_agreed_to_files(self, app: Flask, visit: Visit) -> None:
        slug = slug_of(make_study("published", agreed={"places": ["page"]}))
        browser = visit()
        page = browser.get(f"/case-studies/{slug}")
        assert page.status_code == 200
        assert "/file/" not in page.text
        assert [browser.get(f"/case-studies/{slug}/file/{form}").status_code for form in FORMS] == [404, 404]

    def test_no_other_form(self, app: Flask, visit: Visit) -> None:
        slug = slug_of(make_study("published"))
        assert visit().get(f"/case-studies/{slug}/file/exe").status_code == 404


class TestGone:
    def must_be_gone(self, visit: Visit, slug: str) -> None:
        browser = visit()
        for rest in ("", "/file/pdf", "/file/docx"):
            answer = browser.get(f"/case-studies/{slug}{rest}")
            assert answer.status_code == 410
            assert "no longer shown" in answer.text
            assert not any(words in answer.text for words in WORDS.values())
        assert slug not in browser.get("/case-studies").text

    def test_when_the_agreement_is_taken_back(self, app: Flask, visit: Visit) -> None:
        study = make_study("published")
        slug = slug_of(study)
        take_agreement_back(study)
        # At once, before anything else has happened.
        self.must_be_gone(visit, slug)
        with transaction():
            assert actions.end_what_may_not_be_shown() == 1
        published = again(study).published
        assert published is not None
        assert (published.title, published.content) == (None, None)
        self.must_be_gone(visit, slug)

    def test_when_it_is_taken_back_on_the_page_of_agreements(self, app: Flask, visit: Visit) -> None:
        study = make_study("published")
        slug, consent = slug_of(study), again(study).agreement
        assert consent is not None
        page = f"/referrals/{again(study).referral.reference}/consents/{consent.consent_id}/withdraw"
        assert visit(people.VOLUNTEER).send(page, {"reason": "She rang"}).status_code == 303
        assert again(study).ended_why == "agreement_withdrawn"
        self.must_be_gone(visit, slug)

    def test_when_the_agreement_has_run_out(self, app: Flask, visit: Visit) -> None:
        study = make_study("published", agreed={"months": 1})
        slug = slug_of(study)
        with clock_at(now() + timedelta(days=20)):
            assert visit().get(f"/case-studies/{slug}").status_code == 200
        with clock_at(now() + timedelta(days=32)):
            self.must_be_gone(visit, slug)
            with transaction():
                assert actions.end_what_may_not_be_shown() == 1
        assert (again(study).state, again(study).ended_why) == ("expired", "agreement_expired")

    def test_when_the_person_is_erased(self, app: Flask, visit: Visit) -> None:
        study = make_study("published")
        draft = make_study("draft")
        slug = slug_of(study)
        for one in (study, draft):
            erase(one.referral_id)
        assert again(draft).words is None
        self.must_be_gone(visit, slug)
        with transaction():
            assert actions.end_what_may_not_be_shown() == 2
        assert {again(one).ended_why for one in (study, draft)} == {"referral_erased"}

    def test_when_its_organisation_takes_it_down(self, app: Flask, visit: Visit) -> None:
        study = make_study("published")
        slug = slug_of(study)
        act(study, actions.withdraw_case_study, "own_decision", "", by=people.LEAD.viewer)
        found = again(study)
        assert found.agreement is not None
        assert found.agreement.consent.withdrawn_at is None
        self.must_be_gone(visit, slug)


class TestAgreement:
    def test_a_new_one_lets_it_go_on(self, app: Flask, visit: Visit) -> None:
        study = make_study("published", agreed={"months": 1})
        slug = slug_of(study)
        with clock_at(now() + timedelta(days=20), step=timedelta(milliseconds=1)):
            agree(study, given_on=today())
        with clock_at(now() + timedelta(days=40)):
            assert visit().get(f"/case-studies/{slug}").status_code == 200

    def test_a_narrower_one_counts_at_once(self, app: Flask, visit: Visit) -> None:
        study = make_study("published")
        agree(study, places=["page"])
        assert visit().get(f"/case-studies/{slug_of(study)}/file/pdf").status_code == 404

    def test_own_words_that_are_not_covered_any_more_are_gone_at_once(self, app: Flask, visit: Visit) -> None:
        study = make_study("published")
        path = f"/case-studies/{slug_of(study)}"
        assert WORDS["quote"] in visit().get(path).text
        agree(study, covers=[])
        browser = visit()
        page = browser.get(path)
        assert page.status_code == 200
        for words in (page.text, words_of_word(browser.get(f"{path}/file/docx").data)):
            assert WORDS["quote"] not in words
            assert "In their own words" not in words
            assert WORDS["changed"] in words

    def test_a_reminder_comes_once(self, app: Flask) -> None:
        study = make_study("published", agreed={"months": 2})
        with clock_at(now() + timedelta(days=20)), transaction():
            assert actions.remind_of_endings() == 0
        for expected in (1, 0):
            with clock_at(now() + timedelta(days=35), step=timedelta(milliseconds=1)), transaction():
                assert actions.remind_of_endings() == expected
        agreement = again(study).agreement
        assert agreement is not None
        assert again(study).reminded_for == agreement.consent.expires_on


class TestForReports:
    def test_it_is_named_in_its_period_and_for_both_sides(self, app: Flask) -> None:
        study = make_study("published")
        day = today() + LATER
        for organisation in (people.WHITE_CITY, people.HAMMERSMITH):
            (told,) = queries.published_for([organisation.id], day, day)
            assert (told.slug, told.title, told.lead) == (slug_of(study), WORDS["title"], WORDS["situation"])
        assert queries.published_for([people.THURCROFT.id], None, day) == []
        assert queries.published_for([people.WHITE_CITY.id], None, day - timedelta(days=1)) == []

    def test_only_where_the_person_agreed_to_reports(self, app: Flask) -> None:
        make_study("published", agreed={"places": ["page", "file"]})
        assert queries.published_for([people.WHITE_CITY.id], None, today() + LATER) == []
