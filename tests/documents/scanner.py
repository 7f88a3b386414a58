"""A clamd of the tests: it speaks over a real socket, and says what a test tells it to say."""

import socket
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread
from typing import Self

from referrals.documents import scanning


class FakeClamd:
    """Listens on a port of this machine; what was sent to it is in `seen`, in order."""

    def __init__(self, answer: bytes = b"stream: OK") -> None:
        self.answer = answer
        self.seen: list[bytes] = []
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.thread = Thread(target=self._serve, daemon=True)

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.socket.getsockname()[1]}"

    def __enter__(self) -> Self:
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        # Closing alone does not wake who waits for the next caller.
        self.socket.shutdown(socket.SHUT_RDWR)
        self.socket.close()
        self.thread.join()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self.socket.accept()
            except OSError:
                return
            with connection, connection.makefile("rb") as said:
                assert said.read(10) == b"zINSTREAM\0"
                content = b""
                while length := struct.unpack(">I", said.read(4))[0]:
                    content += said.read(length)
                self.seen.append(content)
                connection.sendall(self.answer + b"\0")


@contextmanager
def scanner_at(address: str | None) -> Iterator[None]:
    """The scanner of this process at an address, or none, for the length of the block."""
    before = scanning.current()
    scanning.configure(scanning.Scanner(address) if address else None)
    try:
        yield
    finally:
        scanning.configure(before)


def nobody() -> str:
    """An address at which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as gone:
        return f"127.0.0.1:{gone.getsockname()[1]}"
