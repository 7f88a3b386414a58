"""What a group knows that may help with one of its referrals: what its MP cares about, and who else was elected."""

import re
from collections.abc import Iterable
from typing import Final
from uuid import UUID

from sqlalchemy import or_, select

from referrals.accounts.roles import Permission
from referrals.accounts.viewer import Viewer
from referrals.directory.models import Office
from referrals.engagement.models import Interest, KnownPerson
from referrals.foundation.clock import today
from referrals.foundation.database import db

_WORD: Final = re.compile(r"[^\W\d_]{4,}")
# So much of the beginning of two words has to be the same: "tenants" and "tenancy", "housing" and "house".
_ALIKE: Final = 5
# Words of which an interest often has one, and which say nothing of what it is.
_EMPTY: Final = frozenset(
    {"about", "after", "area", "from", "local", "people", "that", "their", "them", "with", "young"}
)


def helping_interests(office_id: UUID, texts: Iterable[str], viewer: Viewer) -> list[Interest]:
    """What the MP of an office cares about, as the viewer's group noted it, with a word that some texts have too.

    None for who does not keep the log. One query.
    """
    if not viewer.may(Permission.ENGAGEMENT_WRITE):
        return []
    query = select(Interest).join(Office, Office.term_id == Interest.term_id)
    query = query.where(Office.organisation_id == office_id, Interest.organisation_id == viewer.organisation_id)
    said = {one for text in texts for one in _beginnings(text)}
    rows = db.session.scalars(query.order_by(Interest.noted_at.desc(), Interest.id))
    return [row for row in rows if said & set(_beginnings(row.words or ""))]


def elected_people(viewer: Viewer) -> list[KnownPerson]:
    """The other elected people whom the viewer's group knows today, by name; one query."""
    if not viewer.may(Permission.ENGAGEMENT_WRITE):
        return []
    now = or_(KnownPerson.ends_on.is_(None), KnownPerson.ends_on >= today())
    query = select(KnownPerson).where(
        KnownPerson.organisation_id == viewer.organisation_id, KnownPerson.term_id.is_(None), now
    )
    return sorted(db.session.scalars(query), key=lambda one: (one.name or "").lower())


def _beginnings(text: str) -> list[str]:
    words = (word.casefold() for word in _WORD.findall(text))
    return [word[:_ALIKE] for word in words if word not in _EMPTY]
