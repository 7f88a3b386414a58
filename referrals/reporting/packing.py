"""Packing what was shown as JSON and unpacking it again, by what the shapes say of themselves."""

import dataclasses
from datetime import date
from decimal import Decimal
from enum import Enum
from types import UnionType
from typing import Any, Final, Union, get_args, get_origin, get_type_hints

from referrals.reporting.disclosure import Given
from referrals.reporting.report import Report

# JSON knows no decimals and no days.
_DECIMAL: Final = "decimal"
_DAY: Final = "day"


def pack(value: Any) -> Any:
    """A report, or any part of one, as JSON has it."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: pack(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Decimal):
        return {_DECIMAL: str(value)}
    if isinstance(value, date):
        return {_DAY: value.isoformat()}
    if isinstance(value, list | tuple):
        return [pack(one) for one in value]
    return value


def report_of(packed: dict[str, Any]) -> Report:
    """The report that was packed. What a newer shape has besides is as empty as it may be."""
    report: Report = _unpack(Report, packed)
    return report


def pack_given(given: Given) -> dict[str, Any]:
    """What a profile gave out, as lists of key and number."""
    return {
        "counts": [[list(key), value] for key, value in given.counts.items()],
        "pounds": [[list(key), None if value is None else str(value)] for key, value in given.pounds.items()],
    }


def given_of(packed: dict[str, Any]) -> Given:
    """The same again."""
    return Given(
        counts={tuple(key): value for key, value in packed["counts"]},
        pounds={tuple(key): None if value is None else Decimal(value) for key, value in packed["pounds"]},
    )


def _unpack(kind: Any, packed: Any) -> Any:
    if isinstance(packed, dict):
        return _of_object(kind, packed)
    if isinstance(packed, list):
        return _of_list(kind, packed)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(packed)
    return packed


def _of_object(kind: Any, packed: dict[str, Any]) -> Any:
    if packed.keys() == {_DECIMAL}:
        return Decimal(packed[_DECIMAL])
    if packed.keys() == {_DAY}:
        return date.fromisoformat(packed[_DAY])
    shape = next(one for one in _choices(kind) if dataclasses.is_dataclass(one))
    hints = get_type_hints(shape)
    known = {name: _unpack(hints[name], value) for name, value in packed.items() if name in hints}
    return shape(**known)  # type: ignore[operator]  # a dataclass, as asked


def _of_list(kind: Any, packed: list[Any]) -> tuple[Any, ...]:
    of = get_args(next(one for one in _choices(kind) if get_origin(one) is tuple))
    kinds = [of[0]] * len(packed) if len(of) == 2 and of[1] is ... else of
    return tuple(_unpack(each, one) for each, one in zip(kinds, packed, strict=True))


def _choices(kind: Any) -> tuple[Any, ...]:
    return get_args(kind) if get_origin(kind) in (Union, UnionType) else (kind,)
