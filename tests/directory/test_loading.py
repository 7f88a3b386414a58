"""The lists in the database: brought up to the files again and again, and never made to forget a code."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from referrals.directory import lists
from referrals.directory.models import Agency, ListItem
from referrals.foundation.database import db, transaction


def load() -> int:
    with transaction():
        return lists.load_lists()


def test_loading_twice_changes_nothing_the_second_time(app: Flask) -> None:
    assert load() > 200
    assert load() == 0
    assert db.session.scalar(select(func.count()).select_from(Agency)) == len(lists.items("agencies"))


def test_a_changed_label_is_brought_up_and_a_body_keeps_its_id(app: Flask) -> None:
    load()
    before = db.session.scalars(select(Agency).where(Agency.code == "dwp")).one().id
    with transaction() as session:
        session.execute(update(ListItem).where(ListItem.code == "urgent").values(label="Old"))
        session.execute(update(Agency).where(Agency.code == "dwp").values(name="Old", retired_on=date(2020, 1, 1)))
    assert load() == 2
    assert db.session.get(ListItem, ("urgencies", "urgent")).label == "Urgent"
    dwp = db.session.scalars(select(Agency).where(Agency.code == "dwp")).one()
    assert (dwp.id, dwp.name, dwp.retired_on) == (before, "Department for Work and Pensions", None)


def test_a_code_that_vanished_from_its_file_is_refused_by_name(app: Flask) -> None:
    load()
    with transaction() as session:
        session.add(ListItem(list_code="urgencies", code="whenever", label="Whenever", position=9))
    with pytest.raises(lists.VanishedCode, match=r"urgencies\.toml: whenever"):
        load()
    assert db.session.get(ListItem, ("urgencies", "whenever")) is not None
