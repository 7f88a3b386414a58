"""Making copies of a pattern: other people, places and days, a key of their own, and every row ready to be written."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from typing import Any, Final
from uuid import UUID

from referrals.casework.copies.books import Happening
from referrals.casework.copies.finding import TokenRows
from referrals.casework.copies.moulds import MOULDED, mould_of
from referrals.casework.copies.pattern import REFERRALS, Pattern, PatternRow
from referrals.casework.copies.retelling import Retold
from referrals.casework.indexing import Terms
from referrals.foundation.bulk import Encoder, Row
from referrals.foundation.database import Base
from referrals.foundation.sealing import Kind, RowKey, Vault
from referrals.foundation.sealing.index_terms import reference_terms

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
    # What the mould makes of it: for the database, and as texts.
    encoded: list[Any]
    texts: list[str]
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


@dataclass(frozen=True, slots=True)
class Plan:
    """How one row is made: what never changes, what the mould has by its number, and what is made for this place."""

    table: str
    plain: Row
    moulded: list[tuple[int, int]]
    filled: list[tuple[int, Filler]]


class Copier:
    """Makes copies of one pattern; `chance` decides nothing but ids, which are new in every run."""

    def __init__(self, pattern: Pattern, encoder: Encoder, token_rows: TokenRows, vault: Vault, chance: Random) -> None:
        self._pattern = pattern
        self._encoder = encoder
        self._token_rows = token_rows
        self._vault = vault
        self._chance = chance
        self._mould = mould_of(pattern, encoder)
        self._rows = [self._plan(row) for row in pattern.rows]
        self._events = [Retold(event, pattern.id, self._mould, encoder) for event in pattern.events]

    def copy(self, change: Change) -> Copy:
        """One copy."""
        making = self._begin(change)
        encoded = making.encoded
        rows: list[tuple[str, Row]] = []
        for plan in self._rows:
            row = plan.plain.copy()
            for place, number in plan.moulded:
                row[place] = encoded[number]
            for place, filler in plan.filled:
                row[place] = filler(making)
            rows.append((plan.table, row))
        rows += self._tokens(making)
        return Copy(rows, [event.told(making.ids, encoded, making.texts, making.key) for event in self._events])

    def _begin(self, change: Change) -> Making:
        days = timedelta(days=change.days)
        shift = days + timedelta(minutes=change.minutes)
        ids = dict(change.stand_ins)
        for row in self._pattern.rows:
            ids[row.plain["id"]] = self._new_id(row.plain["id"], shift)
        new_id = ids[self._pattern.id]
        wrapped, key_id = self._vault.new_row_key(new_id)
        key = self._vault.open_row_key(wrapped, key_id, new_id)
        return Making(change, key, wrapped, ids, *self._mould.made(ids, days, shift))

    def _new_id(self, old: UUID, shift: timedelta) -> UUID:
        """A UUIDv7 of the old one's moment, moved; see foundation/ids.py."""
        moment = (old.int >> 80) + shift // _MILLISECOND
        draw = self._chance.getrandbits
        return UUID(int=moment << 80 | 0x7 << 76 | draw(12) << 64 | 0b10 << 62 | draw(62))

    def _plan(self, row: PatternRow) -> Plan:
        plan = Plan(row.table, [], [], [])
        for place, column in enumerate(Base.metadata.tables[row.table].columns):
            value, filler = row.plain.get(column.name), self._filler(row, column.name)
            if filler is not None:
                plan.filled.append((place, filler))
            elif type(value) in MOULDED:
                plan.moulded.append((place, self._mould.number_of(value)))
            plan.plain.append(self._encoder.of(type(value))(value))
        return plan

    def _filler(self, row: PatternRow, column: str) -> Filler | None:
        if row.table == REFERRALS.name and column in _OF_THE_KEY:
            made = _OF_THE_KEY[column]
            return lambda making: self._encoder.row([made(making, self._vault)])[0]
        if column in row.words:
            return self._sealer(row, column)
        value = row.plain.get(column)
        if isinstance(value, dict | list) and self._mould.note_inside(value):
            fill, encode = self._mould.text_filler(json.dumps(value)), self._encoder.of(str)
            return lambda making: encode(fill(making.texts))
        return None

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
        return list(self._token_rows.search(found, theirs, finders)) + self._token_rows.match(found)


_OF_THE_KEY: Final[dict[str, Callable[[Making, Vault], Any]]] = {
    "wrapped_key": lambda making, _: making.wrapped,
    "wrapping_key_id": lambda _, vault: vault.current_id,
    "reference": lambda making, _: making.change.reference,
}


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
