"""The events of a pattern, told anew of each copy: plain values for the hash, encoded ones for the row."""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from referrals.casework.copies.books import Happening
from referrals.casework.copies.moulds import Mould, TextFiller
from referrals.casework.copies.pattern import PatternEvent
from referrals.foundation.bulk import Encoder
from referrals.foundation.sealing import RowKey

SUBJECT: Final = "referral"


class Retold:
    """One event of a pattern."""

    def __init__(self, event: PatternEvent, referral_id: UUID, mould: Mould, encoder: Encoder) -> None:
        self._event = event
        self._at = mould.number_of(event.at)
        self._actor = mould.number_of(event.actor_id) if event.actor_id else None
        self._subject = mould.number_of(referral_id)
        fixed: dict[str, Any] = {}
        self._filled: list[tuple[str, TextFiller]] = []
        for name, value in event.facts.items():
            if mould.note_inside(value):
                self._filled.append((name, mould.text_filler(value)))
            fixed[name] = value
        self._facts = fixed
        self._covered: dict[str, Any] = {
            "action": event.action,
            "actor_role": event.actor_role,
            "subject_kind": SUBJECT,
        }
        # As the row has them: when, by whom, as what, what, of what kind, which.
        role = encoder.row([event.actor_role, event.action, SUBJECT])
        self._row = [None, encoder.of(type(None))(None), *role, None]
        self._encode_facts = encoder.of(dict)
        self._encoded_facts = self._encode_facts(fixed)

    def told(self, ids: Mapping[UUID, UUID], encoded: list[Any], texts: list[str], key: RowKey) -> Happening:
        """The event of one copy."""
        event, facts, encoded_facts = self._event, self._facts, self._encoded_facts
        if self._filled:
            facts = facts.copy()
            for name, fill in self._filled:
                facts[name] = fill(texts)
            encoded_facts = self._encode_facts(facts)
        covered, row = self._covered.copy(), self._row.copy()
        covered["at"], row[0] = texts[self._at], encoded[self._at]
        if self._actor is None:
            covered["actor_id"] = None
        else:
            covered["actor_id"], row[1] = texts[self._actor], encoded[self._actor]
        covered["subject_id"], row[5] = texts[self._subject], encoded[self._subject]
        covered["facts"] = facts
        row.append(encoded_facts)
        where = event.organisation_id
        return Happening(
            organisation_id=ids.get(where, where) if where else None,
            covered=covered,
            row=row,
            words=event.words,
            key=key if event.words else None,
        )
