"""Taking a case study down: no word of it is left, published or not, anywhere that the service controls."""

from typing import Final

from sqlalchemy import select

from referrals.accounts.viewer import Viewer
from referrals.casework.actions import end_consent, forget_texts_of, withdraw_consent
from referrals.casework.models import Referral
from referrals.foundation import clock
from referrals.foundation.database import db
from referrals.foundation.errors import Invalid
from referrals.stories import policy
from referrals.stories.actions.stepping import LONGEST_WORDS, take
from referrals.stories.actions.writing import note
from referrals.stories.models import CaseStudy
from referrals.stories.workflow import EXPIRED, LIVE, STEPS, WITHDRAWN

AGREEMENT_WITHDRAWN: Final = "agreement_withdrawn"
OWN_DECISION: Final = "own_decision"
AGREEMENT_EXPIRED: Final = "agreement_expired"
REFERRAL_ERASED: Final = "referral_erased"
# Why people take one down; the others are the service's to find.
REASONS: Final = (AGREEMENT_WITHDRAWN, OWN_DECISION)


def withdraw_case_study(study: CaseStudy, why: str, words: str = "", *, by: Viewer) -> None:
    """Take it down at once, in whatever state it is. Where the person has taken their agreement back, that is recorded
    too, with `words` about how they said so. An office that has handed the referral on can do this still; it writes no
    words into a record that is another's now.

    Raises NotFound, NotAllowed, IllegalMove, and Invalid under "why" and "words".
    """
    take(study, "withdraw", by, None)
    errors = {} if why in REASONS else {"why": "Choose why it is taken down"}
    handed_on = policy.is_handed_on(study)
    if why == AGREEMENT_WITHDRAWN and not words.strip() and not handed_on:
        errors["words"] = "Say how they told you, and when"
    if len(words) > LONGEST_WORDS:
        errors["words"] = f"This must be {LONGEST_WORDS:,} characters or fewer"
    if errors:
        raise Invalid(errors)
    agreement = study.agreement
    if why == AGREEMENT_WITHDRAWN and agreement is not None and agreement.consent.withdrawn_at is None:
        if handed_on:
            end_consent(agreement.consent, by=by)
        else:
            withdraw_consent(agreement.consent, words, by=by)
    end(study, why, by=by)


def end_without_agreement(referral: Referral, *, by: Viewer) -> int:
    """Take down what rests on an agreement of this referral that was taken back; how many were.

    For who has just taken it back: what they may do was looked at there.
    """
    query = select(CaseStudy).where(CaseStudy.referral_id == referral.id, CaseStudy.state.in_(LIVE))
    found = [
        study
        for study in db.session.scalars(query.with_for_update())
        if study.agreement is not None and study.agreement.consent.withdrawn_at is not None
    ]
    for study in found:
        end(study, AGREEMENT_WITHDRAWN, by=by)
    return len(found)


def end(study: CaseStudy, why: str, *, by: Viewer) -> None:
    """End a case study for a reason of the list story_endings: no word of it is left; for actions that have checked."""
    expired = why == AGREEMENT_EXPIRED
    moment = clock.now()
    if study.published is not None:
        study.published.title, study.published.content, study.published.ended_at = None, None, moment
    study.words, study.facts, study.checks, study.said = None, None, None, None
    forget_texts_of(study.referral_id, study.forms)
    study.state = EXPIRED if expired else WITHDRAWN
    study.ended_at, study.ended_why, study.updated_at = moment, why, moment
    note("case_study.expired" if expired else f"case_study.{STEPS['withdraw'].past}", study, by, {"why": why})
