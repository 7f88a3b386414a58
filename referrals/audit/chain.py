"""The chain of a book: how an entry becomes bytes, and how its hash follows from the one before."""

import hashlib
import json
import secrets
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any, Final
from uuid import UUID, uuid5

# Part of every hash: a change of the rules below needs a new number here and a verifier that knows both.
FORMAT: Final = "referrals/audit/1"
SERVICE_BOOK: Final = UUID("5f0b6f3e-3a0e-5d0c-9c55-3f0a6d3b7e11")
DETAIL_TABLE: Final = "audit_details"
DETAIL_COLUMN: Final = "sealed"

_ENCODER: Final = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def book_id_of(organisation_id: UUID | None) -> UUID:
    """The id of an organisation's book, or without one of the service's; the same whoever makes the book first."""
    return SERVICE_BOOK if organisation_id is None else uuid5(SERVICE_BOOK, organisation_id.hex)


def canonical(value: Any) -> bytes:
    """Plain JSON as bytes that are the same on every machine: sorted keys, no spaces, UTF-8, no NaN."""
    return _ENCODER.encode(value).encode("utf-8")


def moment(at: datetime) -> str:
    """An aware moment as RFC 3339 in UTC with microseconds, such as `2026-03-03T09:30:00.000000Z`."""
    utc = at if at.tzinfo is UTC else at.astimezone(UTC)
    return utc.isoformat(timespec="microseconds").removesuffix("+00:00") + "Z"


def genesis(book_id: UUID) -> str:
    """The hash before a book's first entry, bound to the book so that one book cannot pass for another."""
    return hashlib.sha256(canonical({"book_id": str(book_id), "format": FORMAT})).hexdigest()


def entry_hash(entry: Mapping[str, Any]) -> str:
    """The SHA-256, in hex, over the covered fields of an entry (a mapping with UUIDs and aware datetimes)."""
    actor_id, subject_id = entry["actor_id"], entry["subject_id"]
    covered = {
        "action": entry["action"],
        "actor_id": None if actor_id is None else str(actor_id),
        "actor_role": entry["actor_role"],
        "at": moment(entry["at"]),
        "book_id": str(entry["book_id"]),
        "detail_digest": entry["detail_digest"],
        "facts": entry["facts"],
        "format": FORMAT,
        "number": entry["number"],
        "previous_hash": entry["previous_hash"],
        "subject_id": None if subject_id is None else str(subject_id),
        "subject_kind": entry["subject_kind"],
    }
    return covered_hash(covered)


def covered_hash(covered: Mapping[str, Any]) -> str:
    """The SHA-256, in hex, over an entry's plain values, as `entry_hash` names them."""
    return hashlib.sha256(_ENCODER.encode(covered).encode("utf-8")).hexdigest()


@dataclass(frozen=True, slots=True)
class Unplaced:
    """The canonical text of an entry that has no place in a book yet, in the three parts around what its place adds.

    For those who write very many: text that is alike in all of them is then made once.
    """

    before: str
    facts: str
    after: str

    @classmethod
    def of(cls, covered: Mapping[str, Any]) -> "Unplaced":
        """From plain values as `entry_hash` names them, those of the place left out."""
        before = _text({name: covered[name] for name in ("action", "actor_id", "actor_role", "at")})
        after = _text({name: covered[name] for name in ("subject_id", "subject_kind")})
        return cls(before[:-1], _text(covered["facts"]), after[1:])

    def hash(self, book_id: str, detail_digest: str | None, number: int, previous_hash: str) -> str:
        """The same that `entry_hash` makes of the whole entry."""
        digest = "null" if detail_digest is None else f'"{detail_digest}"'
        text = (
            f'{self.before},"book_id":"{book_id}","detail_digest":{digest},"facts":{self.facts},"format":"{FORMAT}",'
            f'"number":{number},"previous_hash":"{previous_hash}",{self.after}'
        )
        return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _text(value: Any) -> str:
    return canonical(value).decode("utf-8")


def linked(entries: Iterable[Mapping[str, Any]], *, book_id: UUID, number: int, head: str) -> Iterator[dict[str, Any]]:
    """Give entries their place in a book whose last entry is `number` with hash `head` (0 and `genesis` when empty).

    Entries are mappings with `at`, `action`, `subject_kind`, `subject_id`, and where they have them `actor_id`,
    `actor_role`, `facts` (plain JSON) and `detail_digest`. What comes out are whole rows of `audit_entries`, in order;
    the last one's number and hash are the book's new head.
    """
    empty: dict[str, Any] = {"actor_id": None, "actor_role": None, "facts": {}, "detail_digest": None}
    for entry in entries:
        number += 1
        row = {**empty, **entry, "book_id": book_id, "number": number, "previous_hash": head}
        head = row["hash"] = entry_hash(row)
        yield row


def plain(facts: Any) -> Any:
    """Facts as plain JSON: ids, dates, amounts and codes become text. Raises TypeError for anything else."""
    if isinstance(facts, Mapping):
        return {str(name): plain(value) for name, value in facts.items()}
    if isinstance(facts, set | frozenset):
        facts = sorted(facts)
    if isinstance(facts, list | tuple):
        return [plain(item) for item in facts]
    return _plain_value(facts)


def _plain_value(fact: Any) -> bool | int | str | None:
    match fact:
        case Enum():
            return _plain_value(fact.value)
        case datetime():
            return moment(fact)
        case None | bool() | int() | str():
            return fact
        case date() | UUID() | Decimal():
            # The text of a date is its ISO 8601 form.
            return str(fact)
    raise TypeError(f"{type(fact).__name__} is not a fact: facts are codes, dates, numbers and ids")


def detail_row_id(book_id: UUID, number: int) -> UUID:
    """The id that the seal of an entry's words is bound to."""
    return uuid5(book_id, str(number))


def salted(words: str) -> str:
    """The JSON text that is sealed for an entry's words: the words with a salt of their own."""
    return canonical({"salt": secrets.token_hex(16), "words": words}).decode("utf-8")


def detail_digest(detail: str) -> str:
    """The SHA-256, in hex, of what `salted` made. Without the salt, short words cannot be guessed from it."""
    return hashlib.sha256(detail.encode("utf-8")).hexdigest()
