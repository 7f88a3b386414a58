"""Handing over what somebody has in hand: to one colleague or evenly to several, each referral by a move of its own."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final
from uuid import UUID

from sqlalchemy import select

from referrals.accounts.queries import recipient
from referrals.accounts.roles import Permission, Side
from referrals.accounts.viewer import Viewer
from referrals.casework.actions.moving import move
from referrals.casework.models import Referral
from referrals.casework.queries.choices import people_of
from referrals.casework.queries.holdings import held_by
from referrals.directory import lists
from referrals.foundation.database import db
from referrals.foundation.errors import Invalid
from referrals.notifications.actions import queue
from referrals.notifications.messages import ReferralsHandedOver

BATCH: Final = 100


@dataclass
class Handover:
    """What is handed over: from whom (None: from all who cannot come in any more), to whom, why, and which."""

    person_id: UUID | None
    to: Sequence[UUID]
    # A code of reassignment_reasons.
    reason: str
    # Only these; None for all.
    only: Collection[UUID] | None = None
    # How many each has been given so far.
    given: Counter[UUID] = field(default_factory=Counter)

    def next_in_turn(self) -> UUID:
        """Who has been given the fewest."""
        return min(self.to, key=lambda person_id: (self.given[person_id], self.to.index(person_id)))


def hand_over(handover: Handover, *, by: Viewer, limit: int = BATCH) -> int:
    """Hand over the next of them, at most `limit`; how many were, 0 when none is left.

    Commit after each batch: what is done stays done, and when it is done again it goes on with what is left. Nobody is
    told before `tell_of`. The referrals keep their turns, their dates and their next actions. Raises NotAllowed, and
    Invalid under "to" and "reason".
    """
    by.must(Permission.REFERRAL_HAND_OVER)
    here = people_of(by)
    _check(handover, here.keys() - {handover.person_id})
    query = select(Referral).where(*held_by(handover.person_id, by, here))
    if handover.only is not None:
        query = query.where(Referral.id.in_(handover.only))
    query = query.order_by(Referral.id).limit(limit).with_for_update()
    found = db.session.scalars(query, execution_options={"populate_existing": True}).all()
    transition, name = ("assign", "assignee") if by.side is Side.OFFICE else ("hand_over", "referrer")
    for referral in found:
        to = handover.next_in_turn()
        move(referral, transition, {name: to, "reason": handover.reason}, by=by, version=None, quietly=True)
        handover.given[to] += 1
    return len(found)


def tell_of(given: Mapping[UUID, int], *, by: Viewer) -> None:
    """Tell each colleague once how many they were given, but for who gave them to themselves."""
    path = "/queue?tab=mine" if by.side is Side.OFFICE else "/referrals"
    for person_id, number in given.items():
        to = recipient(person_id)
        if to is not None and person_id != by.person_id:
            here = replace(to, organisation_id=by.organisation_id)
            queue(ReferralsHandedOver(number=str(number), path=path), to=[here])


def _check(handover: Handover, here: Collection[UUID]) -> None:
    errors = {}
    if not handover.to or not set(handover.to) <= set(here):
        errors["to"] = "Choose who they go to"
    if handover.reason not in lists.codes("reassignment_reasons"):
        errors["reason"] = "Say why they are changing hands"
    if errors:
        raise Invalid(errors)
