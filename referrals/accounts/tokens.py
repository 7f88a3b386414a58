"""Opaque tokens: 256 random bits for a browser or a mailed link, of which only the hash is stored."""

import hashlib
import secrets
from typing import Final

TOKEN_BYTES: Final = 32


def new_token() -> str:
    """A new token of 256 random bits, safe in an address and a cookie."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def hash_of(token: str) -> bytes:
    """What is stored in place of a token: SHA-256, 32 bytes. A token is all random, so it needs no salt or slowness."""
    return hashlib.sha256(token.encode("utf-8", "replace")).digest()
