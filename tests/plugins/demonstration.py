"""The demonstration, loaded once a run on each kind of database; whoever needs it starts from a copy."""

import logging
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from psycopg import sql

from referrals.app import create_app
from referrals.cli.demo.commands import demo
from referrals.cli.serve import prepare
from referrals.foundation.database import promise_to_read
from tests import people
from tests.plugins.application import settings_for
from tests.plugins.postgres import PostgresServer
from tests.plugins.run import only_one, run_folder
from tests.plugins.stages import Stage, settle

DATABASE = "referrals_demonstration"
LOG = "load.log"


class Listener(logging.Handler):
    """Keeps every line of every logger."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


@contextmanager
def listening() -> Iterator[Listener]:
    """Keep what is logged meanwhile, down to the smallest note."""
    listener, root = Listener(), logging.getLogger()
    level = root.level
    root.addHandler(listener)
    root.setLevel(logging.DEBUG)
    try:
        yield listener
    finally:
        root.removeHandler(listener)
        root.setLevel(level)


def loaded(server: PostgresServer | None = None) -> Path:
    """The folder of the demonstration on PostgreSQL, or else on SQLite: its documents, its database, and the log.

    Whoever asks first loads it, by the commands that anybody would use.
    """
    folder = run_folder() / f"demonstration-{'postgresql' if server else 'sqlite'}"
    with only_one(folder.name):
        if not folder.exists():
            draft = folder.with_name(f"{folder.name}-draft")
            shutil.rmtree(draft, ignore_errors=True)
            (draft / "documents").mkdir(parents=True)
            _load(draft, server)
            draft.rename(folder)
    return folder


def _load(folder: Path, server: PostgresServer | None) -> None:
    url = f"sqlite:///{folder / 'referrals.db'}"
    if server:
        server.drop_database(DATABASE)
        server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(DATABASE)))
        url = server.url(DATABASE)
    app = create_app(settings_for(url, folder))
    promise_to_read(only=False)
    with app.app_context(), listening() as listener:
        for command, words in ((prepare, []), (demo, ["load"])):
            done = app.test_cli_runner().invoke(command, words)
            assert done.exit_code == 0, done.output
        assert "The demonstration is loaded." in done.output
    settle(app)
    (folder / LOG).write_text("\n".join(listener.lines))


@dataclass(frozen=True)
class Demonstration:
    """The demonstration on one kind of database, for a worker's stage. Its people have the password of all tests."""

    stage: Stage
    password: str = people.PASSWORD

    def put_on(self) -> None:
        """Bring the stage to the demonstration as it was loaded."""
        folder = loaded(self.stage.server)
        self.stage.become(DATABASE if self.stage.server else folder / "referrals.db")
        shutil.copytree(folder / "documents", self.stage.folder / "documents", dirs_exist_ok=True)
        self.stage.go_first()
        promise_to_read(only=False)

    def log(self) -> str:
        """What was logged while it was loaded."""
        return (loaded(self.stage.server) / LOG).read_text()


@pytest.fixture(scope="session")
def demonstration(stage: Stage) -> Demonstration:
    """The demonstration for the worker's application on this kind of database."""
    return Demonstration(stage)


@pytest.fixture
def demonstrated(app: Flask, demonstration: Demonstration) -> Flask:
    """The application with the demonstration and nothing else."""
    demonstration.put_on()
    return app


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let one worker do everything with the demonstration of one kind; the other would only wait until it is loaded."""
    for item in items:
        if "demonstration" in getattr(item, "fixturenames", ()):
            assert isinstance(item, pytest.Function)
            kind = item.callspec.params["database_kind"]
            item.add_marker(pytest.mark.xdist_group(f"demonstration on {kind}"))
