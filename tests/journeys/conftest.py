"""Every journey begins with a referral that nobody has written yet."""

import pytest
from flask import Flask

from tests.journeys.steps import Story, Visit


@pytest.fixture
def story(app: Flask, visit: Visit) -> Story:
    """A story to tell, on this database."""
    return Story(app, visit)
