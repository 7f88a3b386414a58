"""The key ring: the wrapping keys by id, which of them is current, and the blind index key that never rotates."""

import base64
import binascii
import json
import re
import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, Self

from referrals.foundation.sealing import keyfile
from referrals.foundation.sealing.derivation import KEY_BYTES
from referrals.foundation.sealing.errors import KeyMissing, KeyRingError

KEY_ID_LENGTH: Final = 32

_FORMAT = 1
_KEY_ID = re.compile(r"k([1-9][0-9]{0,8})-[0-9a-f]{6}")


@dataclass(frozen=True, repr=False)
class KeyRing:
    """Wrapping keys by id, the id of the current one, and the stable 32-byte key of the blind index."""

    wrapping_keys: Mapping[str, bytes]
    current_id: str
    index_key: bytes

    def __post_init__(self) -> None:
        object.__setattr__(self, "wrapping_keys", MappingProxyType(dict(self.wrapping_keys)))
        _check(self)

    def __repr__(self) -> str:
        return f"KeyRing(current_id={self.current_id!r}, key_ids={sorted(self.wrapping_keys)!r})"

    @classmethod
    def generate(cls) -> Self:
        """Return a new ring with one wrapping key, all from the system's secure source."""
        key_id = _new_key_id(1)
        return cls({key_id: secrets.token_bytes(KEY_BYTES)}, key_id, secrets.token_bytes(KEY_BYTES))

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read the ring file. Raises `KeyRingError` when it is missing, damaged, or readable by others (POSIX)."""
        return cls._from_json(keyfile.read_private(path), f"The key ring file {path}")

    @classmethod
    def load_or_create(cls, path: Path) -> Self:
        """Read the ring file, making it first when there is none; of many processes starting at once, one makes it."""
        if not path.exists():
            keyfile.create_private(path, cls.generate().to_json())
        return cls.load(path)

    @classmethod
    def from_text(cls, text: str) -> Self:
        """Read a ring from base64 of its JSON, the form for an environment variable. Raises `KeyRingError`."""
        try:
            content = base64.b64decode("".join(text.split()), validate=True)
        except (binascii.Error, ValueError):
            raise KeyRingError("The key ring text is not base64: copy it again, whole.") from None
        return cls._from_json(content, "The key ring text")

    def to_text(self) -> str:
        """Return the ring as the base64 text that `from_text` reads. It is a secret."""
        return base64.b64encode(self.to_json()).decode("ascii")

    def to_json(self) -> bytes:
        """Return the content of the ring file. It is a secret."""
        keys = {key_id: base64.b64encode(key).decode("ascii") for key_id, key in self.wrapping_keys.items()}
        index_key = base64.b64encode(self.index_key).decode("ascii")
        content = {"format": _FORMAT, "current": self.current_id, "wrapping_keys": keys, "index_key": index_key}
        return json.dumps(content, indent=2).encode("ascii") + b"\n"

    def save(self, path: Path, *, dropping: Collection[str] = ()) -> None:
        """Replace the ring file with this ring, in one step.

        Refuses with `KeyRingError` when the file holds a key that this ring has not (another process added it) and
        that is not named in `dropping`, because whatever that key wrapped could never be opened again.
        """
        with keyfile.exclusive(path):
            if path.exists():
                self._refuse_losses(type(self).load(path), dropping)
            keyfile.replace_private(path, self.to_json())

    def with_new_key(self) -> Self:
        """Return a ring with one more wrapping key, which is current; the old ones still open what they wrapped."""
        number = 1 + max(_number(key_id) for key_id in self.wrapping_keys)
        key_id = _new_key_id(number)
        keys = {**self.wrapping_keys, key_id: secrets.token_bytes(KEY_BYTES)}
        return type(self)(keys, key_id, self.index_key)

    def without_key(self, key_id: str) -> Self:
        """Return a ring without an old key, once nothing is wrapped by it. The current key cannot be taken out."""
        self.wrapping_key(key_id)
        if key_id == self.current_id:
            raise KeyRingError("The current key cannot be taken out of the key ring. Make a new one first.")
        keys = {other: key for other, key in self.wrapping_keys.items() if other != key_id}
        return type(self)(keys, self.current_id, self.index_key)

    def wrapping_key(self, key_id: str) -> bytes:
        """Return the 32-byte wrapping key of that id, or raise `KeyMissing`."""
        try:
            return self.wrapping_keys[key_id]
        except KeyError:
            raise KeyMissing(f"The key ring has no key {key_id}. Is it the key ring of this database?") from None

    def _refuse_losses(self, stored: "KeyRing", dropping: Collection[str]) -> None:
        if stored.index_key != self.index_key:
            raise KeyRingError("That file is another key ring: its blind index key differs. Nothing was written.")
        kept = {key_id for key_id, key in stored.wrapping_keys.items() if self.wrapping_keys.get(key_id) == key}
        lost = set(stored.wrapping_keys) - kept - set(dropping)
        if lost:
            raise KeyRingError(
                f"The key ring file has keys that would be lost: {', '.join(sorted(lost))}. Load it again."
            )

    @classmethod
    def _from_json(cls, content: bytes, source: str) -> Self:
        try:
            ring: dict[str, Any] = json.loads(content)
            if ring["format"] != _FORMAT:
                raise KeyRingError(f"{source} has a format this version does not know.")
            keys = {key_id: base64.b64decode(key, validate=True) for key_id, key in ring["wrapping_keys"].items()}
            return cls(keys, ring["current"], base64.b64decode(ring["index_key"], validate=True))
        except (ValueError, KeyError, TypeError, AttributeError):
            # The cause is left out of the traceback on purpose: it could quote the keys.
            raise KeyRingError(f"{source} is damaged. Restore it from its backup.") from None


def _check(ring: KeyRing) -> None:
    if ring.current_id not in ring.wrapping_keys:
        raise KeyRingError("The key ring names a current key that it does not hold.")
    if not all(_KEY_ID.fullmatch(key_id) for key_id in ring.wrapping_keys):
        raise KeyRingError("The key ring has a key with an id that is not of the form k1-0a1b2c.")
    keys = [*ring.wrapping_keys.values(), ring.index_key]
    if any(len(key) != KEY_BYTES for key in keys) or len(set(keys)) != len(keys):
        raise KeyRingError("The key ring needs different keys of 32 bytes each.")


def _new_key_id(number: int) -> str:
    # The random end tells "k1 of a lost ring" from "k1 of this one", so a lost ring reads as missing, not as tampering.
    return f"k{number}-{secrets.token_hex(3)}"


def _number(key_id: str) -> int:
    match = _KEY_ID.fullmatch(key_id)
    return int(match.group(1)) if match else 0
