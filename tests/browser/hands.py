"""What people do with their hands on any page: sign in, fill in, read what is there."""

from datetime import date

from playwright.sync_api import Locator, Page, expect

from tests import people


def sign_in(page: Page, email: str) -> None:
    """Sign in by the page, which leads to the person's home."""
    page.goto("/sign-in")
    fill_in_sign_in(page, email)
    expect(page.get_by_role("heading", name="Sign in")).to_have_count(0)


def fill_in_sign_in(page: Page, email: str) -> None:
    """Fill in and send the sign-in page that is open."""
    page.get_by_label("Email address").fill(email)
    page.get_by_label("Password", exact=True).fill(people.PASSWORD)
    follow(page.get_by_role("button", name="Sign in"))


def follow(what: Locator) -> None:
    """Click what leads to another page, and wait until that page is there: a click alone comes back before."""
    with what.page.expect_navigation():
        what.click()


def press(page: Page, name: str) -> None:
    """Press the button, or the link that looks like one, of exactly this name, and wait for what comes."""
    follow(page.get_by_role("button", name=name, exact=True).first)


def fill_day(place: Page | Locator, legend: str, day: date) -> None:
    """Fill in the three boxes of a date."""
    group = place.get_by_role("group", name=legend)
    for label, number in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
        group.get_by_label(label).fill(str(number))


def heading(page: Page) -> str:
    """The page's main heading."""
    return page.get_by_role("heading", level=1).inner_text()


def choose_action(page: Page, name: str) -> None:
    """Choose what to do with the referral whose page is open, from its main button or under more actions."""
    strip = page.get_by_role("region", name=heading(page))
    link = strip.get_by_role("link", name=name, exact=True)
    button = strip.get_by_role("button", name=name, exact=True)
    if not button.count():
        strip.get_by_text("More actions").click()
        follow(link)
    else:
        follow(button)
