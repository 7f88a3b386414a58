"""The mixin of a row that owns a key: the key lies wrapped in the row, and destroying it erases what it sealed."""

from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from sqlalchemy import LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from referrals.foundation.sealing import current
from referrals.foundation.sealing.errors import KeyDestroyed
from referrals.foundation.sealing.keyring import KEY_ID_LENGTH
from referrals.foundation.sealing.row_key import RowKey

# Kept in place of the key id, so that an erased row is never taken for a new one and given another key.
DESTROYED: Final = "destroyed"
# What a bulk UPDATE writes to erase many rows at once.
DESTROYED_VALUES: Final[dict[str, Any]] = {"wrapped_key": None, "wrapping_key_id": DESTROYED}

_CACHE = "_opened_row_key"


class KeyHolder:
    """Columns and verbs of a row with its own key; the class must have a UUID `id` that is set before sealing."""

    if TYPE_CHECKING:
        id: Mapped[UUID]

    wrapped_key: Mapped[bytes | None] = mapped_column(LargeBinary, default=None)
    wrapping_key_id: Mapped[str | None] = mapped_column(String(KEY_ID_LENGTH), index=True, default=None)

    @property
    def erased(self) -> bool:
        """Whether the row's key was destroyed."""
        return self.wrapping_key_id == DESTROYED

    def make_key(self) -> RowKey:
        """Give the row its key, unless it has one (a second would close everything sealed so far for ever); return it.

        Assigning to a sealed attribute of a new row does this by itself. Raises `KeyDestroyed` after erasure.
        """
        if self.erased:
            raise KeyDestroyed("The row was erased: it cannot be given a key again.")
        key = self.seal_key()
        if key is not None:
            return key
        self.wrapped_key, self.wrapping_key_id = current.vault().new_row_key(self.id)
        return self._opened(self.wrapped_key, self.wrapping_key_id)

    def destroy_key(self) -> None:
        """Erase: what was sealed in this row and its children can never be read again, and reads as None."""
        self.wrapped_key = None
        self.wrapping_key_id = DESTROYED
        self.__dict__.pop(_CACHE, None)

    def seal_key(self) -> RowKey | None:
        """Return the row's key, opened once for this object, or None when it has none or it was destroyed."""
        wrapped, key_id = self.wrapped_key, self.wrapping_key_id
        if wrapped is None or key_id is None:
            return None
        cached: tuple[bytes, RowKey] | None = self.__dict__.get(_CACHE)
        # The wrapped bytes are compared, so that a refreshed, rewrapped or restored row is opened again.
        if cached is not None and cached[0] == wrapped:
            return cached[1]
        return self._opened(wrapped, key_id)

    def _opened(self, wrapped: bytes, key_id: str) -> RowKey:
        key = current.vault().open_row_key(wrapped, key_id, self.id)
        self.__dict__[_CACHE] = (wrapped, key)
        return key
