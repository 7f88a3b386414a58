"""Finding referrals by a reference, a name, a postcode, a phone number or words, through the blind index."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from sqlalchemy import Select, literal, select, union_all

from referrals.accounts.roles import Permission
from referrals.accounts.viewer import Viewer
from referrals.casework.indexing import without_stop_words
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

# Why it matched, the surest first.
REASONS: Final[dict[Kind, str]] = {
    Kind.REFERENCE: "Reference",
    Kind.PHONE: "Phone number",
    Kind.POSTCODE: "Postcode",
    Kind.NAME: "Name",
    Kind.TEXT: "Words",
}


@dataclass(frozen=True, slots=True)
class Hit:
    """A referral that was found, and by what of it."""

    line: Line
    reasons: tuple[str, ...]


def search(viewer: Viewer, text: str) -> list[Hit]:
    """What the viewer may see that matches, the surest and newest first, at most 50; two queries whatever is stored.

    All words must match, names also by their beginnings. Looks only into the index of the viewer's own organisation.
    Empty for nothing typed. Raises NotAllowed to who reads no referrals.
    """
    viewer.must(Permission.REFERRAL_READ)
    if viewer.organisation_id is None:
        raise NotAllowed
    typed = text[:LONGEST]
    wanted = _wanted(viewer.organisation_id, typed)
    ways = [_matching(viewer.organisation_id, kind, tokens) for kind, tokens in wanted.items()]
    ways += _by_reference(typed)
    if not ways:
        return []
    found: dict[UUID, list[Kind]] = {}
    named = union_all(*ways).subquery()
    query = (
        select(named.c.kind, Referral.id)
        .join(Referral, Referral.id == named.c.referral_id)
        .where(visible_to(viewer))
        .order_by(Referral.submitted_at.desc(), Referral.id.desc())
    )
    for kind, referral_id in db.session.execute(query):
        found.setdefault(referral_id, []).append(Kind(kind))
    best = sorted(found, key=lambda referral_id: min(_rank(kind) for kind in found[referral_id]))[:MOST]
    return [Hit(line, _reasons(found[line.id])) for line in lines_of(best, viewer)]


def _wanted(scope: UUID, text: str) -> dict[Kind, list[bytes]]:
    wanted = indexer().query_tokens(scope, text)
    # Words that are in nearly every story are not in the index, so they must not be asked for there.
    words = indexer().query_tokens(scope, without_stop_words(text)).get(Kind.TEXT)
    wanted.pop(Kind.TEXT, None)
    return wanted | ({Kind.TEXT: words} if words else {})


def _by_reference(text: str) -> list[Select[str, UUID]]:
    # Our own references are plain, and some have no digit by which the index would know them from a word.
    try:
        reference = normalise_reference(text)
    except BadReference:
        return []
    return [
        select(literal(Kind.REFERENCE.value).label("kind"), Referral.id.label("referral_id")).where(
            Referral.reference == reference
        )
    ]


def _matching(scope: UUID, kind: Kind, tokens: list[bytes]) -> Select[str, UUID]:
    """The newest referrals that hold all the tokens of a kind."""
    query: Select[str, UUID] = select(SearchToken.kind, SearchToken.referral_id).where(
        SearchToken.organisation_id == scope, SearchToken.token == tokens[0], SearchToken.kind == kind.value
    )
    for token in tokens[1:]:
        other = select(SearchToken.referral_id).where(
            SearchToken.organisation_id == scope,
            SearchToken.token == token,
            SearchToken.kind == kind.value,
        )
        query = query.where(SearchToken.referral_id.in_(other))
    newest = query.order_by(SearchToken.referral_id.desc()).limit(LOOKED_AT).subquery()
    return select(newest.c.kind, newest.c.referral_id)


def _rank(kind: Kind) -> int:
    return list(REASONS).index(kind)


def _reasons(kinds: Iterable[Kind]) -> tuple[str, ...]:
    return tuple(REASONS[kind] for kind in sorted(set(kinds), key=_rank))
