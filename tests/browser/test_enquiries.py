"""Enquiries in a real browser: asked, chased and answered on a phone without scripts and at a desk, as axe sees it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from referrals.casework import actions
from referrals.casework.models import Enquiry
from referrals.directory import lists
from referrals.foundation.clock import clock_at, now
from referrals.foundation.database import db, transaction
from tests import people
from tests.browser.hands import follow
from tests.casework.cases import make_referral
from tests.casework.enquiries import answer, send
from tests.plugins.browser import DESKTOP, PHONE, OpenPage
from tests.plugins.site import look_over

Be = Callable[[Page, people.Someone], None]
SIZES = [pytest.param(PHONE, id="phone"), pytest.param(DESKTOP, id="desk")]


@pytest.fixture(autouse=True)
def _listed(app: Flask) -> None:
    with transaction():
        lists.load_lists()


def waited_for() -> Enquiry:
    """An enquiry long overdue, with a chaser that is ready, beside one that is answered and one that is in time."""
    with clock_at(now() - timedelta(days=60)):
        referral = make_referral("in_progress")
        with transaction():
            late = send(referral, agency_reference="Supercalifragilistic" * 8)
    with transaction():
        actions.draft_chasers()
        answer(send(referral, "nhs_mental_health_trust"), words="Supercalifragilistic" * 9)
        send(referral, "local_government_ombudsman", asked="Supercalifragilistic" * 9)
    return late


@pytest.mark.only_on("sqlite")
@pytest.mark.parametrize("size", SIZES)
def test_every_page_of_it_looks_right(app: Flask, address: str, be: Be, open_page: OpenPage, size: object) -> None:
    enquiry = waited_for()
    here = f"/referrals/{enquiry.referral.reference}"
    one = f"{here}/enquiries/{enquiry.id}"
    db.session.close()
    page = open_page(size)
    be(page, people.MANAGER)
    forms = [f"{here}/enquiries/new/hmrc", f"{one}/answer"]
    empty = ["/enquiries?agency=dvla", f"{here}/enquiries/new", "/reports/agencies", f"{one}/chase", f"{one}/change"]
    for path in ("/enquiries", here, *empty, *forms):
        found = page.goto(address + path)
        assert found is not None
        assert found.ok, path
        look_over(page)
    for path in forms:
        page.goto(address + path)
        follow(page.locator("main form").get_by_role("button").first)
        expect(page.get_by_text("There is a problem")).to_be_visible()
        look_over(page)


@pytest.mark.parametrize("size", SIZES)
def test_a_body_is_asked_chased_and_answers(
    app: Flask, address: str, be: Be, open_page: OpenPage, size: object
) -> None:
    with clock_at(now() - timedelta(days=60)):
        referral = make_referral("accepted")
    db.session.close()
    page = open_page(size, java_script_enabled=False)
    be(page, people.CASEWORKER)
    page.goto(f"{address}/referrals/{referral.reference}")
    follow(page.get_by_role("link", name="New enquiry to a body"))
    follow(page.get_by_role("link", name="Department for Work and Pensions"))
    page.get_by_label("The resident", exact=True).check()
    page.get_by_label("Said on the phone").check()
    page.get_by_label("What are you asking?").fill("When will his claim be decided?")
    page.get_by_label("Hotline for MPs").check()
    asked = page.get_by_role("group", name="When did you ask?")
    due = page.get_by_role("group", name="By when do you expect an answer?")
    for group, ago in ((asked, 40), (due, 10)):
        day = now().date() - timedelta(days=ago)
        for part, value in {"Day": day.day, "Month": day.month, "Year": day.year}.items():
            group.get_by_label(part).fill(str(value))
    follow(page.get_by_role("button", name="Note this enquiry"))
    expect(page.get_by_text("Overdue", exact=True)).to_be_visible()
    with app.app_context(), transaction():
        assert actions.draft_chasers() == 1
    page.reload()
    expect(page.get_by_text("A chaser is ready for you to send.")).to_be_visible()
    follow(page.get_by_role("link", name="Chase now"))
    follow(page.get_by_role("button", name="Note that you chased"))
    expect(page.get_by_text("Waiting", exact=True)).to_be_visible()
    follow(page.get_by_role("link", name="Record the answer"))
    page.get_by_label("Answered in full").check()
    page.get_by_label("What did they say?").fill("It will be decided next week")
    page.get_by_label("What will you do next?").fill("Tell the group")
    follow(page.get_by_role("button", name="Record this"))
    expect(page.get_by_text("Answered", exact=True)).to_be_visible()
    expect(page.get_by_text("Next: tell the group")).to_be_visible()
