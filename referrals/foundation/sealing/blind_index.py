"""The blind index: keyed hashes of words, by which sealed names, texts, postcodes and numbers can be found."""

import hmac
from collections.abc import Iterable
from typing import Final
from uuid import UUID

from referrals.foundation.sealing import index_terms
from referrals.foundation.sealing.derivation import Purpose, derive
from referrals.foundation.sealing.index_terms import TYPED, Kind

TOKEN_BYTES: Final = 16
# The scope of what is no organisation's. No organisation has this id.
SERVICE_SCOPE: Final = UUID(int=0)


class Indexer:
    """Makes the tokens to store and to search for: 16 bytes each, useless without the index key.

    `scope` is the organisation whose index it is: the same word gives different tokens in different organisations.
    Lists of tokens hold no duplicates, in the order of the text.
    """

    def __init__(self, index_key: bytes) -> None:
        self._key = derive(index_key, Purpose.BLIND_INDEX)

    def token(self, scope: UUID, kind: str, word: str) -> bytes:
        """Return the token of one word: HMAC-SHA256 over scope, kind and word, cut to 16 bytes."""
        return self.tokens(scope, kind, (word,))[0]

    def tokens(self, scope: UUID, kind: str, terms: Iterable[str]) -> list[bytes]:
        """Return the tokens of terms that are ready to be hashed (index_terms.py)."""
        name = kind.encode()
        start = b"".join((scope.bytes, bytes((len(name),)), name))
        key, digest = self._key, hmac.digest
        return [digest(key, start + term.encode(), "sha256")[:TOKEN_BYTES] for term in dict.fromkeys(terms)]

    def tokens_for_name(self, scope: UUID, name: str) -> list[bytes]:
        """Tokens of a person's name: each word and its beginnings of 3 to 12 letters, also with O'Brien as obrien."""
        return self.tokens(scope, Kind.NAME, index_terms.name_terms(name))

    def tokens_for_sound(self, scope: UUID, name: str) -> list[bytes]:
        """Tokens of how each word of a name sounds."""
        return self.tokens(scope, Kind.SOUND, index_terms.sound_terms(name))

    def tokens_for_text(self, scope: UUID, text: str) -> list[bytes]:
        """Tokens of a longer text: its whole words and numbers of two characters or more."""
        return self.tokens(scope, Kind.TEXT, index_terms.text_terms(text))

    def tokens_for_postcode(self, scope: UUID, postcode: str) -> list[bytes]:
        """Tokens of a postcode: the whole, and its outward half (W12 of W12 8QT)."""
        return self.tokens(scope, Kind.POSTCODE, index_terms.postcode_terms(postcode))

    def tokens_for_phone(self, scope: UUID, phone: str) -> list[bytes]:
        """Tokens of a phone number: the whole as dialled in the UK, and its last six digits."""
        return self.tokens(scope, Kind.PHONE, index_terms.phone_terms(phone))

    def tokens_for_reference(self, scope: UUID, reference: str) -> list[bytes]:
        """The token of a reference number, ours or an agency's, however it is spaced."""
        return self.tokens(scope, Kind.REFERENCE, index_terms.reference_terms(reference))

    def tokens_for_person(self, name: str, postcode: str) -> list[bytes]:
        """The service's own token of somebody at an address; none where that would say too little."""
        return self.tokens(SERVICE_SCOPE, Kind.PERSON, index_terms.person_terms(name, postcode))

    def tokens_for_case(self, agency_id: UUID, reference: str) -> list[bytes]:
        """The service's own token of an agency's case; none where that would say too little."""
        return self.tokens(SERVICE_SCOPE, Kind.CASE, index_terms.case_terms(agency_id, reference))

    def query_tokens(self, scope: UUID, text: str) -> dict[Kind, list[bytes]]:
        """What to look for when somebody typed `text`: for each kind that fits, the tokens that must all be there.

        A record matches when, for at least one kind, every token of the list is among its tokens. Kinds that the text
        cannot be (no postcode, no phone number) are left out.
        """
        wanted = {kind: terms(text) for kind, terms in TYPED.items()}
        return {kind: self.tokens(scope, kind, terms) for kind, terms in wanted.items() if terms}

    def query_sounds(self, scope: UUID, text: str) -> list[list[bytes]]:
        """What to look for by sound: for each word typed its tokens, of which one must be there."""
        return [self.tokens(scope, Kind.SOUND, codes) for codes in index_terms.typed_sounds(text)]
