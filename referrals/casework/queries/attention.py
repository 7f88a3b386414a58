"""Who pays attention to a referral: what was read, who else has it open, and what the viewer is still writing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, Select, String, Uuid, cast, literal, null, select, true, union_all
from sqlalchemy.orm import contains_eager

from referrals.accounts.models import Person
from referrals.accounts.viewer import Viewer
from referrals.casework import policy
from referrals.casework.models import KeptText, Presence, Reading, Referral
from referrals.casework.queries.visible import visible_to
from referrals.foundation import clock
from referrals.foundation.database import db

# Without a sign of somebody for this long, nobody is told any more that they have it open.
HERE_FOR: Final = timedelta(minutes=5)
READ, HERE, KEPT = "read", "here", "kept"


@dataclass(frozen=True, slots=True)
class Here:
    """A colleague who has the referral open."""

    name: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Attention:
    """What is known about a referral besides the referral: readings as (organisation, moment), the earliest first."""

    readings: tuple[tuple[UUID, datetime], ...] = ()
    others: tuple[Here, ...] = ()
    # When something typed was kept, by the form it was typed into.
    kept: tuple[tuple[str, datetime], ...] = ()

    def read_by(self, organisation_id: UUID | None, since: datetime) -> datetime | None:
        """When an organisation first read what was written at a moment; None when it has not."""
        return next((at for who, at in self.readings if who == organisation_id and at >= since), None)

    def last_read_by(self, organisation_id: UUID | None) -> datetime | None:
        """Until when an organisation has read; None when it never did."""
        return max((at for who, at in self.readings if who == organisation_id), default=None)

    def kept_for(self, form: str) -> datetime | None:
        """When the viewer's unsent words for a form were kept; None when there are none."""
        return dict(self.kept).get(form)


def attention(row: Referral, viewer: Viewer) -> Attention:
    """All of it in one question, because the referral's page asks it every time. Raises NotFound to strangers."""
    policy.must_see(row, viewer)
    found = db.session.execute(union_all(_readings(row), _here(row, viewer), _kept(row, viewer)))
    rows = sorted(found, key=lambda one: one.at)
    return Attention(
        readings=tuple((one.whose, one.at) for one in rows if one.kind == READ),
        others=tuple(Here(one.words, one.at) for one in rows if one.kind == HERE),
        kept=tuple((one.words, one.at) for one in rows if one.kind == KEPT),
    )


def others_here(reference: str, viewer: Viewer) -> Sequence[Here]:
    """Who else of the viewer's organisation has a referral open, the longest first; nobody to who may not see it."""
    query = (
        select(Person.name, Presence.opened_at)
        .join(Presence, Presence.person_id == Person.id)
        .join(Referral, Referral.id == Presence.referral_id)
        .where(Referral.reference == reference, visible_to(viewer), *_of_colleagues(viewer))
        .order_by(Presence.opened_at)
    )
    return [Here(name, since) for name, since in db.session.execute(query)]


def kept_text(place: str | UUID | None, form: str, viewer: Viewer) -> KeptText | None:
    """What the viewer typed into a form of a referral (by its reference) or a draft (by its id) and did not send.

    `place` is None for a form whose own name says of what it is.
    One question. None when there is nothing, or nothing that the viewer may read any more.
    """
    query = (
        select(KeptText)
        .join(KeptText.referral)
        .where(at_place(place), visible_to(viewer), *own_texts(viewer), KeptText.form == form)
        .options(contains_eager(KeptText.referral))
    )
    found = db.session.scalar(query)
    if found is None or not policy.may_read_words(found.referral, viewer):
        return None
    return found if found.words else None


def at_place(place: str | UUID | None) -> ColumnElement[bool]:
    """The referral that an address names: by its reference once it was sent, by its id before; with None any."""
    if place is None:
        return true()
    return Referral.id == place if isinstance(place, UUID) else Referral.reference == place


def own_texts(viewer: Viewer) -> tuple[ColumnElement[bool], ...]:
    """The condition under which a kept text is the viewer's, in the role they are in now."""
    return KeptText.person_id == viewer.person_id, KeptText.organisation_id == viewer.organisation_id


def _readings(row: Referral) -> Select[Any]:
    return _told(READ, Reading.organisation_id, cast(null(), String), Reading.at).where(Reading.referral_id == row.id)


def _here(row: Referral, viewer: Viewer) -> Select[Any]:
    return (
        _told(HERE, Presence.organisation_id, Person.name, Presence.opened_at)
        .join(Person, Person.id == Presence.person_id)
        .where(Presence.referral_id == row.id, *_of_colleagues(viewer))
    )


def _of_colleagues(viewer: Viewer) -> tuple[Any, ...]:
    return (
        Presence.organisation_id == viewer.organisation_id,
        Presence.person_id != viewer.person_id,
        Presence.seen_at > clock.now() - HERE_FOR,
    )


def _kept(row: Referral, viewer: Viewer) -> Select[Any]:
    return _told(KEPT, KeptText.organisation_id, KeptText.form, KeptText.at).where(
        KeptText.referral_id == row.id, *own_texts(viewer)
    )


def _told(kind: str, whose: Any, words: Any, at: Any) -> Select[Any]:
    return select(
        literal(kind).label("kind"),
        cast(whose, Uuid).label("whose"),
        cast(words, String).label("words"),
        at.label("at"),
    )
