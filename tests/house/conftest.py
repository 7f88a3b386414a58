"""The world of the house tests as fixtures: built once a worker, put back for every test."""

from collections.abc import Iterator

import pytest
from flask import Flask

from referrals.foundation.database import db
from tests.house.scene import Scene, Set
from tests.plugins.application import Stage


@pytest.fixture(scope="session")
def world(stage: Stage) -> Set:
    """The world on this worker's stage, built once."""
    return Set.make(stage)


@pytest.fixture
def scene(world: Set) -> Iterator[Scene]:
    """The world as it was built, with an application context pushed."""
    world.restore()
    with world.stage.app.app_context():
        yield world.scene
        db.session.remove()


@pytest.fixture
def scene_app(world: Set, scene: Scene) -> Flask:
    """The application that the world is in."""
    return world.stage.app
