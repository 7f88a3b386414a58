"""Keeping the publicity of an area: an entry is written down, corrected, taken out, or taken away to be shared."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from referrals.accounts.viewer import Viewer
from referrals.audit.actions import record
from referrals.directory import lists
from referrals.engagement import queries as log
from referrals.engagement.models import Publicity
from referrals.engagement.policy import publicity as policy
from referrals.engagement.queries import publicity as queries
from referrals.engagement.sharing import Pack
from referrals.foundation import clock
from referrals.foundation.database import db
from referrals.foundation.errors import NotFound, Stale
from referrals.foundation.faults import length_fault, refuse, words_fault

LONGEST_TITLE: Final = 140
LONGEST_LINK: Final = 400
LONGEST_WORDS: Final = 4000
MOST_REACHED: Final = 100_000_000


@dataclass(frozen=True, kw_only=True)
class Told:
    """An entry as its form gives it; codes of publicity_kinds, publicity_channels and publicity_reach."""

    kind: str
    title: str
    happened_on: date
    channel: str
    link: str = ""
    reach: int | None = None
    reach_way: str | None = None
    words: str = ""
    contact_id: UUID | None = None


def log_publicity(told: Told, *, by: Viewer) -> Publicity:
    """Write an entry into the register of the viewer's group.

    Raises NotAllowed, NotFound for a contact that is not in their log, and Invalid under the names of `Told`.
    """
    organisation_id = policy.must_keep_publicity(by)
    _check(told, organisation_id, by)
    assert by.person_id is not None
    made = Publicity(organisation_id=organisation_id, logged_at=clock.now(), logged_by_id=by.person_id)
    _take(made, told)
    db.session.add(made)
    _note("publicity.logged", made, by, {"kind": made.kind, "channel": made.channel})
    return made


def correct_publicity(found: Publicity, told: Told, *, by: Viewer, version: int | None) -> None:
    """Correct an entry. Raises as `log_publicity`, and Stale."""
    policy.must_keep(found, by)
    if version is not None and version != found.version:
        raise Stale
    _check(told, found.organisation_id, by)
    _take(found, told)
    _note("publicity.corrected", found, by, {"kind": found.kind, "channel": found.channel})


def take_out_publicity(found: Publicity, *, by: Viewer) -> None:
    """Take out an entry with its quotes, its pictures and what was permitted of them. Raises NotFound, NotAllowed."""
    policy.must_take_out(found, by)
    pieces = queries.pieces_of(found)
    for permission in [one for piece in pieces for one in piece.permissions]:
        db.session.delete(permission)
    db.session.flush()
    for piece in pieces:
        db.session.delete(queries.piece(piece.id, by))
    db.session.flush()
    db.session.delete(found)
    _note("publicity.taken_out", found, by, {"kind": found.kind})


def record_sharing(found: Publicity, pack: Pack, *, by: Viewer) -> None:
    """Leave the event of taking a pack away, with the pieces that are in it, before the file is given out."""
    policy.must_keep(found, by)
    _note("publicity.shared", found, by, {"use": pack.use, "pieces": [str(one.id) for one in pack.pieces]})


def _check(told: Told, organisation_id: UUID, by: Viewer) -> None:
    if told.contact_id is not None and log.contact(told.contact_id, by).organisation_id != organisation_id:
        raise NotFound
    refuse(_faults(told))


def _faults(told: Told) -> dict[str, str]:
    return {
        "kind": "" if told.kind in lists.codes("publicity_kinds") else "Choose what it was",
        "channel": "" if told.channel in lists.codes("publicity_channels") else "Choose where it appeared",
        "title": words_fault(told.title, LONGEST_TITLE, "Say what it was"),
        "happened_on": "The day must be today or in the past" if told.happened_on > clock.today() else "",
        "link": link_fault(told.link),
        **_reach_faults(told),
        "words": length_fault(told.words, LONGEST_WORDS),
    }


def _reach_faults(told: Told) -> dict[str, str]:
    if told.reach is None:
        return {"reach": "Say how many, or leave out how it was counted" if told.reach_way else ""}
    if not 0 < told.reach <= MOST_REACHED:
        return {"reach": f"The number must be between 1 and {MOST_REACHED:,}"}
    known = told.reach_way in lists.codes("publicity_reach")
    return {"reach_way": "" if known else "Say how it was counted"}


def link_fault(link: str) -> str:
    """What is wrong with an address of the web; nothing where there is none."""
    if link and not link.startswith(("https://", "http://")):
        return "An address begins with https://"
    return length_fault(link, LONGEST_LINK)


def _take(found: Publicity, told: Told) -> None:
    found.kind, found.channel, found.happened_on = told.kind, told.channel, told.happened_on
    found.reach, found.reach_way = told.reach, told.reach_way if told.reach is not None else None
    found.title, found.link, found.words = told.title.strip(), told.link.strip(), told.words.strip()
    found.contact_id = told.contact_id


def _note(action: str, found: Publicity, by: Viewer, facts: Mapping[str, Any]) -> None:
    record(action, by=by, subject=("publicity", found.id), facts=facts)
