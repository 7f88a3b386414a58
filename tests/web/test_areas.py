"""The areas of a programme and their MPs, as its coordinators see them."""

from collections.abc import Callable
from datetime import timedelta

from flask import Flask

from referrals.foundation.clock import today
from tests import people
from tests.engagement.log import make_contact
from tests.plugins.visitors import Visitor

Visit = Callable[..., Visitor]


def test_an_area_that_has_written_nothing_is_there(app: Flask, visit: Visit) -> None:
    cora = visit(people.COORDINATOR)
    assert "Nothing is in its log yet" in cora.get("/areas").text
    assert "Nothing is in the log yet" in cora.get(f"/areas/{people.WHITE_CITY.id}").text


def test_types_are_of_the_last_twelve_months(app: Flask, visit: Visit) -> None:
    make_contact(happened_on=today() - timedelta(days=400), types=["publicity"])
    make_contact(happened_on=today() - timedelta(days=300), types=["working_together"])
    page = visit(people.COORDINATOR).get("/areas").text
    assert "1 contact (Working together)" in page
    assert "Publicity" not in page


def test_an_area_without_a_contact_in_six_months_is_pointed_out(app: Flask, visit: Visit) -> None:
    cora = visit(people.COORDINATOR)
    make_contact(happened_on=today() - timedelta(days=184))
    assert "No contact in six months" in cora.get("/areas").text
    make_contact(happened_on=today() - timedelta(days=182))
    assert "No contact in six months" not in cora.get("/areas").text
