"""The key of one row (a referral): seals and opens the texts and files of that row and of its children."""

from os import urandom
from typing import Final
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from referrals.foundation.sealing.binding import binding
from referrals.foundation.sealing.derivation import Purpose, derive
from referrals.foundation.sealing.errors import SealBroken

NONCE_BYTES: Final = 12

_VERSION: Final = b"\x01"
_BODY: Final = 1 + NONCE_BYTES


class RowKey:
    """AES-256-GCM under the row's own key; every seal is bound to its table, column and row."""

    __slots__ = ("_cipher",)

    def __init__(self, key: bytes) -> None:
        self._cipher = AESGCM(derive(key, Purpose.SEAL_COLUMNS))

    def seal(self, text: str, *, table: str, column: str, row_id: UUID) -> bytes:
        """Return `text` sealed for that place: a version byte, a random 96-bit nonce, the ciphertext and its tag."""
        nonce = urandom(NONCE_BYTES)
        return _VERSION + nonce + self._cipher.encrypt(nonce, text.encode(), binding(table, column, row_id))

    def open(self, blob: bytes, *, table: str, column: str, row_id: UUID) -> str:
        """Return the text sealed for that place. Raises `SealBroken` (tampered, cut, or moved from elsewhere)."""
        return self.open_bytes(blob, table=table, column=column, row_id=row_id).decode()

    def seal_bytes(self, content: bytes, *, table: str, column: str, row_id: UUID) -> bytes:
        """Seal bytes, such as a file's content, as `seal` seals text."""
        nonce = urandom(NONCE_BYTES)
        return _VERSION + nonce + self._cipher.encrypt(nonce, content, binding(table, column, row_id))

    def open_bytes(self, blob: bytes, *, table: str, column: str, row_id: UUID) -> bytes:
        """Return the bytes sealed for that place; errors as `open`."""
        try:
            if blob[:1] == _VERSION:
                return self._cipher.decrypt(blob[1:_BODY], blob[_BODY:], binding(table, column, row_id))
        except (InvalidTag, ValueError):
            # A nonce cut short is a ValueError: the same verdict as a wrong tag.
            pass
        raise SealBroken(f"A seal of {table}.{column} does not open.")
