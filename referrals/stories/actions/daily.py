"""Daily work of the service itself: reminding before an agreement runs out, and taking down what may not be shown."""

from datetime import timedelta
from typing import Final

from sqlalchemy import ColumnElement, Select, or_, select

from referrals.accounts.viewer import SERVICE
from referrals.casework.models import Consent, Referral
from referrals.foundation.clock import today
from referrals.foundation.database import db
from referrals.notifications.messages import CaseStudyEnding
from referrals.stories.actions.ending import AGREEMENT_EXPIRED, AGREEMENT_WITHDRAWN, REFERRAL_ERASED, end
from referrals.stories.actions.telling import tell_writers
from referrals.stories.actions.writing import note
from referrals.stories.models import CaseStudy, StoryAgreement
from referrals.stories.workflow import LIVE, PUBLISHED, REMINDER_DAYS

BATCH: Final = 200


def end_what_may_not_be_shown(limit: int = BATCH) -> int:
    """Take down at most `limit` case studies whose agreement has run out or was taken back, and end those of people
    whose information was erased; how many were. No page has shown them since; here their words go.
    """
    run_out = (CaseStudy.state == PUBLISHED) & (Consent.expires_on < today())
    taken_back = Consent.withdrawn_at.is_not(None)
    found = list(_live(or_(run_out, taken_back, Referral.erased_at.is_not(None)), limit))
    for study in found:
        end(study, _reason(study), by=SERVICE)
    return len(found)


def remind_of_endings(limit: int = BATCH) -> int:
    """Tell those who wrote and approved a published case study, once, that its agreement runs out within 30 days; how
    many were told of.
    """
    near = Consent.expires_on.between(today(), today() + timedelta(days=REMINDER_DAYS))
    untold = or_(CaseStudy.reminded_for.is_(None), CaseStudy.reminded_for != Consent.expires_on)
    standing = Consent.withdrawn_at.is_(None) & Referral.erased_at.is_(None)
    found = list(_live((CaseStudy.state == PUBLISHED) & near & untold & standing, limit))
    for study in found:
        assert study.agreement is not None
        study.reminded_for = study.agreement.consent.expires_on
        note("case_study.reminded", study, SERVICE)
        tell_writers(study, CaseStudyEnding, by=SERVICE)
    return len(found)


def _live(where: ColumnElement[bool], limit: int) -> list[CaseStudy]:
    query: Select[CaseStudy] = (
        select(CaseStudy)
        .join(Referral, Referral.id == CaseStudy.referral_id)
        .outerjoin(StoryAgreement, StoryAgreement.id == CaseStudy.agreement_id)
        .outerjoin(Consent, Consent.id == StoryAgreement.consent_id)
        .where(CaseStudy.state.in_(LIVE), where)
        .order_by(CaseStudy.id)
        .limit(limit)
        # Somebody may be at work on one of them: leave that one for later.
        .with_for_update(skip_locked=True, of=CaseStudy)
    )
    return list(db.session.scalars(query))


def _reason(study: CaseStudy) -> str:
    if study.referral.erased_at is not None:
        return REFERRAL_ERASED
    agreement = study.agreement
    taken_back = agreement is not None and agreement.consent.withdrawn_at is not None
    return AGREEMENT_WITHDRAWN if taken_back else AGREEMENT_EXPIRED
