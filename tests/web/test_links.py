"""What may be the same, on the page of a referral and of a draft; linking two, and taking that back."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from referrals.audit.models import AuditEntry
from referrals.casework import queries
from referrals.casework.models import ReferralLink
from referrals.foundation.database import db
from tests import people
from tests.casework import cases
from tests.casework.test_linking import sent
from tests.people import CASEWORKER, EALING, LEAD, OTHER_CASEWORKER, OTHER_VOLUNTEER, SECOND_VOLUNTEER, VOLUNTEER
from tests.plugins.visitors import Visitor
from tests.web.intake import PAGES, start

Visit = Callable[..., Visitor]
TOLD = "may hold a referral about the same person"


def test_at_triage_the_office_reads_what_may_be_the_same_and_links_it(app: Flask, visit: Visit) -> None:
    first, second = sent(), sent()
    browser = visit(CASEWORKER)
    page = browser.get(f"/referrals/{second.reference}")
    assert "This may have been sent before" in page.text
    assert f"/referrals/{first.reference}" in page.text
    assert "The same telephone number; the same name, or nearly; the same postcode" in page.text
    form = f"/referrals/{second.reference}/links/new?other={first.reference}"
    assert form in page.text
    assert str(first.reference) in browser.get(form).text
    answer = browser.send(form, {"other": first.reference, "kind": "same_issue"})
    assert answer.status_code == 303
    for referral, other in ((first, second), (second, first)):
        page = browser.get(f"/referrals/{referral.reference}")
        assert "This may have been sent before" not in page.text
        assert f"/referrals/{other.reference}" in page.text
        assert "The same issue of the same person" in page.text
    link = db.session.scalars(select(ReferralLink)).one()
    answer = browser.send(f"/referrals/{first.reference}/links/{link.id}/remove", {})
    assert answer.status_code == 303
    assert "This may have been sent before" in browser.get(f"/referrals/{second.reference}").text


def test_the_same_form_sent_twice_links_once(app: Flask, visit: Visit) -> None:
    first, second = sent(), sent()
    browser = visit(CASEWORKER)
    path = f"/referrals/{second.reference}/links/new"
    page = browser.get(path)
    for _ in range(2):
        assert browser.send(page, {"other": first.reference, "kind": "same_person"}).status_code == 303
    assert len(db.session.scalars(select(AuditEntry).where(AuditEntry.action == "referral.linked")).all()) == 2


@pytest.mark.parametrize("person", [VOLUNTEER, LEAD, CASEWORKER], ids=lambda one: one.name)
def test_another_ones_reference_is_the_same_as_none(app: Flask, visit: Visit, person: people.Someone) -> None:
    own, foreign = sent(), sent(OTHER_VOLUNTEER, office_id=EALING.id)
    browser = visit(person)
    path = f"/referrals/{own.reference}/links/new"
    pages = [
        browser.send(path, {"other": given, "kind": "same_person"})
        for given in (foreign.reference, "R-7K3F-92W", "gibberish")
    ]
    assert [page.status_code for page in pages] == [422] * 3
    assert all("There is no referral with this reference that you can see" in page.text for page in pages)
    assert all("<title>Error: " in page.text for page in pages)


def test_who_cannot_see_the_other_sees_no_link(app: Flask, visit: Visit) -> None:
    ours, theirs = sent(), sent(OTHER_VOLUNTEER)
    answer = visit(CASEWORKER).send(
        f"/referrals/{ours.reference}/links/new", {"other": theirs.reference, "kind": "same_person"}
    )
    assert answer.status_code == 303
    for referral, other, eyes in ((ours, theirs, (VOLUNTEER, LEAD)), (theirs, ours, (OTHER_VOLUNTEER,))):
        for person in eyes:
            page = visit(person).get(f"/referrals/{referral.reference}").text
            assert str(other.reference) not in page
            assert "None is linked with this one" in page


def test_another_office_reads_one_sentence_and_nothing_else(app: Flask, visit: Visit) -> None:
    ours, theirs = sent(), sent(OTHER_VOLUNTEER, office_id=EALING.id)
    for referral, other, person in ((ours, theirs, CASEWORKER), (theirs, ours, OTHER_CASEWORKER)):
        page = visit(person).get(f"/referrals/{referral.reference}").text
        assert f"Another office {TOLD}" in page
        assert str(other.reference) not in page
        assert str(other.id) not in page
        names = {place.name for place in people.PLACES if place.kind in {"group", "office"}} - {
            person.place.name,
            *_sides(referral),
        }
        assert not [name for name in names if name in page]


def _sides(referral: object) -> set[str]:
    ids = {getattr(referral, "group_id", None), getattr(referral, "office_id", None)}
    return {place.name for place in people.PLACES if place.id in ids}


class TestDrafts:
    """While a referral is written: a colleague's is named, another organisation's is one sentence."""

    def write(self, browser: Visitor, *pages: str) -> str:
        draft = start(browser)
        for code in pages:
            browser.send(f"{draft}/{code}", PAGES[code])
        return draft

    def test_a_name_that_sounds_alike_at_the_same_postcode_is_seen(self, app: Flask, visit: Visit) -> None:
        person = PAGES["person"]
        other = sent(SECOND_VOLUNTEER, who={"name": f"{person['name']}", "postcode": person["postcode"]})
        draft = self.write(visit(VOLUNTEER), "issue", "person")
        page = visit(VOLUNTEER).get(f"{draft}/duplicates").text
        assert str(other.reference) in page
        assert "The same name, or nearly; the same postcode" in page

    def test_another_groups_is_told_only_once_the_resident_has_agreed(self, app: Flask, visit: Visit) -> None:
        person = PAGES["person"]
        other = sent(OTHER_VOLUNTEER, who={"name": person["name"], "postcode": person["postcode"]})
        browser = visit(VOLUNTEER)
        before = [code for code in PAGES if code not in {"consent", "feedback"}]
        draft = self.write(browser, *before)
        assert TOLD not in browser.get(f"{draft}/duplicates").text
        assert compared() == []
        browser.send(f"{draft}/consent", PAGES["consent"])
        page = browser.get(f"{draft}/duplicates").text
        assert f"Another group or office {TOLD}" in page
        assert str(other.reference) not in page
        assert compared() == [True]

    def test_a_stranger_is_not_told(self, app: Flask, visit: Visit) -> None:
        draft = self.write(visit(VOLUNTEER), *PAGES)
        for person in (OTHER_VOLUNTEER, SECOND_VOLUNTEER, CASEWORKER):
            assert visit(person).get(f"{draft}/duplicates").status_code in {403, 404}


def compared() -> list[bool]:
    entries = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "referral.compared"))
    return [entry.facts["elsewhere"] for entry in entries]


def test_a_decline_names_the_one_that_is_open_already(app: Flask, visit: Visit) -> None:
    first, second = sent(), sent()
    browser = visit(CASEWORKER)
    given = {"reason": "already_open", "note": "We have it", "instead": "Wait for us", "same_as": str(first.reference)}
    assert browser.send(f"/referrals/{second.reference}/decline", given).status_code == 303
    assert [one.reference for one in queries.others(first, CASEWORKER.viewer).linked] == [second.reference]


def test_after_a_decision_the_page_suggests_nothing(app: Flask, visit: Visit) -> None:
    sent()
    page = visit(CASEWORKER).get(f"/referrals/{cases.make_referral('accepted').reference}").text
    assert "This may have been sent before" not in page
    assert "Link with another referral" in page
