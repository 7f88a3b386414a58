"""Starts the whole service on this machine: tables, lists, demo, web server and worker, and stops it cleanly."""

import http.client
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from types import FrameType

import click
import flask_migrate
from flask import current_app
from flask.cli import with_appcontext

import config
from referrals.cli.demo import demo_people, load_demo
from referrals.directory.lists import load_lists
from referrals.foundation import engines
from referrals.foundation.bulk import bring_back
from referrals.foundation.database import Base, db, transaction

HOST = "127.0.0.1"
SECONDS_TO_START = 60
SECONDS_TO_STOP = 15


@click.command("prepare")
@with_appcontext
def prepare() -> None:
    """Bring the tables and the closed lists up to date; safe to repeat, and needed after each upgrade."""
    flask_migrate.upgrade()
    with transaction():
        load_lists()
    # A bulk load that was killed leaves out what rested meanwhile.
    bring_back(index for table in Base.metadata.tables.values() for index in table.indexes)


@click.command("serve")
@click.pass_context
@with_appcontext
def serve(context: click.Context) -> None:
    """Start web server and worker on 127.0.0.1 (PORT says where), with demo data on the first run."""
    settings: config.Settings = current_app.extensions["settings"]
    if port_is_taken(settings.port):
        raise click.ClickException(
            f"Port {settings.port} is in use. Stop what uses it, or choose another: PORT=8001 make run"
        )
    click.echo("Preparing the database")
    context.invoke(prepare)
    if not settings.production:
        load_demo(settings.demo_password)
    # This process only waits from here on, and must not do so with the database in its hand.
    db.session.remove()
    db.engine.dispose()
    run_until_stopped(settings)


def run_until_stopped(settings: config.Settings) -> None:
    """Run web server and worker until Ctrl-C, or until one of them ends by itself, which is a failure."""
    stopping: list[int] = []

    def stop(number: int, _frame: FrameType | None) -> None:
        stopping.append(number)

    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGTERM, stop)
    children = [subprocess.Popen(command) for command in (web_command(settings), worker_command())]
    try:
        if wait_for_answer(settings.port, children, stopping):
            greet(settings)
        while not stopping and all(child.poll() is None for child in children):
            time.sleep(0.2)
    finally:
        end(children)
    if not stopping:
        raise click.ClickException("The web server or the worker stopped by itself. Its last lines above say why.")
    click.echo("Stopped. Everything is saved.")


def web_command(settings: config.Settings) -> Sequence[str]:
    """The web server for this machine: gunicorn with threads, or waitress on Windows."""
    address = f"{HOST}:{settings.port}"
    if sys.platform == "win32":
        server = [sys.executable, "-m", "waitress", f"--threads={settings.web_threads}"]
        return [*server, f"--listen={address}", "wsgi:app"]
    # An SQLite too old to share between processes gets one process.
    shared = "sqlite" not in settings.database_url or engines.wal_is_safe()
    processes = settings.web_processes if shared else 1
    server = [
        sys.executable,
        "-m",
        "gunicorn",
        "--worker-class=gthread",
        "--graceful-timeout=5",
        # Two copies of one user would share the path of its socket.
        "--no-control-socket",
        "--log-level=warning",
    ]
    return [*server, f"--bind={address}", f"--workers={processes}", f"--threads={settings.web_threads}", "wsgi:app"]


def worker_command() -> Sequence[str]:
    """The worker that sends mail and does what is due."""
    return [sys.executable, "-m", "flask", "--app", "wsgi", "worker"]


def port_is_taken(port: int) -> bool:
    """Whether something already listens on the port."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((HOST, port)) == 0


def wait_for_answer(port: int, children: Sequence["subprocess.Popen[bytes]"], stopping: Sequence[int]) -> bool:
    """Whether the service came to answer; False when it ended or was told to stop before."""
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline and not stopping and all(child.poll() is None for child in children):
        if answers(port):
            return True
        time.sleep(0.1)
    return False


def answers(port: int) -> bool:
    """Whether the service says that it is well."""
    connection = http.client.HTTPConnection(HOST, port, timeout=2)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def greet(settings: config.Settings) -> None:
    """Say where the service is and who can sign in."""
    click.echo(f"\nReferrals is running at http://{HOST}:{settings.port}")
    people = [] if settings.production else demo_people()
    if people:
        width = max(len(person.email) for person in people)
        click.echo(f"Sign in as any of these, with the password {settings.demo_password}\n")
        for person in people:
            click.echo(f"  {person.email:<{width}}  {person.role}, {person.organisation}")
    click.echo("\nStop with Ctrl-C.")


def end(children: Sequence["subprocess.Popen[bytes]"]) -> None:
    """Ask each child to finish what it is doing, and insist when it does not."""
    for child in children:
        if child.poll() is None:
            child.terminate()
    for child in children:
        try:
            child.wait(SECONDS_TO_STOP)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
