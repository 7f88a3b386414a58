"""How many people are behind referrals, as far as can be known without reading any.

The service keeps marks of each referral for its own comparison (`MatchToken`): name and postcode together, and a body's
reference number. Referrals that share a mark, directly or through others, are taken for one person. Somebody who moved
house between two referrals counts twice, and two people in one home with one reference number count once.
"""

from collections.abc import Iterable, Mapping
from uuid import UUID


def persons(referral_ids: Iterable[UUID], marks: Iterable[tuple[bytes, UUID]]) -> Mapping[UUID, UUID]:
    """For each referral the one that stands for its person; marks are pairs of a token and its referral."""
    leader = {referral_id: referral_id for referral_id in referral_ids}

    def first(referral_id: UUID) -> UUID:
        while leader[referral_id] != referral_id:
            leader[referral_id] = leader[leader[referral_id]]
            referral_id = leader[referral_id]
        return referral_id

    seen: dict[bytes, UUID] = {}
    for token, referral_id in marks:
        if referral_id in leader:
            one, other = first(seen.setdefault(token, referral_id)), first(referral_id)
            leader[max(one, other)] = min(one, other)
    return {referral_id: first(referral_id) for referral_id in leader}
