"""The vault and the indexer of this process, set once at start."""

from referrals.foundation.sealing.blind_index import Indexer
from referrals.foundation.sealing.errors import NotConfigured
from referrals.foundation.sealing.wrapping import Vault

_vault: Vault | None = None
_indexer: Indexer | None = None


def configure(vault: Vault) -> None:
    """Give the process its vault; the blind index follows from the same key ring. Later calls replace it."""
    global _vault, _indexer  # noqa: PLW0603 - one vault per process, set once at start
    _indexer = Indexer(vault.keyring.index_key)
    _vault = vault


def vault() -> Vault:
    """Return the vault of this process. Raises `NotConfigured` before `configure`."""
    if _vault is None:
        raise NotConfigured("The vault is not configured: the key ring was not loaded at start.")
    return _vault


def indexer() -> Indexer:
    """Return the blind index of this process. Raises `NotConfigured` before `configure`."""
    if _indexer is None:
        raise NotConfigured("The vault is not configured: the key ring was not loaded at start.")
    return _indexer
