"""What could be lost, and is not: a long story when the session ends, and the words of whoever decides second."""

from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from tests import people
from tests.browser import intake
from tests.browser.hands import choose_action, fill_in_sign_in, press, sign_in
from tests.browser.service import Service
from tests.casework.cases import make_referral
from tests.plugins.browser import PHONE, OpenPage

LONG_STORY = "\n".join(f"Week {week}: they rang, “nobody” answered & the letter said <no>." for week in range(1, 60))


@pytest.mark.xdist_group("served")
def test_a_long_story_outlives_its_session(served: Service, open_page: OpenPage) -> None:
    volunteer = people.SECOND_VOLUNTEER
    phone = open_page(PHONE, base_url=served.address)
    sign_in(phone, volunteer.email)
    intake.start(phone)
    intake.issue(phone)
    press(phone, "Save and continue")
    intake.story(phone, LONG_STORY)
    sign_out_everywhere(open_page(base_url=served.address), volunteer)
    press(phone, "Save and continue")
    expect(phone.get_by_text("What you typed is kept.")).to_be_visible()
    fill_in_sign_in(phone, volunteer.email)
    press(phone, "Send it now")
    expect(phone.get_by_label("What do they want to happen?")).to_be_visible()
    phone.goto(phone.url.replace("/hopes", "/story"))
    expect(phone.get_by_label("Now in one line")).to_have_value(intake.SUMMARY)
    kept = phone.get_by_label("What has happened?").input_value()
    assert kept.replace("\r\n", "\n") == LONG_STORY


def sign_out_everywhere(page: Page, person: people.Someone) -> None:
    sign_in(page, person.email)
    page.goto("/account")
    press(page, "Sign out everywhere")
    expect(page.get_by_text("You are signed out everywhere")).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_of_two_who_decide_at_once_the_second_keeps_the_words(
    app: Flask, address: str, be: Callable[[Page, people.Someone], None], open_page: OpenPage, scripts: bool
) -> None:
    path = f"{address}/referrals/{make_referral().reference}"
    first, second = open_page(java_script_enabled=scripts), open_page(java_script_enabled=scripts)
    for page, person in ((first, people.CASEWORKER), (second, people.SECOND_CASEWORKER)):
        be(page, person)
        page.goto(path)
    for page, question in ((first, "Which benefit is it?"), (second, "Who has signed for him?")):
        choose_action(page, "Ask for information")
        page.get_by_label("What do you need to know?").fill(question)
    press(first, "Ask for information")
    press(second, "Ask for information")
    expect(second.get_by_text("Which benefit is it?").first).to_be_visible()
    expect(second.get_by_text("Who has signed for him?").first).to_be_visible()
    expect(second.get_by_text(people.CASEWORKER.name).first).to_be_visible()
