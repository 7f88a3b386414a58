"""Handing over, through the pages of people: what somebody has in hand, and what people who left still have."""

from collections import Counter
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import func, select

from referrals.accounts import actions as accounts
from referrals.casework.models import Referral
from referrals.foundation.database import db, transaction
from referrals.notifications.models import OutboxMessage
from tests import people
from tests.casework import mail
from tests.casework.cases import make_draft, make_referral
from tests.markup import faults, read, text_of
from tests.people import CASEWORKER, LEAD, MANAGER, SECOND_CASEWORKER, SECOND_VOLUNTEER, VOLUNTEER
from tests.plugins.visitors import Visitor

Visit = Callable[..., Visitor]
LEFT = "/people/left/hand-over"


def path_of(person: people.Someone, rest: str = "/hand-over") -> str:
    return f"/people/{person.membership_id}{rest}"


def filled(*to: people.Someone, **changes: object) -> dict[str, object]:
    return {"which": "all", "to": [str(one.id) for one in to], "reason": "left_the_office"} | changes


def assignees() -> list[object]:
    db.session.rollback()
    return list(db.session.scalars(select(Referral.assignee_id).order_by(Referral.id)))


def test_a_manager_hands_over_all_that_somebody_has(app: Flask, visit: Visit) -> None:
    for _ in range(3):
        make_referral("accepted")
    mail.forget()
    browser = visit(MANAGER)
    assert "3 open referrals are in the hands of Cas Worker" in browser.get(path_of(CASEWORKER, "")).text
    page = browser.get(path_of(CASEWORKER))
    assert "All 3" in page.text
    answer = browser.send(page, filled(SECOND_CASEWORKER, MANAGER))
    assert answer.location == path_of(CASEWORKER, "")
    assert "3 referrals handed over" in browser.get(answer.location).text
    assert sorted(Counter(assignees()).values()) == [1, 2]
    assert set(assignees()) == {SECOND_CASEWORKER.id, MANAGER.id}
    assert db.session.scalars(select(OutboxMessage.kind)).all() == ["ReferralsHandedOver"]
    # The same form once more finds nothing left.
    assert "There is nothing to hand over" in browser.send(page, filled(SECOND_CASEWORKER)).text
    assert db.session.scalar(select(func.count()).select_from(OutboxMessage)) == 1


def test_or_only_some(app: Flask, visit: Visit) -> None:
    first, second = make_referral("accepted"), make_referral("accepted")
    browser = visit(MANAGER)
    page = browser.get(path_of(CASEWORKER))
    assert str(first.reference) in page.text
    none = browser.send(page, filled(SECOND_CASEWORKER, which="some"))
    assert none.status_code == 422
    assert "Choose at least one referral" in none.text
    sent = filled(SECOND_CASEWORKER, which="some", chosen=[str(second.id)])
    assert browser.send(page, sent).status_code == 303
    assert assignees() == [CASEWORKER.id, SECOND_CASEWORKER.id]


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"to": []}, "Choose who they go to"),
        ({"to": [str(CASEWORKER.id)]}, "from the list"),
        ({"to": [str(people.OTHER_CASEWORKER.id)]}, "from the list"),
        ({"reason": ""}, "Say why they are changing hands"),
        ({"which": ""}, "Say which referrals"),
        ({"which": "some", "chosen": [str(people.id_of("nothing"))]}, "from the list"),
    ],
)
def test_what_is_missing_or_was_not_offered_is_said(
    app: Flask, visit: Visit, changes: dict[str, object], says: str
) -> None:
    make_referral("accepted")
    page = visit(MANAGER).send(path_of(CASEWORKER), filled(SECOND_CASEWORKER, **changes))
    assert page.status_code == 422
    assert says in page.text
    assert assignees() == [CASEWORKER.id]


@pytest.mark.parametrize("rest", ["/disable", "/remove"])
def test_it_is_offered_before_somebody_goes(app: Flask, visit: Visit, rest: str) -> None:
    browser = visit(MANAGER)
    assert "in the hands of" not in browser.get(path_of(CASEWORKER, rest)).text
    make_referral("accepted")
    page = browser.get(path_of(CASEWORKER, rest)).text
    assert "1 open referral is in the hands of Cas Worker" in page
    assert path_of(CASEWORKER) in page


