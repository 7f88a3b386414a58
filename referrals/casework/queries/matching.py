"""Whether another organisation holds a referral about the same person: the one thing that is ever told across.

Each organisation's search index is keyed apart, so that nobody's words can be compared with another's. To spare a
resident being referred twice, the service keeps a comparison of its own beside them, and it was made as small as it can
be while being of use:

- Only two strong marks are kept of a referral: first and last word of the name together with the whole postcode, and a
  body's reference number together with which body it is. Never a single word, a name alone, a phone number, or a sound.
- The answer is yes or no. Not who, where, when, how many, nor what about; nothing is linked or opened.
- Only referrals that are still open with an office count: that somebody once asked an MP for help is nobody's business.
- It is asked only about a referral that is stored, by who may read it, and only while the resident's agreement that it
  goes to an office stands. The words compared are those of the referral: there is no box to type others into.
- While drafting, each change after which it is asked leaves an event of its own in the group's book, with the answer
  (`referral.compared`), and so does each look at the page. Whoever made up agreements to find out about neighbours
  would write the record of it themselves, one draft a question.

What is given up: a volunteer who knows somebody's full name and postcode, and records an agreement that was not given,
learns that an open referral exists somewhere. We think that the harm of two MPs at work on the same case, neither
knowing, is greater and far more frequent.
"""

from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Uuid, cast, exists, literal, null, select

from referrals.accounts.roles import Side
from referrals.accounts.viewer import Viewer
from referrals.casework import policy
from referrals.casework.indexing import match_tokens
from referrals.casework.models import MatchToken, Referral
from referrals.foundation.clock import today
from referrals.foundation.database import db

ELSEWHERE: Final = "elsewhere"


def may_compare(referral: Referral, viewer: Viewer) -> bool:
    """Whether the viewer may hear of others for this referral: one they may read, with an agreement that stands."""
    if not policy.may_read_words(referral, viewer) or not policy.is_about_a_resident(referral):
        return False
    agreed = policy.standing(referral, policy.GROUP_TO_OFFICE, today())
    return referral.ended_at is None and any(policy.is_approved(consent) for consent in agreed)


def held_elsewhere(referral: Referral, viewer: Viewer) -> bool:
    """Whether another organisation holds an open referral with the same mark; False where it may not be asked."""
    found = condition(referral, viewer)
    return found is not None and bool(db.session.scalar(select(found)))


def way_elsewhere(referral: Referral, viewer: Viewer) -> list[Select[str, UUID | None]]:
    """The same as a query of one row or none, which names no referral."""
    found = condition(referral, viewer)
    return [] if found is None else [select(literal(ELSEWHERE), cast(null(), Uuid())).where(found)]


def condition(referral: Referral, viewer: Viewer) -> ColumnElement[bool] | None:
    """That there is one, as SQL; None where it may not be asked, or where the referral has no strong mark."""
    tokens = match_tokens(referral) if may_compare(referral, viewer) else []
    if not tokens:
        return None
    theirs = Referral.office_id if viewer.side is Side.OFFICE else Referral.group_id
    return exists().where(
        MatchToken.token.in_(tokens),
        MatchToken.referral_id == Referral.id,
        Referral.id != referral.id,
        Referral.submitted_at.is_not(None),
        Referral.ended_at.is_(None),
        theirs != viewer.organisation_id,
    )
