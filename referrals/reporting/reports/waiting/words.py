"""The sentences of the report on waiting: its headline, and how everything is counted."""

from typing import Final

from referrals.reporting import phrases
from referrals.reporting.hiding import hidden_numbers
from referrals.reporting.report import Definition
from referrals.reporting.reports.outcomes.counts import waited
from referrals.reporting.reports.waiting.tables import Ready


def headline(ready: Ready) -> tuple[str, ...]:
    """The answer in one or two sentences."""
    number, (median, most) = ready.shown[waited()], ready.days()
    if not number or median is None:
        return (ready.empty(),)
    if number == 1:
        return (f"The resident of 1 referral had waited {phrases.days(median)} before it was sent.",)
    who = f"the {number:,}" if ready.profile.is_exact else f"about {number:,}"
    first = f"Half of {who} residents had waited {phrases.days(median)} or longer before they were referred."
    return (first,) if most is None else (first, f"Nine of ten had waited {phrases.days(most)} or less.")


def definitions(threshold: int | None) -> tuple[Definition, ...]:
    """How everything in this report is counted."""
    return _DEFINITIONS if threshold is None else (_BEFORE, _DAYS, _LEFT_OUT, hidden_numbers(threshold))


_BEFORE: Final = Definition(
    "Waited before",
    "From the day the resident began to wait to the day the referral was first sent, for referrals sent in the "
    "period where that day is known.",
)
_TURNS: Final = Definition(
    "Turns",
    "A turn counts in the period in which it ended, and as often as somebody had it: who is asked twice has two. "
    "The office’s turn to work on it lasts from when it took it on until it asked the group something, recorded a "
    "result or ended it, with pauses and with the time in which a body was asked; the body’s turn counts beside "
    "it, from the day it was asked to the day its answer came. Turns before a referral came to the office that "
    "has it now are included.",
)
_NOW: Final = Definition(
    "Today",
    "Whose turn it is at this moment, and the days since it became so. Turns of residents are known only while "
    "they last.",
)
_DAYS: Final = Definition(
    "Days",
    "Calendar days in London, weekends included. The median is the middle one: half took as long or less. Nine of "
    "ten within is the smallest number of days within which at least nine of ten were through. How long the "
    "stages of a referral take is a report of its own.",
)
_LEFT_OUT: Final = Definition(
    "Left out", "Drafts, referrals sent by mistake, and requests for advice, which are about no resident."
)
_DEFINITIONS: Final = (_BEFORE, _TURNS, _NOW, _DAYS, _LEFT_OUT)
