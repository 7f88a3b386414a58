"""The application under test, on SQLite and on PostgreSQL, with the people of tests/people.py already in it."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from psycopg import sql
from sqlalchemy import Engine

import config
from referrals.accounts.passwords import Cost, Hasher
from referrals.app import create_app
from referrals.foundation.database import Base, db, promise_to_read
from tests import people
from tests.plugins.postgres import PostgresServer
from tests.plugins.run import only_one, run_folder
from tests.plugins.stages import TEMPLATE, PostgresStage, Stage, keep_originals, settle

KINDS = ("sqlite", "postgresql")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let a developer in a hurry run the suite on one database: --database sqlite."""
    parser.addoption("--database", choices=(*KINDS, "both"), default="both", help="which database to run the tests on")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run every test that needs the application on both databases, or on the one that its mark `only_on` names."""
    if "database_kind" in metafunc.fixturenames:
        chosen = metafunc.config.getoption("--database")
        mark = metafunc.definition.get_closest_marker("only_on")
        kinds = (mark.args if mark else KINDS) if chosen == "both" else (chosen,)
        marks = {"postgresql": [pytest.mark.postgres]}
        parameters = [pytest.param(kind, marks=marks.get(kind, [])) for kind in kinds]
        metafunc.parametrize("database_kind", parameters, scope="session")


def settings_for(url: str, folder: Path, **more: str) -> config.Settings:
    """The settings of a test: everything under `folder`, nothing from the environment."""
    environ = {
        "REFERRALS_ENV": "testing",
        "SECRET_KEY": "only for tests " * 4,
        "DATABASE_URL": url,
        "KEY_RING_FILE": str(run_folder() / "keyring.json"),
        "MAIL_FOLDER": str(folder / "outbox"),
        "DOCUMENT_FOLDER": str(folder / "documents"),
        "ALLOWED_HOSTS": "localhost, 127.0.0.1",
        "BASE_URL": "http://localhost",
        "DEMO_PASSWORD": people.PASSWORD,
    }
    return config.load(environ | more)


def fill(engine: Engine) -> None:
    """Make the tables and the people of a template."""
    with engine.begin() as connection:
        Base.metadata.create_all(connection)
        people.populate(connection, PASSWORD_HASH)


# At the cost the application has in tests, so that signing in finds nothing to hash again.
PASSWORD_HASH = Hasher(Cost(passes=1, memory_kib=8)).hash(people.PASSWORD)


def stage_sqlite(folder: Path) -> Stage:
    """An application on a copy of the SQLite template, which the first worker makes."""
    template = run_folder() / "template.db"
    with only_one("template-sqlite"):
        if not template.exists():
            draft = run_folder() / "template-draft.db"
            app = create_app(settings_for(f"sqlite:///{draft}", folder))
            with app.app_context():
                fill(db.engine)
            settle(app)
            draft.rename(template)
    url = f"sqlite:///{folder / 'referrals.db'}"
    return Stage(create_app(settings_for(url, folder)), "sqlite", url, folder)


def stage_postgresql(folder: Path, server: PostgresServer) -> Stage:
    """An application on a copy of the PostgreSQL template, which the first worker makes."""
    with only_one("template-postgresql"):
        made = run_folder() / "template-postgresql"
        if not made.exists():
            server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(TEMPLATE)))
            app = create_app(settings_for(server.url(TEMPLATE), folder))
            with app.app_context():
                fill(db.engine)
            settle(app)
            with server.connect(TEMPLATE) as connection:
                keep_originals(connection)
            made.touch()
    name = server.create_database(TEMPLATE)
    url = server.url(name)
    return PostgresStage(create_app(settings_for(url, folder)), "postgresql", url, folder, server, name)


@pytest.fixture(scope="session")
def stage(database_kind: str, request: pytest.FixtureRequest) -> Stage:
    """The worker's application on this kind of database."""
    folder = Path(tempfile.mkdtemp(prefix=f"{database_kind}-", dir=run_folder()))
    if database_kind == "sqlite":
        return stage_sqlite(folder)
    return stage_postgresql(folder, request.getfixturevalue("postgres"))


@pytest.fixture
def app(stage: Stage) -> Iterator[Flask]:
    """The application on a database that holds the people of tests/people.py and nothing else.

    An application context is pushed, so that actions and queries can be called; requests push their own.
    """
    stage.reset()
    stage.go_first()
    promise_to_read(only=False)
    with stage.app.app_context():
        yield stage.app
        db.session.remove()
