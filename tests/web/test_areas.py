"""The areas of a programme and their MPs, as its coordinators see them."""

from collections.abc import Callable
from datetime import timedelta

from flask import Flask

from referrals.directory.models import Term
from referrals.foundation.clock import today
from referrals.foundation.database import transaction
from tests import people
from tests.engagement.log import TERM, make_contact
from tests.plugins.visitors import Visitor

Visit = Callable[..., Visitor]
QUIET = "No contact in six months</strong>"


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
    assert QUIET in cora.get("/areas").text
    make_contact(happened_on=today() - timedelta(days=182))
    assert QUIET not in cora.get("/areas").text


def test_a_change_of_mp_ahead_is_named_with_its_day(app: Flask, visit: Visit) -> None:
    cora = visit(people.COORDINATOR)
    assert "Rowan Ashdown MP is there until" not in cora.get("/areas").text
    with transaction() as session:
        term = session.get(Term, TERM)
        assert term is not None
        term.ends_on = today() + timedelta(days=30)
    assert "Rowan Ashdown MP is there until" in cora.get("/areas?show=change").text
    with transaction() as session:
        term = session.get(Term, TERM)
        assert term is not None
        term.ends_on = today() - timedelta(days=1)
    assert "Hammersmith and Chiswick has no MP at present" in cora.get("/areas?show=change").text


def test_areas_are_narrowed_by_region_and_by_what_is_the_matter(app: Flask, visit: Visit) -> None:
    cora, name = visit(people.COORDINATOR), people.WHITE_CITY.name
    make_contact()
    assert name in cora.get("/areas?region=London").text
    # A region or a situation that there is not is none.
    assert name in cora.get("/areas?region=Atlantis&show=gibberish").text
    for situation in ("quiet", "change"):
        page = cora.get(f"/areas?show={situation}").text
        assert name not in page
        assert "No area is like that" in page
