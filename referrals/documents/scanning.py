"""Asking a virus scanner: the little of clamd's language that is needed to have one file looked at."""

import socket
import struct
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

CHUNK: Final = 64 * 1024
SECONDS: Final = 20.0
LONGEST_ANSWER: Final = 4096


class Verdict(StrEnum):
    """What is known of a file. One that waits is kept, and given to nobody."""

    CLEAN = "clean"
    HARMFUL = "harmful"
    WAITING = "waiting"
    # No scanner is set up here.
    UNSCANNED = "unscanned"


@dataclass(frozen=True, slots=True)
class Scanner:
    """A clamd, by its address: the path of a socket, or host:port."""

    address: str

    def scan(self, content: bytes) -> Verdict:
        """What the scanner says (clamd(8), INSTREAM); WAITING when it is away, too slow, or says something else."""
        try:
            with self._connection() as connection:
                connection.sendall(b"zINSTREAM\0")
                for start in range(0, len(content), CHUNK):
                    piece = content[start : start + CHUNK]
                    connection.sendall(struct.pack(">I", len(piece)) + piece)
                connection.sendall(struct.pack(">I", 0))
                answer = _answer(connection)
        except OSError:
            return Verdict.WAITING
        if answer.endswith(b" FOUND"):
            return Verdict.HARMFUL
        return Verdict.CLEAN if answer.endswith(b": OK") else Verdict.WAITING

    def _connection(self) -> socket.socket:
        host, colon, port = self.address.rpartition(":")
        if colon and port.isdigit():
            return socket.create_connection((host.strip("[]"), int(port)), timeout=SECONDS)
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        connection.settimeout(SECONDS)
        try:
            connection.connect(self.address)
        except OSError:
            connection.close()
            raise
        return connection


def _answer(connection: socket.socket) -> bytes:
    """What clamd says, up to the zero that ends it."""
    answer = b""
    while b"\0" not in answer and len(answer) < LONGEST_ANSWER:
        more = connection.recv(LONGEST_ANSWER)
        if not more:
            break
        answer += more
    return answer.split(b"\0")[0].strip()


_scanner: Scanner | None = None


def configure(scanner: Scanner | None) -> None:
    """Say which scanner looks at files, if any; later calls replace it."""
    global _scanner  # noqa: PLW0603 - one scanner per process, set once at start
    _scanner = scanner


def current() -> Scanner | None:
    """The scanner of this process."""
    return _scanner


def scan(content: bytes) -> Verdict:
    """What is known of a file: by the scanner of this process, or UNSCANNED without one."""
    return _scanner.scan(content) if _scanner else Verdict.UNSCANNED
