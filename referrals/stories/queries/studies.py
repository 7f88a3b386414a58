"""Case studies as the two sides of their referral may know of them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from referrals.accounts.viewer import Viewer
from referrals.casework.models import Referral
from referrals.casework.policy import must_see
from referrals.casework.queries.one import for_viewer
from referrals.casework.queries.visible import visible_to
from referrals.foundation.clock import today
from referrals.foundation.database import db
from referrals.foundation.errors import NotFound
from referrals.stories import policy
from referrals.stories.models import CaseStudy, StoryAgreement
from referrals.stories.sections import TITLE
from referrals.stories.workflow import LIVE, PUBLISHED, REMINDER_DAYS

# Of those that are over, so many are shown.
MOST_ENDED: Final = 50
# Of the others, many more than an organisation ever has at once.
MOST_LIVE: Final = 200


@dataclass(frozen=True, slots=True)
class StudyLine:
    """One case study on a list: what it is called (nothing once it is over), and how it stands."""

    id: UUID
    state: str
    title: str
    reference: str
    own: bool
    updated_at: datetime
    ended_why: str | None
    answer_by: date | None
    # The last day of the person's agreement, and whether that is near.
    shown_until: date | None
    is_ending: bool


@dataclass(frozen=True, slots=True)
class Studies:
    """The case studies of an organisation: those that go on, and the last of those that are over."""

    live: list[StudyLine]
    ended: list[StudyLine]


def study(study_id: UUID, viewer: Viewer) -> CaseStudy:
    """One case study with its referral. Raises NotFound unless the viewer may know of it.

    Where its office has handed the referral on, the referral's sealed attributes read as None.
    """
    found = db.session.scalar(_visible(viewer).where(CaseStudy.id == study_id))
    if found is None or not policy.may_know_of(found, viewer):
        raise NotFound
    for_viewer(found.referral, viewer)
    return found


def studies_of(referral: Referral, viewer: Viewer) -> list[StudyLine]:
    """The case studies of one referral that the viewer may know of, newest first; one query, and none for a referral
    that never had an outcome. Raises NotFound to strangers.
    """
    must_see(referral, viewer)
    if referral.outcome_at is None:
        return []
    query = (
        select(CaseStudy)
        .where(CaseStudy.referral_id == referral.id)
        .options(joinedload(CaseStudy.published), joinedload(CaseStudy.agreement))
        .order_by(CaseStudy.created_at.desc())
    )
    return [_line(found, viewer) for found in db.session.scalars(query) if policy.may_know_of(found, viewer)]


def listed(viewer: Viewer) -> Studies:
    """Those of the viewer's organisation and those it may answer, of referrals that the viewer sees; latest first."""
    live = CaseStudy.state.in_(LIVE)
    newest = (CaseStudy.updated_at.desc(), CaseStudy.id.desc())
    going_on = _visible(viewer).where(live).order_by(*newest).limit(MOST_LIVE)
    own = CaseStudy.organisation_id == viewer.organisation_id
    over = _visible(viewer).where(own, ~live).order_by(*newest).limit(MOST_ENDED)
    return Studies(_lines(going_on, viewer), _lines(over, viewer))


def _visible(viewer: Viewer) -> Select[CaseStudy]:
    return (
        select(CaseStudy)
        .join(Referral, Referral.id == CaseStudy.referral_id)
        .where(or_(visible_to(viewer), _left_with(viewer)))
        .options(
            contains_eager(CaseStudy.referral).options(selectinload(Referral.consents), joinedload(Referral.resident)),
            joinedload(CaseStudy.published),
            joinedload(CaseStudy.agreement).joinedload(StoryAgreement.consent),
        )
    )


def _left_with(viewer: Viewer) -> ColumnElement[bool]:
    """What an office told of a referral that it has handed on since (policy.is_handed_on says the same of one row)."""
    own = CaseStudy.organisation_id == viewer.organisation_id
    return and_(own, *(column != CaseStudy.organisation_id for column in (Referral.group_id, Referral.office_id)))


def _lines(query: Select[CaseStudy], viewer: Viewer) -> list[StudyLine]:
    return [_line(found, viewer) for found in db.session.scalars(query) if policy.may_know_of(found, viewer)]


def _line(found: CaseStudy, viewer: Viewer) -> StudyLine:
    until = found.agreement.consent.expires_on if found.agreement else None
    return StudyLine(
        id=found.id,
        state=found.state,
        title=title_of(found, viewer),
        reference=found.referral.reference or "",
        own=policy.is_own(found, viewer),
        updated_at=found.updated_at,
        ended_why=found.ended_why,
        answer_by=found.answer_by,
        shown_until=until,
        is_ending=found.state == PUBLISHED and until is not None and until <= today() + timedelta(days=REMINDER_DAYS),
    )


def title_of(found: CaseStudy, viewer: Viewer) -> str:
    """What it is called, as a draft or as published; nothing once it is over, or where no word of it may be read."""
    if found.published is not None:
        return found.published.title or ""
    return (found.words or {}).get(TITLE, "") if policy.may_read(found, viewer) else ""
