"""What a programme set out to change: its aims from the closed list, and the figures that speak to each of them."""

from typing import Any, Final

from referrals.directory import lists
from referrals.publishing.drafting.numbers import Numbers, written
from referrals.reporting.report import Unit

FULL, PART = "Resolved in full", "Resolved in part"
# What the figures of an aim are: the table, the line (None: the total), the measure, and how it is called here.
_Spoken = tuple[str, str | None, str, str]
_SPEAKS: Final[dict[str, tuple[_Spoken, ...]]] = {
    "needs_met_with_action": (
        ("referrals", None, "Received", "Issues taken to an MP’s office"),
        ("signposts", None, "People", "People told where to go"),
        ("advice", None, "Asked", "Questions the community asked for itself"),
    ),
    "skills_and_confidence": (
        ("standing", None, "Confirmed", "Results that volunteers checked and confirmed"),
        ("standing", None, "Disputed", "Results that volunteers disputed"),
    ),
    "difference_to_priorities": (
        ("standing", FULL, "Claimed", "Resolved in full"),
        ("standing", PART, "Claimed", "Resolved in part"),
        ("referrals", None, "Closed", "Referrals closed"),
    ),
    "better_place": (
        ("outcomes", "Repairs, damp or mould fixed", "Claimed", "Repairs, damp or mould fixed"),
        ("outcomes", "Stayed in their home", "Claimed", "Stayed in their home"),
        (
            "outcomes",
            "Action by landlord, council or police",
            "Claimed",
            "Action by landlord, council or police",
        ),
    ),
}


def code_of(organisation_code: str) -> str:
    """The code of the list programmes for a programme's organisation, whose own code may have hyphens."""
    return organisation_code.replace("-", "_")


def aims_of(programme: str) -> list[lists.Item]:
    """The aims of a programme by its code in that list, in their order; none for one whose aims are not known."""
    known = {item.code for item in lists.items("programmes")}
    return [item for item in lists.items("programme_aims", programme) if programme in known]


def source_of(programme: str) -> str:
    """Whose aims these are and where they were read."""
    return lists.item("programmes", programme).hint or ""


def figures(programme: str, numbers: Numbers) -> dict[str, list[dict[str, Any]]]:
    """The figures that speak to each aim by its code; those that may not be shown are left out."""
    return {aim.code: _figures(_SPEAKS.get(aim.code, ()), numbers) for aim in aims_of(programme)}


def _figures(spoken: tuple[_Spoken, ...], numbers: Numbers) -> list[dict[str, Any]]:
    found = []
    for table, line, column, label in spoken:
        if not numbers.has(table):
            continue
        value = numbers.total(table, column) if line is None else numbers.cell(table, line, column)
        if value is not None:
            found.append({"label": label, "value": written(value, Unit.REFERRALS), "note": ""})
    return found
