"""Sealing: personal data encrypted per row, the key ring that opens it, and the keyed hashes that find it."""

from referrals.foundation.sealing.blind_index import SERVICE_SCOPE, Indexer
from referrals.foundation.sealing.columns import SealedJSON, SealedText, ServiceSealedText
from referrals.foundation.sealing.current import configure, indexer, vault
from referrals.foundation.sealing.errors import KeyDestroyed, KeyMissing, KeyRingError, SealBroken, SealError
from referrals.foundation.sealing.index_terms import Kind
from referrals.foundation.sealing.key_holder import DESTROYED_VALUES, KeyHolder
from referrals.foundation.sealing.keyring import KeyRing
from referrals.foundation.sealing.row_key import RowKey
from referrals.foundation.sealing.wrapping import Vault

__all__ = [
    "DESTROYED_VALUES",
    "SERVICE_SCOPE",
    "Indexer",
    "KeyDestroyed",
    "KeyHolder",
    "KeyMissing",
    "KeyRing",
    "KeyRingError",
    "Kind",
    "RowKey",
    "SealBroken",
    "SealError",
    "SealedJSON",
    "SealedText",
    "ServiceSealedText",
    "Vault",
    "configure",
    "indexer",
    "vault",
]
