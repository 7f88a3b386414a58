"""The reference case: a man waits nine months for benefits; from a volunteer's phone to a confirmed outcome."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests import people
from tests.browser import intake, service
from tests.browser.hands import choose_action, fill_day, follow, press, sign_in
from tests.browser.service import Service
from tests.plugins.browser import PHONE, OpenPage
from tests.plugins.run import wait_until

pytestmark = [pytest.mark.long, pytest.mark.xdist_group("reference case")]

TODAY = date.today()  # noqa: DTZ011 - the day on the calendar beside the person
MILESTONES = (
    ("Appointment offered", TODAY - timedelta(days=21)),
    ("Medical assessment", TODAY - timedelta(days=14)),
    ("Welfare assessment", TODAY - timedelta(days=7)),
    ("Benefit awarded", TODAY),
)
CODES = ("New award of a benefit", "Discretionary help", "Assessment appointment obtained")


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    yield from service.serve(tmp_path_factory.mktemp("served") / "reference", "people", worker=True)


def test_the_reference_case(running: Service, open_page: OpenPage) -> None:
    volunteer = open_page(PHONE, base_url=running.address)
    office = open_page(base_url=running.address)
    sign_in(volunteer, people.VOLUNTEER.email)
    intake.write(volunteer)
    reference = intake.send(volunteer)
    expect(volunteer.get_by_text(reference).first).to_be_visible()

    sign_in(office, people.CASEWORKER.email)
    take_and_accept(office, reference)
    ask_and_answer(office, volunteer, reference)
    record_milestones(office)
    record_outcome(office)
    confirm(volunteer, reference)
    the_area_report_shows_it(open_page(base_url=running.address))
    the_programme_report_suppresses_it(open_page(base_url=running.address))
    mail_was_neutral(running, reference)
    the_books_are_good_until_somebody_changes_the_past(running)


def take_and_accept(office: Page, reference: str) -> None:
    follow(office.get_by_role("link", name="Unassigned"))
    press(office, f"Assign to me: {reference}")
    follow(office.get_by_role("link", name="Mine"))
    follow(office.get_by_role("link", name=intake.SUMMARY).first)
    choose_action(office, "Accept")
    office.get_by_label("What will you do next?").fill("Write to the department")
    fill_day(office, "On which day?", TODAY + timedelta(days=3))
    press(office, "Accept")
    expect(office.get_by_role("definition").filter(has_text="Accepted").first).to_be_visible()


def ask_and_answer(office: Page, volunteer: Page, reference: str) -> None:
    choose_action(office, "Ask for information")
    office.get_by_label("What do you need to know?").fill("On which day was the last assessment?")
    fill_day(office, "By which day?", TODAY + timedelta(days=7))
    press(office, "Ask for information")
    expect(office.get_by_text("Your clock stopped on").first).to_be_visible()

    volunteer.goto(f"/referrals/{reference}")
    expect(volunteer.get_by_text("On which day was the last assessment?").first).to_be_visible()
    choose_action(volunteer, "Answer the question")
    volunteer.get_by_label("Your answer").fill("There has been none so far")
    press(volunteer, "Answer the question")
    office.reload()
    expect(office.get_by_text("There has been none so far").first).to_be_visible()


def record_milestones(office: Page) -> None:
    for name, day in MILESTONES:
        choose_action(office, "Record a step on the way")
        office.get_by_label("What happened?").select_option(label=name)
        fill_day(office, "On which day?", day)
        press(office, "Record this step")
    for name, _ in MILESTONES:
        expect(office.get_by_role("article").filter(has=office.get_by_role("heading", name=name))).to_have_count(1)


def record_outcome(office: Page) -> None:
    choose_action(office, "Record the outcome")
    office.get_by_role("radio", name="Resolved in full").check()
    office.get_by_text("All other results, by what they are about").click()
    for code in CODES:
        office.get_by_role("checkbox", name=code).check()
    press(office, "Add another amount")
    fill_amount(office, 1, "Regular payment", "110.40", "Every week")
    fill_amount(office, 2, "One-off payment", "640", None)
    office.get_by_role("radio", name="Decisive").check()
    office.get_by_role("group", name="Do you hold evidence of this?").get_by_role("radio", name="Yes").check()
    office.get_by_label("The result in your words").fill("PIP was awarded, and help with the rent")
    press(office, "Record the outcome")
    expect(office.get_by_text("£110.40 every week")).to_be_visible()
    expect(office.get_by_text("£5,740.80 in a year")).to_be_visible()


def fill_amount(office: Page, number: int, kind: str, pounds: str, often: str | None) -> None:
    row = office.get_by_role("group", name=f"Amount {number}")
    row.get_by_label("Kind of money").select_option(label=kind)
    row.get_by_label("Amount", exact=True).fill(pounds)
    if often:
        row.get_by_label("How often").select_option(label=often)
    row.get_by_label("How sure is it?").select_option(label="Confirmed")
    row.get_by_label("Evidence").select_option(label="Decision or award letter")
    fill_day(row, "Date paid or decided", TODAY)


def confirm(volunteer: Page, reference: str) -> None:
    volunteer.goto(f"/referrals/{reference}")
    choose_action(volunteer, "Confirm the result")
    for question, answer in (
        ("Is the result right?", "Yes"),
        ("Resident: did it help you find a way forward?", "Yes"),
        ("Resident: is it solved?", "Yes"),
        ("Resident: are you less worried?", "Partly"),
    ):
        volunteer.get_by_role("group", name=question).get_by_role("radio", name=answer).check()
    press(volunteer, "Confirm the result")
    expect(volunteer.get_by_text("Confirmed by the group")).to_be_visible()
    expect(volunteer.get_by_role("definition").filter(has_text="Finished").first).to_be_visible()


def the_area_report_shows_it(page: Page) -> None:
    sign_in(page, people.LEAD.email)
    open_outcomes(page)
    expect(page.get_by_text("1 of 1 referral with a result was resolved in full or in part.")).to_be_visible()
    expect(page.get_by_text("Your group confirmed it.")).to_be_visible()
    for amount in ("£5,740.80", "£640"):
        expect(page.get_by_text(amount).first).to_be_visible()


def the_programme_report_suppresses_it(page: Page) -> None:
    sign_in(page, people.COORDINATOR.email)
    open_outcomes(page)
    for period in page.get_by_label("Period").locator("option").all_inner_texts():
        page.get_by_label("Period").select_option(label=period)
        press(page, "Show")
        expect(page.get_by_role("heading", name="Too few to show")).to_be_visible()
        assert not re.search(r"£|\b1\b", page.get_by_role("main").inner_text().replace(period, ""))


def open_outcomes(page: Page) -> None:
    follow(page.get_by_role("link", name="Reports", exact=True))
    follow(page.get_by_role("link", name="Outcomes", exact=True))
    expect(page.get_by_role("heading", name="Outcomes", level=1)).to_be_visible()


def mail_was_neutral(running: Service, reference: str) -> None:
    for person, subjects in ((people.VOLUNTEER, 4), (people.CASEWORKER, 3)):
        wait_until(lambda: len(running.mail_to(person)) >= subjects, f"mail to {person.name}")  # noqa: B023
        for mail in running.mail_to(person):
            text = f"{mail['Subject']}\n{mail.get_content()}"
            assert reference in text
            assert f"{running.address}/referrals/{reference}" in text
            for word in (*intake.NAME.split(), "Ashdown", "Hammersmith", "White City", "PIP", "benefit", "leg "):
                assert not re.search(rf"\b{word}", text, re.IGNORECASE), word


def the_books_are_good_until_somebody_changes_the_past(running: Service) -> None:
    clean = running.flask("audit", "verify")
    assert clean.returncode == 0, clean.stdout + clean.stderr
    assert "All 4 books are as they were written." in clean.stdout
    change_one_byte(running, number=4)
    broken = running.flask("audit", "verify")
    assert broken.returncode == 1
    (fault,) = (line for line in broken.stdout.splitlines() if line.startswith("BAD"))
    assert people.HAMMERSMITH.name in fault
    assert "entry 4:" in fault
    assert broken.stdout.count("good ") == 3


def change_one_byte(running: Service, number: int) -> None:
    """Change one letter of an entry in the office's book, in the file itself and past its trigger."""
    with closing(sqlite3.connect(running.database, timeout=30)) as file, file:
        ((trigger,),) = file.execute("SELECT sql FROM sqlite_master WHERE name = 'audit_entries_stay'")
        file.execute("DROP TRIGGER audit_entries_stay")
        done = file.execute(
            "UPDATE audit_entries SET action = replace(action, '.', ',') WHERE number = ? AND book_id ="
            " (SELECT id FROM audit_books WHERE organisation_id = ?)",
            (number, people.HAMMERSMITH.id.hex),
        )
        assert done.rowcount == 1
        file.execute(trigger)
