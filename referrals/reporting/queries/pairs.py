"""Which groups write to which offices, and for which programmes: who holds the same referrals."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from referrals.casework.models import Referral
from referrals.casework.workflow import states
from referrals.directory.models import Group
from referrals.foundation.database import db


@dataclass(frozen=True, slots=True)
class Pair:
    """A group and an office that have a referral in common, and the programme that the group belongs to, if any."""

    group_id: UUID
    office_id: UUID
    programme_id: UUID | None


def who_writes_to_whom() -> list[Pair]:
    """One line for each pair; one query. Those sent by mistake count for nobody."""
    query = (
        select(Referral.group_id, Referral.office_id, Group.programme_id)
        .join(Group, Group.organisation_id == Referral.group_id)
        .where(
            Referral.submitted_at.is_not(None),
            Referral.state != states.ENTERED_IN_ERROR,
            Referral.office_id.is_not(None),
        )
        .distinct()
    )
    return [Pair(row.group_id, row.office_id, row.programme_id) for row in db.session.execute(query)]
