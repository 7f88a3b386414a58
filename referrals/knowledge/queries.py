"""The answers of an area as read: searched by words and category, one by itself, and those that wait."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select

from referrals.accounts.roles import Permission
from referrals.accounts.viewer import Viewer
from referrals.casework.models import Referral
from referrals.casework.queries import timeline
from referrals.foundation.clock import today
from referrals.foundation.database import db
from referrals.foundation.errors import NotFound
from referrals.knowledge import policy
from referrals.knowledge.models import SHOWN, WAITING, KnowledgeEntry

# An answer that nobody has looked at for so long may be out of date.
STALE_AFTER: Final = timedelta(days=365)
# Answers are few: so many of an organisation are opened to be searched, the newest first.
MOST: Final = 1_000
ANSWER: Final = "answer"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody looks for: words, each of which must be there, and a category; both may be empty."""

    words: str = ""
    category: str | None = None


def search(wanted: Wanted, viewer: Viewer) -> list[KnowledgeEntry]:
    """The answers on the viewer's page that hold every word, also as a part of one, the last that was right first.

    The words are compared with what is opened here, and nothing is told of any other page. One query.
    """
    query = select(KnowledgeEntry).where(_own(viewer), KnowledgeEntry.state == SHOWN)
    if wanted.category:
        query = query.where(KnowledgeEntry.category == wanted.category)
    newest = (KnowledgeEntry.right_on.desc(), KnowledgeEntry.id.desc())
    rows = db.session.scalars(query.order_by(*newest).limit(MOST))
    words = wanted.words.casefold().split()
    return [row for row in rows if policy.may_read(row, viewer) and _has(row, words)]


def _has(row: KnowledgeEntry, words: list[str]) -> bool:
    text = " ".join((row.question or "", row.answer or "", row.source or "")).casefold()
    return all(word in text for word in words)


def waiting(viewer: Viewer) -> list[KnowledgeEntry]:
    """The answers that wait to be checked, of which the viewer may know, the oldest first; one query."""
    query = select(KnowledgeEntry).where(_own(viewer), KnowledgeEntry.state == WAITING)
    rows = db.session.scalars(query.order_by(KnowledgeEntry.written_at, KnowledgeEntry.id).limit(MOST))
    return [row for row in rows if policy.may_read(row, viewer)]


def _own(viewer: Viewer) -> ColumnElement[bool]:
    viewer.must(Permission.KNOWLEDGE_WRITE)
    own = viewer.organisation_id
    return or_(KnowledgeEntry.group_id == own, KnowledgeEntry.office_id == own)


def entry(entry_id: UUID, viewer: Viewer) -> KnowledgeEntry:
    """One answer. Raises NotFound."""
    found = db.session.get(KnowledgeEntry, entry_id)
    if found is None:
        raise NotFound
    policy.must_read(found, viewer)
    return found


def entry_of(referral: Referral) -> KnowledgeEntry | None:
    """The answer that was written from a request that a query has given out, unless it was taken down; one query."""
    live = KnowledgeEntry.state.in_((WAITING, SHOWN))
    return db.session.scalar(select(KnowledgeEntry).where(KnowledgeEntry.asked_in_id == referral.id, live))


def reference_of(found: KnowledgeEntry) -> str:
    """The reference of the request it was written from, which may not stand in it; one query."""
    return db.session.scalar(select(Referral.reference).where(Referral.id == found.asked_in_id)) or ""


def answer_in(referral: Referral, viewer: Viewer) -> str:
    """What the office last answered to a request. Raises NotFound to strangers."""
    said = [one for one in timeline(referral, viewer) if one.code == ANSWER]
    return "\n\n".join(text for _, text in said[0].words) if said else ""


def may_be_out_of_date(found: KnowledgeEntry, day: date | None = None) -> bool:
    """Whether nobody has said for a year that it is right."""
    return found.right_on + STALE_AFTER <= (day or today())
