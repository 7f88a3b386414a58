"""What an outcome writes down: the office's claim in codes and money, and the group's answer to it."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from referrals.casework.actions.money import Sum
from referrals.casework.actions.timing import Step
from referrals.casework.models import MoneyRow, Outcome, OutcomeCode
from referrals.casework.queries.results import current_outcome
from referrals.foundation.database import db
from referrals.foundation.errors import IllegalMove, Invalid

# To say it is resolved is to say what came of it.
RESOLVED = ("resolved_in_full", "resolved_in_part")
STANDING_OF = {"yes": "confirmed", "partly": "confirmed", "no": "disputed"}
NOT_ASKED = "not_asked"
ANSWERED = "answered"


def record_claim(step: Step) -> None:
    """Write the office's claim; a claim made before is kept, as replaced."""
    answers, referral = step.answers, step.referral
    codes: Sequence[str] = answers.get("codes", ())
    if answers["resolution"] in RESOLVED and not codes:
        raise Invalid({"codes": "Choose at least one result, because you say it is resolved"})
    for earlier in db.session.scalars(
        select(Outcome).where(Outcome.referral_id == referral.id, Outcome.superseded_at.is_(None))
    ):
        earlier.superseded_at = step.moment
    outcome = Outcome(
        referral=referral,
        referral_id=referral.id,
        recorded_by_id=_person(step),
        recorded_at=step.moment,
        resolution=answers["resolution"],
        contribution=answers["contribution"],
        evidenced=answers["evidenced"],
        holds_evidence=answers["evidenced"],
        standing="claimed",
        words=answers["summary"],
    )
    db.session.add(outcome)
    db.session.add_all(_codes(outcome, codes))
    db.session.add_all(_money(outcome, answers.get("money", ())))
    referral.outcome_at = step.moment
    step.facts |= {"outcome": outcome.id, "codes": list(codes), "sums": len(answers.get("money", ()))}


def confirm_claim(step: Step) -> None:
    """Write the group's answer and the resident's three, each only if it was given."""
    outcome = _current(step)
    agreed = step.answers["agreed"]
    outcome.agreed = agreed
    outcome.standing = STANDING_OF[agreed]
    outcome.helped_forward = step.answers.get("helped_forward", NOT_ASKED)
    outcome.is_solved = step.answers.get("is_solved", NOT_ASKED)
    outcome.less_worried = step.answers.get("less_worried", NOT_ASKED)
    outcome.resident_said = _resident_said(step, outcome)
    _answered(step, outcome)


def dispute_claim(step: Step) -> None:
    """Write that the group disputes the claim."""
    outcome = _current(step)
    outcome.standing = "disputed"
    _answered(step, outcome)


def leave_unanswered(step: Step) -> None:
    """Write that the referral was closed without the group's answer."""
    _current(step).standing = "unanswered"


def _resident_said(step: Step, outcome: Outcome) -> str:
    """Whether the resident answered anything; where not, why, as far as the group says."""
    given = {outcome.helped_forward, outcome.is_solved, outcome.less_worried}
    return ANSWERED if given - {NOT_ASKED} else step.answers.get("no_answer", NOT_ASKED)


def _answered(step: Step, outcome: Outcome) -> None:
    outcome.answered_by_id = step.by.person_id
    outcome.answered_at = step.moment
    step.facts["outcome"] = outcome.id


def _current(step: Step) -> Outcome:
    outcome = current_outcome(step.referral.id)
    if outcome is None:
        # There is no finishing without an outcome.
        raise IllegalMove("There is no outcome to answer.")
    return outcome


def _codes(outcome: Outcome, codes: Sequence[str]) -> list[OutcomeCode]:
    return [
        OutcomeCode(outcome_id=outcome.id, referral_id=outcome.referral_id, code=code, position=position)
        for position, code in enumerate(codes)
    ]


def _money(outcome: Outcome, sums: Sequence[Sum]) -> list[MoneyRow]:
    return [
        MoneyRow(
            outcome_id=outcome.id,
            referral_id=outcome.referral_id,
            position=position,
            kind=row.kind,
            amount=row.amount,
            frequency=row.frequency,
            annual_amount=row.annual_amount,
            basis=row.basis,
            evidence=row.evidence,
            happened_on=row.happened_on,
        )
        for position, row in enumerate(sums)
    ]


def _person(step: Step) -> UUID:
    if step.by.person_id is None:
        raise TypeError("an outcome is recorded by a person")
    return step.by.person_id
