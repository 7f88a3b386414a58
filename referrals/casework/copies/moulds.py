"""The ids, moments and days of a pattern that are others in each copy: made once a copy, however often they come."""

import json
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from referrals.audit.chain import moment
from referrals.casework.copies.pattern import Pattern
from referrals.foundation.bulk import Encoder

# Ids and days inside the JSON of facts.
_INSIDE: Final = re.compile(
    r"(?P<id>[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})|(?P<day>\d{4}-\d{2}-\d{2})"
)
# The kinds of values that change.
MOULDED: Final = (UUID, datetime, date)

# What makes a text anew from the texts of a copy.
TextFiller = Callable[[list[str]], str]


class Mould:
    """Numbers what changes. Note all of a pattern first; then numbers, fillings and texts go by the same order."""

    def __init__(self, encoder: Encoder) -> None:
        # Days are the same text everywhere.
        self._encode_id, self._encode_moment = encoder.of(UUID), encoder.moment
        self._noted: tuple[dict[Any, None], ...] = tuple({} for _ in MOULDED)

    def note(self, value: Any) -> bool:
        """Take a value of a row into account, and say whether it is other in each copy."""
        kind = type(value)
        if kind not in MOULDED:
            return False
        self._noted[MOULDED.index(kind)][value] = None
        return True

    def note_inside(self, value: Any) -> bool:
        """The same for the ids and days inside plain JSON."""
        found = [_noted(match) for match in _INSIDE.finditer(json.dumps(value))]
        for one in found:
            self.note(one)
        return bool(found)

    def number_of(self, value: Any) -> int:
        """The place of a noted value. Raises KeyError for any other."""
        kind, before = MOULDED.index(type(value)), 0
        for noted in self._noted[:kind]:
            before += len(noted)
        return before + {one: number for number, one in enumerate(self._noted[kind])}[value]

    def made(self, ids: Mapping[UUID, UUID], days: timedelta, shift: timedelta) -> tuple[list[Any], list[str]]:
        """A copy's values, as its database takes them and as texts of plain JSON; `shift` is `days` and minutes."""
        new = (
            [ids.get(one, one) for one in self._noted[0]],
            [one + shift for one in self._noted[1]],
            [one + days for one in self._noted[2]],
        )
        moments, texts_of_days = [moment(one) for one in new[1]], [str(one) for one in new[2]]
        encoded = [*map(self._encode_id, new[0]), *map(self._encode_moment, moments), *texts_of_days]
        return encoded, [*map(str, new[0]), *moments, *texts_of_days]

    def text_filler(self, text: str) -> TextFiller:
        """What makes a text anew for each copy, with other ids and days in it; all of them must have been noted."""
        pieces, numbers, end = [], [], 0
        for match in _INSIDE.finditer(text):
            pieces += [text[end : match.start()], ""]
            numbers.append(self.number_of(_noted(match)))
            end = match.end()
        pieces.append(text[end:])
        if not numbers:
            return lambda _: text

        def fill(texts: list[str]) -> str:
            filled = pieces.copy()
            filled[1::2] = [texts[number] for number in numbers]
            return "".join(filled)

        return fill


def mould_of(pattern: Pattern, encoder: Encoder) -> Mould:
    """A mould that knows all that changes in a pattern."""
    mould = Mould(encoder)
    for row in pattern.rows:
        for value in row.plain.values():
            if not mould.note(value) and isinstance(value, dict | list):
                mould.note_inside(value)
    for event in pattern.events:
        mould.note(event.at)
        mould.note(event.actor_id)
        mould.note_inside(event.facts)
    return mould


def _noted(match: re.Match[str]) -> UUID | date:
    return UUID(match["id"]) if match["id"] else date.fromisoformat(match["day"])
