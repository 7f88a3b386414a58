"""The rows of the search index of copies: their words come again and again, so each is hashed once an organisation."""

from typing import Any, Final
from uuid import UUID

from referrals.casework.indexing import Findable, Terms, match_tokens, terms_of
from referrals.foundation.bulk import Encoder, Row
from referrals.foundation.sealing import Kind, indexer

# What is different in every copy is not worth keeping.
_COMES_AGAIN: Final = frozenset({Kind.TEXT, Kind.NAME, Kind.SOUND, Kind.POSTCODE})
# A circle's organisations and the words of all stories stay well under it.
_KEPT: Final = 400_000


class TokenRows:
    """Encoded rows of `search_tokens` and `match_tokens`."""

    def __init__(self, encoder: Encoder) -> None:
        self._encode = encoder.of(bytes)
        self._encode_id = encoder.of(UUID)
        self._known: dict[tuple[str, Kind], dict[str, Any]] = {}
        self._kept = 0

    def search(self, found: Findable, more: Terms, organisation_ids: dict[UUID, bool]) -> list[Row]:
        """How organisations find a copy; those that are marked True also by these other terms."""
        terms, referral_id = terms_of(found), self._encode_id(found.id)
        rows: list[Row] = []
        for organisation_id, knows_more in organisation_ids.items():
            owner = self._encode_id(organisation_id)
            for kind, words in terms + more if knows_more else terms:
                rows += [[owner, token, referral_id] for token in self._tokens(organisation_id, owner, kind, words)]
        return rows

    def match(self, found: Findable) -> list[Row]:
        """How the service itself compares a copy with others."""
        referral_id = self._encode_id(found.id)
        return [[self._encode(token), referral_id] for token in match_tokens(found)]

    def _tokens(self, organisation_id: UUID, owner: str, kind: Kind, words: list[str]) -> list[Any]:
        """The encoded tokens of words of one kind, each word once."""
        once = dict.fromkeys(words)
        if kind not in _COMES_AGAIN:
            return [self._encode(token) for token in indexer().tokens(organisation_id, kind, once)]
        known = self._known.setdefault((owner, kind), {})
        new = [word for word in once if word not in known]
        if new:
            made = indexer().tokens(organisation_id, kind, new)
            known.update(zip(new, map(self._encode, made), strict=True))
            self._forget(len(new))
        return [known[word] for word in once]

    def _forget(self, more: int) -> None:
        self._kept += more
        if self._kept > _KEPT:
            self._known, self._kept = {}, 0
