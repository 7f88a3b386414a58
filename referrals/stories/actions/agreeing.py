"""What the person agreed to for a case study: a consent of its own, with what it covers and where that may be shown."""

import calendar
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Final

from referrals.accounts.viewer import Viewer
from referrals.casework.actions import Agreement, record_consent
from referrals.directory import lists
from referrals.foundation import clock
from referrals.foundation.database import db
from referrals.foundation.errors import IllegalMove, Invalid, NotAllowed
from referrals.stories import policy
from referrals.stories.actions.writing import note
from referrals.stories.models import CaseStudy, PublishedStory, StoryAgreement
from referrals.stories.sections import QUOTE
from referrals.stories.workflow import LIVE, MONTHS, MOST_MONTHS

# Codes of the lists consent_capacities and consent_methods that mean that nobody agreed.
_NOBODY: Final = "nobody"
_NOT_AGREED: Final = "none"


@dataclass(frozen=True, kw_only=True)
class Agreed:
    """What was agreed, as a form gives it: codes of the lists of consents, story_coverage and story_places."""

    given_by: str
    method: str
    given_on: date
    covers: Collection[str] = ()
    places: Collection[str] = ("page",)
    # Calendar months that it counts, from the day it was given on.
    months: int = MONTHS


def record_agreement(study: CaseStudy, agreed: Agreed, *, by: Viewer) -> StoryAgreement:
    """Keep what the person agreed to; from now on it is what the case study rests on, also when it is published: what
    they said themselves is taken out of a published one at once where it is not covered any more.

    Raises NotFound, NotAllowed, IllegalMove for one that is over, and Invalid under the names of `Agreed`.
    """
    policy.must_be_own(study, by)
    if study.state not in LIVE:
        raise IllegalMove("This case study is over.")
    if not policy.may_agree(study, by):
        raise NotAllowed
    errors = _faults(agreed)
    if errors:
        raise Invalid(errors)
    consent = record_consent(
        study.referral,
        Agreement(
            kind=policy.KIND,
            given_by=agreed.given_by,
            method=agreed.method,
            given_on=agreed.given_on,
            expires_on=last_day(agreed.given_on, agreed.months),
        ),
        by=by,
    )
    agreement = StoryAgreement(
        referral=study.referral,
        referral_id=study.referral_id,
        consent_id=consent.id,
        consent=consent,
        quote="quote" in agreed.covers,
        picture="picture" in agreed.covers,
        page="page" in agreed.places,
        file="file" in agreed.places,
        report="report" in agreed.places,
    )
    db.session.add(agreement)
    study.agreement, study.updated_at = agreement, clock.now()
    if study.published is not None and not agreement.quote:
        _take_quote_out(study.published)
    db.session.flush()
    facts = {"consent": str(consent.id), "covers": sorted(agreed.covers), "places": sorted(agreed.places)}
    note("case_study.agreed", study, by, facts)
    return agreement


def _take_quote_out(published: PublishedStory) -> None:
    content = published.content or {}
    parts = [part for part in content.get("parts", ()) if part["code"] != QUOTE]
    published.content = {**content, "parts": parts}


def last_day(given_on: date, months: int) -> date:
    """The day so many calendar months later, or the last of that month where it has no such day."""
    year, month = divmod(given_on.month - 1 + months, 12)
    year, month = given_on.year + year, month + 1
    return date(year, month, min(given_on.day, calendar.monthrange(year, month)[1]))


def _faults(agreed: Agreed) -> dict[str, str]:
    errors = {}
    if agreed.given_by == _NOBODY:
        errors["given_by"] = "Somebody has to agree. Without that there is no case study"
    if agreed.method == _NOT_AGREED:
        errors["method"] = "Say how they agreed. Without that there is no case study"
    if set(agreed.covers) - lists.codes("story_coverage"):
        errors["covers"] = "Choose from the answers on the page"
    if set(agreed.places) - lists.codes("story_places") or not agreed.places:
        errors["places"] = "Choose where it may be shown"
    if not 1 <= agreed.months <= MOST_MONTHS:
        errors["months"] = f"An agreement counts for at most {MOST_MONTHS} months"
    return errors
