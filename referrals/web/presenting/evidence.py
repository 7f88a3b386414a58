"""Evidence in words: which documents can be pointed to, and which show a result."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from flask import url_for

from referrals.accounts.roles import Permission
from referrals.accounts.viewer import Viewer
from referrals.casework import policy
from referrals.casework.models import Outcome, Referral
from referrals.documents.queries import EvidenceLine, Line
from referrals.web.presenting.case import label_of
from referrals.web.presenting.outcome import amount_of

UNNAMED = "A document of the other side, which is not shared"


def document_options(lines: Iterable[Line]) -> list[tuple[str, str]]:
    """The documents that are there to be chosen."""
    return [(str(line.id), line.name) for line in lines if line.removed_at is None and line.scan != "harmful"]


def sum_options(outcome: Outcome) -> list[tuple[str, str]]:
    """The sums of a result, each in a few words."""
    return [(str(row.id), f"{label_of('money_kinds', row.kind)}: {amount_of(row)}") for row in outcome.money]


def shown_by(found: Sequence[EvidenceLine], referral: Referral, sum_id: UUID | None) -> list[dict[str, Any]]:
    """The documents that show one sum, or with None the whole: [{name, href or none, removed}]."""
    return [
        {
            "name": line.name or UNNAMED,
            "href": url_for("documents.fetch", reference=referral.reference, document_id=line.document_id)
            if line.may_open
            else None,
            "removed": line.removed,
        }
        for line in found
        if line.sum_id == sum_id
    ]


def attach_link(referral: Referral, viewer: Viewer) -> str | None:
    """Where this viewer points to documents; None where they may not."""
    able = any(
        policy.may_write(referral, viewer, one) for one in (Permission.OUTCOME_RECORD, Permission.OUTCOME_CONFIRM)
    )
    return url_for("evidence.attach", reference=referral.reference) if able else None
