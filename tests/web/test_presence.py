"""Somebody else has this open: told inside one organisation, never across, and forgotten after a few minutes."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from referrals.accounts.models import SignInSession
from referrals.audit.models import AuditEntry
from referrals.casework import actions
from referrals.casework.models import Presence, Referral
from referrals.foundation import clock
from referrals.foundation.database import db, transaction
from tests import markup, people
from tests.casework.cases import make_referral
from tests.plugins.visitors import Visitor

Visit = Callable[..., Visitor]
FORMS = ("notes/private", "notes/message", "milestones", "next-action", "turn", "hold", "record-outcome", "consents")


def path_of(referral: Referral, *more: str) -> str:
    return "/".join((f"/referrals/{referral.reference}", *more))


def told(visitor: Visitor, path: str) -> str:
    """What a page says about who else is there."""
    found = [element for element in markup.read(visitor.get(path).text).elements if element.get("data-app-here")]
    return " ".join(markup.text_of(element) for element in found)


def count(what: type) -> int:
    db.session.rollback()
    found = db.session.scalar(select(func.count()).select_from(what))
    db.session.rollback()
    return found or 0


def test_a_colleague_is_told_since_when(app: Flask, visit: Visit) -> None:
    referral = make_referral("in_progress")
    with clock.clock_at(clock.now().replace(hour=10, minute=42)):
        visit(people.CASEWORKER).get(path_of(referral))
        second = visit(people.SECOND_CASEWORKER)
        assert told(second, path_of(referral)) == f"{people.CASEWORKER.name} has had this open since 10:42am."


@pytest.mark.parametrize("form", FORMS)
def test_every_form_says_it_too(app: Flask, visit: Visit, form: str) -> None:
    referral = make_referral("in_progress")
    visit(people.MANAGER).get(path_of(referral))
    assert people.MANAGER.name in told(visit(people.CASEWORKER), path_of(referral, form))


def test_several_are_named(app: Flask, visit: Visit) -> None:
    referral = make_referral("in_progress")
    for person in (people.CASEWORKER, people.SECOND_CASEWORKER):
        visit(person).get(path_of(referral))
    words = told(visit(people.MANAGER), path_of(referral))
    assert words.startswith(f"{people.CASEWORKER.name} (since ")
    assert words.endswith("have this open too.")
    assert people.SECOND_CASEWORKER.name in words


def test_nobody_is_told_of_the_other_side_or_of_themselves(app: Flask, visit: Visit) -> None:
    referral = make_referral("in_progress")
    group, office = visit(people.VOLUNTEER), visit(people.CASEWORKER)
    for _ in range(2):
        assert told(group, path_of(referral)) == told(office, path_of(referral)) == ""
        assert told(office, path_of(referral, "hold")) == ""
        assert group.post(path_of(referral, "here")).status_code == 204
        assert office.post(path_of(referral, "here")).status_code == 204
    assert people.VOLUNTEER.name in told(visit(people.LEAD), path_of(referral))


@pytest.mark.parametrize("stranger", [people.OTHER_CASEWORKER, people.SECOND_VOLUNTEER, people.OTHER_LEAD])
def test_strangers_neither_ask_nor_are_noted(app: Flask, visit: Visit, stranger: people.Someone) -> None:
    referral = make_referral("in_progress")
    visit(people.VOLUNTEER).get(path_of(referral))
    answer = visit(stranger).post(path_of(referral, "here"))
    assert answer.status_code == 404
    assert people.VOLUNTEER.name not in answer.text
    assert people.VOLUNTEER.name not in visit(stranger).get(path_of(referral, "notes", "private")).text
    assert count(Presence) == 1


def test_after_some_minutes_without_a_sign_nobody_is_there(app: Flask, visit: Visit) -> None:
    referral, now = make_referral("in_progress"), clock.now()
    visit(people.CASEWORKER).get(path_of(referral))
    second = visit(people.SECOND_CASEWORKER)
    with clock.clock_at(now + timedelta(minutes=4)):
        assert told(second, path_of(referral))
    with clock.clock_at(now + timedelta(minutes=6)):
        assert not told(second, path_of(referral))
        assert not told(second, path_of(referral, "hold"))


def test_a_page_that_stays_open_keeps_its_beginning_and_a_new_visit_begins_anew(app: Flask, visit: Visit) -> None:
    referral, now = make_referral("in_progress"), clock.now().replace(hour=10, minute=0)
    first, second = visit(people.CASEWORKER), visit(people.SECOND_CASEWORKER)
    for minutes in (0, 4, 8):
        with clock.clock_at(now + timedelta(minutes=minutes)):
            first.post(path_of(referral, "here"))
    with clock.clock_at(now + timedelta(minutes=9)):
        assert "since 10am" in second.post(path_of(referral, "here")).text
    with clock.clock_at(now + timedelta(minutes=20)):
        first.post(path_of(referral, "here"))
        assert "since 10:20am" in second.post(path_of(referral, "here")).text


def test_being_there_is_not_a_reading_and_keeps_no_session_alive(app: Flask, visit: Visit) -> None:
    referral, now = make_referral("in_progress"), clock.now()
    visitor, events = visit(people.CASEWORKER), count(AuditEntry)
    with clock.clock_at(now + timedelta(minutes=20)):
        assert visitor.post(path_of(referral, "here")).status_code == 204
    assert count(AuditEntry) == events
    seen = db.session.scalar(select(func.max(SignInSession.seen_at)))
    db.session.rollback()
    assert seen is not None
    assert seen < now + timedelta(minutes=1)
    with clock.clock_at(now + timedelta(minutes=31)):
        assert visitor.post(path_of(referral, "here")).status_code == 401


def test_the_job_clears_away_who_is_gone(app: Flask, visit: Visit) -> None:
    referral, now = make_referral("in_progress"), clock.now()
    visit(people.CASEWORKER).get(path_of(referral))
    with transaction():
        assert actions.forget_old_presences() == 0
    with clock.clock_at(now + timedelta(minutes=6)), transaction():
        assert actions.forget_old_presences() == 1
    assert count(Presence) == 0
