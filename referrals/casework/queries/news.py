"""What happened to the group's referrals since its reader last looked: done by the office, or by the service.

News stays news until the person opens that referral, which leaves its event as every reading does, or says that they
have seen all of it (actions/news.py). Nothing is older than a month.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, String, literal, or_, select, union_all

from referrals.accounts.roles import Side
from referrals.accounts.viewer import Viewer
from referrals.audit.queries import last_reads
from referrals.casework.models import Milestone, Move, NewsMark, Note, Referral
from referrals.casework.policy import SCOPES
from referrals.casework.queries.group import told_of
from referrals.casework.queries.lines import Line, lines_of
from referrals.casework.queries.visible import visible_to, written_by
from referrals.casework.workflow import TRANSITIONS
from referrals.foundation import clock
from referrals.foundation.database import db
from referrals.foundation.errors import NotAllowed

KEPT: Final = timedelta(days=30)
# So many things at most are looked at; of busier times the newest are told.
MOST: Final = 200
MOVED, WRITTEN, STEP = "move", "note", "milestone"
# How much the office must be allowed to tell the group for it to hear of these.
_TOLD: Final = {MOVED: "status", WRITTEN: "full", STEP: "outcome"}
SEEN: Final = "seen"
# What an office, or the service, does with a referral that its group reads of.
TOLD_MOVES: Final = (
    SEEN,
    *(
        row.name
        for row in TRANSITIONS.values()
        if Side.GROUP in row.shown_to and (Side.OFFICE in row.ways or row.by_service)
    ),
)


@dataclass(frozen=True, slots=True)
class Happened:
    """One thing: `kind` is move, note or milestone; `code` the transition, or the milestone's code."""

    kind: str
    code: str
    at: datetime


@dataclass(frozen=True, slots=True)
class News:
    """What happened to one referral, newest first."""

    line: Line
    happened: list[Happened]


@dataclass(frozen=True, slots=True)
class Bulletin:
    """The news of a person, the referral with the newest first, and how much the office may tell of these referrals."""

    news: list[News]
    told: dict[UUID, str]


def bulletin(viewer: Viewer, beside: Iterable[UUID] = (), *, own: bool = False, limit: int = 10) -> Bulletin:
    """The news of at most `limit` referrals; six queries. `beside` are further referrals to say how much is told of.

    Raises NotAllowed to anybody but a group's people.
    """
    if viewer.side is not Side.GROUP:
        raise NotAllowed
    since = _since(viewer)
    found = _happened(viewer, since, own=own)
    read = last_reads(viewer, since)
    told = told_of({*(referral_id for referral_id, _ in found), *beside}, viewer)
    fresh: dict[UUID, list[Happened]] = {}
    for referral_id, one in found:
        if one.at > read.get(referral_id, since) and _reaches(one, told.get(referral_id, SCOPES[0])):
            fresh.setdefault(referral_id, []).append(one)
    lines = lines_of(list(fresh)[:limit], viewer)
    return Bulletin([News(line, fresh[line.id]) for line in lines], told)


def _reaches(one: Happened, told: str) -> bool:
    needed = TRANSITIONS[one.code].told if one.code in TRANSITIONS else _TOLD[one.kind]
    return SCOPES.index(told) >= SCOPES.index(needed)


def _since(viewer: Viewer) -> datetime:
    marked = db.session.scalar(
        select(NewsMark.seen_until).where(
            NewsMark.person_id == viewer.person_id, NewsMark.organisation_id == viewer.organisation_id
        )
    )
    earliest = clock.now() - KEPT
    return max(marked, earliest) if marked else earliest


def _happened(viewer: Viewer, since: datetime, *, own: bool) -> Sequence[tuple[UUID, Happened]]:
    # Every change touches its referral, but for the first look, which changes nobody's work.
    changed = or_(Referral.updated_at > since, Referral.seen_at > since)
    where = [visible_to(viewer), changed, *([written_by(viewer)] if own else [])]
    theirs = Move.organisation_id.is_(None) | (Move.organisation_id != viewer.organisation_id)
    parts = (
        _part(MOVED, Move, Move.transition, Move.at, [*where, theirs, Move.transition.in_(TOLD_MOVES)]),
        _part(
            WRITTEN,
            Note,
            literal(WRITTEN, String),
            Note.shared_at,
            [*where, Note.organisation_id != viewer.organisation_id],
        ),
        _part(
            STEP,
            Milestone,
            Milestone.code,
            Milestone.created_at,
            [*where, Milestone.organisation_id != viewer.organisation_id],
        ),
    )
    both = union_all(*(part.where(at > since) for part, at in parts)).subquery()
    query = select(both).order_by(both.c.at.desc(), both.c.referral_id).limit(MOST)
    return [(row.referral_id, Happened(row.kind, row.code, row.at)) for row in db.session.execute(query)]


def _part(kind: str, model: type[Any], code: Any, at: Any, where: list[ColumnElement[bool]]) -> tuple[Any, Any]:
    columns = {"referral_id": model.referral_id, "kind": literal(kind, String), "code": code, "at": at}
    query = select(*(column.label(name) for name, column in columns.items()))
    return query.join(Referral, Referral.id == model.referral_id).where(*where), at
