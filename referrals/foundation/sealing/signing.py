"""Signed notes: short texts with an Ed25519 signature, in the format of C2SP (https://c2sp.org/signed-note)."""

import base64
import binascii
import hashlib
from dataclasses import dataclass
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from referrals.foundation.sealing.current import vault
from referrals.foundation.sealing.derivation import Purpose, derive

_ED25519: Final = b"\x01"
_ID_BYTES: Final = 4
_DASH: Final = "\u2014 "


class BadNote(ValueError):
    """A note that is none, or whose signature is not that of the key; the message says which."""


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A key that signatures are held against: its name, and 32 bytes."""

    name: str
    raw: bytes

    @property
    def id(self) -> bytes:
        """The four bytes by which a signature says whose it is."""
        return hashlib.sha256(self.name.encode() + b"\n" + _ED25519 + self.raw).digest()[:_ID_BYTES]

    def text(self) -> str:
        """How it is handed on: `name+id+key`."""
        return f"{self.name}+{self.id.hex()}+{_base64(_ED25519 + self.raw)}"

    @classmethod
    def parse(cls, text: str) -> "PublicKey":
        """The key of such a text. Raises BadNote."""
        name, _, rest = text.strip().partition("+")
        given, _, key = rest.partition("+")
        raw = _bytes(key)
        found = cls(name, raw[1:])
        if not name or raw[:1] != _ED25519 or len(raw) != 33 or found.id.hex() != given:
            raise BadNote("This is no key that notes are signed with.")
        return found


def public_key(name: str) -> PublicKey:
    """The key that belongs to the signatures of this service; it stays the same when wrapping keys are changed."""
    return PublicKey(name, _private().public_key().public_bytes_raw())


def sign(text: str, name: str) -> str:
    """The text with its signature. It ends with a line feed."""
    if not text.endswith("\n"):
        raise ValueError("a note ends with a line feed")
    signature = public_key(name).id + _private().sign(text.encode())
    return f"{text}\n{_DASH}{name} {_base64(signature)}\n"


def opened(note: str, key: PublicKey) -> str:
    """The text of a signed note. Raises BadNote unless this key signed it."""
    text, between, signatures = note.rpartition(f"\n\n{_DASH}")
    name, _, signature = signatures.strip().partition(" ")
    given = _bytes(signature)
    if not between or name != key.name or given[:_ID_BYTES] != key.id:
        raise BadNote("This is not signed by that key.")
    try:
        Ed25519PublicKey.from_public_bytes(key.raw).verify(given[_ID_BYTES:], f"{text}\n".encode())
    except InvalidSignature:
        raise BadNote("Its signature is not right: it was changed.") from None
    return f"{text}\n"


def _private() -> Ed25519PrivateKey:
    # From the part of the key ring that stays: what was signed once can be held against the same key for good.
    return Ed25519PrivateKey.from_private_bytes(derive(vault().keyring.index_key, Purpose.SIGN_CHECKPOINTS))


def _base64(raw: bytes) -> str:
    return base64.b64encode(raw).decode("ascii")


def _bytes(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise BadNote("This is no signed note.") from None
