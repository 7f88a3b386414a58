"""Writing the blind index: which words of a referral can be found, and by which organisation."""

from collections.abc import Collection, Iterator
from typing import Any, Final, Protocol
from uuid import UUID

from sqlalchemy import Table, delete, insert, select

from referrals.casework.models import Enquiry, Referral, SearchToken
from referrals.foundation.database import db
from referrals.foundation.sealing import Kind, indexer

_TOKENS: Table = SearchToken.__table__  # type: ignore[assignment]

# Words in nearly every story find nothing, fill the index, and would be the easiest to guess from their number.
_PARAGRAPH: Final = (
    "a about after again all also am an and any are as at be because been before being but by can could did "
    "do does done for from get got had has have he her here him his how i if in into is it its just like made "
    "me more my no not now of on one only or other our out over own said same say she should since so some "
    "still such than that the their them then there these they this those through time to told too under "
    "until up us very was we were what when where which while who why will with would you your"
)
STOP_WORDS: Final = frozenset(_PARAGRAPH.split())


class FindableResident(Protocol):
    """What the index looks at of a resident."""

    @property
    def name(self) -> str | None:
        """As written by the volunteer."""

    @property
    def postcode(self) -> str | None:
        """In its stored form."""

    @property
    def phone(self) -> str | None:
        """As written by the volunteer."""


class Findable(Protocol):
    """What the index looks at of a referral: the row itself, or a copy that is no row yet."""

    @property
    def id(self) -> UUID:
        """The referral's id."""

    @property
    def reference(self) -> str | None:
        """Ours."""

    @property
    def agency_reference(self) -> str | None:
        """The body's."""

    @property
    def summary(self) -> str | None:
        """One line."""

    @property
    def story(self) -> str | None:
        """What has happened."""

    @property
    def wanted(self) -> str | None:
        """What the resident wants."""

    @property
    def tried(self) -> str | None:
        """What was tried."""

    @property
    def helpers(self) -> str | None:
        """Who else is helping."""

    @property
    def resident(self) -> FindableResident | None:
        """Who it is about."""


def reindex(referral: Referral) -> None:
    """Write the index of a sent referral anew, for its group and its office. A draft is in no index."""
    remove(referral.id)
    if referral.submitted_at is None or referral.erased:
        return
    # Nobody is asked before the office has taken the case on.
    asked = _references(referral.id) if referral.accepted_at else []
    rows = [
        row
        for organisation_id in (referral.group_id, referral.office_id)
        if organisation_id is not None
        for row in token_rows(referral, organisation_id, asked if organisation_id == referral.office_id else ())
    ]
    if rows:
        db.session.connection().execute(insert(_TOKENS), rows)


def remove(referral_id: UUID, organisations: Collection[UUID] | None = None) -> None:
    """Take a referral out of the index, of these organisations or of all."""
    db.session.flush()
    where = [_TOKENS.c.referral_id == referral_id]
    if organisations is not None:
        where.append(_TOKENS.c.organisation_id.in_(organisations))
    db.session.connection().execute(delete(_TOKENS).where(*where))


def token_rows(referral: Findable, organisation_id: UUID, references: Collection[str] = ()) -> list[dict[str, Any]]:
    """The index rows of a referral for one organisation, as plain dicts for a bulk insert.

    `references` are those of bodies that the organisation has asked, besides the referral's own.
    """
    found: set[tuple[str, bytes]] = set()
    for kind, tokens in _tokens(referral, organisation_id, references):
        name = kind.value
        found.update((name, token) for token in tokens)
    return [
        {"organisation_id": organisation_id, "token": token, "referral_id": referral.id, "kind": kind}
        for kind, token in sorted(found)
    ]


def without_stop_words(text: str) -> str:
    """The text without words that are in nearly every story; used alike for what is stored and what is looked for."""
    return " ".join(word for word in text.split() if word.strip(".,;:!?()'’\"").lower() not in STOP_WORDS)


def _references(referral_id: UUID) -> list[str]:
    """What bodies call it, by the enquiries of the office, which alone finds it by them."""
    asked = db.session.scalars(select(Enquiry).where(Enquiry.referral_id == referral_id))
    return [enquiry.agency_reference for enquiry in asked if enquiry.agency_reference]


def _tokens(referral: Findable, scope: UUID, references: Collection[str]) -> Iterator[tuple[Kind, list[bytes]]]:
    make = indexer()
    words = (referral.summary, referral.story, referral.wanted, referral.tried, referral.helpers)
    yield Kind.TEXT, make.tokens_for_text(scope, without_stop_words(" ".join(text for text in words if text)))
    for reference in (referral.reference, referral.agency_reference, *references):
        if reference:
            yield Kind.REFERENCE, make.tokens_for_reference(scope, reference)
    resident = referral.resident
    if resident is None:
        return
    if resident.name:
        yield Kind.NAME, make.tokens_for_name(scope, resident.name)
    if resident.postcode:
        yield Kind.POSTCODE, make.tokens_for_postcode(scope, resident.postcode)
    if resident.phone:
        yield Kind.PHONE, make.tokens_for_phone(scope, resident.phone)
