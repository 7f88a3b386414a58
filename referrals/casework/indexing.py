"""Writing the blind index: which words of a referral can be found, and by which organisation."""

from collections.abc import Collection, Iterable, Iterator
from typing import Final, Protocol
from uuid import UUID

from sqlalchemy import Table, bindparam, delete, insert, select, update

from referrals.casework import policy
from referrals.casework.models import Enquiry, MatchToken, Referral, SearchEntry, SearchToken
from referrals.casework.workflow import states
from referrals.foundation.clock import today
from referrals.foundation.database import db
from referrals.foundation.sealing import SERVICE_SCOPE, Kind, index_terms, indexer

# How the index is made. Whoever changes what is indexed gives it the next number; `flask search reindex` does the rest.
VERSION: Final = 2
TOKEN_BYTES: Final = 16

_REFERRALS: Table = Referral.__table__  # type: ignore[assignment]
_ENTRIES: Table = SearchEntry.__table__  # type: ignore[assignment]
_TOKENS: Table = SearchToken.__table__  # type: ignore[assignment]
_MATCHES: Table = MatchToken.__table__  # type: ignore[assignment]

# Words in nearly every story find nothing, fill the index, and would be the easiest to guess from their number.
_PARAGRAPH: Final = (
    "a about after again all already also although am an and another any are as ask asked at away back be because "
    "been before behind being both but by came can cannot come comes could couldn day days did didn do does doesn "
    "don done down during each eight eleven else even ever every few first five for found four from gave get gets "
    "give given go goes going gone got had hadn has hasn have haven he her here hers him his how however if in into "
    "is isn it its just keep keeps kept know knows last least left less let like ll long made make makes many may me "
    "might month months more most much must my need needs never new next nine no nobody not nothing now of off often "
    "old on once one only or other our out over own per put re said same say says see seen self seven she should "
    "since six so some somebody something soon still such take taken takes tell ten than that the their them then "
    "there these they thing things think this those though three through time times to told too took twelve twice "
    "two under until up upon us use used ve very want wants was wasn way we week weeks well went were what when where "
    "whether which while who why will with within without won would wouldn year years yes yet you your"
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
    def agency_id(self) -> UUID | None:
        """The body."""

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
    """Write the index of a referral anew, for its group and its office. What is in no index is taken out of it."""
    remove(referral.id)
    connection = db.session.connection()
    terms = terms_of(referral) if _is_found(referral) else []
    for organisation_id in _finders(referral):
        _enter(referral.id, organisation_id, tokens_of(terms + _asked(referral, organisation_id), organisation_id))
    matches = [{"token": token, "referral_id": referral.id} for token in match_tokens(referral)] if terms else []
    if matches:
        connection.execute(insert(_MATCHES), matches)
    # Past the object, whose version says that somebody changed the referral.
    connection.execute(update(_REFERRALS).where(_REFERRALS.c.id == referral.id).values(index_version=VERSION))


def remove(referral_id: UUID, organisations: Collection[UUID] | None = None) -> None:
    """Take a referral out of the index, of these organisations or of all, the service's own comparison included."""
    db.session.flush()
    connection = db.session.connection()
    where = [_ENTRIES.c.referral_id == referral_id]
    if organisations is not None:
        where.append(_ENTRIES.c.organisation_id.in_(organisations))
    else:
        connection.execute(delete(_MATCHES).where(_MATCHES.c.referral_id == referral_id))
    held = connection.execute(select(_ENTRIES.c.organisation_id, _ENTRIES.c.tokens).where(*where)).all()
    for organisation_id, joined in held:
        _take_out(referral_id, organisation_id, _apart(joined))
    connection.execute(delete(_ENTRIES).where(*where))


def _enter(referral_id: UUID, organisation_id: UUID, tokens: list[bytes]) -> None:
    """Put a referral that is not there into an organisation's index."""
    if not tokens:
        return
    connection = db.session.connection()
    entry = {"referral_id": referral_id, "organisation_id": organisation_id, "tokens": joined(tokens)}
    connection.execute(insert(_ENTRIES), entry)
    place = {"organisation_id": organisation_id, "referral_id": referral_id}
    connection.execute(insert(_TOKENS), [{**place, "token": token} for token in tokens])


def _take_out(referral_id: UUID, organisation_id: UUID, tokens: list[bytes]) -> None:
    where = (
        _TOKENS.c.organisation_id == organisation_id,
        _TOKENS.c.token == bindparam("one"),
        _TOKENS.c.referral_id == referral_id,
    )
    db.session.connection().execute(delete(_TOKENS).where(*where), [{"one": token} for token in tokens])


def joined(tokens: Iterable[bytes]) -> bytes:
    """Tokens as `search_entries` keeps them."""
    return b"".join(tokens)


def _apart(tokens: bytes) -> list[bytes]:
    return [tokens[begin : begin + TOKEN_BYTES] for begin in range(0, len(tokens), TOKEN_BYTES)]


def _is_found(referral: Referral) -> bool:
    """Whether it is in any index: a draft is not, nor what was erased or sent by mistake."""
    return referral.submitted_at is not None and not referral.erased and referral.state != states.ENTERED_IN_ERROR


def _finders(referral: Referral) -> list[UUID]:
    """The organisations in whose index it is; the office only as long as it may read the words."""
    office_id = None if policy.words_expired(referral, today()) else referral.office_id
    return [found for found in (referral.group_id, office_id) if found is not None]


def _asked(referral: Referral, organisation_id: UUID) -> "Terms":
    """What bodies call it, by the enquiries of the office, which alone finds it by them."""
    # Nobody is asked before the office has taken the case on.
    if organisation_id != referral.office_id or not referral.accepted_at or not _is_found(referral):
        return []
    asked = db.session.scalars(
        select(Enquiry).where(Enquiry.referral_id == referral.id, Enquiry.office_id == organisation_id)
    )
    codes = [index_terms.reference_terms(enquiry.agency_reference or "") for enquiry in asked]
    return [(Kind.REFERENCE, terms) for terms in codes if terms]


Terms = list[tuple[Kind, list[str]]]


def terms_of(referral: Findable) -> Terms:
    """What of a referral can be found, by kind, before any organisation's key comes into it."""
    words = (referral.summary, referral.story, referral.wanted, referral.tried, referral.helpers)
    found: Terms = [(Kind.TEXT, telling_words(" ".join(text for text in words if text)))]
    # Our own reference is plain: it needs no token.
    if referral.agency_reference:
        found.append((Kind.REFERENCE, index_terms.reference_terms(referral.agency_reference)))
    return found + list(_terms_of_resident(referral.resident))


def _terms_of_resident(resident: FindableResident | None) -> Iterator[tuple[Kind, list[str]]]:
    if resident is None:
        return
    if resident.name:
        yield Kind.NAME, index_terms.name_terms(resident.name)
        yield Kind.SOUND, index_terms.sound_terms(resident.name)
    if resident.postcode:
        yield Kind.POSTCODE, index_terms.postcode_terms(resident.postcode)
    if resident.phone:
        yield Kind.PHONE, index_terms.phone_terms(resident.phone)


def tokens_of(terms: Terms, organisation_id: UUID) -> list[bytes]:
    """The index of a referral for one organisation: its tokens, in their order, each once."""
    make = indexer().tokens
    return sorted({token for kind, words in terms for token in make(organisation_id, kind, words)})


def match_tokens(referral: Findable) -> list[bytes]:
    """The service's own tokens of a referral: by them others hear that there is one (queries/matching.py)."""
    make, resident = indexer().tokens, referral.resident
    found: list[bytes] = []
    if resident and resident.name and resident.postcode:
        found += make(SERVICE_SCOPE, Kind.PERSON, index_terms.person_terms(resident.name, resident.postcode))
    if referral.agency_id and referral.agency_reference:
        found += make(SERVICE_SCOPE, Kind.CASE, index_terms.case_terms(referral.agency_id, referral.agency_reference))
    return found


def telling_words(text: str) -> list[str]:
    """The words of a text but for those that are in nearly every story; alike for what is stored and what is typed."""
    return [word for word in index_terms.text_terms(text) if word not in STOP_WORDS]
