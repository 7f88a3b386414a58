"""`flask serve`: one command from nothing to a running service, and a clean stop that keeps everything."""

import http.client
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.plugins.run import start_server, wait_until

ROOT = Path(__file__).parents[2]


@pytest.fixture
def port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def environment(tmp_path: Path, port: int) -> dict[str, str]:
    """The environment of a machine that has never run the service."""
    return os.environ | {
        "DATABASE_URL": f"sqlite:///{tmp_path / 'referrals.db'}",
        "KEY_RING_FILE": str(tmp_path / "keyring.json"),
        "MAIL_FOLDER": str(tmp_path / "outbox"),
        "DOCUMENT_FOLDER": str(tmp_path / "documents"),
        "SECRET_KEY": "only for this test, but long enough",
        "PORT": str(port),
    }


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """Where the service writes what it has to say."""
    return tmp_path / "serve.log"


@pytest.fixture
def service(environment: dict[str, str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """The service, started from nothing."""
    running = start_service(environment, log)
    yield running
    running.terminate()
    running.wait(30)


def start_service(environment: dict[str, str], log: Path) -> "subprocess.Popen[bytes]":
    """Start the service and wait until it has greeted us."""
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "serve"]
    running = start_server(command, log=log, stop_signal="SIGINT", env=environment, cwd=ROOT)
    wait_until(lambda: b"Stop with Ctrl-C" in log.read_bytes() or running.poll() is not None, "the greeting", 120)
    return running


def status_of(port: int, path: str) -> int:
    """What the service answers to a GET."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", path)
    return connection.getresponse().status


def stop(service: "subprocess.Popen[bytes]") -> None:
    """Ask it to stop as Ctrl-C does, and wait until it has."""
    service.send_signal(signal.SIGTERM)
    service.wait(40)


@pytest.mark.long
def test_one_command_starts_everything_and_ctrl_c_stops_it(
    service: "subprocess.Popen[bytes]", environment: dict[str, str], port: int, log: Path, tmp_path: Path
) -> None:
    said = log.read_text()
    assert f"http://127.0.0.1:{port}" in said
    people = ["volunteer", "lead", "caseworker", "manager", "coordinator", "administrator", "volunteer2", "caseworker2"]
    assert [name for name in people if f"{name}@demo.example" not in said] == []
    assert status_of(port, "/") == 200
    # The worker is there too: the demo's mail has begun to leave.
    wait_until(lambda: list((tmp_path / "outbox").glob("*.eml")), "the first mail")
    stop(service)
    assert "Everything is saved" in log.read_text()
    with pytest.raises(ConnectionError):
        status_of(port, "/")
    size = (tmp_path / "referrals.db").stat().st_size
    again = start_service(environment, tmp_path / "again.log")
    assert status_of(port, "/healthz") == 200
    stop(again)
    assert (tmp_path / "referrals.db").stat().st_size == size
    assert "ERROR" not in (tmp_path / "again.log").read_text()


def test_a_taken_port_is_named_with_the_way_out(environment: dict[str, str], port: int, tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", port))
        taken.listen()
        command = [sys.executable, "-m", "flask", "--app", "wsgi", "serve"]
        answer = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False)
    assert answer.returncode != 0
    assert f"Port {port} is in use" in answer.stderr
    assert "PORT=" in answer.stderr
