"""Permissions for quotes and pictures that run out: whoever keeps them is reminded, once and in time to ask again."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from referrals.engagement import actions
from referrals.engagement.actions.permitting import permit_anew, take_back
from referrals.engagement.models import PublicityPermission
from referrals.foundation.clock import clock_at, now, today
from referrals.foundation.database import db, transaction
from referrals.notifications.models import Notice, OutboxMessage
from tests import people
from tests.engagement.registers import make_permission, make_piece, make_publicity, told_permission


def permitted(days: int = 60) -> PublicityPermission:
    """A quote that may be shown for so many days more."""
    return make_permission(make_piece(make_publicity()), ends_on=today() + timedelta(days=days))


def remind(after: int = 0) -> int:
    """Carry out the daily job so many days from now."""
    with clock_at(now() + timedelta(days=after)), transaction():
        return actions.remind_of_permissions()


def told() -> list[object]:
    """Who has the notice."""
    db.session.rollback()
    return list(db.session.scalars(select(Notice.person_id).where(Notice.kind == "PermissionEnding")))


def test_once_a_month_before_its_end(app: Flask) -> None:
    permitted(60)
    assert [remind(29), remind(30), remind(31)] == [0, 1, 0]
    assert told() == [people.LEAD.id]


def test_permitted_for_longer_it_is_reminded_of_again(app: Flask) -> None:
    made = permitted(20)
    assert remind() == 1
    with transaction():
        longer = told_permission(ends_on=today() + timedelta(days=90))
        permit_anew(db.session.get_one(PublicityPermission, made.id), longer, by=people.LEAD.viewer, version=None)
    assert [remind(), remind(61)] == [0, 1]


@pytest.mark.parametrize("days", [-1, 31])
def test_neither_what_is_over_nor_what_is_far(app: Flask, days: int) -> None:
    permitted(40)
    assert remind(40 - days) == 0


def test_what_was_taken_back_is_nobodys_to_ask_for(app: Flask) -> None:
    made = permitted(10)
    with transaction():
        take_back(db.session.get_one(PublicityPermission, made.id), by=people.LEAD.viewer)
    assert remind() == 0


def test_several_people_of_one_entry_are_one_message(app: Flask) -> None:
    entry = make_publicity()
    for whose in ("Amal Haddad", "Joan Price"):
        make_permission(make_piece(entry), whose=whose, ends_on=today() + timedelta(days=9))
    assert remind() == 2
    assert told() == [people.LEAD.id]


def test_where_who_keeps_it_has_left_the_leads_hear_of_it(app: Flask) -> None:
    made = permitted(9)
    with transaction():
        kept = db.session.get_one(PublicityPermission, made.id)
        kept.kept_by_id = people.CASEWORKER.id
        actions.remind_of_permissions()
    assert told() == [people.LEAD.id]


def test_the_mail_says_neither_whose_nor_what(app: Flask) -> None:
    permitted(9)
    remind()
    db.session.rollback()
    (message,) = db.session.scalars(select(OutboxMessage).where(OutboxMessage.kind == "PermissionEnding"))
    assert "Amal" not in (message.params or "")
    assert "bread" not in (message.params or "")
