"""The intake as a volunteer goes through it: each page by its heading, answered with eyes and fingers."""

import re

from playwright.sync_api import Page, expect

from tests import people
from tests.browser.hands import press

SUMMARY = "Nine months without a decision on PIP"
STORY = "He lost a leg in January and has waited over nine months.\nNobody answers the phone."
NAME = "Albert Quillfeather"
SENT = re.compile(r"/referrals/R-[0-9A-Z]{4}-[0-9A-Z]{3}/sent$")


def issue(page: Page) -> None:
    """What it is about."""
    page.get_by_text("Benefits and money").click()
    page.get_by_label("Disability benefits").check()


def story(page: Page, words: str = STORY, summary: str = SUMMARY) -> None:
    """What has happened."""
    page.get_by_label("What has happened?").fill(words)
    page.get_by_label("Now in one line").fill(summary)


def hopes(page: Page) -> None:
    """What they want."""
    page.get_by_label("What do they want to happen?").fill("An assessment and a decision")


def waiting(page: Page) -> None:
    """Since when."""
    page.get_by_label("Since when have they been waiting?").fill("nine months")


def urgency(page: Page) -> None:
    """How urgent it is."""
    page.get_by_role("radio", name="Soon").check()


def background(page: Page) -> None:
    """Which body it is about."""
    page.get_by_label("Which body is this about?").select_option(value="dwp")


def person(page: Page, name: str = NAME, postcode: str = people.WHITE_CITY_POSTCODE) -> None:
    """Who it is."""
    page.get_by_label("Their full name").fill(name)
    page.get_by_label("Their postcode").fill(postcode)


def office(page: Page) -> None:
    """Where it goes; the postcode has decided."""
    expect(page.get_by_role("heading", level=1)).to_have_text("This goes to the office of Rowan Ashdown MP")


def contact(page: Page) -> None:
    """How to reach them safely."""
    page.get_by_label("A phone number that is safe to call").fill("07700 900123")


def needs(page: Page) -> None:
    """Nothing, in this case."""


def consent(page: Page) -> None:
    """They agree, also to their health being told."""
    page.get_by_label("They agree to this too").check()
    page.get_by_role("radio", name="Said in person").check()


def feedback(page: Page) -> None:
    """They let the group hear everything."""
    page.get_by_role("radio", name="Everything about the case").check()


PAGES = (issue, story, hopes, waiting, urgency, background, person, office, contact, needs, consent, feedback)


def start(page: Page) -> None:
    """From the volunteer's home, past the question about danger, to the first page."""
    press(page, "Start a referral")
    page.get_by_role("radio", name="No", exact=True).check()
    press(page, "Continue")


def write(page: Page, name: str = NAME) -> None:
    """From the volunteer's home through every page to the check of all answers."""
    start(page)
    for answer in PAGES:
        if answer is person:
            person(page, name)
        else:
            answer(page)
        press(page, "Save and continue")
    expect(page.get_by_role("heading", level=1)).to_have_text("Check your answers")


def send(page: Page) -> str:
    """Send what was checked; gives the reference that the confirmation shows."""
    press(page, "Send referral")
    expect(page).to_have_url(SENT)
    return page.url.split("/")[-2]
