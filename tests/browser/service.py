"""The service as it is really served: gunicorn with processes and threads, a worker, files of its own."""

import email
import email.policy
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path

from sqlalchemy import create_engine

import config
from referrals.cli.serve import web_command, worker_command
from tests import people
from tests.plugins import demonstration
from tests.plugins.application import PASSWORD_HASH
from tests.plugins.run import only_one, run_folder, start_server, wait_until


@dataclass
class Service:
    """One running copy, with its own database and mail folder, and the programs it consists of."""

    folder: Path
    port: int
    programs: list["subprocess.Popen[bytes]"] = field(default_factory=list)

    @property
    def address(self) -> str:
        """Where a browser finds it."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def database(self) -> Path:
        """Its SQLite file."""
        return self.folder / "referrals.db"

    @property
    def environ(self) -> dict[str, str]:
        """What its programs find in their environment."""
        return os.environ | {
            "REFERRALS_ENV": "testing",
            "SECRET_KEY": "only for tests " * 4,
            "DATABASE_URL": f"sqlite:///{self.database}",
            "KEY_RING_FILE": str(run_folder() / "keyring.json"),
            "MAIL_FOLDER": str(self.folder / "outbox"),
            "DOCUMENT_FOLDER": str(self.folder / "documents"),
            "PORT": str(self.port),
            "BASE_URL": self.address,
            "DEMO_PASSWORD": people.PASSWORD,
        }

    def flask(self, *words: str) -> "subprocess.CompletedProcess[str]":
        """Run one of the service's commands to its end."""
        command = [sys.executable, "-m", "flask", "--app", "wsgi", *words]
        return subprocess.run(
            command, env=self.environ, cwd=config.ROOT, capture_output=True, text=True, check=False, timeout=120
        )

    def start(self, *, worker: bool = False) -> None:
        """Start the web server, and the worker where mail matters; comes back when it answers."""
        commands = [web_command(config.load(self.environ))] + [worker_command()] * worker
        for number, command in enumerate(commands):
            log = self.folder / f"program-{number}.log"
            # Quickly: nobody is owed an answer when the tests are over.
            program = start_server(command, log=log, stop_signal="SIGINT", env=self.environ, cwd=config.ROOT)
            self.programs.append(program)
        wait_until(self.answers, "the service to answer", 60)

    def answers(self) -> bool:
        """Whether it is up."""
        try:
            with urllib.request.urlopen(f"{self.address}/healthz", timeout=5) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False

    def stop(self) -> None:
        """Stop its programs."""
        for program in self.programs:
            program.terminate()
        for program in self.programs:
            program.wait(30)
        self.programs.clear()

    def rows(self, question: str, *values: object) -> list[tuple[object, ...]]:
        """What the database answers, asked beside the service."""
        with closing(sqlite3.connect(self.database, timeout=30)) as connection:
            return connection.execute(question, values).fetchall()

    def mail_to(self, person: people.Someone) -> list[EmailMessage]:
        """The mails that have arrived for somebody, in no order."""
        files = (self.folder / "outbox").glob("*.eml")
        mails = [email.message_from_bytes(file.read_bytes(), policy=email.policy.default) for file in files]
        return [mail for mail in mails if person.email in str(mail["To"])]


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _people(service: Service) -> None:
    engine = create_engine(f"sqlite:///{service.database}")
    with engine.begin() as connection:
        people.populate(connection, PASSWORD_HASH)
    engine.dispose()


def with_people() -> Path:
    """A folder with a migrated database, filled once in a run with the people of tests/people.py."""
    folder = run_folder() / "served-people"
    with only_one(folder.name):
        if not folder.exists():
            draft = folder.with_name(f"{folder.name}-draft")
            draft.mkdir()
            service = Service(draft, free_port())
            done = service.flask("prepare")
            assert done.returncode == 0, done.stderr
            _people(service)
            draft.rename(folder)
    return folder


# What a service can begin with.
BEGINNINGS: dict[str, Callable[[], Path]] = {"people": with_people, "demo": demonstration.loaded}


def serve(folder: Path, filled_with: str, *, worker: bool = False) -> Iterator[Service]:
    """Serve a copy of a beginning, from a folder that does not exist yet, until the caller is done."""
    shutil.copytree(BEGINNINGS[filled_with](), folder)
    service = Service(folder, free_port())
    service.start(worker=worker)
    yield service
    service.stop()
