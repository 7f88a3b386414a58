"""Saying of two referrals that they belong together, or that they do not. They stay two: nothing is ever merged."""

from typing import Final
from uuid import UUID

from sqlalchemy import select

from referrals.accounts.viewer import Viewer
from referrals.audit.actions import record
from referrals.casework import policy
from referrals.casework.models import Referral, ReferralLink
from referrals.directory import lists
from referrals.foundation import clock
from referrals.foundation.database import db
from referrals.foundation.errors import Invalid, NotFound
from referrals.foundation.locks import hold

# The code of list link_kinds for what was sent twice.
SAME_ISSUE: Final = "same_issue"


def link_referrals(referral: Referral, other: Referral, kind: str, *, by: Viewer) -> ReferralLink:
    """Note what the viewer's organisation says of two sent referrals: a code of the list link_kinds.

    Said again, the new word stands. Both histories tell of it. Raises NotFound, NotAllowed, IllegalMove (a draft), and
    Invalid under "kind" and "other".
    """
    policy.must_link(referral, by)
    policy.must_link(other, by)
    if kind not in lists.codes("link_kinds"):
        raise Invalid({"kind": "Choose what the two have to do with each other"})
    if referral.id == other.id:
        raise Invalid({"other": "Enter another referral’s reference: this is the one you are linking"})
    first, second = sorted((referral.id, other.id))
    hold(f"link {by.organisation_id} {first} {second}")
    found = db.session.scalar(
        select(ReferralLink).where(
            ReferralLink.organisation_id == by.organisation_id,
            ReferralLink.referral_id == first,
            ReferralLink.other_id == second,
        )
    )
    if found is None:
        found = ReferralLink(organisation_id=by.organisation_id, referral_id=first, other_id=second)
        db.session.add(found)
    if by.person_id is None:
        raise TypeError("referrals are linked by a person")
    found.kind, found.linked_by_id, found.linked_at = kind, by.person_id, clock.now()
    db.session.flush()
    _record("referral.linked", first, second, kind, by)
    return found


def unlink_referrals(referral: Referral, link_id: UUID, *, by: Viewer) -> None:
    """Take back what the viewer's organisation said of this referral and another. Raises NotFound, NotAllowed."""
    policy.must_link(referral, by)
    found = db.session.get(ReferralLink, link_id, with_for_update=True)
    if found is None or found.organisation_id != by.organisation_id:
        raise NotFound
    if referral.id not in (found.referral_id, found.other_id):
        raise NotFound
    db.session.delete(found)
    db.session.flush()
    _record("referral.unlinked", found.referral_id, found.other_id, found.kind, by)


def _record(action: str, first: UUID, second: UUID, kind: str, by: Viewer) -> None:
    for one, other in ((first, second), (second, first)):
        record(action, by=by, subject=("referral", one), facts={"other": str(other), "kind": kind})
