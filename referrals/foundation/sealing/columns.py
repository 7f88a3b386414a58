"""Sealed attributes of models: read and written as plain text or JSON, stored as sealed bytes beside them."""

import json
from typing import Any, Generic, Protocol, Self, overload
from uuid import UUID

from typing_extensions import TypeVar

from referrals.foundation.sealing import current
from referrals.foundation.sealing.errors import KeyDestroyed, SealError
from referrals.foundation.sealing.key_holder import KeyHolder
from referrals.foundation.sealing.row_key import RowKey

T = TypeVar("T", default=Any)


class Sealable(Protocol):
    """What a model with sealed attributes offers: its table, its id, and the key it is sealed with."""

    __tablename__: Any

    @property
    def id(self) -> Any:
        """The row's UUID."""

    def seal_key(self) -> RowKey | None:
        """The key of this row, or of the row it hangs on; None when there is none or it was destroyed."""


class _Sealed(Generic[T]):
    """A descriptor over the sealed column `column`; below it, the kinds say how a value becomes text."""

    def __init__(self, column: str) -> None:
        self.column = column

    @overload
    def __get__(self, row: None, owner: type) -> Self: ...
    @overload
    def __get__(self, row: Sealable, owner: type) -> T | None: ...
    def __get__(self, row: Sealable | None, owner: type) -> Self | T | None:
        if row is None:
            return self
        blob: bytes | None = getattr(row, self.column)
        if blob is None:
            return None
        key = row.seal_key()
        if key is None:
            return None
        return self._value(key.open(blob, table=row.__tablename__, column=self.column, row_id=row.id))

    def __set__(self, row: Sealable, value: T | None) -> None:
        if value is None or value == "":
            setattr(row, self.column, None)
            return
        key = _key_for_writing(row)
        sealed = key.seal(self._text(value), table=row.__tablename__, column=self.column, row_id=_row_id(row))
        setattr(row, self.column, sealed)

    def _text(self, value: T) -> str:
        raise NotImplementedError

    def _value(self, text: str) -> T:
        raise NotImplementedError


class SealedText(_Sealed[str]):
    """Text sealed with the row's key: `str`, or None when nothing is stored or the key was destroyed.

    Assigning seals at once; None and the empty text clear the column.
    """

    def _text(self, value: str) -> str:
        return value

    def _value(self, text: str) -> str:
        return text


class SealedJSON(_Sealed[T]):
    """Plain JSON (a dict or list of texts, numbers, truth values, None) sealed with the row's key.

    `SealedJSON[dict[str, str]]("answers_sealed")` gives it a type. Each reading is a fresh copy: to change it, assign.
    """

    def _text(self, value: T) -> str:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)

    def _value(self, text: str) -> T:
        value: T = json.loads(text)
        return value


class ServiceSealedText:
    """Text sealed with a key of the service, for rows outside any referral; assigning None or "" clears."""

    def __init__(self, column: str) -> None:
        self.column = column

    @overload
    def __get__(self, row: None, owner: type) -> Self: ...
    @overload
    def __get__(self, row: object, owner: type) -> str | None: ...
    def __get__(self, row: Any, owner: type) -> Self | str | None:
        if row is None:
            return self
        blob: bytes | None = getattr(row, self.column)
        if blob is None:
            return None
        return current.vault().open_service(blob, table=row.__tablename__, column=self.column, row_id=row.id)

    def __set__(self, row: Any, value: str | None) -> None:
        sealed = None
        if value:
            place = {"table": row.__tablename__, "column": self.column}
            sealed = current.vault().seal_service(value, row_id=_row_id(row), **place)
        setattr(row, self.column, sealed)


def _key_for_writing(row: Sealable) -> RowKey:
    key = row.seal_key()
    if key is not None:
        return key
    if isinstance(row, KeyHolder):
        return row.make_key()
    raise KeyDestroyed("The row this one hangs on has no key: it was erased, or was not given its key yet.")


def _row_id(row: Any) -> UUID:
    row_id: UUID | None = row.id
    if row_id is None:
        raise SealError("A row needs its id before anything can be sealed in it.")
    return row_id
