"""The way from a draft to an answered question without scripts, and the intake by keyboard alone."""

from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests import people
from tests.browser import intake
from tests.browser.hands import choose_action, fill_day, heading, press, sign_in
from tests.browser.service import Service
from tests.plugins.browser import PHONE, OpenPage

pytestmark = pytest.mark.xdist_group("served")

SOON = date.today() + timedelta(days=5)  # noqa: DTZ011 - the day on the calendar beside the person
SENT_SO_FAR = "SELECT count(*) FROM referrals WHERE reference IS NOT NULL"


def test_the_whole_way_without_scripts(served: Service, open_page: OpenPage) -> None:
    volunteer = open_page(PHONE, base_url=served.address, java_script_enabled=False)
    office = open_page(base_url=served.address, java_script_enabled=False)
    sign_in(volunteer, people.VOLUNTEER.email)
    sign_in(office, people.CASEWORKER.email)
    reference = send_with_a_double_click(served, volunteer)
    decline(office, reference)
    send_again(volunteer, reference)
    accept(office, reference)
    ask(office)
    answer(volunteer, reference)
    office.reload()
    expect(office.get_by_text("It is Personal Independence Payment").first).to_be_visible()


def send_with_a_double_click(served: Service, volunteer: Page) -> str:
    before = served.rows(SENT_SO_FAR)[0][0]
    intake.write(volunteer)
    volunteer.get_by_role("button", name="Send referral").dblclick()
    expect(volunteer).to_have_url(intake.SENT)
    assert served.rows(SENT_SO_FAR)[0][0] == int(str(before)) + 1
    return volunteer.url.split("/")[-2]


def decline(office: Page, reference: str) -> None:
    office.goto(f"/referrals/{reference}")
    choose_action(office, "Decline")
    office.get_by_role("radio", name="The service itself has not been asked yet").check()
    office.get_by_label("Note to the group").fill("The department has not been asked yet")
    office.get_by_label("What can they do instead?").fill("Ask for a mandatory reconsideration")
    press(office, "Decline")


def send_again(volunteer: Page, reference: str) -> None:
    volunteer.goto(f"/referrals/{reference}")
    expect(volunteer.get_by_text("Ask for a mandatory reconsideration").first).to_be_visible()
    choose_action(volunteer, "Send again")
    volunteer.get_by_label("What has changed?").fill("The department has said no in writing")
    press(volunteer, "Send again")


def accept(office: Page, reference: str) -> None:
    office.goto(f"/referrals/{reference}")
    choose_action(office, "Accept")
    office.get_by_role("radio", name=people.CASEWORKER.name).check()
    office.get_by_label("What will you do next?").fill("Write to the department")
    fill_day(office, "On which day?", SOON)
    press(office, "Accept")
    expect(office.get_by_role("definition").filter(has_text="Accepted").first).to_be_visible()


def ask(office: Page) -> None:
    choose_action(office, "Ask for information")
    office.get_by_label("What do you need to know?").fill("Which benefit is it?")
    fill_day(office, "By which day?", SOON)
    press(office, "Ask for information")


def answer(volunteer: Page, reference: str) -> None:
    volunteer.goto(f"/referrals/{reference}")
    choose_action(volunteer, "Answer the question")
    volunteer.get_by_label("Your answer").fill("It is Personal Independence Payment")
    press(volunteer, "Answer the question")


# The words beside what has the focus, without the question's number, and whether the focus can be seen.
FOCUSED = """() => {
  const one = document.activeElement, label = one.labels?.[0];
  if (one === document.body) return ['the end of the page', true];
  const marked = [getComputedStyle(one), ...(label ? [getComputedStyle(label, '::before')] : [])].some(style =>
    style.boxShadow !== 'none' || style.backgroundColor === 'rgb(255, 221, 0)' ||
    (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0));
  return [(label ?? one).innerText.trim().split('\\n')[0].replace(/^\\d+\\.\\d+ /, ''), marked];
}"""


def tab_to(page: Page, words: str) -> None:
    """Press Tab until the focus is on what is called so; it can be seen on every stop."""
    stops = []
    for _ in range(60):
        page.keyboard.press("Tab")
        name, marked = page.evaluate(FOCUSED)
        assert marked, f"the focus cannot be seen on {name!r}"
        if name == words:
            return
        stops.append(name)
    pytest.fail(f"the keyboard does not come to {words!r}, only to {stops}")


def arrow_to(page: Page, words: str) -> None:
    """Choose with the arrow keys within a group of radios."""
    page.keyboard.press("Space")
    for _ in range(20):
        if page.evaluate(FOCUSED)[0] == words:
            return
        page.keyboard.press("ArrowDown")
    pytest.fail(f"the arrow keys do not come to {words!r}")


def go_on(page: Page, button: str = "Save and continue") -> None:
    """Reach the button, and press it."""
    tab_to(page, button)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_the_intake_with_the_keyboard_alone(served: Service, open_page: OpenPage) -> None:
    page = open_page(base_url=served.address)
    sign_in(page, people.VOLUNTEER.email)
    go_on(page, "Start a referral")
    tab_to(page, "No")
    arrow_to(page, "No")
    go_on(page, "Continue")
    the_problem(page)
    the_person(page)
    the_agreement(page)
    assert heading(page) == "Check your answers"
    go_on(page, "Send referral")
    expect(page.get_by_role("heading", name="Referral sent")).to_be_visible()


def the_problem(page: Page) -> None:
    go_on(page)
    assert page.evaluate("document.activeElement.innerText").startswith("There is a problem")
    tab_to(page, "Benefits and money")
    page.keyboard.press("Enter")
    tab_to(page, "Universal Credit")
    arrow_to(page, "Disability benefits")
    go_on(page)
    write(page, "What has happened?", "He has waited over nine months")
    write(page, "Now in one line", "Nine months without a decision")
    go_on(page)
    write(page, "What do they want to happen?", "A decision")
    go_on(page)
    write(page, "Since when have they been waiting?", "nine months")
    go_on(page)
    tab_to(page, "Routine")
    arrow_to(page, "Soon")
    go_on(page)
    go_on(page)


def the_person(page: Page) -> None:
    write(page, "Their full name", "Ottoline Keyes")
    # Not where the other test's resident lives: nobody is asked whether this was sent before.
    write(page, "Their postcode", people.WORMHOLT_POSTCODE)
    go_on(page)
    go_on(page)
    write(page, "A phone number that is safe to call", "07700 900456")
    go_on(page)
    go_on(page)


def the_agreement(page: Page) -> None:
    tab_to(page, "Signed on paper")
    arrow_to(page, "Said in person")
    tab_to(page, "They agree to this too")
    page.keyboard.press("Space")
    go_on(page)
    tab_to(page, "Nothing")
    arrow_to(page, "Everything about the case")
    go_on(page)


def write(page: Page, label: str, words: str) -> None:
    tab_to(page, label)
    page.keyboard.type(words)
