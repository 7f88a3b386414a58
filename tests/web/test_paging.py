"""Which page an address asks for, whatever stands in it."""

import pytest
from flask import Flask

from referrals.web.paging import LAST_PAGE, page_asked_for


@pytest.mark.parametrize(
    ("asked", "page"),
    [
        ("/", 1),
        ("/?page=", 1),
        ("/?page=two", 1),
        ("/?page=1.5", 1),
        ("/?page=-3", 1),
        ("/?page=0", 1),
        ("/?page=7", 7),
        ("/?page=" + "9" * 30, LAST_PAGE),
    ],
)
def test_a_page_is_a_number_that_there_can_be(app: Flask, asked: str, page: int) -> None:
    with app.test_request_context(asked):
        assert page_asked_for() == page
