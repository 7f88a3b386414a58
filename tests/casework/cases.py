"""Referrals of the tests: made whole in one call, and brought to any state through the real verbs."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from referrals.accounts.viewer import SERVICE, Viewer
from referrals.audit.actions import record
from referrals.casework import actions, indexing
from referrals.casework.actions.advising import Question, ask_for_advice
from referrals.casework.models import Consent, Move, Referral, Resident
from referrals.foundation import clock
from referrals.foundation.database import db, transaction
from tests import people

__all__ = ["clock", "indexing", "record", "timedelta"]

STORY = "He lost his leg last year and has waited over nine months for his benefit."
NAME = "Albert Quillfeather"
PHONE = "07700 900123"
POSTCODE = people.WHITE_CITY_POSTCODE


def make_draft(
    by: people.Someone = people.VOLUNTEER,
    *,
    consent: Mapping[str, Any] | bool | None = None,
    told: str = "full",
    **changes: Any,
) -> Referral:
    """A draft with everything that sending needs; `changes` are attributes of the referral.

    `consent` changes the agreement with the office (False: none at all), `told` is what the group may hear.
    """
    with transaction() as session:
        moment = clock.now()
        referral = Referral(
            group_id=by.place.id,
            office_id=people.HAMMERSMITH.id,
            constituency_id=people.id_of("E14001256"),
            created_by_id=by.id,
            state="draft",
            waiting_on="referrer",
            category="welfare",
            issue_type="disability_benefit",
            urgency="routine",
            routing="by_postcode",
            duplicates_checked="none_found",
            waiting_since=date(2025, 12, 1),
            created_at=moment,
            updated_at=moment,
        )
        referral.make_key()
        session.add(referral)
        session.flush()
        _tell(referral)
        for name, value in changes.items():
            setattr(referral, name, value)
        if consent is not False:
            give_consent(referral, by, **(consent if isinstance(consent, Mapping) else {}))
            give_consent(referral, by, kind="office_to_group", to_organisation_id=by.place.id, scope=told)
        session.flush()
        record("referral.drafted", by=by.viewer, subject=("referral", referral.id))
    return referral


def _tell(referral: Referral) -> None:
    """The words of the story and of who it is about."""
    referral.summary = "Nine months without a payment"
    referral.story = STORY
    referral.wanted = "An assessment and a decision"
    referral.resident = Resident(referral_id=referral.id)
    referral.resident.name = NAME
    referral.resident.phone = PHONE
    referral.resident.postcode = POSTCODE
    referral.resident.safe_contact = {"through": "resident", "channels": ["phone"], "message_ok": False}


def give_consent(referral: Referral, by: people.Someone = people.VOLUNTEER, **changes: Any) -> Consent:
    """The resident's agreement that the group sends this to the office, straight into the session."""
    values: dict[str, Any] = {
        "kind": "group_to_office",
        "to_organisation_id": referral.office_id,
        "covers_health": True,
        "wording_version": "1",
        "given_by": "resident",
        "method": "in_person",
        "ground": "own_request",
        "given_on": clock.today(),
        "recorded_by_id": by.id,
        "created_at": clock.now(),
    }
    consent = Consent(referral=referral, referral_id=referral.id, **(values | changes))
    db.session.add(consent)
    db.session.flush()
    return consent


def soon(days: int = 7) -> date:
    """A day in the near future."""
    return clock.today() + timedelta(days=days)


