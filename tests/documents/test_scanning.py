"""Talking with a scanner: what it is sent, what its answers mean, and that silence means to wait."""

import socket
from pathlib import Path
from threading import Thread

import pytest

from referrals.documents import scanning
from referrals.documents.scanning import Scanner, Verdict
from tests.documents.scanner import FakeClamd, nobody, scanner_at


@pytest.mark.parametrize(
    ("answer", "verdict"),
    [
        (b"stream: OK", Verdict.CLEAN),
        (b"stream: Win.Test.EICAR_HDB-1 FOUND", Verdict.HARMFUL),
        (b"INSTREAM size limit exceeded. ERROR", Verdict.WAITING),
        (b"", Verdict.WAITING),
        (b"x" * 10_000, Verdict.WAITING),
    ],
    ids=range(5),
)
@pytest.mark.parametrize("size", [0, 1, 65_536, 200_001])
def test_what_it_says_and_what_that_means(answer: bytes, verdict: Verdict, size: int) -> None:
    with FakeClamd(answer) as clamd:
        assert Scanner(clamd.address).scan(b"c" * size) is verdict
        assert clamd.seen == [b"c" * size]


def test_a_socket_of_this_machine_does_as_well(tmp_path: Path) -> None:
    path = str(tmp_path / "clamd.sock")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(path)
        server.listen()

        def answer() -> None:
            connection, _ = server.accept()
            with connection:
                # All of it: who hangs up with something unread breaks the line before the answer is there.
                said = b""
                while not said.endswith(b"abc" + bytes(4)):
                    said += connection.recv(100_000)
                connection.sendall(b"stream: OK\0")

        thread = Thread(target=answer)
        thread.start()
        assert Scanner(path).scan(b"abc") is Verdict.CLEAN
        thread.join()


def test_one_that_is_not_there_means_to_wait(tmp_path: Path) -> None:
    for address in (nobody(), str(tmp_path / "none.sock"), "no such host.invalid:3310"):
        assert Scanner(address).scan(b"abc") is Verdict.WAITING


def test_without_a_scanner_nothing_is_known() -> None:
    with scanner_at(None):
        assert scanning.scan(b"abc") is Verdict.UNSCANNED
