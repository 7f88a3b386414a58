"""The machinery of the tests: PostgreSQL answers, the browser opens pages, and servers end with the run."""

import fcntl
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import psycopg
import pytest
from playwright.sync_api import Page

from tests.plugins import keeper
from tests.plugins.postgres import PostgresServer
from tests.plugins.run import wait_until


def test_postgresql_answers(postgres: PostgresServer) -> None:
    with postgres.connect() as connection:
        version = connection.execute("select version()").fetchone()
    assert version is not None
    assert version[0].startswith("PostgreSQL 18")


def test_a_fresh_database_is_empty_and_ones_own(postgres_url: str, fresh_postgres_url: str) -> None:
    address = fresh_postgres_url.replace("+psycopg", "")
    with psycopg.connect(address) as connection:
        tables = connection.execute("select count(*) from pg_tables where schemaname = 'public'").fetchone()
    assert tables == (0,)
    assert fresh_postgres_url != postgres_url


def test_the_browser_opens_a_page(page: Page) -> None:
    page.set_content("<!doctype html><html lang=en><title>A page</title><h1>Hello</h1>")
    assert page.title() == "A page"
    assert page.evaluate("innerWidth") == 1280


def test_the_phone_is_narrow(phone: Page) -> None:
    phone.set_content(
        "<!doctype html><html lang=en><meta name=viewport content='width=device-width'><title>A page</title>"
    )
    assert phone.evaluate("innerWidth") == 360


@pytest.fixture
def another_run(tmp_path: Path) -> Iterator[IO[str]]:
    """The held lock of a test run other than this one."""
    folder = tmp_path / "run"
    folder.mkdir()
    (folder / keeper.KEEPERS).touch()
    with (folder / keeper.ALIVE).open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield held


@pytest.fixture
def kept_server(another_run: IO[str]) -> Iterator[subprocess.Popen[str]]:
    """The keeper of a server in that run; the server has said that it is there."""
    serve = [sys.executable, "-c", "import signal; print('here', flush=True); signal.pause()"]
    command = [sys.executable, keeper.__file__, Path(another_run.name).parent, "SIGTERM", "-", *serve]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "here\n"
        yield process
        process.kill()


def test_a_server_ends_when_its_run_is_gone(another_run: IO[str], kept_server: subprocess.Popen[str]) -> None:
    assert kept_server.poll() is None
    another_run.close()
    # The end of its output is the end of the server itself, not only of its keeper.
    output, _ = kept_server.communicate(timeout=20)
    assert output == ""
    assert not Path(another_run.name).parent.exists()


def test_a_server_can_be_ended_earlier(another_run: IO[str], kept_server: subprocess.Popen[str]) -> None:
    kept_server.terminate()
    kept_server.communicate(timeout=20)
    assert Path(another_run.name).exists()


def test_waiting_in_vain_names_what_was_waited_for() -> None:
    with pytest.raises(pytest.fail.Exception, match="for a miracle"):
        wait_until(lambda: False, "a miracle", seconds=0)
