"""What the browser tests share: the service with the people of tests/people.py, served once for all of a worker."""

from collections.abc import Iterator

import pytest

from tests.browser import service
from tests.browser.service import Service


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """The service with the people of tests/people.py and nothing else at first. Tests share it."""
    yield from service.serve(tmp_path_factory.mktemp("served") / "people", "people")
