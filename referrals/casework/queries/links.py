"""What else there is about the person of a referral: linked with it, perhaps the same, or held elsewhere."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Uuid, and_, cast, null, select, union_all

from referrals.accounts.viewer import Viewer
from referrals.casework import policy
from referrals.casework.models import Referral, ReferralLink
from referrals.casework.queries.duplicates import MOST, in_order, tells, ways_alike, weight
from referrals.casework.queries.hearing import standing_of, state_for
from referrals.casework.queries.matching import ELSEWHERE, way_elsewhere
from referrals.casework.queries.visible import visible_to
from referrals.casework.workflow import states
from referrals.foundation.database import db
from referrals.foundation.errors import NotFound

NOT_THE_SAME: Final = "not_the_same"
# While the office has not decided yet, what may be the same is worth knowing.
TRIAGE: Final = frozenset({states.SUBMITTED, states.INFORMATION_REQUESTED})


@dataclass(frozen=True, slots=True)
class Other:
    """Another referral that the viewer may see, beside the one on the page."""

    id: UUID
    reference: str | None
    state: str
    sent_at: datetime | None
    # In what it is alike (duplicates.WAYS), the surest first; none for a link.
    reasons: tuple[str, ...] = ()
    # For a link: what was said of the two, in whose organisation, and its id.
    kind: str = ""
    organisation_id: UUID | None = None
    link_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Others:
    """What else there is, as far as the viewer may know."""

    linked: list[Other] = field(default_factory=list)
    # Said to be somebody else or something else: no longer suggested.
    told_apart: list[Other] = field(default_factory=list)
    possible: list[Other] = field(default_factory=list)
    elsewhere: bool = False


def others(referral: Referral, viewer: Viewer) -> Others:
    """What else there is about the person of a sent referral, in one query. Raises NotFound to who may not see it.

    What the viewer may not see is not there for them, whoever linked it.
    """
    policy.must_see(referral, viewer)
    ways = _linked_ways(referral)
    if standing_of(referral, viewer).state in TRIAGE and viewer.organisation_id is not None:
        none = cast(null(), Uuid())
        alike = [way.subquery() for way in ways_alike(referral, viewer.organisation_id)]
        ways += [select(way.c.kind, way.c.referral_id, none, none) for way in alike]
        ways += [way.add_columns(none, none) for way in way_elsewhere(referral, viewer)]
    named = union_all(*ways).subquery()
    kind, referral_id, organisation_id, link_id = named.c
    columns = (
        Referral.id,
        Referral.reference,
        state_for(viewer).label("state"),
        Referral.submitted_at,
        Referral.issue_type,
    )
    rows = db.session.execute(
        select(kind, organisation_id, link_id, *columns, Referral.ended_at).outerjoin(
            Referral, and_(Referral.id == referral_id, Referral.id != referral.id, visible_to(viewer))
        )
    ).all()
    return _sorted(rows, referral)


def link(referral: Referral, link_id: UUID, viewer: Viewer) -> Other:
    """One link of the referral that the viewer's organisation made. Raises NotFound for any other."""
    found = others(referral, viewer)
    for one in [*found.linked, *found.told_apart]:
        if one.link_id == link_id and one.organisation_id == viewer.organisation_id:
            return one
    raise NotFound


def _linked_ways(referral: Referral) -> list[Any]:
    there = (ReferralLink.organisation_id, ReferralLink.id.label("link_id"))
    return [
        select(ReferralLink.kind.label("kind"), ReferralLink.other_id.label("referral_id"), *there).where(
            ReferralLink.referral_id == referral.id
        ),
        select(ReferralLink.kind, ReferralLink.referral_id, *there).where(ReferralLink.other_id == referral.id),
    ]


def _sorted(rows: Any, referral: Referral) -> Others:
    linked: list[Other] = []
    alike: dict[UUID, tuple[Any, set[str]]] = {}
    for row in rows:
        if row.id is None:
            continue
        if row.link_id is None:
            alike.setdefault(row.id, (row, set()))[1].add(row.kind)
            continue
        linked.append(_other(row, kind=row.kind, organisation_id=row.organisation_id, link_id=row.link_id))
    spoken_of = {one.id for one in linked}
    likely = [(row, ways) for row, ways in alike.values() if row.id not in spoken_of and tells(ways, row, referral)]
    likely.sort(key=lambda one: (weight(one[1]), one[0].submitted_at), reverse=True)
    return Others(
        linked=[one for one in linked if one.kind != NOT_THE_SAME],
        told_apart=[one for one in linked if one.kind == NOT_THE_SAME],
        possible=[_other(row, reasons=in_order(ways)) for row, ways in likely[:MOST]],
        elsewhere=any(row.kind == ELSEWHERE for row in rows),
    )


def _other(row: Any, **more: Any) -> Other:
    return Other(row.id, row.reference, row.state, row.submitted_at, **more)
