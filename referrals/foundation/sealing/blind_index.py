"""The blind index: keyed hashes of words, by which sealed names, texts, postcodes and numbers can be found."""

import hmac
from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import Final
from uuid import UUID

from referrals.foundation.sealing.derivation import Purpose, derive
from referrals.foundation.sealing.index_words import (
    joined_words,
    outward_code,
    phone_number,
    squashed,
    squashed_reference,
    words,
)

TOKEN_BYTES: Final = 16
SHORTEST_PREFIX: Final = 2
LONGEST_PREFIX: Final = 12
PHONE_ENDING: Final = 6


class Kind(StrEnum):
    """What a token is made from; the value is part of the hash, so the kinds never match each other."""

    NAME = "name"
    TEXT = "text"
    POSTCODE = "postcode"
    PHONE = "phone"
    REFERENCE = "reference"


class Indexer:
    """Makes the tokens to store and to search for: 16 bytes each, useless without the index key.

    `scope` is the organisation whose index it is: the same word gives different tokens in different organisations.
    Lists of tokens hold no duplicates, in the order of the text.
    """

    def __init__(self, index_key: bytes) -> None:
        self._key = derive(index_key, Purpose.BLIND_INDEX)

    def token(self, scope: UUID, kind: str, word: str) -> bytes:
        """Return the token of one word: HMAC-SHA256 over scope, kind and word, cut to 16 bytes."""
        name = kind.encode()
        message = b"".join((scope.bytes, bytes((len(name),)), name, word.encode()))
        return hmac.digest(self._key, message, "sha256")[:TOKEN_BYTES]

    def tokens_for_name(self, scope: UUID, name: str) -> list[bytes]:
        """Tokens of a person's name: each word and its beginnings of 2 to 12 letters, also with O'Brien as obrien."""
        found = joined_words(name)
        return self._tokens(scope, Kind.NAME, [beginning for word in found for beginning in _beginnings(word)])

    def tokens_for_text(self, scope: UUID, text: str) -> list[bytes]:
        """Tokens of a longer text: its whole words of two letters or more, and its numbers."""
        return self._tokens(scope, Kind.TEXT, _text_words(text))

    def tokens_for_postcode(self, scope: UUID, postcode: str) -> list[bytes]:
        """Tokens of a postcode: the whole, and its outward half (W12 of W12 8QT)."""
        whole = squashed(postcode)
        return self._tokens(scope, Kind.POSTCODE, [part for part in (whole, outward_code(whole)) if part])

    def tokens_for_phone(self, scope: UUID, phone: str) -> list[bytes]:
        """Tokens of a phone number: the whole as dialled in the UK, and its last six digits."""
        number = phone_number(phone)
        return self._tokens(scope, Kind.PHONE, [number, number[-PHONE_ENDING:]] if number else [])

    def tokens_for_reference(self, scope: UUID, reference: str) -> list[bytes]:
        """The token of a reference number, ours or an agency's, however it is spaced."""
        code = squashed_reference(reference)
        return self._tokens(scope, Kind.REFERENCE, [code] if code else [])

    def query_tokens(self, scope: UUID, text: str) -> dict[Kind, list[bytes]]:
        """What to look for when somebody typed `text`: for each kind that fits, the tokens that must all be there.

        A record matches when, for at least one kind, every token of the list is among its tokens. Kinds that the text
        cannot be (no postcode, no phone number) are left out.
        """
        wanted = {kind: terms(text) for kind, terms in _QUERY_TERMS.items()}
        return {kind: self._tokens(scope, kind, terms) for kind, terms in wanted.items() if terms}

    def _tokens(self, scope: UUID, kind: Kind, terms: Iterable[str]) -> list[bytes]:
        name = kind.value.encode()
        start = b"".join((scope.bytes, bytes((len(name),)), name))
        key, digest = self._key, hmac.digest
        return [digest(key, start + term.encode(), "sha256")[:TOKEN_BYTES] for term in dict.fromkeys(terms)]


def _beginnings(word: str) -> list[str]:
    longest = min(len(word), LONGEST_PREFIX)
    # A name of a single letter is found by that letter alone.
    return [word[:length] for length in range(min(SHORTEST_PREFIX, longest), longest + 1)]


def _text_words(text: str) -> list[str]:
    return [word for word in words(text) if len(word) > 1 or word.isdigit()]


def _name_terms(text: str) -> list[str]:
    return [word[:LONGEST_PREFIX] for word in words(text)]


def _postcode_terms(text: str) -> list[str]:
    whole = squashed(text)
    return [whole] if outward_code(whole) else []


def _phone_terms(text: str) -> list[str]:
    number = phone_number(text)
    if not number:
        return []
    # A number without its area code can only be found by its ending.
    return [number if number.startswith("0") else number[-PHONE_ENDING:]]


def _reference_terms(text: str) -> list[str]:
    code = squashed_reference(text)
    return [code] if any(character.isdigit() for character in code) else []


_QUERY_TERMS: Final[dict[Kind, Callable[[str], list[str]]]] = {
    Kind.NAME: _name_terms,
    Kind.TEXT: _text_words,
    Kind.POSTCODE: _postcode_terms,
    Kind.PHONE: _phone_terms,
    Kind.REFERENCE: _reference_terms,
}
