"""Results: the outcome of a referral, with its codes and sums, as its viewer may read it."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from referrals.accounts.viewer import Viewer
from referrals.casework import policy
from referrals.casework.models import Outcome, Referral
from referrals.foundation.database import db


def outcome_of(row: Referral, viewer: Viewer) -> Outcome | None:
    """The outcome that stands, with codes and sums, in three queries; None without one, or where the resident did not
    agree that the group hears of it. Raises NotFound to who may not see the referral.
    """
    policy.must_see(row, viewer)
    return current_outcome(row.id) if policy.may_be_told(row, viewer, "outcome") else None


def current_outcome(referral_id: UUID) -> Outcome | None:
    """The claim that no later one has replaced, whoever asks; for actions that have checked already."""
    query = (
        select(Outcome)
        .where(Outcome.referral_id == referral_id, Outcome.superseded_at.is_(None))
        .options(selectinload(Outcome.codes), selectinload(Outcome.money))
    )
    return db.session.scalar(query)
