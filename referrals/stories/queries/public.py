"""What everybody may read: published case studies whose person still agrees, looked at anew each time.

No viewer is asked for, because there is nothing here that is not for everybody; and no key, because nothing is sealed.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from referrals.casework.models import Consent, Referral
from referrals.directory.queries import names_of
from referrals.foundation.clock import local_day, today
from referrals.foundation.database import db
from referrals.stories.models import CaseStudy, PublishedStory, StoryAgreement
from referrals.stories.workflow import PUBLISHED

PAGE: Final = 20
# Where it may be shown, by the codes of the list story_places.
_PLACES: Final[dict[str, InstrumentedAttribute[bool]]] = {
    "page": StoryAgreement.page,
    "file": StoryAgreement.file,
    "report": StoryAgreement.report,
}


@dataclass(frozen=True, slots=True)
class Told:
    """One published case study on a list: its part of the address, title and first words, by whom and when."""

    slug: str
    title: str
    lead: str
    category: str
    told_by: str
    published_on: date


@dataclass(frozen=True, slots=True)
class Front:
    """One page of the index of all that are published."""

    rows: list[Told]
    page: int
    pages: int


def shown(slug: str, place: str = "page") -> PublishedStory | None:
    """The published case study at this address, if it may be shown in that place today; one query."""
    return db.session.scalar(select(PublishedStory).where(PublishedStory.slug == slug, may_be_shown(place)))


def was_shown(slug: str) -> bool:
    """Whether there ever was one at this address."""
    return db.session.scalar(select(PublishedStory.id).where(PublishedStory.slug == slug)) is not None


def is_shown(published: PublishedStory, place: str) -> bool:
    """Whether this one may be shown in that place today."""
    return shown(published.slug, place) is not None


def front(page: int) -> Front:
    """The index, the latest first; three queries. A page beyond the last is the last."""
    may = may_be_shown("page")
    number = db.session.scalar(select(func.count()).select_from(PublishedStory).where(may)) or 0
    pages = max(1, -(-number // PAGE))
    page = min(max(page, 1), pages)
    latest = (PublishedStory.published_at.desc(), PublishedStory.id.desc())
    query = select(PublishedStory).where(may).order_by(*latest).limit(PAGE).offset((page - 1) * PAGE)
    return Front(_told(list(db.session.scalars(query))), page, pages)


def published_for(organisation_ids: Collection[UUID], first: date | None, last: date) -> list[Told]:
    """Those about the work of these groups or offices that were published in these London days, both included (None:
    from the beginning), still stand, and may be named in a report; the latest first.
    """
    ids = list(organisation_ids)
    about = or_(PublishedStory.group_id.in_(ids), PublishedStory.office_id.in_(ids))
    query = select(PublishedStory).where(about, may_be_shown("report"), may_be_shown("page"))
    found = db.session.scalars(query.order_by(PublishedStory.published_at.desc(), PublishedStory.id.desc()))
    told = _told(list(found))
    return [one for one in told if (first is None or first <= one.published_on) and one.published_on <= last]


def told_at(slug: str, place: str) -> Told | None:
    """The published case study at this address as a list names it, if it may be shown in that place and on its page
    today; two queries.
    """
    query = select(PublishedStory).where(PublishedStory.slug == slug, may_be_shown(place), may_be_shown("page"))
    found = _told(list(db.session.scalars(query)))
    return found[0] if found else None


def may_be_shown(place: str) -> ColumnElement[bool]:
    """The condition on a published case study: the agreement it rests on stands today, and covers this place."""
    return (
        select(CaseStudy.id)
        .join(StoryAgreement, StoryAgreement.id == CaseStudy.agreement_id)
        .join(Consent, Consent.id == StoryAgreement.consent_id)
        .join(Referral, Referral.id == CaseStudy.referral_id)
        .where(
            CaseStudy.published_id == PublishedStory.id,
            CaseStudy.state == PUBLISHED,
            _PLACES[place],
            Consent.withdrawn_at.is_(None),
            Consent.expires_on >= today(),
            Referral.erased_at.is_(None),
        )
        .exists()
    )


def _told(rows: list[PublishedStory]) -> list[Told]:
    names = names_of({row.organisation_id for row in rows}) if rows else {}
    return [
        Told(
            slug=row.slug,
            title=row.title or "",
            lead=_lead(row),
            category=row.category,
            told_by=names.get(row.organisation_id, ""),
            published_on=local_day(row.published_at),
        )
        for row in rows
    ]


def _lead(row: PublishedStory) -> str:
    parts = (row.content or {}).get("parts") or [{"words": ""}]
    return str(parts[0]["words"]).split("\n")[0]
