"""Saying under which name and numbers a group's grants go out, and noting when somebody takes them away as a file."""

from dataclasses import dataclass
from uuid import UUID

from referrals.accounts.viewer import Viewer
from referrals.audit.actions import record
from referrals.engagement import giving, threesixty
from referrals.engagement.models import GrantGiver
from referrals.engagement.policy import grants as policy
from referrals.engagement.queries import grants as queries
from referrals.foundation.database import db
from referrals.foundation.errors import Invalid, NotFound, Stale


@dataclass(frozen=True, kw_only=True)
class Numbers:
    """The prefix registered with 360Giving and the numbers of the body that holds the money, each perhaps empty."""

    prefix: str
    charity_number: str
    company_number: str


def number_giver(told: Numbers, *, by: Viewer, version: int | None) -> None:
    """Keep the numbers of the viewer's group. Raises NotAllowed, Stale, and Invalid under the names of `Numbers`."""
    organisation_id = policy.must_keep_register(by)
    found = queries.giver(organisation_id)
    if found is not None and version is not None and version != found.version:
        raise Stale
    wrong = {
        "prefix": threesixty.prefix_fault(told.prefix),
        "charity_number": giving.number_fault("charity", told.charity_number),
        "company_number": giving.number_fault("company", told.company_number),
    }
    faults = {name: fault for name, fault in wrong.items() if fault}
    if faults:
        raise Invalid(faults)
    if found is None:
        found = GrantGiver(organisation_id=organisation_id)
        db.session.add(found)
    found.prefix = told.prefix.strip() or None
    found.charity_number = giving.tidy_number(told.charity_number) or None
    found.company_number = giving.tidy_number(told.company_number) or None
    record("grant_giver.numbered", by=by, subject=("organisation", organisation_id), facts={"prefix": found.prefix})


def record_taking(organisation_id: UUID, round_id: UUID | None, form: str, *, by: Viewer) -> None:
    """Leave the event of taking the awards away, in the transaction that must end before the file is given out."""
    if not policy.may_read_register(organisation_id, by):
        raise NotFound
    facts = {"form": form, "round": round_id}
    record("grants.taken", by=by, subject=("organisation", organisation_id), facts=facts)
