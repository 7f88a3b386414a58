"""Which steps on the way a recorded date can turn out to be, once its day has come."""

from collections.abc import Mapping
from typing import Final

_DECIDED: Final = ("decision_made",)
_COMPLAINED: Final = ("complaint_made",)
_ANSWERED: Final = ("complaint_answered",)
# By the codes of deadlines/dates.toml: codes of the list milestones.
STEPS_OF: Final[Mapping[str, tuple[str, ...]]] = {
    "benefit_decision": _DECIDED,
    "reconsideration_notice": _DECIDED,
    "housing_benefit_decision": _DECIDED,
    "homeless_decision": _DECIDED,
    "homeless_review_decision": _DECIDED,
    "dwp_complaint": _COMPLAINED,
    "landlord_complaint": _COMPLAINED,
    "council_complaint": _COMPLAINED,
    "nhs_complaint": _COMPLAINED,
    "dwp_final_answer": _ANSWERED,
    "landlord_final_answer": _ANSWERED,
    "hazard_investigated": ("home_visit",),
}
APPOINTMENT: Final = "appointment"
# What an appointment usually is, by the category of the issue.
APPOINTMENTS: Final[Mapping[str, tuple[str, ...]]] = {
    "welfare": ("medical_assessment", "welfare_assessment", "hearing_held", "meeting_held"),
    "health": ("medical_assessment", "care_assessment", "treatment_started", "meeting_held"),
    "housing": ("home_visit", "meeting_held", "hearing_held"),
}
ANY_APPOINTMENT: Final = ("meeting_held", "hearing_held")


def steps_of(kind: str, category: str | None) -> tuple[str, ...]:
    """The steps that a date of this kind can be, the likeliest first; none for a date that is no step."""
    if kind == APPOINTMENT:
        return APPOINTMENTS.get(category or "", ANY_APPOINTMENT)
    return STEPS_OF.get(kind, ())
