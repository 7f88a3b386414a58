"""Making copies of a pattern: other people, places and days, a key of their own, and every row ready to be written."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from typing import Any, Final
from uuid import UUID

from referrals.casework.copies.books import Happening
from referrals.casework.copies.finding import TokenRows
from referrals.casework.copies.pattern import MATCHES, REFERRALS, TOKENS, Pattern, PatternRow
from referrals.casework.indexing import Terms
from referrals.foundation.bulk import Encoder, Row
from referrals.foundation.database import Base
from referrals.foundation.sealing import Kind, RowKey, Vault
from referrals.foundation.sealing.index_terms import reference_terms

# Ids and days inside the JSON of facts.
_INSIDE: Final = re.compile(
    r"(?P<id>[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})|(?P<day>\d{4}-\d{2}-\d{2})"
)
# What bodies call a copy: the same word for all of its enquiries.
ENQUIRY_REFERENCE: Final = ("enquiries", "agency_reference_sealed")
_MILLISECOND: Final = timedelta(milliseconds=1)


@dataclass(frozen=True, slots=True)
class Change:
    """What is different in one copy. It happened `days` and `minutes` later (negative: earlier) than its pattern."""

    reference: str | None
    days: int
    minutes: int
    # Organisations, people, seats and bodies, by those of the pattern they stand for.
    stand_ins: Mapping[UUID, UUID]
    # Other words, by table and sealed column; kept only where the pattern has words there.
    words: Mapping[tuple[str, str], str]


@dataclass(frozen=True, slots=True)
class FoundResident:
    """A copy's resident as the search index sees them."""

    name: str | None
    postcode: str | None
    phone: str | None


@dataclass(frozen=True, slots=True)
class FoundReferral:
    """A copy as the search index sees it."""

    id: UUID
    reference: str | None
    agency_id: UUID | None
    summary: str | None
    story: str | None
    wanted: str | None
    tried: str | None
    helpers: str | None
    agency_reference: str | None
    resident: FoundResident | None


@dataclass(slots=True)
class Making:
    """One copy while it is made."""

    change: Change
    key: RowKey
    wrapped: bytes
    ids: dict[UUID, UUID]
    shift: timedelta
    words: dict[tuple[str, str], str] = field(default_factory=dict)

    def id_of(self, old: UUID) -> UUID:
        """What an id of the pattern is in the copy; ids of other things stay."""
        return self.ids.get(old, old)


@dataclass(frozen=True, slots=True)
class Copy:
    """A finished copy: its encoded rows by table, and what the books will say of it."""

    rows: list[tuple[str, Row]]
    happenings: list[Happening]


Filler = Callable[[Making], Any]


class Copier:
    """Makes copies of one pattern; `chance` decides nothing but ids, which are new in every run."""

    def __init__(self, pattern: Pattern, encoder: Encoder, token_rows: TokenRows, vault: Vault, chance: Random) -> None:
        self._pattern = pattern
        self._encoder = encoder
        self._token_rows = token_rows
        self._vault = vault
        self._chance = chance
        self._rows = [self._prepared(row) for row in pattern.rows]
        self._events = [
            (event, [(name, _filler_of_facts(value)) for name, value in event.facts.items()])
            for event in pattern.events
        ]

    def copy(self, change: Change) -> Copy:
        """One copy."""
        making = self._begin(change)
        rows: list[tuple[str, Row]] = []
        for table, plain, fillers in self._rows:
            row = plain.copy()
            for place, filler in fillers:
                row[place] = filler(making)
            rows.append((table, row))
        rows += self._tokens(making)
        return Copy(rows, self._happenings(making))

    def _begin(self, change: Change) -> Making:
        shift = timedelta(days=change.days, minutes=change.minutes)
        ids = dict(change.stand_ins)
        for row in self._pattern.rows:
            ids[row.plain["id"]] = self._new_id(row.plain["id"], shift)
        new_id = ids[self._pattern.id]
        wrapped, key_id = self._vault.new_row_key(new_id)
        return Making(change, self._vault.open_row_key(wrapped, key_id, new_id), wrapped, ids, shift)

    def _new_id(self, old: UUID, shift: timedelta) -> UUID:
        """A UUIDv7 of the old one's moment, moved; see foundation/ids.py."""
        moment = (old.int >> 80) + shift // _MILLISECOND
        draw = self._chance.getrandbits
        return UUID(int=moment << 80 | 0x7 << 76 | draw(12) << 64 | 0b10 << 62 | draw(62))

    def _prepared(self, row: PatternRow) -> tuple[str, Row, list[tuple[int, Filler]]]:
        """The row with all that never changes encoded, and what to fill in at the other places."""
        plain: Row = []
        fillers: list[tuple[int, Filler]] = []
        for place, column in enumerate(Base.metadata.tables[row.table].columns):
            filler = self._filler(row, column.name)
            if filler is not None:
                fillers.append((place, filler))
            plain += [None] if filler else self._encoder.row([row.plain.get(column.name)])
        return row.table, plain, fillers

    def _filler(self, row: PatternRow, column: str) -> Filler | None:
        if row.table == REFERRALS.name and column in _OF_THE_KEY:
            made = _OF_THE_KEY[column]
            return lambda making: self._encoder.row([made(making, self._vault)])[0]
        if column in row.words:
            return self._sealer(row, column)
        value = row.plain.get(column)
        filler, encode = _filler_of(value), self._encoder.of(type(value))
        return (lambda making: encode(filler(making))) if filler else None

    def _sealer(self, row: PatternRow, column: str) -> Filler:
        place, words, encode, old_id = (row.table, column), row.words[column], self._encoder.of(bytes), row.plain["id"]

        def seal(making: Making) -> Any:
            text = making.words[place] = making.change.words.get(place, words)
            return encode(making.key.seal(text, table=row.table, column=column, row_id=making.ids[old_id]))

        return seal

    def _tokens(self, making: Making) -> list[tuple[str, Row]]:
        if not self._pattern.found_by:
            return []
        found = _as_found(making, self._pattern)
        theirs: Terms = [(Kind.REFERENCE, reference_terms(making.words.get(ENQUIRY_REFERENCE, "")))]
        finders = {making.id_of(one): one == self._pattern.office_id for one in self._pattern.found_by}
        rows = [(TOKENS.name, row) for row in self._token_rows.search(found, theirs, finders)]
        return rows + [(MATCHES.name, row) for row in self._token_rows.match(found)]

    def _happenings(self, making: Making) -> list[Happening]:
        new_id = making.ids[self._pattern.id]
        return [
            Happening(
                organisation_id=making.id_of(event.organisation_id) if event.organisation_id else None,
                event={
                    "at": event.at + making.shift,
                    "actor_id": making.id_of(event.actor_id) if event.actor_id else None,
                    "actor_role": event.actor_role,
                    "action": event.action,
                    "subject_kind": "referral",
                    "subject_id": new_id,
                    "facts": {name: filler(making) if callable(filler) else filler for name, filler in facts},
                },
                words=event.words,
                key=making.key if event.words else None,
            )
            for event, facts in self._events
        ]


