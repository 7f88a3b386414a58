"""Finding referrals by a reference, a name, a postcode, a phone number or words, through the blind index."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from sqlalchemy import Select, and_, literal, select, true, union_all

from referrals.accounts.roles import Permission
from referrals.accounts.viewer import Viewer
from referrals.casework.indexing import telling_words
from referrals.casework.models import Referral, SearchToken
from referrals.casework.queries.lines import Line, lines_of
from referrals.casework.queries.visible import visible_to
from referrals.foundation.database import db
from referrals.foundation.errors import NotAllowed
from referrals.foundation.references import BadReference, normalise_reference
from referrals.foundation.sealing import Kind, indexer

MOST: Final = 50
LONGEST: Final = 200
# Candidates of one kind that are looked at; more than anybody reads, and a bound on what a search can cost.
LOOKED_AT: Final = 500

OWN_REFERENCE: Final = "own_reference"
# Why it matched, the surest first.
REASONS: Final[dict[str, str]] = {
    OWN_REFERENCE: "Reference",
    Kind.REFERENCE: "Agency reference",
    Kind.PHONE: "Phone number",
    Kind.POSTCODE: "Postcode",
    Kind.NAME: "Name",
    Kind.TEXT: "Words",
    Kind.SOUND: "Name sounds alike",
}
_RANKS: Final = {kind: rank for rank, kind in enumerate(REASONS)}

# Of each list one token must be there.
Wanted = Sequence[Sequence[bytes]]


@dataclass(frozen=True, slots=True)
class Hit:
    """A referral that was found, and by what of it."""

    line: Line
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found, and whether there may be more that it leaves out."""

    hits: list[Hit]
    more: bool = False


def search(viewer: Viewer, text: str, *, open_only: bool = False) -> Found:
    """What the viewer may see that matches, the surest and newest first, at most 50; two queries whatever is stored.

    All words must match, names also by their beginnings, and last of all by their sound. Looks only into the index of
    the viewer's own organisation. Empty for nothing typed. Raises NotAllowed to who reads no referrals.
    """
    viewer.must(Permission.REFERRAL_READ)
    if viewer.organisation_id is None:
        raise NotAllowed
    typed = text[:LONGEST]
    wanted = _wanted(viewer.organisation_id, typed)
    ways = [matching(viewer.organisation_id, kind, tokens, LOOKED_AT) for kind, tokens in wanted.items()]
    ways += _by_reference(typed)
    if not ways:
        return Found([])
    named = union_all(*ways).subquery()
    still_open = Referral.ended_at.is_(None) if open_only else true()
    query = (
        select(named.c.kind, Referral.id)
        # What the viewer does not find is looked at all the same: it counts towards the bound, and is not shown.
        .outerjoin(Referral, and_(Referral.id == named.c.referral_id, visible_to(viewer), still_open))
        .order_by(Referral.submitted_at.desc(), Referral.id.desc())
    )
    found: dict[UUID, set[str]] = {}
    looked_at: Counter[str] = Counter()
    for kind, referral_id in db.session.execute(query):
        looked_at[kind] += 1
        if referral_id is not None:
            found.setdefault(referral_id, set()).add(kind)
    best = sorted(found, key=lambda referral_id: min(_RANKS[kind] for kind in found[referral_id]))
    more = len(best) > MOST or any(count >= LOOKED_AT for count in looked_at.values())
    return Found([Hit(line, _reasons(found[line.id])) for line in lines_of(best[:MOST], viewer)], more)


def _wanted(scope: UUID, text: str) -> dict[Kind, Wanted]:
    wanted: dict[Kind, Wanted] = {
        kind: [[token] for token in tokens] for kind, tokens in indexer().query_tokens(scope, text).items()
    }
    # Words that are in nearly every story are not in the index, so they must not be asked for there.
    words = indexer().tokens(scope, Kind.TEXT, telling_words(text))
    wanted.pop(Kind.TEXT, None)
    if words:
        wanted[Kind.TEXT] = [[token] for token in words]
    if Kind.NAME in wanted and not any(character.isdigit() for character in text):
        wanted[Kind.SOUND] = indexer().query_sounds(scope, text)
    return wanted


def _by_reference(text: str) -> list[Select[str, UUID]]:
    # Our own references are plain, and in no index.
    try:
        reference = normalise_reference(text)
    except BadReference:
        return []
    return [
        select(literal(OWN_REFERENCE).label("kind"), Referral.id.label("referral_id")).where(
            Referral.reference == reference
        )
    ]


def matching(scope: UUID, kind: str, wanted: Wanted, most: int) -> Select[str, UUID]:
    """The newest referrals in an organisation's index that hold, of each list of tokens, one at least.

    `kind` is what each is called in the answer; a token covers its own.
    """
    first, *others = wanted
    query: Select[UUID] = select(SearchToken.referral_id).where(
        SearchToken.organisation_id == scope, SearchToken.token.in_(first)
    )
    if len(first) > 1:
        query = query.distinct()
    for tokens in others:
        other = select(SearchToken.referral_id).where(
            SearchToken.organisation_id == scope, SearchToken.token.in_(tokens)
        )
        query = query.where(SearchToken.referral_id.in_(other))
    newest = query.order_by(SearchToken.referral_id.desc()).limit(most).subquery()
    return select(literal(str(kind)).label("kind"), newest.c.referral_id)


def _reasons(kinds: Iterable[str]) -> tuple[str, ...]:
    told = set(kinds)
    if Kind.NAME in told:
        # Whoever is called so also sounds so.
        told.discard(Kind.SOUND)
    return tuple(REASONS[kind] for kind in sorted(told, key=_RANKS.__getitem__))
