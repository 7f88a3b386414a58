"""Publishing: the words leave their seal, because the person agreed that everybody may read them."""

import secrets
from typing import Final

from referrals.accounts.viewer import Viewer
from referrals.casework.actions import forget_texts_of
from referrals.directory.queries import office_of
from referrals.foundation import clock
from referrals.foundation.database import db
from referrals.foundation.errors import IllegalMove, Invalid
from referrals.stories import policy
from referrals.stories.actions.stepping import faults_of, take
from referrals.stories.actions.writing import note
from referrals.stories.models import CaseStudy, PublishedStory
from referrals.stories.rendering.sheet import content_of
from referrals.stories.sections import TITLE

# Without vowels, so that chance makes no words.
_LETTERS: Final = "23456789bcdfghjkmnpqrstvwxz"
_LENGTH: Final = 8


def publish_case_study(study: CaseStudy, *, by: Viewer, version: int | None) -> PublishedStory:
    """Show it to everybody. The sealed words are gone from then on: there is one text, the published one.

    Raises NotFound, NotAllowed, Stale, IllegalMove with the reason (the other side can still object, the agreement no
    longer stands, the referral is open again), and Invalid when something in it says who it is about.
    """
    step = take(study, "publish", by, version)
    fault = policy.publishing_fault(study)
    if fault:
        raise IllegalMove(f"{fault}.")
    errors = faults_of(study, by)
    if errors:
        raise Invalid(errors)
    referral = study.referral
    if referral.office_id is None:
        raise IllegalMove
    moment = clock.now()
    published = PublishedStory(
        slug=f"{referral.category or 'case'}-{''.join(secrets.choice(_LETTERS) for _ in range(_LENGTH))}",
        organisation_id=study.organisation_id,
        group_id=referral.group_id,
        office_id=referral.office_id,
        category=referral.category or "other",
        published_at=moment,
        title=(study.words or {})[TITLE],
        content=content_of(study, named_member(study)),
    )
    db.session.add(published)
    study.published, study.state, study.updated_at = published, step.target, moment
    study.words, study.facts, study.said = None, None, None
    forget_texts_of(study.referral_id, study.forms)
    db.session.flush()
    note(f"case_study.{step.past}", study, by, {"slug": published.slug})
    return published


def named_member(study: CaseStudy) -> str | None:
    """The name of the MP, where it may stand on the case study as far as was agreed by now."""
    office_id = study.referral.office_id
    office = office_of(office_id) if office_id and policy.names_the_member(study) else None
    return f"{office.term.member.name} MP" if office else None
