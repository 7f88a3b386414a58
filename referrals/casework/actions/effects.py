"""What each transition does besides changing the state: one small function each, in a table by name."""

from collections.abc import Callable
from typing import Any, Final

from sqlalchemy import inspect

from referrals.accounts.roles import Side
from referrals.casework import indexing, policy
from referrals.casework.actions import linking, outcomes, sending
from referrals.casework.actions.asking_later import plan_to_ask, stop_asking
from referrals.casework.actions.correcting import check_postcode, correct_postcode
from referrals.casework.actions.giving_up import give_up_enquiries
from referrals.casework.actions.lapsing import lapse
from referrals.casework.actions.timing import Step
from referrals.casework.intake import BY_POSTCODE
from referrals.casework.models import Referral
from referrals.casework.queries.choices import case_people
from referrals.casework.queries.one import referral as find
from referrals.casework.workflow import STATES, TRANSFERABLE, Keep, Waiting, states
from referrals.directory.queries import route, route_to
from referrals.foundation.errors import IllegalMove, Invalid, NotFound

ALREADY_OPEN: Final = "already_open"
LOOK_AGAIN: Final = "Look at what the group says is wrong"


def prepare(step: Step) -> None:
    """What must be true before the transition; raises Invalid where it is not."""
    check = _BEFORE.get(step.row.name)
    if check:
        check(step)


def apply(step: Step) -> None:
    """Everything the transition changes besides state, turn and clock."""
    referral, answers = step.referral, step.answers
    if step.by.side is Side.OFFICE and referral.seen_at is None:
        referral.seen_at, referral.seen_by_id = step.moment, step.by.person_id
    if answers.get("next_action"):
        referral.next_action = answers["next_action"]
    referral.state_before = step.state_from if step.state_to == states.INFORMATION_REQUESTED else None
    if step.state_from == states.ON_HOLD:
        referral.hold_reason, referral.hold_review_on = None, None
    _begin_or_end(step)
    if step.state_from in TRANSFERABLE and step.state_to not in TRANSFERABLE:
        step.afterwards.append(lapse)
    effect = _AFTER.get(step.row.name)
    if effect:
        effect(step)


def facts_of(step: Step) -> dict[str, Any]:
    """The answers that are codes and dates, as plain JSON."""
    kept = {ask.name for ask in step.row.asks if ask.keep is Keep.FACTS}
    found = {name: _plain(answer) for name, answer in step.answers.items() if name in kept}
    return found | {name: _plain(value) for name, value in step.facts.items()}


def words_of(step: Step) -> dict[str, str]:
    """The answers in words, by the name of their ask."""
    kept = {ask.name for ask in step.row.asks if ask.keep is Keep.WORDS}
    return {name: answer for name, answer in step.answers.items() if name in kept}


def _plain(value: Any) -> Any:
    return value if isinstance(value, str | bool | int | list | None) else str(value)


def _begin_or_end(step: Step) -> None:
    referral = step.referral
    was_open, is_open = STATES[step.state_from].is_open, STATES[step.state_to].is_open
    if was_open and not is_open:
        referral.ended_at = step.moment
        referral.end_reason = step.answers.get("reason")
        if referral.accepted_at is not None:
            step.afterwards.append(lambda _: give_up_enquiries(step))
    if is_open and not was_open:
        referral.ended_at, referral.end_reason = None, None


def _check_submit(step: Step) -> None:
    sending.must_be_ready(step.referral)


def _check_again(step: Step) -> None:
    """What the group sends once more, or takes up again, must still be agreed to, and go to an office that is there."""
    sending.must_have_consent(step.referral)
    if step.by.side is Side.GROUP and sending.office_fault(step.referral):
        raise Invalid({sending.OFFICE: "This office has closed. Write a new referral for the office there is now"})


def _check_accept(step: Step) -> None:
    # What is about a resident never becomes a request without one: their agreement would no longer be asked for.
    asked_anew = step.answers.get("issue_type") == policy.REQUEST_FOR_ADVICE
    if asked_anew and policy.is_about_a_resident(step.referral):
        raise Invalid({"issue_type": "Choose what the resident’s issue is about"})


def _check_assign(step: Step) -> None:
    present = step.referral.assignee_id
    if present not in (None, step.answers["assignee"]) and "reason" not in step.answers:
        raise Invalid({"reason": "Say why it is changing hands"})


def _check_close(step: Step) -> None:
    due = step.referral.due_on
    early = due is not None and step.day <= due
    if early and "why" not in step.answers:
        raise Invalid({"why": "Say why you are closing it before the group’s time to answer is over"})


def _check_decline(step: Step) -> None:
    if "same_as" not in step.answers:
        return
    if step.answers["reason"] != ALREADY_OPEN:
        raise Invalid({"same_as": "Leave this empty, or choose that the same issue is already open"})
    if _already_open(step).id == step.referral.id:
        raise Invalid({"same_as": "Enter another referral’s reference: this is the one you are declining"})


def _already_open(step: Step) -> Referral:
    try:
        return find(step.answers["same_as"], step.by)
    except NotFound:
        # The same words for another office's as for none.
        raise Invalid({"same_as": "There is no referral with this reference that you can see"}) from None


def _check_hands(step: Step) -> None:
    """Going on with a case needs a next action: asked now, or known from before."""
    if step.referral.next_action_sealed is None and "next_action" not in step.answers:
        raise Invalid({"next_action": "Say what you will do next"})


def _check_start(step: Step) -> None:
    _check_hands(step)
    known = step.referral.next_action_on
    if "next_action_on" not in step.answers and (known is None or known < step.day):
        raise Invalid({"next_action_on": "Enter the day of the next action"})


