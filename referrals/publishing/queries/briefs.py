"""Briefs as read: those of the viewer's organisation, those their office received, and what came of them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from referrals.accounts.roles import Permission
from referrals.accounts.viewer import Viewer
from referrals.casework.models import Outcome, OutcomeCode, Referral
from referrals.casework.queries.visible import visible_to
from referrals.casework.workflow import states
from referrals.directory import lists
from referrals.directory.models import Group
from referrals.foundation.database import db
from referrals.foundation.errors import NotFound
from referrals.publishing.models import Brief, BriefAnswer
from referrals.publishing.policy import briefs as policy
from referrals.reporting.periods import Period
from referrals.reporting.queries.within import within
from referrals.stories.queries import Told, published_for

NOTHING_YET: Final = "nothing_yet"
RAISED: Final = "wider_issue_raised_by_mp"


@dataclass(frozen=True, slots=True)
class Tally:
    """How many briefs an organisation has sent, and on how many of them the MP has acted."""

    sent: int
    acted_on: int


@dataclass(frozen=True, slots=True)
class Behind:
    """One referral behind a brief that the viewer's own office holds. `outcome_id` is of its present result."""

    id: UUID
    reference: str
    state: str
    has_code: bool
    # Whether the result can still be added to: it was recorded, and the group has not answered it.
    is_open: bool


def brief(brief_id: UUID, viewer: Viewer) -> Brief:
    """One brief the viewer may read. Raises NotFound."""
    found = db.session.get(Brief, brief_id)
    if found is None or not policy.may_see(found, viewer):
        raise NotFound
    return found


def own_briefs(viewer: Viewer) -> list[Brief]:
    """Those of the viewer's organisation, the newest first; drafts only for who may write them."""
    where = Brief.organisation_id == viewer.organisation_id
    if not viewer.may(Permission.BRIEF_WRITE):
        where = and_(where, Brief.sent_at.is_not(None))
    return list(db.session.scalars(select(Brief).where(where).order_by(Brief.drafted_at.desc(), Brief.id)))


def received_briefs(viewer: Viewer) -> list[Brief]:
    """Those that others sent to the viewer's office, the newest first."""
    query = select(Brief).where(
        Brief.office_id == viewer.organisation_id,
        Brief.organisation_id != viewer.organisation_id,
        Brief.sent_at.is_not(None),
    )
    return list(db.session.scalars(query.order_by(Brief.sent_at.desc(), Brief.id)))


def answers_of(briefs: Collection[Brief]) -> dict[UUID, list[BriefAnswer]]:
    """What the MP did with each of these briefs, the oldest first; one query."""
    found: dict[UUID, list[BriefAnswer]] = {one.id: [] for one in briefs}
    query = select(BriefAnswer).where(BriefAnswer.brief_id.in_(list(found)))
    for answer in db.session.scalars(query.order_by(BriefAnswer.answered_at, BriefAnswer.id)) if found else ():
        found[answer.brief_id].append(answer)
    return found


def latest_about(issue_type: str, agency_id: UUID, office_id: UUID, organisation_id: UUID) -> Brief | None:
    """The newest brief of an organisation to an office about one pattern, a draft or one that was sent."""
    query = select(Brief).where(
        Brief.organisation_id == organisation_id,
        Brief.office_id == office_id,
        Brief.issue_type == issue_type,
        Brief.agency_id == agency_id,
    )
    return db.session.scalar(query.order_by(Brief.drafted_at.desc(), Brief.id).limit(1))


def tally(viewer: Viewer) -> Tally | None:
    """For whoever may write briefs, how many were sent and acted on; None for all others. One query."""
    if not viewer.may(Permission.BRIEF_WRITE):
        return None
    acted = select(BriefAnswer.id).where(BriefAnswer.brief_id == Brief.id, BriefAnswer.kind != NOTHING_YET).exists()
    sent = (Brief.organisation_id == viewer.organisation_id, Brief.sent_at.is_not(None))
    row = db.session.execute(
        select(
            select(func.count()).select_from(Brief).where(*sent).scalar_subquery().label("sent"),
            select(func.count()).select_from(Brief).where(*sent, acted).scalar_subquery().label("acted_on"),
        )
    ).one()
    return Tally(int(row.sent), int(row.acted_on))


def stories_for(found: Brief) -> list[Told]:
    """The published case studies that may go with a brief: of the same category, about the work of who writes it, and
    with the person's agreement that reports name it; the latest first. Three queries.

    What is published says its category and not its issue, so that it is not told apart any further here.
    """
    of_programme = select(Group.organisation_id).where(Group.programme_id == found.organisation_id)
    about = {found.organisation_id, *db.session.scalars(of_programme)}
    category = lists.item("issue_types", found.issue_type).parent
    return [one for one in published_for(about, None, date.max) if one.category == category]


def behind(found: Brief, viewer: Viewer) -> list[Behind]:
    """The referrals behind a received brief that the viewer's office itself holds, by reference; never any other."""
    policy.must_answer(found, viewer)
    has_code = (
        select(OutcomeCode.id).where(OutcomeCode.outcome_id == Outcome.id, OutcomeCode.code == RAISED).exists()
    ).label("has_code")
    query: Select[UUID, str | None, str, str | None, bool] = (
        select(Referral.id, Referral.reference, Referral.state, Outcome.standing, has_code)
        .outerjoin(Outcome, and_(Outcome.referral_id == Referral.id, Outcome.superseded_at.is_(None)))
        .where(visible_to(viewer), *_counted_in(found), Referral.state != states.ENTERED_IN_ERROR)
        .order_by(Referral.reference)
    )
    return [
        Behind(
            id=row.id,
            reference=row.reference or "",
            state=row.state,
            has_code=bool(row.has_code),
            is_open=row.state == states.OUTCOME_RECORDED and row.standing == "claimed",
        )
        for row in db.session.execute(query)
    ]


def _counted_in(found: Brief) -> tuple[ColumnElement[bool], ...]:
    days = Period("brief", "", found.first_on, found.last_on)
    of_programme = select(Group.organisation_id).where(Group.programme_id == found.organisation_id)
    mine = or_(Referral.group_id == found.organisation_id, Referral.group_id.in_(of_programme))
    return (
        Referral.issue_type == found.issue_type,
        Referral.agency_id == found.agency_id,
        Referral.office_id == found.office_id,
        within(Referral.submitted_at, days),
        Referral.erased_at.is_(None),
        *(() if found.organisation_id == found.office_id else (mine,)),
    )
