"""Rotation of row keys: rewrapping, batch by batch, every row that an older wrapping key still holds."""

from typing import Any, cast

from sqlalchemy import Table, bindparam, select, update
from sqlalchemy.orm import Session

from referrals.foundation.sealing.key_holder import DESTROYED, KeyHolder
from referrals.foundation.sealing.wrapping import Vault


def rewrap_batch(session: Session, model: type[KeyHolder], vault: Vault, limit: int) -> int:
    """Rewrap up to `limit` rows of `model` under the current key; return how many were taken, 0 when none is left.

    Sealed columns stay as they are. Run it in a transaction of its own each time: what is done stays done, so a
    rotation that was stopped goes on where it was. Raises `KeyMissing` and `SealBroken` as the vault does.
    """
    table = cast(Table, model.__table__)  # type: ignore[attr-defined]
    stale = stale_key_ids(session, model, vault)
    if not stale:
        return 0
    columns = (table.c.id, table.c.wrapped_key, table.c.wrapping_key_id)
    rows = session.execute(select(*columns).where(table.c.wrapping_key_id.in_(stale)).limit(limit)).all()
    if rows:
        session.connection().execute(_guarded_update(table), [_rewrapped(vault, *row) for row in rows])
    return len(rows)


def stale_key_ids(session: Session, model: type[KeyHolder], vault: Vault) -> list[str]:
    """The ids of the wrapping keys, other than the current one, that rows of `model` still hang on."""
    column = model.wrapping_key_id
    found = session.scalars(select(column).where(column.is_not(None)).distinct())
    return sorted(key_id for key_id in found if key_id and key_id not in (vault.current_id, DESTROYED))


def _rewrapped(vault: Vault, row_id: Any, wrapped: bytes, key_id: str) -> dict[str, Any]:
    new_wrapped, new_key_id = vault.rewrap(wrapped, key_id, row_id)
    return {"row_id": row_id, "old_wrapped": wrapped, "new_wrapped": new_wrapped, "new_key_id": new_key_id}


def _guarded_update(table: Table) -> Any:
    # Guarded by the bytes that were read: an erasure in between stays an erasure, its key is not written back.
    return (
        update(table)
        .where(table.c.id == bindparam("row_id"), table.c.wrapped_key == bindparam("old_wrapped"))
        .values(wrapped_key=bindparam("new_wrapped"), wrapping_key_id=bindparam("new_key_id"))
    )
