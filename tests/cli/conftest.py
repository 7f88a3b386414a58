"""What the tests of the commands share."""

import pytest
from flask import Flask

from referrals.foundation.database import Base, db


@pytest.fixture
def empty(app: Flask) -> Flask:
    """The application without even the people of the tests: the demonstration brings its own."""
    with db.engine.begin() as connection:
        for table in reversed(Base.metadata.sorted_tables):
            # The books are empty here, and let nobody delete.
            if not table.name.startswith("audit_"):
                connection.execute(table.delete())
    return app
