"""The vault: wraps and opens the keys of rows, and seals what belongs to no referral."""

import os
from collections.abc import Callable
from typing import Final
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from referrals.foundation.sealing.binding import binding
from referrals.foundation.sealing.derivation import KEY_BYTES, Purpose, derive
from referrals.foundation.sealing.errors import KeyMissing, SealBroken
from referrals.foundation.sealing.keyring import KeyRing
from referrals.foundation.sealing.row_key import NONCE_BYTES, RowKey

_VERSION: Final = b"\x01"
_BODY: Final = 1 + NONCE_BYTES


class Vault:
    """Wraps row keys under the current wrapping key, and opens those under any key of the ring.

    `reload` is asked for the ring again when a key id is unknown, so that a server already running follows a rotation
    made by a command beside it.
    """

    def __init__(self, keyring: KeyRing, reload: Callable[[], KeyRing] | None = None) -> None:
        self._keyring = keyring
        self._reload = reload
        self._ciphers: dict[tuple[str, Purpose], AESGCM] = {}

    @property
    def keyring(self) -> KeyRing:
        """The ring in use."""
        return self._keyring

    @property
    def current_id(self) -> str:
        """The id of the wrapping key that new rows are wrapped under."""
        return self._keyring.current_id

    def new_row_key(self, row_id: UUID) -> tuple[bytes, str]:
        """Make a random 32-byte key for a row; return it wrapped (61 bytes), and the id of the key that wraps it."""
        return self._wrap(os.urandom(KEY_BYTES), row_id), self.current_id

    def open_row_key(self, wrapped: bytes, key_id: str, row_id: UUID) -> RowKey:
        """Return the row's key. Raises `SealBroken` (tampered, another row's) or `KeyMissing`."""
        return RowKey(self._unwrap(wrapped, key_id, row_id))

    def rewrap(self, wrapped: bytes, key_id: str, row_id: UUID) -> tuple[bytes, str]:
        """Return the same row key wrapped under the current key, and that key's id; errors as `open_row_key`."""
        return self._wrap(self._unwrap(wrapped, key_id, row_id), row_id), self.current_id

    def seal_service(self, text: str, *, table: str, column: str, row_id: UUID) -> bytes:
        """Seal text that belongs to no referral, such as a person's mail address; the key id travels inside."""
        key_id = self.current_id
        # A random 96-bit nonce serves 2**32 seals under one key (NIST SP 800-38D section 8.3); rotation starts anew.
        nonce = os.urandom(NONCE_BYTES)
        cipher = self._cipher(key_id, Purpose.SEAL_SERVICE_ROWS)
        sealed = cipher.encrypt(nonce, text.encode(), binding(table, column, row_id))
        name = key_id.encode("ascii")
        return b"".join((_VERSION, bytes((len(name),)), name, nonce, sealed))

    def open_service(self, blob: bytes, *, table: str, column: str, row_id: UUID) -> str:
        """Open what `seal_service` sealed. Raises `SealBroken` (tampered, moved) or `KeyMissing`."""
        key_id = service_key_id(blob)
        body = 2 + len(key_id)
        cipher = self._cipher(key_id, Purpose.SEAL_SERVICE_ROWS)
        nonce, sealed = blob[body : body + NONCE_BYTES], blob[body + NONCE_BYTES :]
        try:
            return cipher.decrypt(nonce, sealed, binding(table, column, row_id)).decode()
        except (InvalidTag, ValueError):
            raise SealBroken(f"A service seal of {table}.{column} does not open.") from None

    def reseal_service(self, blob: bytes, *, table: str, column: str, row_id: UUID) -> bytes:
        """Return the same text sealed under the current key; errors as `open_service`."""
        place = {"table": table, "column": column}
        return self.seal_service(self.open_service(blob, row_id=row_id, **place), row_id=row_id, **place)

    def _wrap(self, row_key: bytes, row_id: UUID) -> bytes:
        nonce = os.urandom(NONCE_BYTES)
        return (
            _VERSION
            + nonce
            + self._cipher(self.current_id, Purpose.WRAP_ROW_KEYS).encrypt(nonce, row_key, row_id.bytes)
        )

    def _unwrap(self, wrapped: bytes, key_id: str, row_id: UUID) -> bytes:
        cipher = self._cipher(key_id, Purpose.WRAP_ROW_KEYS)
        if wrapped[:1] != _VERSION:
            raise SealBroken("A wrapped row key has an unknown version.")
        try:
            return cipher.decrypt(wrapped[1:_BODY], wrapped[_BODY:], row_id.bytes)
        except (InvalidTag, ValueError):
            raise SealBroken("A wrapped row key does not open.") from None

    def _cipher(self, key_id: str, purpose: Purpose) -> AESGCM:
        cipher = self._ciphers.get((key_id, purpose))
        if cipher is None:
            cipher = AESGCM(derive(self._wrapping_key(key_id), purpose))
            self._ciphers[key_id, purpose] = cipher
        return cipher

    def _wrapping_key(self, key_id: str) -> bytes:
        try:
            return self._keyring.wrapping_key(key_id)
        except KeyMissing:
            if self._reload is None:
                raise
        self._keyring = self._reload()
        return self._keyring.wrapping_key(key_id)


def service_key_id(blob: bytes) -> str:
    """Return the id of the wrapping key a service seal was made under. Raises `SealBroken`."""
    if len(blob) < 2 or blob[:1] != _VERSION or len(blob) < 2 + blob[1]:
        raise SealBroken("A service seal has an unknown version.")
    try:
        return blob[2 : 2 + blob[1]].decode("ascii")
    except UnicodeDecodeError:
        raise SealBroken("A service seal has an unreadable key id.") from None