def answers_for(transition: str, by: Viewer) -> dict[str, Any]:
    """Good answers to everything a transition asks."""
    nexts = {"next_action": "Write to the department", "next_action_on": soon()}
    given: dict[str, dict[str, Any]] = {
        "submit": {},
        "resubmit": {"what_changed": "He has had a letter since"},
        "accept": {"assignee": by.person_id, "category": "welfare", **nexts},
        "request_information": {"question": "Which benefit is it?", "due_on": soon()},
        "provide_information": {"answer": "Personal Independence Payment"},
        "return_with_advice": {"reason": "too_early", "advice": "Ask the department first"},
        "decline": {"reason": "not_yet_tried_provider", "note": "Not yet for us", "instead": "Ask the department"},
        "hand_over": {"referrer": people.SECOND_VOLUNTEER.id, "reason": "left_the_office"},
        "accept_transfer": {"assignee": by.person_id, **nexts},
        "correct_postcode": {"postcode": people.WORMHOLT_POSTCODE, "correction": "It was typed wrong"},
        "assign": {"assignee": by.person_id, "reason": "workload"},
        "start": {"started_on": clock.today(), **nexts},
        "hold": {"reason": "agency_reply", "review_on": soon(14)},
        "resume": nexts,
        "record_outcome": {
            "resolution": "resolved_in_full",
            "codes": ["new_award", "explanation_obtained"],
            "money": [
                {
                    "kind": "recurring",
                    "amount": "108.55",
                    "frequency": "weekly",
                    "basis": "confirmed",
                    "evidence": "decision_letter",
                    "happened_on": clock.today(),
                }
            ],
            "contribution": "decisive",
            "evidenced": "yes",
            "summary": "The benefit was awarded",
        },
        "confirm_outcome": {"agreed": "yes", "is_solved": "yes", "comment": "Thank you"},
        "dispute_outcome": {"reason": "did_not_happen", "wrong": "Nothing was paid"},
        "answer": {"advice": "The council decides, under the Highways Act"},
        "close": {"why": "The group has told us by phone"},
        "withdraw": {"reason": "changed_mind", "asked_by": "resident"},
        "reopen": {"reason": "problem_came_back", "note": "The payments have stopped", **nexts},
        "mark_entered_in_error": {"reason": "duplicate"},
    }
    return given[transition]


def do(referral: Referral, transition: str, by: people.Someone | None = None, **changes: Any) -> Move:
    """Make one transition with good answers, changed by `changes` (None takes one away), and commit it."""
    with transaction():
        return move(referral, transition, by, **changes)


def move(referral: Referral, transition: str, by: people.Someone | None = None, **changes: Any) -> Move:
    """The same, in the transaction of the caller."""
    who = by.viewer if by else SERVICE
    answers = {**answers_for(transition, who), **changes}
    return actions.move(referral, transition, answers, by=who, version=referral.version)


def make_advice(by: people.Someone = people.VOLUNTEER, **given: Any) -> Referral:
    """A request for advice, sent to the office of Hammersmith; `given` changes what is asked."""
    values = {
        "summary": "Is street lighting statutory?",
        "question": "Half the lamps of the estate are out, and the council says it may, but need not, mend them.",
        "category": "housing",
        "office_id": people.HAMMERSMITH.id,
        **given,
    }
    with transaction():
        return ask_for_advice(Question(**values), by=by.viewer)


# The shortest way to each state, by the people of the first group and its office.
PATHS: dict[str, tuple[tuple[str, people.Someone], ...]] = {
    "draft": (),
    "submitted": (("submit", people.VOLUNTEER),),
    "information_requested": (("submit", people.VOLUNTEER), ("request_information", people.CASEWORKER)),
    "accepted": (("submit", people.VOLUNTEER), ("accept", people.CASEWORKER)),
    "in_progress": (("submit", people.VOLUNTEER), ("accept", people.CASEWORKER), ("start", people.CASEWORKER)),
    "declined": (("submit", people.VOLUNTEER), ("decline", people.CASEWORKER)),
    "returned_with_advice": (("submit", people.VOLUNTEER), ("return_with_advice", people.CASEWORKER)),
    "withdrawn": (("submit", people.VOLUNTEER), ("withdraw", people.VOLUNTEER)),
    "entered_in_error": (("submit", people.VOLUNTEER), ("mark_entered_in_error", people.VOLUNTEER)),
}
PATHS["on_hold"] = (*PATHS["in_progress"], ("hold", people.CASEWORKER))
PATHS["outcome_recorded"] = (*PATHS["in_progress"], ("record_outcome", people.CASEWORKER))
PATHS["closed"] = (*PATHS["outcome_recorded"], ("confirm_outcome", people.VOLUNTEER))


def make_referral(state: str = "submitted", **changes: Any) -> Referral:
    """A referral in any state, brought there by the verbs that lead there."""
    referral = make_draft(**changes)
    for transition, by in PATHS[state]:
        do(referral, transition, by)
    assert referral.state == state
    return referral
