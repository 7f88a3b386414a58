"""Two browsers at once, and words that are kept while they are typed, in a real browser whose clock the test moves."""

from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import Page, Response, expect

from referrals.accounts import actions as accounts
from referrals.foundation.database import db, transaction
from tests import people
from tests.browser.hands import choose_action, press
from tests.casework.cases import make_draft, make_referral
from tests.plugins.browser import DESKTOP, PHONE, OpenPage
from tests.plugins.site import look_over
from tests.web.intake import load

Be = Callable[[Page, people.Someone], None]
WORDS = "He has been ill since Tuesday & cannot come to the telephone."
OFFER = "We kept what you were typing"


def is_kept(answer: Response) -> bool:
    return "/kept/" in answer.url and answer.ok


def is_here(answer: Response) -> bool:
    return answer.url.endswith("/here")


def opened(be: Be, page: Page, person: people.Someone, address: str) -> Page:
    """The page, opened by somebody, with a clock that the test moves on."""
    be(page, person)
    page.clock.install()
    page.goto(address)
    return page


def case(state: str = "in_progress") -> str:
    path = f"/referrals/{make_referral(state).reference}"
    db.session.close()
    return path


class TestKeeping:
    def test_what_is_typed_is_kept_after_ten_seconds_and_offered_again(
        self, app: Flask, address: str, be: Be, open_page: OpenPage
    ) -> None:
        form = address + case() + "/notes/private"
        page = opened(be, open_page(), people.CASEWORKER, form)
        with page.expect_response(is_kept):
            page.get_by_role("textbox", name="Note").press_sequentially(WORDS)
            page.clock.run_for(11_000)
        expect(page.locator(".app-kept")).to_contain_text("Kept at ")
        look_over(page)
        page.close()
        again = open_page(PHONE)
        be(again, people.CASEWORKER)
        again.goto(form)
        expect(again.get_by_text(OFFER)).to_be_visible()
        expect(again.get_by_role("textbox", name="Note")).to_have_value("")
        look_over(again)
        again.get_by_role("link", name="Use it").click()
        expect(again.get_by_role("textbox", name="Note")).to_have_value(WORDS)
        press(again, "Save private note")
        expect(again.get_by_text("Private note saved.")).to_be_visible()
        again.goto(form)
        expect(again.get_by_text(OFFER)).to_have_count(0)

    def test_leaving_a_box_keeps_it_at_once_and_it_can_be_thrown_away(
        self, app: Flask, address: str, be: Be, open_page: OpenPage
    ) -> None:
        page = opened(be, open_page(), people.CASEWORKER, address + case())
        box = page.get_by_label("Message", exact=True)
        box.fill(WORDS)
        with page.expect_response(is_kept):
            box.blur()
        page.reload()
        expect(page.get_by_text(OFFER)).to_be_visible()
        look_over(page)
        press(page, "Throw it away")
        expect(page.get_by_text("thrown away")).to_be_visible()
        expect(page.get_by_text(OFFER)).to_have_count(0)

    def test_the_story_of_a_draft_and_the_words_of_an_outcome(
        self, app: Flask, address: str, be: Be, open_page: OpenPage
    ) -> None:
        load()
        draft, path = f"/drafts/{make_draft().id}/story", case()
        for person, form, label in (
            (people.VOLUNTEER, draft, "What has happened?"),
            (people.CASEWORKER, f"{path}/record-outcome", "The result in your words"),
        ):
            page = opened(be, open_page(), person, address + form)
            # Kept when the box is left, or before that where the machine is slow.
            with page.expect_response(is_kept):
                page.get_by_label(label).fill(WORDS)
                page.get_by_label(label).blur()
            page.goto(f"{address}{form}?kept=use")
            expect(page.get_by_label(label)).to_have_value(WORDS)

    def test_a_session_that_ended_is_said_beside_the_box(
        self, app: Flask, address: str, be: Be, open_page: OpenPage
    ) -> None:
        page = opened(be, open_page(), people.CASEWORKER, address + case() + "/notes/message")
        with transaction():
            accounts.sign_out_everywhere(by=people.CASEWORKER.viewer)
        box = page.get_by_label("Message", exact=True)
        box.fill(WORDS)
        box.blur()
        expect(page.get_by_text("not being kept now")).to_be_visible()
        expect(box).to_have_value(WORDS)

    def test_without_scripts_nothing_is_missed(self, app: Flask, address: str, be: Be, open_page: OpenPage) -> None:
        page = open_page(java_script_enabled=False)
        be(page, people.CASEWORKER)
        page.goto(address + case() + "/notes/message")
        page.get_by_label("Message", exact=True).fill(WORDS)
        press(page, f"Send to {people.WHITE_CITY.name}")
        expect(page.get_by_text("Not seen yet")).to_be_visible()


class TestTwo:
    @pytest.mark.parametrize("form", ["", "/notes/message"], ids=["page", "form"])
    def test_each_is_told_of_the_other(self, app: Flask, address: str, be: Be, open_page: OpenPage, form: str) -> None:
        path = case()
        first = opened(be, open_page(DESKTOP), people.CASEWORKER, address + path)
        second = open_page(PHONE)
        be(second, people.SECOND_CASEWORKER)
        second.goto(address + path + form)
        expect(second.get_by_text(f"{people.CASEWORKER.name} has had this open since")).to_be_visible()
        look_over(second)
        with first.expect_response(is_here):
            first.clock.run_for(61_000)
        expect(first.get_by_text(f"{people.SECOND_CASEWORKER.name} has had this open since")).to_be_visible()
        look_over(first)

    def test_one_wins_and_the_other_sees_both_versions_and_keeps_the_text(
        self, app: Flask, address: str, be: Be, open_page: OpenPage
    ) -> None:
        path = case("submitted")
        first, second = open_page(), open_page(PHONE)
        for page, person in ((first, people.CASEWORKER), (second, people.SECOND_CASEWORKER)):
            be(page, person)
            page.goto(address + path)
        for page, question in ((first, "Which benefit is it?"), (second, WORDS)):
            choose_action(page, "Ask for information")
            page.get_by_label("What do you need to know?").fill(question)
        press(first, "Ask for information")
        press(second, "Ask for information")
        expect(second.get_by_text("Which benefit is it?").first).to_be_visible()
        expect(second.get_by_text(WORDS).first).to_be_visible()
        look_over(second)
