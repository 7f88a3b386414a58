"""Several referrals at once: each by itself, with its version checked, and an answer that leaves nothing unsaid."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from referrals.audit.models import AuditEntry
from referrals.casework.models import Referral
from referrals.foundation.database import db
from referrals.notifications.models import OutboxMessage
from tests import markup, people
from tests.casework import mail
from tests.casework.cases import do, make_referral, soon
from tests.plugins.visitors import Visitor

Visit = Callable[..., Visitor]


def address(verb: str, *referrals: Referral, more: str = "tab=team") -> str:
    rows = "&".join(f"row={one.reference}.{one.version}" for one in referrals)
    return f"/queue/bulk/{verb}?{more}&{rows}"


def now_of(referral: Referral) -> Referral:
    db.session.expire_all()
    return db.session.get_one(Referral, referral.id)


def events(action: str) -> list[Any]:
    return list(db.session.scalars(select(AuditEntry.subject_id).where(AuditEntry.action == action)))


def a_day() -> dict[str, int]:
    day = soon(9)
    return {"day-day": day.day, "day-month": day.month, "day-year": day.year}


TO_WORKER = {"assignee": str(people.CASEWORKER.id)}


def test_chosen_rows_of_the_list_come_to_the_form_and_back(app: Flask, visit: Visit) -> None:
    first, second = make_referral(), make_referral()
    browser = visit(people.MANAGER)
    page = browser.get("/queue?tab=team&all=yes&category=welfare")
    ticked = [one for one in markup.read(page.text).all("input", name="row") if one.get("checked") is not None]
    assert {one.get("value") for one in ticked} == {f"{one.reference}.{one.version}" for one in (first, second)}
    assert "checked" not in str(markup.read(browser.get("/queue?tab=team").text).all("input", name="row")[0].attrib)
    form = browser.get(address("assign", first, second, more="tab=team&category=welfare"))
    assert "2 referrals" in form.text
    answer = browser.send(form, TO_WORKER)
    assert answer.location == "/queue?tab=team&category=welfare#list"
    assert "2 referrals assigned" in browser.get(answer.location).text


def test_each_is_a_move_of_its_own_with_one_event(app: Flask, visit: Visit) -> None:
    made = [make_referral() for _ in range(3)]
    assert visit(people.MANAGER).send(address("assign", *made), TO_WORKER).status_code == 303
    assert [now_of(one).assignee_id for one in made] == [people.CASEWORKER.id] * 3
    assert sorted(events("referral.assigned")) == sorted(one.id for one in made)


def test_a_double_click_does_nothing_twice(app: Flask, visit: Visit) -> None:
    made = [make_referral() for _ in range(2)]
    browser = visit(people.MANAGER)
    page = browser.get(address("assign", *made))
    assert {browser.send(page, TO_WORKER).status_code for _ in range(2)} == {303}
    assert len(events("referral.assigned")) == 2


def test_who_was_changed_meanwhile_is_named_and_the_others_are_done(app: Flask, visit: Visit) -> None:
    changed, done = make_referral(), make_referral()
    browser = visit(people.MANAGER)
    page = browser.get(address("assign", changed, done))
    do(changed, "assign", people.SECOND_CASEWORKER, assignee=people.SECOND_CASEWORKER.id, reason=None)
    answer = browser.send(page, TO_WORKER)
    assert answer.status_code == 409
    assert "1 of 2 assigned." in answer.text
    assert "Somebody else changed this while you were working on it." in answer.text
    assert str(changed.reference) in answer.text
    assert str(done.reference) not in answer.text
    assert now_of(done).assignee_id == people.CASEWORKER.id
    assert now_of(changed).assignee_id == people.SECOND_CASEWORKER.id
    # Tried again, knowing of it: first without a reason, then with one.
    again = browser.send(answer, TO_WORKER)
    assert "Say why it is changing hands." in again.text
    assert browser.send(again, TO_WORKER | {"reason": "workload"}).status_code == 303
    assert now_of(changed).assignee_id == people.CASEWORKER.id


def test_a_caseworker_takes_for_themselves_only(app: Flask, visit: Visit) -> None:
    made = make_referral()
    browser = visit(people.CASEWORKER)
    page = browser.get(address("assign", made))
    assert people.MANAGER.name not in page.text.partition("</header>")[2]
    assert browser.send(page, {"assignee": str(people.MANAGER.id)}).status_code == 422
    assert browser.send(page, TO_WORKER).status_code == 303


def test_a_follow_up_date_moves_the_next_action_and_nothing_else(app: Flask, visit: Visit) -> None:
    working, new = make_referral("in_progress"), make_referral()
    answer = visit(people.CASEWORKER).send(address("follow-up", working, new), a_day())
    assert answer.status_code == 409
    assert "1 of 2 given a day." in answer.text
    assert "It is not being worked on" in answer.text
    found = now_of(working)
    assert (found.due_on, found.next_action_on, found.next_action) == (soon(9), soon(9), "Write to the department")
    assert events("referral.follow_up_set") == [working.id]
    assert now_of(new).version == new.version


def test_who_is_given_several_is_told_once(app: Flask, visit: Visit) -> None:
    made = [make_referral() for _ in range(3)]
    mail.forget()
    browser = visit(people.MANAGER)
    page = browser.get(address("assign", *made))
    for _ in range(2):
        browser.send(page, TO_WORKER)
    assert db.session.scalars(select(OutboxMessage.kind)).all() == ["ReferralsHandedOver"]
    assert mail.told("ReferralsHandedOver") == {people.CASEWORKER}
    (told,) = mail.params("ReferralsHandedOver")
    assert told == {"number": "3", "path": "/queue?tab=mine"}


def test_a_second_try_tells_of_the_rest_and_one_alone_of_itself(app: Flask, visit: Visit) -> None:
    changed, done, other = make_referral(), make_referral(), make_referral()
    browser = visit(people.MANAGER)
    page = browser.get(address("assign", changed, done, other))
    do(changed, "assign", people.SECOND_CASEWORKER, assignee=people.SECOND_CASEWORKER.id, reason=None)
    mail.forget()
    answer = browser.send(page, TO_WORKER | {"reason": "workload"})
    browser.send(answer, TO_WORKER | {"reason": "workload"})
    assert [told["number"] for told in mail.params("ReferralsHandedOver")] == ["2"]
    assert [told["reference"] for told in mail.params("ReferralAssigned")] == [changed.reference]


def test_who_takes_several_is_told_nothing(app: Flask, visit: Visit) -> None:
    made = [make_referral() for _ in range(2)]
    mail.forget()
    assert visit(people.CASEWORKER).send(address("assign", *made), TO_WORKER).status_code == 303
    assert db.session.scalars(select(OutboxMessage.kind)).all() == []


@pytest.mark.parametrize("verb", ["assign", "follow-up"])
def test_an_error_says_so_and_keeps_what_was_chosen(app: Flask, visit: Visit, verb: str) -> None:
    made = make_referral("in_progress")
    answer = visit(people.MANAGER).send(address(verb, made), {"day-day": "40", "day-month": "1", "day-year": "2027"})
    assert answer.status_code == 422
    assert "Error: " in answer.text
    assert str(made.reference) in answer.text
    assert now_of(made).version == made.version


@pytest.mark.parametrize("verb", ["assign", "follow-up"])
@pytest.mark.parametrize("row", ["R-7K3F-92X.1", "nonsense", "R-7K3F-92X", "\0.1", "R-7K3F-92X.9999999999"])
def test_one_made_up_row_refuses_all(app: Flask, visit: Visit, verb: str, row: str) -> None:
    made = make_referral("in_progress")
    answer = visit(people.MANAGER).post(f"{address(verb, made)}&row={row}", TO_WORKER | a_day())
    assert answer.status_code == 404
    assert now_of(made).version == made.version


def test_a_row_of_another_office_refuses_all(app: Flask, visit: Visit) -> None:
    foreign = make_referral("in_progress")
    for verb in ("assign", "follow-up"):
        assert visit(people.OTHER_MANAGER).post(address(verb, foreign), TO_WORKER | a_day()).status_code == 404
    assert now_of(foreign).version == foreign.version


def test_none_and_more_than_a_hundred_change_nothing(app: Flask, visit: Visit) -> None:
    made = make_referral()
    browser = visit(people.MANAGER)
    many = "&".join(f"row=R-7K3F-{number:03d}.1" for number in range(100))
    for path in ("/queue/bulk/assign?tab=team", "/queue/bulk/follow-up"):
        assert browser.get(path).status_code == 303
    first = address("assign", made)
    assert browser.post(f"{first}&{many}", TO_WORKER).status_code in {303, 404}
    assert now_of(made).version == made.version
    assert events("referral.assigned") == []


def test_there_is_no_way_to_end_several_at_once(app: Flask, visit: Visit) -> None:
    browser = visit(people.MANAGER)
    for verb in ("close", "decline", "withdraw", "move"):
        assert browser.get(f"/queue/bulk/{verb}").status_code == 404
