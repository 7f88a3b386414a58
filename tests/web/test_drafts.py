"""The intake by real requests: every page with good and bad answers, coming back, checking, sending, throwing away."""

from collections.abc import Callable

import pytest

from tests.people import VOLUNTEER
from tests.plugins.visitors import Visitor
from tests.web.intake import load, path_of, send, start, walk

Visit = Callable[..., Visitor]


@pytest.fixture
def volunteer(visit: Visit) -> Visitor:
    load()
    return visit(VOLUNTEER)


def test_walk(volunteer: Visitor) -> None:
    draft = walk(volunteer)
    page = volunteer.get(f"{draft}/check")
    assert page.status_code == 200
    assert "Albert Quillfeather" in page.text
    where = send(volunteer, draft)
    assert volunteer.get(where).status_code == 200