def test_what_people_who_left_still_have_is_not_forgotten(app: Flask, visit: Visit) -> None:
    make_referral("accepted")
    browser = visit(MANAGER)
    assert "in the hands of" not in browser.get("/people").text
    assert "There is nothing to hand over" in browser.get(LEFT).text
    with transaction():
        accounts.end_membership(CASEWORKER.membership_id, by=MANAGER.viewer)
    assert LEFT in browser.get("/people").text
    assert browser.send(LEFT, filled(MANAGER)).location == "/people"
    assert assignees() == [MANAGER.id]
    assert "in the hands of" not in browser.get("/people").text


def test_of_somebody_switched_off_too(app: Flask, visit: Visit) -> None:
    make_referral("accepted")
    with transaction():
        accounts.disable_person(CASEWORKER.membership_id, by=MANAGER.viewer)
    browser = visit(MANAGER)
    assert LEFT in browser.get("/people").text
    assert browser.send(path_of(CASEWORKER), filled(SECOND_CASEWORKER)).status_code == 303


def test_a_lead_gives_the_referrals_and_drafts_of_a_volunteer_to_another(app: Flask, visit: Visit) -> None:
    draft, sent = make_draft(), make_referral("accepted")
    assert visit(SECOND_VOLUNTEER).get(f"/referrals/{sent.reference}").status_code == 404
    answer = visit(LEAD).send(path_of(VOLUNTEER), filled(SECOND_VOLUNTEER))
    assert answer.location == path_of(VOLUNTEER, "")
    browser = visit(SECOND_VOLUNTEER)
    assert browser.get(f"/referrals/{sent.reference}").status_code == 200
    assert browser.get(f"/drafts/{draft.id}/check").status_code == 200
    assert "Handed over" in visit(LEAD).get(f"/referrals/{sent.reference}").text
    assert "Handed over" not in visit(CASEWORKER).get(f"/referrals/{sent.reference}").text


def test_what_a_lead_may_not_know_of_is_explained_and_never_counted(app: Flask, visit: Visit) -> None:
    lead = visit(LEAD)
    pages = [path_of(VOLUNTEER), path_of(VOLUNTEER, "/remove"), LEFT]
    before = [lead.get(page).text for page in pages]
    hidden = make_referral("accepted", trusted_body_conflict=True)
    after = [lead.get(page).text for page in pages]
    for was, now in zip(before, after, strict=True):
        assert "is seen in the group only by who wrote it" in now
        assert faults(now) == []
        assert text_of(read(was).one("main")) == text_of(read(now).one("main"))
    author = visit(VOLUNTEER)
    home = f"/referrals/{hidden.reference}"
    assert f'href="{home}/hand-over"' in author.get(home).text
    form = author.get(f"{home}/hand-over")
    assert SECOND_VOLUNTEER.name in form.text
    assert f'value="{LEAD.id}"' not in form.text
    assert author.send(form, {"referrer": str(SECOND_VOLUNTEER.id), "reason": "left_the_office"}).location == home
    assert visit(SECOND_VOLUNTEER).get(home).status_code == 200
    assert lead.get(home).status_code == 404
    assert "trusted body" not in visit(MANAGER).get(path_of(CASEWORKER)).text


def test_where_nobody_else_is_there_it_says_to_invite_somebody(app: Flask, visit: Visit) -> None:
    make_referral("accepted")
    with transaction():
        accounts.end_membership(SECOND_CASEWORKER.membership_id, by=MANAGER.viewer)
        accounts.disable_person(CASEWORKER.membership_id, by=MANAGER.viewer)
    # The manager hands over what is their own, and nobody else can be chosen.
    browser = visit(MANAGER)
    browser.send(LEFT, filled(MANAGER))
    assert "There is nobody to hand them to" in browser.get(path_of(MANAGER)).text


def test_an_administrator_tends_people_and_hands_over_nothing(app: Flask, visit: Visit) -> None:
    make_referral("accepted")
    browser = visit(people.ADMINISTRATOR)
    assert "in the hands of" not in browser.get(path_of(CASEWORKER, "")).text
    assert browser.get(path_of(CASEWORKER)).status_code == 403
