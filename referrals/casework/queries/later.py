"""Four weeks after closing: what a referral's resident was asked and said, and what a group still has to ask."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import load_only, selectinload

from referrals.accounts.models import Person
from referrals.accounts.roles import Permission, Side
from referrals.accounts.viewer import Viewer
from referrals.casework import policy
from referrals.casework.models import LaterAnswer, Referral
from referrals.casework.queries.timeline import SERVICE_NAME, TimelineEntry
from referrals.casework.queries.visible import visible_to, written_by
from referrals.casework.workflow import states
from referrals.directory import lists
from referrals.foundation.clock import today
from referrals.foundation.database import db
from referrals.foundation.errors import NotFound

LATER: Final = "later"
WAITING: Final = "waiting"
# So many are shown on the home page; as soon as one is answered, the next moves up.
MOST: Final = 10


@dataclass(frozen=True, slots=True)
class DueLater:
    """A resident who is to be asked now; the last day on which they are."""

    id: UUID
    reference: str
    summary: str | None
    due_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class Later:
    """One time that the resident was or is to be asked, and the name of who wrote down what came of it."""

    asked: LaterAnswer
    by_name: str


def later_answers(row: Referral, viewer: Viewer) -> list[Later]:
    """Each time the resident was or is to be asked, oldest first; one query. NotFound to strangers."""
    policy.must_see(row, viewer)
    query = (
        select(LaterAnswer, Person.name)
        .outerjoin(Person, Person.id == LaterAnswer.answered_by_id)
        .where(LaterAnswer.referral_id == row.id)
        .order_by(LaterAnswer.due_on, LaterAnswer.id)
    )
    return [Later(asked, name or SERVICE_NAME) for asked, name in db.session.execute(query)]


def waits_later(found: Sequence[Later], row: Referral, viewer: Viewer) -> LaterAnswer | None:
    """What this viewer can write the answer to now; None where nothing is due, or it is not theirs to ask."""
    able = viewer.side is Side.GROUP and policy.may_write(row, viewer, Permission.OUTCOME_CONFIRM)
    if not able or not policy.may_be_asked_later(row):
        return None
    return next(
        (one for one in _asked(found) if one.standing == WAITING and one.due_on <= today() <= one.ends_on), None
    )


def later_answer(row: Referral, later_id: UUID, viewer: Viewer) -> LaterAnswer:
    """One asking of this very referral. Raises NotFound where there is none, as to strangers."""
    for one in _asked(later_answers(row, viewer)):
        if one.id == later_id:
            return one
    raise NotFound


def _asked(found: Sequence[Later]) -> list[LaterAnswer]:
    return [one.asked for one in found]


def due_later(viewer: Viewer, *, own: bool = False) -> list[DueLater]:
    """Whom the viewer's group is to ask now, the first to lapse first, at most MOST; two queries, one for none.

    A volunteer's own, a lead's whole area, or with `own` what they wrote or sent themself.
    """
    if viewer.side is not Side.GROUP or not viewer.may(Permission.OUTCOME_CONFIRM):
        return []
    day = today()
    query = (
        select(LaterAnswer, Referral)
        .join(Referral, Referral.id == LaterAnswer.referral_id)
        .where(
            LaterAnswer.group_id == viewer.organisation_id,
            LaterAnswer.standing == WAITING,
            LaterAnswer.due_on <= day,
            LaterAnswer.ends_on >= day,
            visible_to(viewer),
            Referral.state == states.CLOSED,
            Referral.erased_at.is_(None),
            *([written_by(viewer)] if own else []),
        )
        .order_by(LaterAnswer.due_on, LaterAnswer.id)
        .limit(MOST)
        .options(
            load_only(LaterAnswer.due_on, LaterAnswer.ends_on),
            load_only(
                Referral.reference,
                Referral.state,
                Referral.issue_type,
                Referral.office_id,
                Referral.group_id,
                Referral.erased_at,
                Referral.wrapped_key,
                Referral.wrapping_key_id,
                Referral.summary_sealed,
            ),
            selectinload(Referral.consents),
        )
    )
    return [
        DueLater(asked.id, row.reference or "", row.summary, asked.due_on, asked.ends_on)
        for asked, row in db.session.execute(query)
        # An agreement can end by itself; the service notices within the hour.
        if policy.may_be_asked_later(row)
    ]


def later_timeline(found: Sequence[Later]) -> list[TimelineEntry]:
    """What was written down, as entries that both sides read."""
    return [
        TimelineEntry(
            at=one.ended_at,
            kind=LATER,
            code=one.standing,
            title=f"After four weeks: {lists.label('later_results', one.standing).lower()}",
            by_name=name,
            side=Side.GROUP,
            role=one.answered_role,
            words=(("", one.words),) if one.words else (),
            id=one.id,
        )
        for one, name in [(later.asked, later.by_name) for later in found]
        if one.answered_by_id is not None and one.ended_at is not None
    ]