def _submit(step: Step) -> None:
    referral = step.referral
    sending.give_reference(referral)
    referral.submitted_at = step.moment
    referral.submitted_by_id = step.by.person_id
    step.afterwards.append(indexing.reindex)


def _send_again(step: Step) -> None:
    # The office has not seen what is new; the receipt of seeing is given again.
    referral = step.referral
    referral.seen_at, referral.seen_by_id = None, None
    step.afterwards.append(indexing.reindex)


def _accept(step: Step) -> None:
    referral, answers = step.referral, step.answers
    referral.accepted_at = step.moment
    _assign(step)
    about_a_resident = policy.is_about_a_resident(referral)
    if referral.category != answers["category"]:
        referral.category = answers["category"]
        referral.issue_type = None if about_a_resident else referral.issue_type
    if about_a_resident:
        referral.issue_type = answers.get("issue_type", referral.issue_type)
    referral.sensitivity = answers.get("sensitivity", referral.sensitivity)
    referral.transferability = answers.get("transferability", referral.transferability)


def _assign(step: Step) -> None:
    step.facts |= {"assignee": step.answers["assignee"], "assignee_before": step.referral.assignee_id}
    step.referral.assignee_id = step.answers["assignee"]


def _decline(step: Step) -> None:
    if "same_as" in step.answers:
        other, by = _already_open(step), step.by

        def link(referral: Referral) -> None:
            linking.link_referrals(referral, other, linking.SAME_ISSUE, by=by)

        step.afterwards.append(link)


def _hand_over(step: Step) -> None:
    step.facts |= {"referrer": step.answers["referrer"], "referrer_before": step.referral.referrer_id}
    step.referral.referrer_id = step.answers["referrer"]


def _start(step: Step) -> None:
    step.referral.started_at = step.referral.started_at or step.moment


def _hold(step: Step) -> None:
    step.referral.hold_reason = step.answers["reason"]
    step.referral.hold_review_on = step.answers["review_on"]


def _check_arrival(step: Step) -> None:
    """Only together with the offer it answers, whose action gives it the new office in the same moment."""
    if not inspect(step.referral).attrs.office_id.history.has_changes():
        raise IllegalMove


def _arrive(step: Step) -> None:
    """It is with another office now: all that the office before had begun there begins again."""
    referral = step.referral
    office = route_to(referral.office_id) if referral.office_id else None
    referral.constituency_id = office.constituency.id if office else None
    found = route(referral.resident.postcode) if referral.resident and referral.resident.postcode else None
    if found and found.constituency.id == referral.constituency_id:
        referral.routing, referral.routing_note = BY_POSTCODE, None
    referral.seen_at, referral.seen_by_id = step.moment, step.by.person_id
    referral.accepted_at, referral.started_at = step.moment, None
    referral.waiting_on, referral.waiting_on_since = Waiting.OFFICE.value, step.moment
    _assign(step)
    # The bodies answer the office that asked, which reads this no more.
    step.afterwards.append(lambda _: give_up_enquiries(step))
    step.afterwards.append(indexing.reindex)


def _dispute(step: Step) -> None:
    outcomes.dispute_claim(step)
    step.referral.outcome_at = None
    step.referral.next_action = LOOK_AGAIN


def _close(step: Step) -> None:
    outcomes.leave_unanswered(step)
    step.referral.end_reason = "closed_by_office" if step.by.person_id else "no_answer"
    step.afterwards.append(plan_to_ask)


def _confirm(step: Step) -> None:
    outcomes.confirm_claim(step)
    step.referral.end_reason = "confirmed"
    step.afterwards.append(plan_to_ask)


def _answer(step: Step) -> None:
    step.referral.end_reason = policy.ANSWERED


def _withdraw(step: Step) -> None:
    if step.answers["reason"] == "consent_withdrawn":
        for consent in policy.given_to_office(step.referral, step.day):
            consent.withdrawn_at = step.moment


def _reopen(step: Step) -> None:
    referral = step.referral
    referral.outcome_at = None
    step.afterwards.append(stop_asking)
    if referral.assignee_id not in case_people(referral.office_id):
        # They have left since.
        referral.assignee_id = None
    if step.state_to == states.SUBMITTED:
        _send_again(step)
        return
    step.referral.assignee_id = step.referral.assignee_id or step.by.person_id
    step.referral.started_at = step.referral.started_at or step.moment
    step.afterwards.append(indexing.reindex)


def _mistake(step: Step) -> None:
    # What was sent by mistake is found by nobody.
    step.afterwards.append(lambda referral: indexing.remove(referral.id))


_BEFORE: Final[dict[str, Callable[[Step], None]]] = {
    "submit": _check_submit,
    "resubmit": _check_again,
    "reopen": _check_again,
    "accept": _check_accept,
    "accept_transfer": _check_arrival,
    "assign": _check_assign,
    "close": _check_close,
    "correct_postcode": check_postcode,
    "decline": _check_decline,
    "start": _check_start,
    "resume": _check_hands,
}

_AFTER: Final[dict[str, Callable[[Step], None]]] = {
    "submit": _submit,
    "resubmit": _send_again,
    "accept": _accept,
    "accept_transfer": _arrive,
    "assign": _assign,
    "correct_postcode": correct_postcode,
    "decline": _decline,
    "hand_over": _hand_over,
    "start": _start,
    "hold": _hold,
    "record_outcome": outcomes.record_claim,
    "confirm_outcome": _confirm,
    "dispute_outcome": _dispute,
    "answer": _answer,
    "close": _close,
    "withdraw": _withdraw,
    "reopen": _reopen,
    "mark_entered_in_error": _mistake,
}
