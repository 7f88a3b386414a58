"""The paper form: each question has on paper the number and the words of its screen, and it is a sound PDF."""

from collections.abc import Callable
from io import BytesIO

import pikepdf
import pytest
from flask import Flask

from referrals.casework.intake import NUMBERS, PAGES, Page
from referrals.web.presenting.paper import paper_for
from tests import people
from tests.casework import cases
from tests.markup import read, text_of
from tests.plugins.visitors import Visitor
from tests.web.intake import load

Visit = Callable[..., Visitor]
# What a screen shows only where there is something to say, such as a body that holds the group's money.
NOT_ALWAYS = {"trusted_body_conflict", "post_ok"}


@pytest.fixture(autouse=True)
def lists(app: Flask) -> None:
    load()


def on_paper(app: Flask, size: str = "normal") -> dict[str, str]:
    """The words of each question of the paper by its number."""
    with app.test_request_context():
        made = paper_for("White City", size)
    questions = [one for part in made["parts"] for page in part["pages"] for one in page["questions"]]
    assert len({one["number"] for one in questions}) == len(questions)
    return {one["number"]: one["label"] for one in questions}


def test_every_question_has_a_number_of_its_part_in_order() -> None:
    asked = [(page.part, question.name) for page in PAGES for question in page.questions]
    assert list(NUMBERS) == [name for _, name in asked]
    for part in {part for part, _ in asked}:
        names = [name for of_part, name in asked if of_part == part]
        assert [NUMBERS[name] for name in names] == [f"{part}.{place}" for place in range(1, len(names) + 1)]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.code)
def test_screen_and_paper_agree_on_number_and_words(app: Flask, visit: Visit, page: Page) -> None:
    draft = cases.make_draft(duplicates_checked=None)
    shown = text_of(read(visit(people.VOLUNTEER).get(f"/drafts/{draft.id}/{page.code}").text).one("main"))
    paper, found = on_paper(app), []
    for question in page.questions:
        number = NUMBERS[question.name]
        place = shown.find(f"{number} {paper[number]}")
        assert place >= 0 or question.name in NOT_ALWAYS, f"{number} {paper[number]}"
        found += [place] if place >= 0 else []
    assert found == sorted(found), "the screen asks in the order of the numbers"


def test_paper_has_every_question_and_the_words_of_the_agreement(app: Flask) -> None:
    assert list(on_paper(app)) == list(NUMBERS.values())
    with app.test_request_context():
        made = str(paper_for("White City", "normal"))
    assert "White City may send the MP’s office what we wrote down together" in made


@pytest.mark.parametrize(("size", "most"), [("", 3), ("large", 7), ("nonsense", 3)])
def test_it_is_a_tagged_pdf_of_a_few_pages_named_after_nobody(app: Flask, visit: Visit, size: str, most: int) -> None:
    answer = visit(people.VOLUNTEER).get(f"/paper-form?size={size}")
    assert answer.mimetype == "application/pdf"
    assert 'filename="referral-form.pdf"' in answer.headers["Content-Disposition"]
    with pikepdf.open(BytesIO(answer.data)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert len(pdf.pages) <= most


def test_home_and_the_first_page_of_the_intake_lead_to_it(app: Flask, visit: Visit) -> None:
    browser = visit(people.VOLUNTEER)
    for page in ("/referrals", "/drafts/new"):
        assert 'href="/paper-form"' in browser.get(page).text
    for page in ("/drafts/new", "/drafts/stop"):
        assert 'href="/signposts"' in browser.get(page).text
