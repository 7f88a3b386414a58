"""Who may enter: every view says so, and pages that only read cannot write."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask

from referrals.accounts.models import Person
from referrals.accounts.roles import Permission
from referrals.foundation.database import ReadOnly, db, reading, transaction
from referrals.web import throttle
from referrals.web.access import Undeclared, check_every_endpoint, declaration, enforce, needs, public, signed_in
from tests import people
from tests.plugins.visitors import Visitor

Visit = Callable[..., Visitor]


def test_the_service_does_not_start_with_a_view_that_says_nothing() -> None:
    app = Flask("bare", static_folder=None)
    app.add_url_rule("/open", "open", public(lambda: "open"))
    check_every_endpoint(app)
    app.add_url_rule("/forgotten", "forgotten", lambda: "forgotten")
    with pytest.raises(Undeclared, match="forgotten"):
        check_every_endpoint(app)


def test_a_declaration_survives_the_decorators_around_it(app: Flask) -> None:
    assert not declaration(app, "sessions.sign_in").signed_in
    assert declaration(app, "account.password").signed_in
    assert declaration(app, "people.index").permissions == (Permission.PEOPLE_MANAGE,)


def test_needs_names_something() -> None:
    with pytest.raises(ValueError, match="at least one"):
        needs()


@pytest.mark.parametrize(
    ("method", "writes", "promised"),
    [("GET", False, True), ("HEAD", False, True), ("GET", True, False), ("POST", False, False)],
)
def test_what_a_request_promises_follows_from_its_method_and_its_view(
    app: Flask, visit: Visit, method: str, writes: bool, promised: bool
) -> None:
    view = app.view_functions["pages.privacy"]
    app.view_functions["pages.privacy"] = public(lambda: "read", writes=writes)
    try:
        with app.test_request_context("/privacy", method=method):
            enforce()
            assert reading() is promised
    finally:
        app.view_functions["pages.privacy"] = view
    assert not reading()


def test_a_page_that_only_reads_cannot_change_anything(app: Flask) -> None:
    with app.test_request_context("/privacy"):
        enforce()
        with pytest.raises(ReadOnly), transaction():
            db.session.get_one(Person, people.LEAD.id).name = "Changed"
    assert db.session.get_one(Person, people.LEAD.id).name == people.LEAD.name


def test_one_of_several_permissions_is_enough(app: Flask, visit: Visit) -> None:
    view = app.view_functions["account.show"]
    either = needs(Permission.REPORT_AREA, Permission.REPORT_OFFICE)(lambda: "figures")
    app.view_functions["account.show"] = either
    try:
        answers = [visit(person).client.get("/account").status_code for person in (people.LEAD, people.MANAGER)]
        assert answers == [200, 200]
        assert visit(people.VOLUNTEER).client.get("/account").status_code == 403
        assert visit().client.get("/account").status_code == 303
    finally:
        app.view_functions["account.show"] = view


def test_signed_in_marks_bare_and_with_writes() -> None:
    bare, writing = signed_in(lambda: ""), signed_in(writes=True)(lambda: "")
    app = Flask("bare", static_folder=None)
    app.add_url_rule("/a", "bare", bare)
    app.add_url_rule("/b", "writing", writing)
    assert [declaration(app, name).writes for name in ("bare", "writing")] == [False, True]


@pytest.fixture
def throttled(app: Flask) -> Iterator[Flask]:
    app.config.update(THROTTLE="3 per minute", THROTTLED=True)
    throttle.limiter.reset()
    yield app
    app.config["THROTTLED"] = False
    throttle.limiter.reset()


def test_one_address_is_slowed_down_over_all_pages_where_secrets_are_tried(throttled: Flask, visit: Visit) -> None:
    visitor = visit()
    for number in range(3):
        data = {"email": f"nobody{number}@nowhere.example", "password": "not the right password"}
        assert visitor.post("/sign-in", data).status_code == 422
    assert visitor.post("/sign-in", data).status_code == 429
    assert visitor.post("/forgot-password", {"email": people.LEAD.email}).status_code == 429
    assert visitor.get("/sign-in").status_code == 200
