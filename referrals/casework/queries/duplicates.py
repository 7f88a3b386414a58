"""Finding referrals of the same group that may be about the same person, without opening a seal."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select

from referrals.accounts.viewer import Viewer
from referrals.casework.models import Referral, SearchToken
from referrals.foundation.database import db
from referrals.foundation.sealing import Kind, indexer

MOST = 5


@dataclass(frozen=True, slots=True)
class Possible:
    """A referral that may be about the same person: enough to ask a colleague, and nothing of its story."""

    reference: str | None
    category: str | None
    state: str
    sent_at: datetime | None
    # Whether the viewer wrote it.
    own: bool


def possible_duplicates(referral: Referral, viewer: Viewer) -> list[Possible]:
    """Sent referrals of the draft's own group with the same name, and the same postcode if there is one; newest first.

    Looks only among the group's own blind index, so that no group learns of another's residents. At most five.
    """
    resident = referral.resident
    if resident is None or viewer.organisation_id != referral.group_id:
        return []
    wanted = _tokens(referral.group_id, resident.name, resident.postcode)
    if not wanted:
        return []
    same = (
        select(SearchToken.referral_id)
        .where(SearchToken.organisation_id == referral.group_id, SearchToken.token.in_(wanted))
        .group_by(SearchToken.referral_id)
        .having(func.count(SearchToken.token.distinct()) == len(wanted))
    )
    found = db.session.scalars(
        select(Referral)
        .where(Referral.id.in_(same), Referral.id != referral.id, Referral.submitted_at.is_not(None))
        .order_by(Referral.submitted_at.desc())
        .limit(MOST)
    )
    return [_possible(other, viewer.person_id) for other in found]


def _tokens(group_id: UUID, name: str | None, postcode: str | None) -> set[bytes]:
    by_name = indexer().query_tokens(group_id, name or "").get(Kind.NAME, [])
    by_postcode = indexer().query_tokens(group_id, postcode or "").get(Kind.POSTCODE, [])
    return {*by_name, *by_postcode} if by_name else set()


def _possible(other: Referral, person_id: UUID | None) -> Possible:
    return Possible(
        other.reference, other.category, other.state, other.submitted_at, own=other.created_by_id == person_id
    )
