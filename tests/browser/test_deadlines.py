"""The rights clock in a real browser: on a phone without scripts, and as axe sees it, near, late and over."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from referrals.casework import actions, queries
from referrals.casework.models import Referral
from referrals.foundation.clock import today
from referrals.foundation.database import db, transaction
from tests import people
from tests.browser.hands import follow
from tests.casework.cases import make_referral
from tests.casework.deadlines.test_dates import note_date
from tests.plugins.browser import DESKTOP, PHONE, OpenPage
from tests.plugins.site import look_over

Be = Callable[[Page, people.Someone], None]


def pressed_referral() -> Referral:
    """A referral with a limit that is near, one that has gone, one that was moved, and one that is over."""
    referral = make_referral("in_progress", category="housing", issue_type="damp_and_mould")
    for kind, ago in {"homeless_decision": 16, "homeless_review_decision": 40, "landlord_final_answer": 3}.items():
        note_date(referral, kind, today() - timedelta(days=ago), words="Supercalifragilistic" * 8)
    note_date(referral, "hazard_known", today() - timedelta(days=60))
    found = {one.rule.code: one for one in queries.dated(referral, people.LEAD.viewer).deadlines}
    with transaction():
        actions.move_deadline(found["homeless_review"], today(), "The letter says so", by=people.LEAD.viewer)
        actions.drop_deadline(found["awaab_investigate"], "A private landlord", by=people.CASEWORKER.viewer)
    return referral


@pytest.mark.only_on("sqlite")
@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desk"])
def test_every_page_of_it_looks_right(app: Flask, address: str, be: Be, open_page: OpenPage, size: object) -> None:
    referral = pressed_referral()
    event = queries.dated(referral, people.LEAD.viewer).standing[0].id
    dates = f"/referrals/{referral.reference}/dates"
    rule = f"{dates}/{event}/housing_ombudsman"
    db.session.close()
    page = open_page(size)
    be(page, people.CASEWORKER)
    paths = ["/queue?tab=mine", f"/referrals/{referral.reference}", f"{dates}/new", f"{dates}/rules"]
    paths += [f"{dates}/new/data_breach", f"{dates}/{event}/withdraw", f"{rule}/change", f"{rule}/end"]
    for path in paths:
        answer = page.goto(address + path)
        assert answer is not None
        assert answer.ok, path
        look_over(page)
    for path in paths[-4:]:
        page.goto(address + path)
        follow(page.locator("main form").get_by_role("button").first)
        expect(page.get_by_text("There is a problem")).to_be_visible()
        look_over(page)


def test_a_volunteer_records_and_ends_one_on_a_phone_without_scripts(
    app: Flask, address: str, be: Be, open_page: OpenPage
) -> None:
    referral = make_referral("in_progress")
    db.session.close()
    page = open_page(PHONE, java_script_enabled=False)
    be(page, people.VOLUNTEER)
    page.goto(f"{address}/referrals/{referral.reference}")
    follow(page.get_by_role("link", name="Decision letter about a benefit"))
    day = today() - timedelta(days=2)
    for part, value in {"Day": day.day, "Month": day.month, "Year": day.year}.items():
        page.get_by_label(part, exact=True).fill(str(value))
    follow(page.get_by_role("button", name="Record this date"))
    title = "Ask DWP to look at the decision again (mandatory reconsideration)"
    expect(page.get_by_role("heading", name=title)).to_be_visible()
    follow(page.get_by_role("link", name="Done or no longer applies"))
    page.get_by_label("It was done").check()
    follow(page.get_by_role("button", name="End this deadline"))
    expect(page.get_by_text("Deadline ended.")).to_be_visible()
    expect(page.get_by_text("No deadline is open.")).to_be_visible()
