"""Checkpoints: how far each book went at a moment, signed, to be kept where nobody who can write here can write.

Who holds one can show later that what was written by then is still the same: the root of a Merkle tree (RFC 6962) over
the hashes of the first so many entries. A book that was cut, or written anew from its beginning, or put back from an
old backup, has another root or fewer entries, however well its own chain fits together.
"""

import base64
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from referrals.audit import chain
from referrals.audit.models import AuditBook
from referrals.audit.walk import walk
from referrals.foundation.sealing import signing
from referrals.foundation.sealing.signing import BadNote, PublicKey

NAME: Final = "referrals/audit"
_SIGNATURE: Final = "\u2014 "


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """One book at one moment: how many entries it had, and the root over their hashes."""

    book_id: UUID
    size: int
    root: str
    at: str

    def text(self) -> str:
        """The note that is signed: origin, size, root, and the moment."""
        return f"{NAME}/{self.book_id}\n{self.size}\n{self.root}\n{self.at}\n"

    @classmethod
    def parse(cls, text: str) -> "Checkpoint":
        """The checkpoint that such a note says. Raises BadNote."""
        try:
            origin, size, root, at = text.splitlines()
            return cls(UUID(origin.removeprefix(f"{NAME}/")), int(size), root, at)
        except ValueError:
            raise BadNote("This is no checkpoint of a book.") from None


class Tree:
    """A Merkle tree of RFC 6962 that grows leaf by leaf, and holds no more than the roots of its whole parts."""

    def __init__(self) -> None:
        self.size = 0
        self._parts: list[bytes] = []

    def add(self, leaf: bytes) -> None:
        """Append one leaf."""
        node = hashlib.sha256(b"\x00" + leaf).digest()
        self.size += 1
        # As many parts are whole as the size has zeros at its end.
        full = self.size
        while full % 2 == 0:
            node = _above(self._parts.pop(), node)
            full //= 2
        self._parts.append(node)

    def root(self) -> str:
        """The root over all leaves, in base64."""
        if not self._parts:
            return _base64(hashlib.sha256().digest())
        node = self._parts[-1]
        for part in reversed(self._parts[:-1]):
            node = _above(part, node)
        return _base64(node)


def taken(session: Session, at: datetime) -> list[str]:
    """A signed checkpoint of every book, as it is now."""
    found = session.execute(select(AuditBook.id, AuditBook.head_number).order_by(AuditBook.id)).all()
    notes = []
    for book_id, size in found:
        (root,) = roots(session, book_id, [size])
        notes.append(signing.sign(Checkpoint(book_id, size, root, chain.moment(at)).text(), NAME))
    return notes


def roots(session: Session, book_id: UUID, sizes: Sequence[int]) -> list[str]:
    """The root over the first so many entries, for each of these sizes, the smallest first; fewer of a shorter book."""
    tree, found, wanted = Tree(), [], sorted(sizes)
    leaves = (bytes.fromhex(given) for _, given in islice(walk(session.connection(), book_id), max(wanted, default=0)))
    for size in wanted:
        for leaf in islice(leaves, size - tree.size):
            tree.add(leaf)
        if tree.size == size:
            found.append(tree.root())
    return found


def faults(session: Session, checkpoints: Iterable[Checkpoint]) -> list[str]:
    """What is no longer as a checkpoint says, in words; nothing where all is."""
    of_book: dict[UUID, list[Checkpoint]] = {}
    for one in checkpoints:
        of_book.setdefault(one.book_id, []).append(one)
    found = []
    for book_id, theirs in of_book.items():
        theirs.sort(key=lambda one: one.size)
        present = roots(session, book_id, [one.size for one in theirs])
        for place, one in enumerate(theirs):
            if place >= len(present):
                found.append(f"book {book_id} has fewer than the {one.size} entries it had on {one.at}")
            elif present[place] != one.root:
                found.append(f"book {book_id} is not what it was on {one.at}: its first {one.size} entries differ")
    return found


def read(text: str, key: PublicKey) -> list[Checkpoint]:
    """The checkpoints of a file of signed notes, one after the other. Raises BadNote for one that is not right."""
    return [Checkpoint.parse(signing.opened(note, key)) for note in _notes(text)]


def _notes(text: str) -> Iterator[str]:
    lines: list[str] = []
    for line in text.splitlines(keepends=True):
        lines.append(line)
        if line.startswith(_SIGNATURE):
            yield "".join(lines)
            lines = []
    if "".join(lines).strip():
        raise BadNote("It ends in the middle of a checkpoint.")


def _above(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def _base64(raw: bytes) -> str:
    return base64.b64encode(raw).decode("ascii")
