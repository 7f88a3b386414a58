"""What the page of a transition says around its form: first answers, what happens next, and what was done."""

from datetime import date
from typing import Any, Final

from wtforms import Field, HiddenField, StringField

from referrals.accounts.roles import Side
from referrals.accounts.viewer import Viewer
from referrals.casework.actions.timing import deadline
from referrals.casework.models import Referral
from referrals.casework.policy import is_about_a_resident
from referrals.casework.workflow import Ask, AskKind, Audience, Transition, When
from referrals.foundation.clock import today
from referrals.web.forms.base import GovForm

NO_DETAILS: Final = "The email only says that there is something new, with the reference and a link."


def first_values(referral: Referral, row: Transition, who: Viewer) -> dict[str, Any]:
    """What a form is filled in with when it opens: what is known already, and the day a clock runs out."""
    known: dict[str, Any] = {
        "assignee": str(who.person_id),
        "category": referral.category,
        "issue_type": referral.issue_type if is_about_a_resident(referral) else None,
        "sensitivity": referral.sensitivity,
        "transferability": referral.transferability,
        "next_action": referral.next_action,
    }
    values: dict[str, Any] = {ask.name: known.get(ask.name) for ask in row.asked_of(who.side) if ask.name in known}
    for ask in row.asked_of(who.side):
        if ask.kind is AskKind.DATE:
            values[ask.name] = first_day(ask, referral)
    return values


def first_day(ask: Ask, referral: Referral) -> date | None:
    """The day offered for a date: the next action's own, the end of a clock, or today for what is past."""
    if ask.name == "next_action_on" and referral.next_action and (referral.next_action_on or today()) > today():
        return referral.next_action_on
    if ask.clock:
        return deadline(referral, ask.clock, today())
    return today() if ask.when is When.PAST else None


def steps_after(row: Transition, who: Viewer, sides: dict[Side, str]) -> list[str]:
    """What happens when the form is sent, and who is told."""
    steps = [row.explains] if row.explains else []
    told = [found for tell in row.tells if (found := audience_words(tell.to, who, sides))]
    if told:
        names = " and ".join(dict.fromkeys(told))
        steps.append(f"{names[:1].upper()}{names[1:]} will get an email. {NO_DETAILS}")
    return steps


def audience_words(audience: Audience, who: Viewer, sides: dict[Side, str]) -> str:
    """Who an audience is, by name."""
    other = Side.OFFICE if who.side is Side.GROUP else Side.GROUP
    names = {
        Audience.GROUP: sides[Side.GROUP],
        Audience.OFFICE: sides[Side.OFFICE],
        Audience.OTHER_SIDE: sides[other],
        Audience.REFERRER: "the person you choose",
        Audience.ASSIGNEE: "the person you choose",
    }
    return names[audience]


def done_words(row: Transition) -> str:
    """The line that says it was done; it names nobody."""
    words = row.past.replace("_", " ")
    return f"Done: {words}."


def typed_words(form: GovForm) -> list[tuple[str, str]]:
    """What a person wrote into a form that can no longer be sent, so that it is not lost."""
    return [(str(field.label.text), str(field.data)) for field in form if _is_words(field) and field.data]


def _is_words(field: Field) -> bool:
    return isinstance(field, StringField) and not isinstance(field, HiddenField)
