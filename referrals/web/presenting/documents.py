"""Documents in words: how large, of what kind, whose, who can see them, and what can be done with each."""

from collections.abc import Mapping
from typing import Any, Final

from flask import url_for

from referrals.accounts.roles import Side
from referrals.accounts.viewer import Viewer
from referrals.casework.models import Referral
from referrals.documents import policy
from referrals.documents.queries import Line, documents_of
from referrals.web.filters import day
from referrals.web.presenting.case import label_of, small
from referrals.web.presenting.timeline import role_label

KINDS: Final = {"pdf": "PDF", "jpg": "JPEG picture", "png": "PNG picture", "docx": "Word document"}
STATES: Final = {
    "waiting": "Waiting for the virus scanner. It can be opened when it has been looked at.",
    "harmful": "The virus scanner found it harmful, so it was deleted. Ask whoever sent it for another copy.",
}
KILOBYTE: Final = 1024


def documents_for(referral: Referral, viewer: Viewer, sides: Mapping[Side, str]) -> dict[str, Any]:
    """What the section of documents shows; two queries."""
    may_add = policy.may_add(referral, viewer)
    lines = documents_of(referral, viewer)
    room = sum(line.own and line.removed_at is None for line in lines) < policy.MOST
    return {
        "rows": [document_row(line, referral, viewer, sides, may_add) for line in lines],
        "add": url_for("documents.add", **place_of(referral)) if may_add and room else None,
        "full": may_add and not room,
    }


def place_of(referral: Referral) -> dict[str, Any]:
    """How an address names what the documents are on: a referral by its reference, a draft by its id."""
    return {"reference": referral.reference} if referral.reference else {"draft_id": referral.id}


def document_row(
    line: Line, referral: Referral, viewer: Viewer, sides: Mapping[Side, str], may_change: bool = False
) -> dict[str, Any]:
    """One document as its macro reads it."""
    where = {**place_of(referral), "document_id": line.id}
    change = may_change and line.own and line.removed_at is None
    added_for = filter(None, (role_label(line.role), line.organisation or sides.get(line.side)))
    return {
        "name": line.name,
        "href": url_for("documents.fetch", **where) if line.may_open else None,
        "about": f"{KINDS.get(line.kind, line.kind)}, {size_words(line.size)}",
        "by": f"{line.added_by} ({', '.join(added_for)})",
        "on": day(line.added_at),
        "private_to": viewer.side.value if line.private else None,
        "seen_by": "" if line.private else _shared_words(line, referral, viewer, sides),
        "state": _state(line),
        "gone": line.removed_at is not None,
        "share": url_for("documents.share", **where) if change and line.private and line.scan != "harmful" else None,
        "remove": url_for("documents.remove", **where) if change else None,
    }


def size_words(size: int) -> str:
    """'340 kB' or '2.1 MB'."""
    if size < KILOBYTE * KILOBYTE:
        return f"{max(1, round(size / KILOBYTE))} kB"
    return f"{size / KILOBYTE / KILOBYTE:.1f} MB"


def _shared_words(line: Line, referral: Referral, viewer: Viewer, sides: Mapping[Side, str]) -> str:
    if referral.submitted_at is None:
        return "Goes to the MP’s office when you send the referral"
    if not line.own:
        return "Shared with you"
    return f"Shared with {sides[Side.OFFICE if line.side is Side.GROUP else Side.GROUP]}"


def _state(line: Line) -> str:
    if line.removed_at is None:
        return STATES.get(line.scan, "")
    reason = small(label_of("document_removal_reasons", line.removal_reason))
    return f"Removed by {line.removed_by} on {day(line.removed_at)}: {reason}"
