"""Keeping the stationery: an office's own texts, version after version, and the head of its letters."""

from collections.abc import Mapping
from typing import Any

from referrals.accounts.viewer import Viewer
from referrals.audit.actions import record
from referrals.correspondence import policy
from referrals.correspondence.letters import LetterKind
from referrals.correspondence.merging import clean, fault_of_text
from referrals.correspondence.models import Letterhead, LetterText
from referrals.correspondence.queries import letterhead
from referrals.correspondence.queries.stationery import newest
from referrals.correspondence.senders import Sender
from referrals.foundation import clock
from referrals.foundation.database import db
from referrals.foundation.errors import IllegalMove, Invalid, Stale
from referrals.foundation.locks import hold


def save_text(kind: LetterKind, words: str, *, version: int, by: Viewer) -> LetterText:
    """Give the office a new version of its own text; `version` is the number of the last one the writer saw.

    Raises NotAllowed, Invalid under "words" for a field that there is not, and Stale when somebody was first.
    """
    policy.must_keep_stationery(by)
    text = clean(words).strip()
    fault = fault_of_text(text, kind)
    if fault:
        raise Invalid({"words": fault})
    return _add_version(kind, text, version, by)


def use_service_text(kind: LetterKind, *, version: int, by: Viewer) -> LetterText:
    """Go back to the text of the service; the office's own versions stay. Raises NotAllowed, IllegalMove, and Stale."""
    office_id = policy.must_keep_stationery(by)
    last = newest(kind, office_id)
    if last is None or last.words is None:
        raise IllegalMove("The office uses the text of the service already.")
    return _add_version(kind, None, version, by)


def save_letterhead(sender: Sender, *, version: int, by: Viewer) -> Letterhead:
    """Keep the head of the office's letters; `version` is that of the one the writer saw, 0 for none.

    Raises NotAllowed, Invalid under the names of `Sender`, and Stale when somebody was first.
    """
    office_id = policy.must_keep_stationery(by)
    values = {name: clean(value).strip() for name, value in sender.plain().items()}
    errors = {name: f"Enter the name of the {thing}" for name, thing in _NAMES.items() if not values[name]}
    if errors:
        raise Invalid(errors)
    hold(f"stationery of {office_id}")
    kept = letterhead(by)
    if (kept.version if kept else 0) != version:
        raise Stale
    if kept is None:
        kept = Letterhead(organisation_id=office_id)
        db.session.add(kept)
    moment = clock.now()
    for name, value in {**values, "saved_at": moment, "saved_by_id": by.person_id}.items():
        setattr(kept, name, value)
    db.session.flush()
    _record("letterhead.saved", by, {"version": kept.version})
    return kept


_NAMES = {"member": "MP", "office": "office"}


def _add_version(kind: LetterKind, words: str | None, version: int, by: Viewer) -> LetterText:
    hold(f"stationery of {by.organisation_id}")
    last = newest(kind, by.organisation_id)
    number = last.number if last else 0
    if number != version:
        raise Stale
    row = LetterText(
        organisation_id=by.organisation_id,
        kind=kind.code,
        number=number + 1,
        saved_at=clock.now(),
        saved_by_id=by.person_id,
        words=words,
    )
    db.session.add(row)
    _record("letter_text.saved" if words else "letter_text.reset", by, {"kind": kind.code, "version": row.number})
    return row


def _record(action: str, by: Viewer, facts: Mapping[str, Any]) -> None:
    record(action, by=by, subject=("organisation", by.organisation_id), facts=facts)
