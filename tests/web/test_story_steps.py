"""The forms of the steps: from a draft to a page that everybody reads, and down again, each by whose turn it is."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from referrals.foundation.clock import clock_at, now
from tests import people
from tests.plugins.visitors import Visitor
from tests.stories.studies import LATER, WORDS, again, make_study, slug_of

Visit = Callable[..., Visitor]
WRITER, LEAD, OTHER = people.VOLUNTEER, people.LEAD, people.MANAGER


def test_from_a_draft_to_a_page_and_down_again(app: Flask, visit: Visit) -> None:
    study = make_study()
    home = f"/stories/{study.id}"
    assert visit(WRITER).send(f"{home}/submit", {"heard": "y"}).status_code == 303
    assert "Approve" in visit(LEAD).get(home).text
    assert visit(LEAD).send(f"{home}/approve", {"read": "y"}).status_code == 303
    answered = visit(OTHER).send(f"{home}/answer", {"answer": "fine"})
    assert answered.location.startswith("/stories")
    assert visit(OTHER).get(answered.location).status_code == 200
    assert visit(LEAD).send(f"{home}/publish").status_code == 303
    slug = slug_of(study)
    assert WORDS["title"] in visit().get(f"/case-studies/{slug}").text
    gone = visit(WRITER).send(f"{home}/withdraw", {"why": "agreement_withdrawn", "words": "She rang this morning"})
    assert gone.status_code == 303
    assert visit().get(f"/case-studies/{slug}").status_code == 410
    found = again(study).agreement
    assert found is not None
    assert found.consent.withdrawn_at is not None


@pytest.mark.parametrize(
    ("state", "step", "who"),
    [("draft", "submit", WRITER), ("waiting", "approve", LEAD), ("waiting", "send-back", LEAD)],
)
def test_what_must_be_confirmed_is(app: Flask, visit: Visit, state: str, step: str, who: people.Someone) -> None:
    study = make_study(state)
    refused = visit(who).send(f"/stories/{study.id}/{step}")
    assert refused.status_code == 422
    assert again(study).state == state


def test_an_objection_needs_its_reason(app: Flask, visit: Visit) -> None:
    study = make_study("announced")
    path = f"/stories/{study.id}/answer"
    refused = visit(OTHER).send(path, {"answer": "objects"})
    assert refused.status_code == 422
    assert "Say what should change" in refused.text
    assert visit(OTHER).send(path, {"answer": "objects", "words": "The department is easy to guess"}).status_code == 303
    page = visit(WRITER).get(f"/stories/{study.id}").text
    assert "The department is easy to guess" in page


def test_it_says_why_it_is_too_early(app: Flask, visit: Visit) -> None:
    study = make_study("announced")
    refused = visit(LEAD).send(f"/stories/{study.id}/publish")
    assert refused.status_code == 422
    assert "The other side can still object" in refused.text
    with clock_at(now() + LATER, step=timedelta(milliseconds=1)):
        assert visit(LEAD).send(f"/stories/{study.id}/publish").status_code == 303


def test_sent_twice_it_is_published_once(app: Flask, visit: Visit) -> None:
    study = make_study("announced")
    with clock_at(now() + LATER, step=timedelta(milliseconds=1)):
        browser = visit(LEAD)
        page = browser.get(f"/stories/{study.id}/publish")
        assert [browser.send(page).status_code for _ in range(2)] == [303, 303]
    assert again(study).state == "published"


def test_an_objection_sent_twice_is_one(app: Flask, visit: Visit) -> None:
    study = make_study("announced")
    browser = visit(OTHER)
    page = browser.get(f"/stories/{study.id}/answer")
    given = {"answer": "objects", "words": "Easy to guess"}
    assert [browser.send(page, given).status_code for _ in range(2)] == [303, 303]


def test_who_it_is_keeps_it_back(app: Flask, visit: Visit) -> None:
    study = make_study(situation="Albert Quillfeather had waited.")
    refused = visit(WRITER).send(f"/stories/{study.id}/submit", {"heard": "y"})
    assert refused.status_code == 422
    assert "“The situation” holds the person’s name. Take it out" in refused.text


def test_who_wrote_it_does_not_approve_it(app: Flask, visit: Visit) -> None:
    study = make_study("waiting")
    for who in (WRITER, people.SECOND_VOLUNTEER, OTHER):
        assert visit(who).get(f"/stories/{study.id}/approve").status_code in (403, 404)


def test_what_was_changed_since_is_not_approved(app: Flask, visit: Visit) -> None:
    study = make_study("waiting")
    browser, path = visit(LEAD), f"/stories/{study.id}/approve"
    page = browser.get(path)
    assert visit(WRITER).send(f"/stories/{study.id}/take-back").status_code == 303
    assert visit(WRITER).send(f"/stories/{study.id}/write/tried", {"words": "Changed"}).status_code == 303
    assert visit(WRITER).send(f"/stories/{study.id}/submit", {"heard": "y"}).status_code == 303
    assert browser.send(page, {"read": "y"}).status_code == 409
    assert browser.send(browser.get(path), {"read": "y"}).status_code == 303


def test_no_other_step(app: Flask, visit: Visit) -> None:
    study = make_study("waiting")
    for step in ("gibberish", "send_back", "publish"):
        assert visit(LEAD).get(f"/stories/{study.id}/{step}").status_code in (404, 409)
