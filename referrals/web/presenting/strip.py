"""The strip that opens every referral's page: state, whose turn, by when, the one next action, and the others."""

from collections.abc import Sequence
from typing import Any, Final

from flask import url_for

from referrals.accounts.roles import Permission, Side
from referrals.accounts.viewer import Viewer
from referrals.casework import policy
from referrals.casework.models import Referral
from referrals.casework.policy import ANSWERED, is_about_a_resident
from referrals.casework.queries import Strip
from referrals.casework.workflow import OPEN_WITH_OFFICE, STATES, WORKING_STATES, Tone, Transition, Waiting
from referrals.casework.workflow.states import SUBMITTED
from referrals.directory import lists
from referrals.web.filters import count, day
from referrals.web.presenting.case import small
from referrals.web.presenting.turns import turn_words

NO_SUMMARY: Final = "No summary"
# What a group reads between sending a referral and its end, where the resident lets it hear nothing.
HUSHED: Final = "Sent. The office does not tell you how it goes on, because the person has not agreed to that"


def slug(transition: Transition) -> str:
    """A transition in an address: `request-information`."""
    return transition.name.replace("_", "-")


def strip_for(referral: Referral, strip: Strip, moves: Sequence[Transition], viewer: Viewer) -> dict[str, Any]:
    """What the strip's macro reads. The expected step is a button only while it is the viewer's own turn."""
    expected = [move for move in moves if move.tone is Tone.PRIMARY]
    # What is asked for advice is best answered at once.
    expected.sort(key=lambda move: move.advice is not True)
    first = expected[0] if expected and strip.yours else None
    rest = [move for move in moves if move is not first]
    return {
        "reference": referral.reference,
        "summary": referral.summary or NO_SUMMARY,
        "urgency": referral.urgency,
        "state": strip.state,
        "tag": "Answered" if is_answered(referral) else state_tag(strip.state, viewer),
        "advice": not is_about_a_resident(referral),
        "state_text": state_words(referral, strip, viewer),
        "turn_text": turn_words(strip.waiting_on, viewer, strip.assignee_id),
        "clock_text": clock_words(strip, viewer),
        "yours": strip.yours,
        "due": strip.due_on,
        "overdue_days": strip.overdue_days,
        "due_text": next_words(referral, strip, viewer),
        "action": _link(referral, first) if first else None,
        "more": [_link(referral, move) for move in rest] + other_actions(referral, viewer),
    }


def state_tag(state: str, viewer: Viewer) -> str:
    """The state in the words of the viewer's own lists; on its page a new one has been seen, and is to be decided."""
    if viewer.side is Side.GROUP:
        return STATES[state].tag_referrer
    return "To decide" if state == SUBMITTED else STATES[state].label_office


def state_words(referral: Referral, strip: Strip, viewer: Viewer) -> str:
    """The state in plain words, with the reason where there is one."""
    if strip.hold_reason:
        until = f" until {day(strip.hold_review_on)}" if strip.hold_review_on else ""
        return f"Paused{until}: {small(lists.label('hold_reasons', strip.hold_reason))}"
    if is_answered(referral):
        return "The office has answered" if viewer.side is Side.GROUP else ""
    if strip.hushed and strip.state == SUBMITTED:
        return HUSHED
    return strip.label if viewer.side is Side.GROUP else ""


def is_answered(referral: Referral) -> bool:
    """Whether it is a request for advice that has its answer."""
    return referral.ended_at is not None and referral.end_reason == ANSWERED


def clock_words(strip: Strip, viewer: Viewer) -> str:
    """That the office's clock stands, because it is somebody else's turn; nothing while it runs."""
    if strip.clock_stopped_on is None:
        return ""
    whose = "Your" if viewer.side is Side.OFFICE else "The office’s"
    days_left = f", with {count(strip.days_left, 'working day')} left" if strip.days_left else ""
    return f"{whose} clock stopped on {day(strip.clock_stopped_on)}{days_left}"


def next_words(referral: Referral, strip: Strip, viewer: Viewer) -> str:
    """What is done next, by whoever's turn it is."""
    if not strip.next_action or strip.waiting_on is None:
        return ""
    if viewer.side is Side.GROUP and strip.waiting_on == Waiting.OFFICE and strip.state not in WORKING_STATES:
        return ""
    return f"Next: {small(strip.next_action)}"


def other_actions(referral: Referral, viewer: Viewer) -> list[dict[str, str]]:
    """What can be done with an open referral besides moving it on."""
    links = []
    if viewer.may(Permission.REFERRAL_WORK) and referral.state in WORKING_STATES:
        links.append(_to("Record a step on the way", "milestones.new", referral))
        links.append(_to("Change whose turn it is", "milestones.turn", referral))
        links.append(_to("Change the next action", "milestones.next_action", referral))
    if viewer.may(Permission.REFERRAL_WORK) and referral.state in OPEN_WITH_OFFICE:
        links.append(_to("Change category and handling", "milestones.facets", referral))
    if policy.may_offer(referral, viewer):
        links.append(_to("Offer to another office", "transfers.new", referral))
    links.append(_to("Consents", "consents.index", referral))
    links.append(_to("Who looked at this", "referrals.history", referral))
    links.append(_to("Print or take away", "packs.new", referral))
    return links


def _link(referral: Referral, move: Transition) -> dict[str, str]:
    return {"text": move.label, "href": url_for("moves.new", reference=referral.reference, transition=slug(move))}


def _to(text: str, endpoint: str, referral: Referral) -> dict[str, str]:
    return {"text": text, "href": url_for(endpoint, reference=referral.reference)}
