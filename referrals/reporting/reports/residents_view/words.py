"""The sentences of the report of residents' answers: its headline, and how everything is counted."""

from typing import Final

from referrals.reporting import phrases
from referrals.reporting.queries import CLOSING, LATER
from referrals.reporting.report import Definition
from referrals.reporting.reports.residents_view.counts import ANSWERED, EVERYBODY, response, said
from referrals.reporting.reports.residents_view.tables import Ready


def headline(ready: Ready) -> tuple[str, ...]:
    """The answer in up to three sentences, the response rate in each."""
    closed = ready.shown[response(CLOSING, EVERYBODY)]
    if closed is None:
        return ("Too few residents could be asked to say what they think.",)
    if not closed:
        return ("No referral was closed in this period.",)
    about = "" if ready.profile.is_exact else "About "
    first = _sentence(ready, CLOSING, "helped_forward", "said that it helped them find a way forward")
    if not first:
        were = f"{about}{phrases.referrals(closed)} {phrases.was(closed)} closed"
        who = "no resident answered whether it helped" if ready.profile.is_exact else "too few residents answered"
        return (f"{were}, and {who}.",)
    later = _sentence(ready, LATER, "is_solved", "said four weeks later that it is solved")
    return (first, later) if later else (first,)


def _sentence(ready: Ready, moment: str, question: str, verb: str) -> str:
    yes, answered = ready.shown[said(moment, question, "yes")], ready.shown[said(moment, question, ANSWERED)]
    if yes is None or not answered:
        return ""
    about = "" if ready.profile.is_exact else "About "
    who = "resident" if answered == 1 else "residents"
    rate = ready.rate(moment, question)
    beside = "" if rate is None else f" (response rate {rate}%)"
    if ready.profile.is_exact and yes == answered > 1:
        return f"All {answered:,} residents who answered {verb}{beside}."
    return f"{about}{min(yes, answered):,} of the {answered:,} {who} who answered {verb}{beside}."


DEFINITIONS: Final = (
    Definition(
        "When it was closed",
        "Referrals that were closed with a result in the period, by the day on which they were closed. The group asks "
        "the resident when it confirms the result; where nobody confirmed it, nobody was asked.",
    ),
    Definition(
        "Four weeks later",
        "Residents whose four weeks after closing ended in the period, so they are not the same people as those above. "
        "The two stand beside each other and are never subtracted. Nobody is asked who took their agreement back or "
        "whose referral was opened again, and those who have died are left out.",
    ),
    Definition(
        "Answers",
        "What residents said themselves, as the group passed it on. Every question may be left out. They are not what "
        "the office claims, nor what the group says to that.",
    ),
    Definition(
        "Response rate",
        "Of a hundred residents who could be asked, so many answered the question. Those who answer can differ from "
        "those who do not, so read the answers of few with care.",
    ),
)
