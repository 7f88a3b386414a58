"""Adding seats, MPs and their terms, and ending a term."""

import re
from datetime import date
from uuid import UUID

from referrals.accounts.viewer import Viewer
from referrals.audit.actions import record
from referrals.directory import policy, queries
from referrals.directory.actions import checks
from referrals.directory.models import Constituency, Member, Term


def add_constituency(
    *, gss_code: str, name: str, by: Viewer, nation: str = "England", region: str | None = None
) -> Constituency:
    """A seat by its ONS code. Raises Invalid (a code that is none or known already), NotAllowed."""
    policy.must_manage(by)
    fault = None if re.fullmatch(r"[EWSN][0-9]{8}", gss_code) else "Enter an ONS code, like E14001264"
    if queries.constituency_by_code(gss_code):
        fault = "There is a constituency with this code already"
    checks.refuse({"gss_code": fault, "name": checks.name_fault(name)})
    seat = checks.keep(Constituency(gss_code=gss_code, name=name.strip(), nation=nation, region=region))
    record("constituency.added", by=by, subject=("lists", seat.id), facts={"gss_code": gss_code})
    return seat


def add_member(*, name: str, by: Viewer, parliament_id: int | None = None) -> Member:
    """An MP as a person, whatever seat they sit for. Raises Invalid, NotAllowed."""
    policy.must_manage(by)
    checks.refuse({"name": checks.name_fault(name)})
    member = checks.keep(Member(name=name.strip(), parliament_id=parliament_id))
    record("member.added", by=by, subject=("lists", member.id), facts={"parliament_id": parliament_id})
    return member


def add_term(
    *,
    member_id: UUID,
    constituency_id: UUID,
    begins_on: date,
    by: Viewer,
    party: str | None = None,
    ends_on: date | None = None,
    end_reason: str | None = None,
) -> Term:
    """One MP's time in one seat. Raises Invalid when another term of the seat would overlap it, NotAllowed."""
    policy.must_manage(by)
    seat = queries.constituency(constituency_id)
    checks.refuse(
        {
            "ends_on": checks.dates_fault(begins_on, ends_on),
            "end_reason": checks.code_fault("term_end_reasons", end_reason),
            "begins_on": checks.overlap_fault(constituency_id, begins_on, ends_on),
        }
    )
    term = checks.keep(
        Term(
            member_id=member_id,
            constituency_id=seat.id,
            party=party,
            begins_on=begins_on,
            ends_on=ends_on,
            end_reason=end_reason,
        )
    )
    facts = {"constituency_id": seat.id, "member_id": member_id, "begins_on": begins_on, "ends_on": ends_on}
    record("term.added", by=by, subject=("lists", term.id), facts=facts)
    return term


def end_term(term: Term, *, ends_on: date, end_reason: str, by: Viewer) -> None:
    """Write down that an MP's time in a seat ends with that day. Raises Invalid, NotAllowed."""
    policy.must_manage(by)
    faults = {
        "ends_on": checks.dates_fault(term.begins_on, ends_on),
        "end_reason": checks.code_fault("term_end_reasons", end_reason),
    }
    checks.refuse(faults)
    term.ends_on, term.end_reason = ends_on, end_reason
    record("term.ended", by=by, subject=("lists", term.id), facts={"ends_on": ends_on, "reason": end_reason})
