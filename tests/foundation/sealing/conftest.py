"""Each test of sealing begins without a vault, and gives back the one the process had."""

import pytest

from referrals.foundation.sealing import current


@pytest.fixture(autouse=True)
def no_vault_yet(monkeypatch):
    monkeypatch.setattr(current, "_vault", None)
    monkeypatch.setattr(current, "_indexer", None)
