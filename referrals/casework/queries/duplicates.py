"""Referrals that may be about the same person: found without opening a seal, in one's own organisation's index only.

One's own organisation sees which they are and why they are taken for the same. Of another organisation's there is one
thing to hear at most: that somebody else may hold one (queries/matching.py).
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import Select, or_, select, union_all

from referrals.accounts.viewer import Viewer
from referrals.casework.models import Referral
from referrals.casework.queries.finding import matching
from referrals.casework.queries.hearing import state_for
from referrals.casework.queries.visible import written_by
from referrals.foundation.database import db
from referrals.foundation.sealing import Kind, index_terms, indexer

MOST: Final = 5
# The newest so many of each way of being alike are compared.
LOOKED_AT: Final = 30

NAME: Final = "name"
NAME_AND_PLACE: Final = "name_and_place"
PLACE: Final = "place"
PHONE: Final = "phone"
CASE: Final = "case"
# How much each says. A postcode alone is that of a whole street: it counts only where the issue is the same and open.
WEIGHTS: Final = {NAME_AND_PLACE: 4, CASE: 4, PHONE: 3, NAME: 2, PLACE: 1}
WAYS: Final = tuple(WEIGHTS)

Way = Select[str, UUID]


@dataclass(frozen=True, slots=True)
class Possible:
    """A referral that may be about the same person: enough to ask a colleague, and nothing of its story."""

    reference: str | None
    category: str | None
    state: str
    sent_at: datetime | None
    # Whether the viewer wrote it.
    own: bool
    # In what it is alike, the surest first.
    reasons: tuple[str, ...]


def possible_duplicates(referral: Referral, viewer: Viewer) -> list[Possible]:
    """Sent referrals of the draft's own group that may be about the same person, the likeliest first; at most five.

    Looks only among the group's own blind index, so that no group learns of another's residents. A colleague's is
    named too, because whoever writes may not open it and has to ask; but not one about the group's trusted body, of
    which within the group only its writer may know.
    """
    if referral.resident is None or viewer.organisation_id != referral.group_id:
        return []
    ways = ways_alike(referral, referral.group_id)
    if not ways:
        return []
    found: dict[UUID, tuple[Referral, str, set[str]]] = {}
    alike = union_all(*ways).subquery()
    query = (
        select(Referral, state_for(viewer), alike.c.kind)
        .join(alike, alike.c.referral_id == Referral.id)
        .where(Referral.id != referral.id, Referral.group_id == referral.group_id, Referral.submitted_at.is_not(None))
        .where(or_(Referral.trusted_body_conflict.is_(False), written_by(viewer)))
    )
    for other, state, way in db.session.execute(query):
        found.setdefault(other.id, (other, state, set()))[2].add(way)
    kept = [one for one in found.values() if tells(one[2], one[0], referral)]
    kept.sort(key=lambda one: (weight(one[2]), one[0].submitted_at), reverse=True)
    return [_possible(other, state, ways, viewer.person_id) for other, state, ways in kept[:MOST]]


def ways_alike(referral: Referral, scope: UUID) -> list[Way]:
    """One query for each way of being alike that the referral offers: the newest of an index, each with its way."""
    resident = referral.resident
    if resident is None:
        return []
    make = indexer()
    place = make.tokens(scope, Kind.POSTCODE, index_terms.postcode_terms(resident.postcode or "")[:1])
    phone = make.tokens(scope, Kind.PHONE, index_terms.phone_terms(resident.phone or "")[:1])
    case = make.tokens(scope, Kind.REFERENCE, index_terms.reference_terms(referral.agency_reference or ""))
    name = index_terms.first_and_last(resident.name or "")
    sounds = make.query_sounds(scope, name)
    exact = [[token] for token in make.query_tokens(scope, name).get(Kind.NAME, [])]
    wanted = {
        # Said alike and spelled alike: a beginning alone would take Ann for Annabel.
        NAME: [*exact, *sounds] if len(name.split()) > 1 else [],
        NAME_AND_PLACE: [place, *sounds] if place and sounds else [],
        PLACE: [place] if place else [],
        PHONE: [phone] if phone else [],
        CASE: [case] if case else [],
    }
    return [matching(scope, way, tokens, LOOKED_AT) for way, tokens in wanted.items() if tokens]


def tells(ways: Collection[str], other: Referral, referral: Referral) -> bool:
    """Whether what is alike says something."""
    same_trouble = other.issue_type is not None and other.issue_type == referral.issue_type
    return set(ways) != {PLACE} or (same_trouble and other.ended_at is None)


def weight(ways: Collection[str]) -> int:
    """How likely it is the same person."""
    return sum(WEIGHTS[way] for way in ways)


def in_order(ways: Collection[str]) -> tuple[str, ...]:
    """The ways without those that another one says already, the surest first."""
    told = set(ways)
    if NAME_AND_PLACE in told:
        told = (told - {NAME_AND_PLACE}) | {PLACE} if NAME in told else told - {PLACE}
    return tuple(way for way in WAYS if way in told)


def _possible(other: Referral, state: str, ways: Collection[str], person_id: UUID | None) -> Possible:
    own = person_id in (other.created_by_id, other.submitted_by_id)
    return Possible(other.reference, other.category, state, other.submitted_at, own, in_order(ways))
