"""The events of a pattern, told anew of each copy: plain values for the hash, encoded ones for the row."""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from referrals.audit import chain
from referrals.casework.copies.books import Happening
from referrals.casework.copies.moulds import Mould
from referrals.casework.copies.pattern import PatternEvent
from referrals.foundation.bulk import Encoder
from referrals.foundation.sealing import RowKey

SUBJECT: Final = "referral"
# A moment that no pattern has, where each copy's own comes.
_NO_MOMENT: Final = "-"


class Retold:
    """One event of a pattern."""

    def __init__(self, event: PatternEvent, referral_id: UUID, mould: Mould, encoder: Encoder) -> None:
        self._event = event
        self._at = mould.number_of(event.at)
        self._actor = mould.number_of(event.actor_id) if event.actor_id else None
        self._subject = mould.number_of(referral_id)
        told = {
            "action": event.action,
            "actor_id": None if event.actor_id is None else str(event.actor_id),
            "actor_role": event.actor_role,
            "at": _NO_MOMENT,
            "facts": event.facts,
            "subject_kind": SUBJECT,
            "subject_id": str(referral_id),
        }
        text = chain.Unplaced.of(told)
        self._before = mould.text_filler(text.before.removesuffix(f'{_NO_MOMENT}"'))
        self._facts = mould.text_filler(text.facts)
        self._after = mould.text_filler(text.after)
        # As the row has them: when, by whom, as what, what, of what kind, which.
        role = encoder.row([event.actor_role, event.action, SUBJECT])
        self._row = [None, encoder.of(type(None))(None), *role, None]
        self._encode_text = encoder.of(str)

    def told(self, ids: Mapping[UUID, UUID], encoded: list[Any], texts: list[str], key: RowKey) -> Happening:
        """The event of one copy."""
        event, row, at, facts = self._event, self._row.copy(), texts[self._at], self._facts(texts)
        row[0] = encoded[self._at]
        if self._actor is not None:
            row[1] = encoded[self._actor]
        row[5] = encoded[self._subject]
        row.append(self._encode_text(facts))
        where = event.organisation_id
        return Happening(
            organisation_id=ids.get(where, where) if where else None,
            at=at,
            text=chain.Unplaced(f'{self._before(texts)}{at}"', facts, self._after(texts)),
            row=row,
            words=event.words,
            key=key if event.words else None,
        )
