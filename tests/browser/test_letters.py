"""Letters in a real browser: written, made and sent on a phone and at a desk, and as axe sees their pages."""

from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from referrals.foundation.database import db
from tests import people
from tests.browser.hands import follow, press
from tests.correspondence.writing import agree_to, reachable, send, write
from tests.plugins.browser import DESKTOP, PHONE, OpenPage
from tests.plugins.site import look_over

Be = Callable[[Page, people.Someone], None]


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desk"])
def test_a_letter_is_written_made_and_sent(app: Flask, address: str, be: Be, open_page: OpenPage, size: object) -> None:
    referral = reachable()
    home = f"{address}/referrals/{referral.reference}"
    db.session.close()
    page = open_page(size)
    be(page, people.CASEWORKER)
    page.goto(home)
    follow(page.get_by_role("link", name="Write a letter"))
    look_over(page)
    follow(page.get_by_role("link", name="Holding letter to the person"))
    look_over(page)
    page.get_by_label("Through the group").check()
    press(page, "Continue")
    look_over(page)
    page.get_by_label("The letter").fill("Dear ((nobody)),\n\nWe go on.")
    press(page, "Make the letter")
    expect(page.get_by_role("link", name="Write something in place of ((nobody)), or take it out")).to_be_visible()
    look_over(page)
    page.get_by_label("The letter").fill("Dear Albert,\n\nWe go on.")
    press(page, "Make the letter")
    look_over(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="PDF, to print").click()
    assert download.value.suggested_filename.endswith("-holding-resident.pdf")
    press(page, "Mark as sent")
    look_over(page)
    press(page, "Mark as sent")
    expect(page.get_by_text("Letter marked as sent.")).to_be_visible()
    be(page, people.VOLUNTEER)
    page.goto(f"{home}#letters")
    follow(page.get_by_role("link", name="Holding letter to the person"))
    expect(page.get_by_text("We go on.")).to_be_visible()
    look_over(page)


@pytest.mark.only_on("sqlite")
@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desk"])
def test_every_other_page_as_axe_sees_it(app: Flask, address: str, be: Be, open_page: OpenPage, size: object) -> None:
    referral, silent = reachable(), reachable(safe=None, told="status")
    agree_to(referral)
    asked, made = write(referral, "enquiry", "dwp", address="Freepost"), write(referral, "holding_resident", "post")
    send(asked, "email")
    letters = f"{address}/referrals/{referral.reference}/letters"
    pages = [
        f"{letters}/new/enquiry",
        f"{letters}/new/enquiry/hmrc/agree",
        f"{letters}/new/enquiry/dwp",
        f"{letters}/new/chaser",
        f"{letters}/new/outcome_resident/post",
        f"{letters}/{asked.id}",
        f"{letters}/{asked.id}/share",
        f"{letters}/{made.id}/discard",
        f"{address}/referrals/{silent.reference}/letters/new/holding_resident",
    ]
    db.session.close()
    page = open_page(size)
    be(page, people.CASEWORKER)
    for path in pages:
        page.goto(path)
        look_over(page)
    be(page, people.MANAGER)
    for path in ("", "/letterhead", "/enquiry", "/enquiry/versions"):
        page.goto(f"{address}/stationery{path}")
        look_over(page)
    page.goto(f"{address}/stationery/enquiry")
    page.get_by_label("The text").fill("((nonsense))")
    press(page, "Save text")
    look_over(page)
    page.get_by_label("The text").fill("Dear all, ((reference))")
    press(page, "Save text")
    look_over(page)
    page.goto(f"{address}/stationery/enquiry/versions")
    look_over(page)
