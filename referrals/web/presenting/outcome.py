"""What came of a referral: claimed, confirmed and evidenced kept apart, and money by kind, never added together."""

from collections.abc import Callable, Sequence
from typing import Any, Final
from uuid import UUID

from referrals.casework.models import MoneyRow, Outcome
from referrals.directory import lists
from referrals.web.filters import day, pounds
from referrals.web.presenting.case import label_of

# What the group has said, in words for either side.
STANDINGS: Final = {
    "claimed": "Claimed by the office. The group has not answered yet",
    "confirmed": "Confirmed by the group",
    "disputed": "The group says that something is wrong",
    "unanswered": "Claimed by the office. The group did not answer in time",
}
# Which documents show a sum of a result, or, without one, the whole: what `evidence.shown_by` says.
Shown = Callable[[UUID | None], list[dict[str, Any]]]


def no_documents(_: UUID | None) -> list[dict[str, Any]]:
    """For who looks at the claim alone."""
    return []


def outcome_for(outcome: Outcome, shown: Shown = no_documents) -> dict[str, Any]:
    """One claim as its template reads it; `shown` tells which documents show it (None), or one sum of it."""
    documents = shown(None)
    return {
        "resolution": label_of("resolutions", outcome.resolution),
        "words": outcome.words,
        "codes": [label_of("outcomes", code.code) for code in outcome.codes],
        "facts": [
            {"key": "Claimed", "value": f"By the office on {day(outcome.recorded_at)}"},
            {"key": "Confirmed", "value": _answer(outcome)},
            {"key": "Evidence", "value": _evidence(outcome, documents), "documents": documents},
            {"key": "The MP’s part", "value": label_of("contributions", outcome.contribution)},
        ],
        "resident": _resident_answers(outcome),
        "money": money_by_kind(outcome.money, shown),
        "standing": outcome.standing,
    }


def money_by_kind(rows: Sequence[MoneyRow], shown: Shown = no_documents) -> list[dict[str, Any]]:
    """The sums under the heading of their kind, in the order of the list of kinds; no totals."""
    found = []
    for kind in lists.items("money_kinds"):
        of_kind = [row for row in rows if row.kind == kind.code]
        if of_kind:
            found.append(
                {
                    "kind": kind.label,
                    "hint": kind.hint,
                    "rows": [_sum(row) | {"documents": shown(row.id)} for row in of_kind],
                }
            )
    return found


def amount_of(row: MoneyRow) -> str:
    """A sum, and how often it comes where it does so regularly."""
    often = label_of("frequencies", row.frequency)
    return f"{pounds(row.amount)}{f' {often[:1].lower()}{often[1:]}' if often else ''}"


def _sum(row: MoneyRow) -> dict[str, Any]:
    return {
        "amount": amount_of(row),
        "yearly": f"{pounds(row.annual_amount)} in a year" if row.annual_amount is not None else "",
        "basis": label_of("money_bases", row.basis),
        "evidence": label_of("evidence_kinds", row.evidence),
        "when": day(row.happened_on),
    }


def _evidence(outcome: Outcome, documents: Sequence[Any]) -> str:
    if documents:
        return "In documents on this referral"
    return "The office holds evidence" if outcome.evidenced else "None held"


def _answer(outcome: Outcome) -> str:
    words = STANDINGS.get(outcome.standing, outcome.standing)
    if outcome.standing == "confirmed" and outcome.agreed == "partly":
        words = "The group confirms it in part"
    if outcome.standing == "confirmed" and outcome.agreed == "no":
        words = "The group answered that it is not right"
    return f"{words} on {day(outcome.answered_at)}" if outcome.answered_at else words


def _resident_answers(outcome: Outcome) -> list[dict[str, str]]:
    asked = (
        ("Did it help you find a way forward?", outcome.helped_forward),
        ("Is it solved?", outcome.is_solved),
        ("Are you less worried?", outcome.less_worried),
    )
    return [{"key": key, "value": label_of("resident_answers", value)} for key, value in asked if value]
