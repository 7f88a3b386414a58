"""Adding and closing organisations: programmes, groups, offices, and the desk of the service itself."""

import re
import unicodedata
from collections.abc import Collection
from datetime import date
from uuid import UUID

from sqlalchemy import select

from referrals.accounts.viewer import Viewer
from referrals.audit.actions import record
from referrals.directory import policy, queries
from referrals.directory.actions import checks
from referrals.directory.models import Constituency, Group, Office, Organisation, Programme, Term
from referrals.foundation import clock
from referrals.foundation.database import db

LONGEST_CODE = 60


def add_service_desk(*, name: str, by: Viewer) -> Organisation:
    """The organisation that administrators belong to; given back as it is when there is one already."""
    return queries.organisation_by_code("service") or _add_organisation("service", name, code="service", by=by)


def add_programme(
    *,
    name: str,
    by: Viewer,
    code: str | None = None,
    begins_on: date | None = None,
    ends_on: date | None = None,
    small_count: int = 10,
) -> Programme:
    """A funder's programme; counts under `small_count` are hidden from its coordinators. Raises Invalid, NotAllowed."""
    checks.refuse(
        {"ends_on": checks.dates_fault(begins_on, ends_on), "small_count": checks.small_count_fault(small_count)}
    )
    organisation = _add_organisation("programme", name, code=code, by=by)
    return checks.keep(
        Programme(
            organisation_id=organisation.id,
            organisation=organisation,
            begins_on=begins_on,
            ends_on=ends_on,
            small_count=small_count,
        )
    )


def add_group(
    *,
    name: str,
    by: Viewer,
    code: str | None = None,
    programme_id: UUID | None = None,
    region: str | None = None,
    trusted_body_name: str | None = None,
    trusted_body_kind: str | None = None,
    priorities: Collection[str] = (),
    constituency_ids: Collection[UUID] = (),
    phone: str | None = None,
    email: str | None = None,
    begins_on: date | None = None,
    ends_on: date | None = None,
) -> Group:
    """A community group with its locally trusted organisation and the seats it lies in. Raises Invalid, NotAllowed."""
    seats = list(db.session.scalars(select(Constituency).where(Constituency.id.in_(constituency_ids))))
    checks.refuse(
        {
            "ends_on": checks.dates_fault(begins_on, ends_on),
            "programme_id": None if programme_id is None else checks.programme_fault(programme_id),
            "trusted_body_kind": checks.code_fault("agency_kinds", trusted_body_kind),
            "constituency_ids": None if len(seats) == len(set(constituency_ids)) else "Choose constituencies we know",
        }
    )
    organisation = _add_organisation("group", name, code=code, by=by, phone=phone, email=email)
    return checks.keep(
        Group(
            organisation_id=organisation.id,
            organisation=organisation,
            programme_id=programme_id,
            region=region,
            begins_on=begins_on,
            ends_on=ends_on,
            trusted_body_name=trusted_body_name,
            trusted_body_kind=trusted_body_kind,
            priorities=list(priorities),
            constituencies=seats,
        )
    )


def add_office(
    *,
    term: Term,
    by: Viewer,
    name: str | None = None,
    code: str | None = None,
    phone: str | None = None,
    email: str | None = None,
) -> Office:
    """The office of one MP for one term; named after the MP when no name is given. Raises Invalid, NotAllowed."""
    taken = db.session.scalar(select(Office.organisation_id).where(Office.term_id == term.id))
    checks.refuse({"term_id": "This MP has an office here already" if taken else None})
    name = name or f"Office of {term.member.name} MP"
    organisation = _add_organisation("office", name, code=code, by=by, phone=phone, email=email)
    return checks.keep(Office(organisation_id=organisation.id, organisation=organisation, term_id=term.id, term=term))


def close_organisation(organisation: Organisation, *, by: Viewer) -> None:
    """Close an organisation from today on: nothing new is sent to it, what it holds stays. Raises NotAllowed."""
    policy.must_manage(by)
    organisation.closed_on = clock.today()
    record("organisation.closed", by=by, subject=("organisation", organisation.id), facts={"kind": organisation.kind})


def _add_organisation(
    kind: str, name: str, *, code: str | None, by: Viewer, phone: str | None = None, email: str | None = None
) -> Organisation:
    policy.must_manage(by)
    code = code or _code_from(name)
    taken = "There is an organisation with this name or code already" if queries.organisation_by_code(code) else None
    checks.refuse({"name": checks.name_fault(name) or taken})
    organisation = checks.keep(
        Organisation(kind=kind, code=code, name=name.strip(), phone=phone, email=email, created_at=clock.now())
    )
    facts = {"kind": kind, "code": code}
    record("organisation.added", by=by, subject=("organisation", organisation.id), facts=facts)
    return organisation


def _code_from(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST_CODE]
