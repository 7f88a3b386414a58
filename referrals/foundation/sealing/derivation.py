"""Sub-keys: from one random 32-byte key, one key for each purpose, so that no key is ever used for two."""

import hmac
from enum import StrEnum
from typing import Final

KEY_BYTES: Final = 32


class Purpose(StrEnum):
    """What a derived key is for; the value is part of the derivation and must never change."""

    WRAP_ROW_KEYS = "referrals/1/wrap row keys"
    SEAL_SERVICE_ROWS = "referrals/1/seal service rows"
    SEAL_COLUMNS = "referrals/1/seal columns"
    BLIND_INDEX = "referrals/1/blind index"
    SIGN_CHECKPOINTS = "referrals/1/sign checkpoints"


def derive(key: bytes, purpose: Purpose) -> bytes:
    """Return the 32-byte sub-key of a uniformly random 32-byte `key` for one purpose.

    HKDF-Expand with SHA-256 (RFC 5869 section 2.3), a single block; section 3.3 allows leaving out the extract step
    because the input is already a uniformly random key.
    """
    if len(key) != KEY_BYTES:
        raise ValueError("A key has 32 bytes.")
    return hmac.digest(key, purpose.encode() + b"\x01", "sha256")
