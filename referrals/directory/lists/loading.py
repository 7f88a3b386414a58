"""Bringing the lists into the database, where they keep the meaning of every code that was ever stored."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from referrals.directory.lists import catalogue
from referrals.directory.models import Agency, ListItem
from referrals.directory.upserts import upsert
from referrals.foundation import locks
from referrals.foundation.database import db
from referrals.foundation.ids import new_id

AGENCIES = "agencies"


class VanishedCode(RuntimeError):
    """A code that the database knows is no longer in its file: stored records would lose their meaning."""


def load_lists() -> int:
    """Bring the table of list items and the agencies up to the files; return how many rows changed.

    Runs in the caller's transaction. Raises VanishedCode, naming the codes, and then changes nothing.
    """
    session = db.session()
    # Several processes may start at once.
    locks.hold("lists")
    wanted = _wanted()
    stored = {(row.list_code, row.code): row for row in session.scalars(select(ListItem))}
    _refuse_losses(stored.keys() - wanted.keys())
    changed = [row for key, row in wanted.items() if key not in stored or _differs(stored[key], row)]
    if changed:
        upsert(session, ListItem, changed)
    return len(changed) + _load_agencies(session)


def _wanted() -> dict[tuple[str, str], dict[str, Any]]:
    return {
        (list_code, entry.code): {
            "list_code": list_code,
            "code": entry.code,
            "label": entry.label,
            "parent_code": entry.parent,
            "position": position,
            "retired_on": entry.retired,
        }
        for list_code in catalogue.list_codes()
        for position, entry in enumerate(catalogue.items(list_code))
    }


def _differs(row: Any, wanted: dict[str, Any]) -> bool:
    return any(getattr(row, name) != value for name, value in wanted.items())


def _refuse_losses(vanished: set[tuple[str, str]]) -> None:
    if vanished:
        names = ", ".join(sorted(f"{list_code}.toml: {code}" for list_code, code in vanished))
        raise VanishedCode(f"Codes are never deleted, only retired (retired = a date). Put these back: {names}")


def _load_agencies(session: Session) -> int:
    stored = {agency.code: agency for agency in session.scalars(select(Agency))}
    changed = []
    for entry in catalogue.items(AGENCIES):
        row = {"code": entry.code, "name": entry.label, "kind": entry.parent, "retired_on": entry.retired}
        known = stored.get(entry.code)
        if known is None or _differs(known, row):
            changed.append({"id": known.id if known else new_id(), **row})
    if changed:
        upsert(session, Agency, changed, by=("code",))
    return len(changed)
