"""Bringing published data into the directory: seats, MPs and postcodes. Doing it again changes nothing."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import select

from referrals.accounts.viewer import Viewer
from referrals.audit.actions import record
from referrals.directory import policy
from referrals.directory.actions.places import add_member, add_term, end_term
from referrals.directory.models import Constituency, Member, Postcode, Term
from referrals.directory.upserts import upsert
from referrals.foundation.database import db
from referrals.foundation.errors import DomainError
from referrals.foundation.ids import new_id

# The seats of today were first filled at the general election of that day; an MP's earlier years were in other seats.
FIRST_DAY_OF_SEATS: Final = date(2024, 7, 4)


class SeatTaken(DomainError):
    """The seat has another MP; somebody must say why that MP's term ended."""


@dataclass
class PostcodeTally:
    """What became of the postcodes: how many are now known, and how many lie in seats we do not know, by their code."""

    kept: int = 0
    unknown_seats: Counter[str] = field(default_factory=Counter)


def known_seats() -> dict[str, UUID]:
    """The ids of all constituencies by their ONS codes."""
    return {row.gss_code: row.id for row in db.session.execute(select(Constituency.gss_code, Constituency.id))}


def keep_constituencies(rows: Sequence[dict[str, str | None]], *, by: Viewer) -> int:
    """Add the seats (gss_code, name, nation, region), or bring those known up to date; return how many. NotAllowed."""
    policy.must_manage(by)
    known = known_seats()
    seats = [{"id": known.get(str(row["gss_code"])) or new_id(), **row} for row in rows]
    if seats:
        upsert(db.session(), Constituency, seats, by=("gss_code",))
    record("constituencies.imported", by=by, subject=("lists", None), facts={"count": len(seats)})
    return len(seats)


def keep_postcodes(
    pairs: Sequence[tuple[str, str]], seats: dict[str, UUID], tally: PostcodeTally, *, by: Viewer
) -> None:
    """Add or correct postcodes (in stored form) by the ONS code of their seat, counting into `tally`. NotAllowed."""
    policy.must_manage(by)
    rows = {}
    for postcode, gss_code in pairs:
        if gss_code in seats:
            rows[postcode] = {"postcode": postcode, "constituency_id": seats[gss_code]}
        else:
            tally.unknown_seats[gss_code] += 1
    if rows:
        upsert(db.session(), Postcode, list(rows.values()))
    tally.kept += len(rows)


def note_postcodes(tally: PostcodeTally, *, by: Viewer) -> None:
    """Write into the service's book that an import ended, and what it kept."""
    facts = {"kept": tally.kept, "unknown_seats": tally.unknown_seats.total()}
    record("postcodes.imported", by=by, subject=("lists", None), facts=facts)


def keep_sitting_member(
    *,
    gss_code: str,
    name: str,
    since: date,
    by: Viewer,
    party: str | None = None,
    parliament_id: int | None = None,
    end_others: str | None = None,
) -> bool:
    """Write down who sits for a seat since when; return False when that was known.

    `end_others`, a code of the list term_end_reasons, ends the term of another MP there the day before. Raises
    SeatTaken without it, LookupError for an unknown seat, Invalid, NotAllowed.
    """
    policy.must_manage(by)
    seat = db.session.scalar(select(Constituency).where(Constituency.gss_code == gss_code))
    if seat is None:
        raise LookupError(f"There is no constituency {gss_code}. Import the constituencies first")
    since = max(since, FIRST_DAY_OF_SEATS)
    sitting = db.session.scalar(select(Term).where(Term.constituency_id == seat.id, Term.ends_on.is_(None)))
    if sitting is not None:
        if _same(sitting.member, name, parliament_id):
            return _tidy(sitting, name, party, by)
        if end_others is None:
            raise SeatTaken(f"{seat.name} has another MP since {sitting.begins_on:%d %B %Y}")
        end_term(sitting, ends_on=since - timedelta(days=1), end_reason=end_others, by=by)
        db.session.flush()
    member = _known_member(parliament_id) or add_member(name=name, parliament_id=parliament_id, by=by)
    add_term(member_id=member.id, constituency_id=seat.id, begins_on=since, party=party, by=by)
    return True


def _same(member: Member, name: str, parliament_id: int | None) -> bool:
    if member.parliament_id is not None and parliament_id is not None:
        return member.parliament_id == parliament_id
    return member.name == name


def _tidy(term: Term, name: str, party: str | None, by: Viewer) -> bool:
    if (term.member.name, term.party) == (name, party):
        return False
    term.member.name, term.party = name, party
    record("member.corrected", by=by, subject=("lists", term.member_id), facts={"term_id": term.id})
    return True


def _known_member(parliament_id: int | None) -> Member | None:
    if parliament_id is None:
        return None
    return db.session.scalar(select(Member).where(Member.parliament_id == parliament_id))
