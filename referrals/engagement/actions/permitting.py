"""Quotes and pictures of people, and what they permit: added, permitted, permitted anew, taken back, taken out."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from referrals.accounts.viewer import Viewer
from referrals.audit.actions import record
from referrals.directory import lists
from referrals.engagement.actions.publicising import link_fault
from referrals.engagement.models import KINDS, PICTURE, Publicity, PublicityPermission, PublicityPiece
from referrals.engagement.policy import publicity as policy
from referrals.engagement.queries import publicity as queries
from referrals.foundation import clock
from referrals.foundation.database import db
from referrals.foundation.errors import IllegalMove, NotFound, Stale
from referrals.foundation.faults import refuse, words_fault

LONGEST_PIECE: Final = 1000
LONGEST_WHOSE: Final = 120
# Nobody is held to a permission for longer than this: after it, they are asked again.
LONGEST_HELD: Final = timedelta(days=5 * 366)


@dataclass(frozen=True, kw_only=True)
class Permitted:
    """What somebody permits; codes of permission_uses, and one of permission_ways."""

    whose: str
    uses: list[str]
    way: str
    given_on: date
    ends_on: date


def add_piece(found: Publicity, kind: str, words: str, whose: str, link: str, *, by: Viewer) -> PublicityPiece:
    """Add a quote or a picture, which nobody is shown until it is permitted.

    Raises NotFound, also for a kind that there is not, and Invalid under "words", "whose" and "link".
    """
    policy.must_keep(found, by)
    if kind not in KINDS:
        raise NotFound
    picture = kind == PICTURE
    wrong = {
        "words": words_fault(
            words, LONGEST_PIECE, "Say what the picture shows" if picture else "Write down what was said"
        ),
        "whose": words_fault(whose, LONGEST_WHOSE, "Say who took it" if picture else "Say whose words these are"),
        "link": link_fault(link),
    }
    refuse(wrong)
    assert by.person_id is not None
    made = PublicityPiece(publicity_id=found.id, kind=kind, added_at=clock.now(), added_by_id=by.person_id)
    made.words, made.whose, made.link = words.strip(), whose.strip(), link.strip() if picture else ""
    db.session.add(made)
    _note("publicity_piece.added", made.publicity_id, by, {"piece": made.id, "kind": kind})
    return made


def take_out_piece(piece: PublicityPiece, *, by: Viewer) -> None:
    """Take a quote or a picture out with what was permitted of it. Raises NotFound."""
    found = queries.publicity(piece.publicity_id, by)
    for one in next(one for one in queries.pieces_of(found) if one.id == piece.id).permissions:
        db.session.delete(one)
    db.session.flush()
    db.session.delete(piece)
    _note("publicity_piece.taken_out", found.id, by, {"piece": piece.id, "kind": piece.kind})


def permit(piece: PublicityPiece, told: Permitted, *, by: Viewer) -> PublicityPermission:
    """Keep that somebody permits a quote or a picture. Raises NotFound, and Invalid under the names of `Permitted`."""
    queries.publicity(piece.publicity_id, by)
    refuse(_faults(told))
    assert by.person_id is not None
    made = PublicityPermission(piece_id=piece.id, publicity_id=piece.publicity_id, kept_by_id=by.person_id)
    _take(made, told)
    db.session.add(made)
    _note_permission("publicity_permission.given", made, by)
    return made


def permit_anew(permission: PublicityPermission, told: Permitted, *, by: Viewer, version: int | None) -> None:
    """Keep what somebody permits now, in the place of what they did; also after they had taken it back.

    Raises NotFound, Stale, and Invalid under the names of `Permitted`: whoever took it back has to give it anew.
    """
    queries.publicity(permission.publicity_id, by)
    if version is not None and version != permission.version:
        raise Stale
    faults = _faults(told)
    taken_back = permission.withdrawn_at
    if taken_back is not None and told.given_on < clock.local_day(taken_back):
        faults["given_on"] = "They took it back after this day. Enter the day they gave it again"
    refuse(faults)
    permission.withdrawn_at = None
    _take(permission, told)
    _note_permission("publicity_permission.given_anew", permission, by)


def take_back(permission: PublicityPermission, *, by: Viewer) -> None:
    """Keep that somebody takes back what they permitted, from this moment on. Raises NotFound, IllegalMove."""
    queries.publicity(permission.publicity_id, by)
    if permission.withdrawn_at is not None:
        raise IllegalMove("This permission was taken back already.")
    permission.withdrawn_at = clock.now()
    _note_permission("publicity_permission.taken_back", permission, by)


def _faults(told: Permitted) -> dict[str, str]:
    unknown = set(told.uses) - lists.codes("permission_uses")
    return {
        "whose": words_fault(told.whose, LONGEST_WHOSE, "Say who permits it"),
        "uses": "" if told.uses and not unknown else "Choose what it may be used for",
        "way": "" if told.way in lists.codes("permission_ways") else "Say how they permitted it",
        "given_on": "The day must be today or in the past" if told.given_on > clock.today() else "",
        "ends_on": _end_fault(told),
    }


def _end_fault(told: Permitted) -> str:
    if told.ends_on < told.given_on:
        return "It cannot end before it was given"
    return "After 5 years people are asked again: enter an earlier day" if _held(told) > LONGEST_HELD else ""


def _held(told: Permitted) -> timedelta:
    return told.ends_on - told.given_on


def _take(permission: PublicityPermission, told: Permitted) -> None:
    permission.whose, permission.uses, permission.way = told.whose.strip(), list(told.uses), told.way
    permission.given_on, permission.ends_on = told.given_on, told.ends_on


def _note_permission(action: str, permission: PublicityPermission, by: Viewer) -> None:
    facts = {"piece": permission.piece_id, "permission": permission.id, "uses": list(permission.uses)}
    _note(action, permission.publicity_id, by, facts | {"ends_on": permission.ends_on})


def _note(action: str, publicity_id: UUID, by: Viewer, facts: dict[str, Any]) -> None:
    record(action, by=by, subject=("publicity", publicity_id), facts=facts)
