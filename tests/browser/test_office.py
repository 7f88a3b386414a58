"""The office's desk and the page of a referral in a real browser: on a phone, without scripts, and as axe sees them."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from referrals.casework import actions
from referrals.casework.models import Referral
from referrals.foundation import clock
from referrals.foundation.database import db, transaction
from tests import people
from tests.browser.hands import follow
from tests.casework.cases import NAME, do, make_referral
from tests.plugins.browser import DESKTOP, PHONE, OpenPage
from tests.plugins.site import look_over

Be = Callable[[Page, people.Someone], None]
LONG_SUMMARY = "Discharged-from-hospital-without-a-care-package and nobody answers the telephone at all, three weeks on"


def full_referral() -> Referral:
    """A referral with something of everything, and words that are hard to lay out."""
    referral = make_referral("in_progress", summary=LONG_SUMMARY, urgency="soon")
    with transaction():
        by = people.CASEWORKER.viewer
        actions.write_note(referral, "Supercalifragilistic" * 12, shared=False, by=by)
        actions.write_note(referral, "We wrote to them today", shared=True, by=by)
        actions.record_milestone(referral, "medical_assessment", clock.today(), "An hour and a half", by=by)
    do(referral, "request_information", people.CASEWORKER)
    do(referral, "provide_information", people.VOLUNTEER)
    return referral


def addresses_of(*states: str) -> list[str]:
    return [f"/referrals/{make_referral(state).reference}" for state in states]


def look_at(page: Page, address: str, paths: list[str], status: int = 200) -> None:
    for path in paths:
        answer = page.goto(address + path)
        assert answer is not None
        assert answer.status == status, path
        look_over(page)


@pytest.mark.only_on("sqlite")
@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desk"])
class TestLooks:
    def test_the_office(self, app: Flask, address: str, be: Be, open_page: OpenPage, size: object) -> None:
        case = f"/referrals/{full_referral().reference}"
        new, held, ended = addresses_of("submitted", "on_hold", "closed")
        moves = [f"{case}/{move}" for move in ("record-outcome", "hold", "withdraw", "assign", "request-information")]
        pages = ["milestones", "next-action", "turn", "notes/private", "notes/message", "consents", "history"]
        db.session.close()
        page = open_page(size)
        be(page, people.MANAGER)
        look_at(page, address, ["/queue", "/queue?tab=mine", "/queue?tab=team", "/queue?tab=ended", "/find"])
        look_at(page, address, [case, new, held, ended, f"{new}/accept", f"{new}/decline", *moves])
        look_at(page, address, [f"{case}/{name}" for name in (*pages, "consents/feedback")])
        look_at(page, address, [f"{ended}/accept"], 409)

    def test_the_group(self, app: Flask, address: str, be: Be, open_page: OpenPage, size: object) -> None:
        asked, result, declined = addresses_of("information_requested", "outcome_recorded", "declined")
        case = f"/referrals/{full_referral().reference}"
        db.session.close()
        page = open_page(size)
        be(page, people.VOLUNTEER)
        look_at(page, address, [case, asked, result, declined, f"{asked}/provide-information"])
        look_at(page, address, [f"{result}/confirm-outcome", f"{result}/dispute-outcome", f"{declined}/resubmit"])

    def test_in_error(self, app: Flask, address: str, be: Be, open_page: OpenPage, size: object) -> None:
        case = f"/referrals/{full_referral().reference}"
        db.session.close()
        page = open_page(size)
        be(page, people.CASEWORKER)
        for name in ("record-outcome", "hold", "milestones", "notes/private", "notes/message"):
            page.goto(f"{address}{case}/{name}")
            follow(page.locator("main form button[type=submit]:visible").last)
            expect(page).to_have_title(re.compile("^Error: "))
            look_over(page)


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
class TestWorking:
    def test_from_the_queue_to_a_decision_in_three_clicks(
        self, app: Flask, address: str, be: Be, open_page: OpenPage, scripts: bool
    ) -> None:
        make_referral()
        db.session.close()
        page = open_page(java_script_enabled=scripts)
        be(page, people.MANAGER)
        page.goto(f"{address}/queue")
        follow(page.get_by_role("link", name="Nine months without a payment"))
        follow(page.get_by_role("button", name="Accept"))
        page.get_by_label("What will you do next?").fill("Write to the department")
        follow(page.locator("main").get_by_role("button", name="Accept"))
        assert "Done: accepted." in page.locator("main").inner_text()

    def test_from_new_to_assigned_in_two_clicks(
        self, app: Flask, address: str, be: Be, open_page: OpenPage, scripts: bool
    ) -> None:
        make_referral()
        db.session.close()
        page = open_page(PHONE, java_script_enabled=scripts)
        be(page, people.CASEWORKER)
        page.goto(f"{address}/queue")
        follow(page.get_by_role("link", name="Unassigned"))
        follow(page.get_by_role("button", name="Assign to me"))
        assert "is assigned to you" in page.locator("main").inner_text()

    def test_an_outcome_with_two_sums(
        self, app: Flask, address: str, be: Be, open_page: OpenPage, scripts: bool
    ) -> None:
        reference = make_referral("in_progress").reference
        db.session.close()
        page = open_page(java_script_enabled=scripts)
        be(page, people.CASEWORKER)
        page.goto(f"{address}/referrals/{reference}/record-outcome")
        page.get_by_label("Resolved in full").check()
        page.get_by_label("New award of a benefit").check()
        page.get_by_label("Assessment appointment obtained").check()
        self.fill_sum(page, 1, "Regular payment", "108.55", "Every week")
        if scripts:
            assert page.get_by_text("£108.55 every week is £5,644.60 a year").is_visible()
        follow(page.get_by_role("button", name="Add another amount"))
        # Without a script the server says it, when the form comes back.
        assert page.get_by_text("£108.55 every week is £5,644.60 a year").is_visible()
        assert page.get_by_label("Assessment appointment obtained").is_visible()
        self.fill_sum(page, 2, "One-off payment", "4,233.45", None)
        page.get_by_label("Decisive").check()
        page.get_by_role("group", name="Do you hold evidence of this?").get_by_label("Yes").check()
        page.get_by_label("The result in your words").fill("The benefit was awarded")
        # Enter in a line sends the form, not one of its smaller buttons.
        with page.expect_navigation():
            page.get_by_role("group", name="Amount 2").get_by_label("Amount").press("Enter")
        shown = page.locator("main").inner_text()
        assert "£108.55 every week" in shown
        assert "£4,233.45" in shown

    @staticmethod
    def fill_sum(page: Page, number: int, kind: str, amount: str, often: str | None) -> None:
        row = page.get_by_role("group", name=f"Amount {number}", exact=True)
        row.get_by_label("Kind of money").select_option(kind)
        row.get_by_label("Amount", exact=True).fill(amount)
        if often:
            row.get_by_label("How often").select_option(often)
        row.get_by_label("How sure is it?").select_option("Confirmed")
        row.get_by_label("Evidence").select_option("Decision or award letter")
        for part, value in zip(("Day", "Month", "Year"), ("2", "3", "2026"), strict=True):
            row.get_by_label(part).fill(value)

    def test_contact_details_are_behind_the_advice(
        self, app: Flask, address: str, be: Be, open_page: OpenPage, scripts: bool
    ) -> None:
        reference = make_referral().reference
        db.session.close()
        page = open_page(java_script_enabled=scripts)
        be(page, people.CASEWORKER)
        page.goto(f"{address}/referrals/{reference}")
        assert page.get_by_text("Do not leave a message").is_visible()
        assert not page.get_by_text("07700 900123").is_visible()
        page.get_by_text("Show contact details").click()
        assert page.get_by_text("07700 900123").is_visible()

    def test_the_box_in_the_header(self, app: Flask, address: str, be: Be, open_page: OpenPage, scripts: bool) -> None:
        make_referral()
        db.session.close()
        page = open_page(java_script_enabled=scripts)
        be(page, people.CASEWORKER)
        page.goto(f"{address}/queue")
        page.get_by_role("search").get_by_role("textbox").fill(NAME)
        follow(page.get_by_role("search").get_by_role("button"))
        assert "Found by the name" in page.locator("main").inner_text()
        assert "Quill" not in page.url
        if scripts:
            look_over(page)
