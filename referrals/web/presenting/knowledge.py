"""The answers of an area in words: a row of the list, one by itself, and what a request for advice says of its own."""

from collections.abc import Sequence
from typing import Any

from flask import url_for

from referrals.accounts.queries import names_of as people_names
from referrals.accounts.viewer import Viewer
from referrals.casework.models import Referral
from referrals.directory import lists
from referrals.directory.queries import agency_names, names_of
from referrals.knowledge import policy, queries
from referrals.knowledge.models import SHOWN, WAITING, KnowledgeEntry

# So many characters of an answer stand in a list.
BEGINNING = 220


def rows_of(found: Sequence[KnowledgeEntry], viewer: Viewer) -> list[dict[str, Any]]:
    """Answers as a list shows them; two queries, or none for none."""
    bodies = agency_names([one.agency_id for one in found if one.agency_id])
    sides = names_of([_other(one, viewer) for one in found])
    return [
        {
            "href": url_for("knowledge.show", entry_id=one.id),
            "question": one.question,
            "beginning": _beginning(one.answer or ""),
            "category": lists.label("categories", one.category),
            "body": bodies.get(one.agency_id, "") if one.agency_id else "",
            "other": sides.get(_other(one, viewer), ""),
            "right_on": one.right_on,
            "old": queries.may_be_out_of_date(one),
        }
        for one in found
    ]


def _other(found: KnowledgeEntry, viewer: Viewer) -> Any:
    return found.office_id if viewer.organisation_id == found.group_id else found.group_id


def _beginning(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= BEGINNING else f"{plain[:BEGINNING].rsplit(' ', 1)[0]} …"


def page_of(found: KnowledgeEntry, viewer: Viewer) -> dict[str, Any]:
    """One answer as its page shows it; four queries."""
    names = people_names([found.written_by_id, found.checked_by_id])
    (row,) = rows_of([found], viewer)
    sides = names_of([found.group_id, found.office_id])
    return row | {
        "id": found.id,
        "answer": found.answer,
        "source": found.source,
        "waits": found.state == WAITING,
        "shown": found.state == SHOWN,
        "may_check": policy.may_check(found, viewer),
        "own": found.written_by_id == viewer.person_id,
        "written_by": names.get(found.written_by_id, ""),
        "checked_by": names.get(found.checked_by_id, "") if found.checked_by_id else "",
        "checked_at": found.checked_at,
        "area": sides.get(found.group_id, ""),
        "office": sides.get(found.office_id, ""),
    }


def kept_of(referral: Referral, viewer: Viewer) -> dict[str, Any] | None:
    """What the page of an answered request says of its answer; None for any other referral. One query, or none."""
    if not policy.is_answered(referral):
        return None
    found = queries.entry_of(referral)
    if found is not None:
        shown = policy.may_read(found, viewer)
        href = url_for("knowledge.show", entry_id=found.id) if shown else None
        return {"href": href, "waits": found.state == WAITING, "begin": None}
    begin = url_for("knowledge.new", of=referral.reference) if policy.may_begin(referral, viewer) else None
    return {"href": None, "waits": False, "begin": begin}
