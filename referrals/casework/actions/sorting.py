"""Sorting: the category, type and handling of a case, given when it is accepted and changed when more is known."""

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import select

from referrals.accounts.roles import Permission
from referrals.accounts.viewer import Viewer
from referrals.audit.actions import record
from referrals.casework import policy
from referrals.casework.actions.moving import flush
from referrals.casework.models import Referral
from referrals.casework.workflow import OPEN_WITH_OFFICE
from referrals.directory import lists
from referrals.foundation import clock
from referrals.foundation.database import db
from referrals.foundation.errors import IllegalMove, Invalid, Stale

# Each facet with its list, and what to say to a code that is not on it.
_LISTS: Final = {
    "category": ("categories", "Choose a category"),
    "issue_type": ("issue_types", "Choose a type of issue of the list"),
    "sensitivity": ("sensitivities", "Choose how sensitive it is"),
    "transferability": ("transferabilities", "Choose what should happen to it"),
}


def sort_again(referral: Referral, given: Mapping[str, str | None], *, by: Viewer, version: int | None) -> None:
    """Change the facets of an open case: category, issue_type, sensitivity, transferability; None for one not known.

    Without a type of issue it keeps the one it has, as long as that belongs to the category. Raises NotFound,
    NotAllowed, Stale, IllegalMove once it has ended, and Invalid by the names of the facets.
    """
    policy.must_write(referral, by, Permission.REFERRAL_WORK)
    present = db.session.scalar(select(Referral.version).where(Referral.id == referral.id).with_for_update())
    if present != referral.version or version not in (None, present):
        raise Stale
    if referral.state not in OPEN_WITH_OFFICE:
        raise IllegalMove
    kept = _checked(referral, given)
    before = {name: getattr(referral, name) for name in kept}
    if kept == before:
        return
    for name, code in kept.items():
        setattr(referral, name, code)
    referral.updated_at = clock.now()
    flush()
    record("referral.sorted", by=by, subject=("referral", referral.id), facts=kept)


def _checked(referral: Referral, given: Mapping[str, str | None]) -> dict[str, Any]:
    kept = {name: given.get(name) or None for name in _LISTS}
    errors = {
        name: message
        for name, (list_code, message) in _LISTS.items()
        if kept[name] is not None and kept[name] not in lists.codes(list_code)
    }
    if kept["category"] is None:
        errors["category"] = "Choose a category"
    if errors:
        raise Invalid(errors)
    if not policy.is_about_a_resident(referral):
        # What is asked for advice stays that: it has no resident, whatever it is about.
        kept["issue_type"] = referral.issue_type
        return kept
    chosen = kept["issue_type"]
    if chosen is None:
        kept["issue_type"] = referral.issue_type if _belongs(referral.issue_type, kept["category"]) else None
    elif chosen == policy.REQUEST_FOR_ADVICE or not _belongs(chosen, kept["category"]):
        raise Invalid({"issue_type": "Choose a type of issue that belongs to the category"})
    return kept


def _belongs(issue_type: str | None, category: str | None) -> bool:
    return issue_type is not None and lists.item("issue_types", issue_type).parent == category
