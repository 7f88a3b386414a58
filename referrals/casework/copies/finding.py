"""The rows of the search index of copies: their words come again and again, so each is hashed once an organisation."""

from collections.abc import Iterator
from typing import Any, Final
from uuid import UUID

from referrals.casework.copies.pattern import MATCHES, SEARCHED, TOKENS
from referrals.casework.indexing import Findable, Terms, joined, match_tokens, terms_of
from referrals.foundation.bulk import Encoder, Row
from referrals.foundation.sealing import Kind, indexer

# What is different in every copy is not worth keeping.
_COMES_AGAIN: Final = frozenset({Kind.TEXT, Kind.NAME, Kind.SOUND, Kind.POSTCODE})
# A circle's organisations and the words of all stories stay well under it.
_KEPT: Final = 400_000

# A token, and the same encoded.
_Token = tuple[bytes, Any]


class TokenRows:
    """Encoded rows of the search index, each with the name of its table."""

    def __init__(self, encoder: Encoder) -> None:
        self._encode = encoder.of(bytes)
        self._encode_id = encoder.of(UUID)
        self._known: dict[tuple[UUID, Kind], dict[str, _Token]] = {}
        self._kept = 0

    def search(self, found: Findable, more: Terms, organisation_ids: dict[UUID, bool]) -> Iterator[tuple[str, Row]]:
        """How organisations find a copy; those that are marked True also by these other terms."""
        terms, referral_id = terms_of(found), self._encode_id(found.id)
        for organisation_id, knows_more in organisation_ids.items():
            owner = self._encode_id(organisation_id)
            tokens: dict[bytes, Any] = {}
            for kind, words in terms + more if knows_more else terms:
                tokens.update(self._tokens(organisation_id, kind, words))
            yield SEARCHED.name, [referral_id, owner, self._encode(joined(tokens))]
            for token in tokens.values():
                yield TOKENS.name, [owner, token, referral_id]

    def match(self, found: Findable) -> list[tuple[str, Row]]:
        """How the service itself compares a copy with others."""
        referral_id = self._encode_id(found.id)
        return [(MATCHES.name, [self._encode(token), referral_id]) for token in match_tokens(found)]

    def _tokens(self, organisation_id: UUID, kind: Kind, words: list[str]) -> list[_Token]:
        once = dict.fromkeys(words)
        if kind not in _COMES_AGAIN:
            return self._made(organisation_id, kind, list(once))
        known = self._known.setdefault((organisation_id, kind), {})
        new = [word for word in once if word not in known]
        if new:
            known.update(zip(new, self._made(organisation_id, kind, new), strict=True))
            self._forget(len(new))
        return [known[word] for word in once]

    def _made(self, organisation_id: UUID, kind: Kind, words: list[str]) -> list[_Token]:
        return [(token, self._encode(token)) for token in indexer().tokens(organisation_id, kind, words)]

    def _forget(self, more: int) -> None:
        self._kept += more
        if self._kept > _KEPT:
            self._known, self._kept = {}, 0
