"""The place a seal is bound to: one unambiguous string of bytes for a table, a column and a row."""

from functools import lru_cache
from uuid import UUID


def binding(table: str, column: str, row_id: UUID) -> bytes:
    """Return the associated data of a seal: each name after its length, then the 16 bytes of the row id."""
    return _column(table, column) + row_id.bytes


@lru_cache(maxsize=512)
def _column(table: str, column: str) -> bytes:
    names = (table.encode(), column.encode())
    return b"".join(len(name).to_bytes(2, "big") + name for name in names)
