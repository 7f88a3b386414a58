"""The stationery of an office: the head of its letters, and the text each kind of letter is made from."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from referrals.accounts.queries import names_of
from referrals.accounts.viewer import Viewer
from referrals.correspondence import policy
from referrals.correspondence.letters import KINDS, LetterKind
from referrals.correspondence.models import Letterhead, LetterText
from referrals.correspondence.senders import Sender
from referrals.directory.models import Office
from referrals.directory.queries import office_of
from referrals.foundation.database import db
from referrals.foundation.errors import NotFound


@dataclass(frozen=True, slots=True)
class TextInUse:
    """What a kind of letter says in one office now; `number` counts the office's versions, returns included."""

    words: str
    number: int
    own: bool
    saved_at: datetime | None = None

    @property
    def made_from(self) -> int:
        """What a letter made from it keeps: the number of the office's version, or 0 for the service's text."""
        return self.number if self.own else 0


@dataclass(frozen=True, slots=True)
class Version:
    """One version of an office's text; without words it went back to the service's."""

    number: int
    saved_at: datetime
    saved_by: str
    words: str | None


def sender_of(viewer: Viewer) -> Sender:
    """The head of the letters of the viewer's office, or what the directory knows where nobody has written one."""
    office = _office(viewer)
    kept = letterhead(viewer)
    if kept is not None:
        return Sender(kept.member, kept.office, kept.address, kept.phone, kept.email, kept.web)
    body = office.organisation
    return Sender(f"{office.term.member.name} MP", body.name, "", body.phone or "", body.email or "", "")


def letterhead(viewer: Viewer) -> Letterhead | None:
    """What the office has written about itself, if it has."""
    return db.session.scalar(select(Letterhead).where(Letterhead.organisation_id == viewer.organisation_id))


def letterhead_version(viewer: Viewer) -> int:
    """The version of the letterhead as the form shows it; 0 while there is none."""
    kept = letterhead(viewer)
    return kept.version if kept else 0


def text_in_use(kind: LetterKind, viewer: Viewer) -> TextInUse:
    """The text from which the viewer's office makes this kind of letter."""
    return _in_use(kind, newest(kind, viewer.organisation_id))


def texts_in_use(viewer: Viewer) -> dict[str, TextInUse]:
    """The same for every kind, by its code; one query."""
    query = select(LetterText).where(LetterText.organisation_id == viewer.organisation_id).order_by(LetterText.number)
    last = {row.kind: row for row in db.session.scalars(query)}
    return {code: _in_use(kind, last.get(code)) for code, kind in KINDS.items()}


def versions_of(kind: LetterKind, viewer: Viewer) -> list[Version]:
    """Every version the office has had of it, newest first. Raises NotAllowed."""
    office_id = policy.must_keep_stationery(viewer)
    query = select(LetterText).where(LetterText.organisation_id == office_id, LetterText.kind == kind.code)
    rows = list(db.session.scalars(query.order_by(LetterText.number.desc())))
    names = names_of([row.saved_by_id for row in rows]) if rows else {}
    return [Version(row.number, row.saved_at, names.get(row.saved_by_id, ""), row.words) for row in rows]


def newest(kind: LetterKind, office_id: UUID | None) -> LetterText | None:
    """The last version an office saved, whoever asks; for actions that have checked already."""
    query = select(LetterText).where(LetterText.organisation_id == office_id, LetterText.kind == kind.code)
    return db.session.scalar(query.order_by(LetterText.number.desc()).limit(1))


def _in_use(kind: LetterKind, row: LetterText | None) -> TextInUse:
    if row is None:
        return TextInUse(kind.service_text(), 0, own=False)
    words = row.words
    return TextInUse(words or kind.service_text(), row.number, words is not None, row.saved_at)


def _office(viewer: Viewer) -> Office:
    found = office_of(viewer.organisation_id) if viewer.organisation_id else None
    if found is None:
        raise NotFound
    return found