_OF_THE_KEY: Final[dict[str, Callable[[Making, Vault], Any]]] = {
    "wrapped_key": lambda making, _: making.wrapped,
    "wrapping_key_id": lambda _, vault: vault.current_id,
    "reference": lambda making, _: making.change.reference,
}


def _filler_of(value: Any) -> Filler | None:
    """What makes the copy's value out of the pattern's; None where it never changes."""
    if isinstance(value, UUID):
        return lambda making: making.ids.get(value, value)
    if isinstance(value, datetime):
        return lambda making: value + making.shift
    if isinstance(value, date):
        return lambda making: value + timedelta(days=making.change.days)
    if isinstance(value, dict | list) and _INSIDE.search(json.dumps(value)):
        return _inside(value)
    return None


def _filler_of_facts(value: Any) -> Filler | Any:
    """The same for a fact of an event, which is plain JSON; the fact itself where it never changes."""
    return _inside(value) if _INSIDE.search(json.dumps(value)) else value


def _inside(value: Any) -> Filler:
    """A filler that finds the ids and days inside plain JSON."""
    if isinstance(value, str):
        return _inside_text(value)
    if isinstance(value, dict):
        parts = {name: _filler_of_facts(one) for name, one in value.items()}
        return lambda making: {name: one(making) if callable(one) else one for name, one in parts.items()}
    members: Sequence[Any] = [_filler_of_facts(one) for one in value]
    return lambda making: [one(making) if callable(one) else one for one in members]


def _inside_text(text: str) -> Filler:
    found = _INSIDE.fullmatch(text)
    if found and found["id"]:
        old_id = UUID(text)
        return lambda making: str(making.id_of(old_id))
    if found:
        day = date.fromisoformat(text)
        return lambda making: str(day + timedelta(days=making.change.days))

    def fill(making: Making) -> str:
        def replaced(match: re.Match[str]) -> str:
            if match["id"]:
                return str(making.id_of(UUID(match["id"])))
            return str(date.fromisoformat(match["day"]) + timedelta(days=making.change.days))

        return _INSIDE.sub(replaced, text)

    return fill


def _as_found(making: Making, pattern: Pattern) -> FoundReferral:
    def words(table: str, column: str) -> str | None:
        return making.words.get((table, f"{column}_sealed"))

    resident = FoundResident(
        name=words("residents", "name"), postcode=words("residents", "postcode"), phone=words("residents", "phone")
    )
    return FoundReferral(
        id=making.ids[pattern.id],
        reference=making.change.reference,
        agency_id=making.id_of(pattern.agency_id) if pattern.agency_id else None,
        summary=words("referrals", "summary"),
        story=words("referrals", "story"),
        wanted=words("referrals", "wanted"),
        tried=words("referrals", "tried"),
        helpers=words("referrals", "helpers"),
        agency_reference=words("referrals", "agency_reference"),
        resident=resident if resident.name else None,
    )
