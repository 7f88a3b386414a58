"""The sentences of the ledger: its headline, what is hidden and why, and how everything is counted."""

from typing import Final

from referrals.directory import lists
from referrals.directory.lists import Target
from referrals.reporting.queries import REPLY
from referrals.reporting.report import Definition
from referrals.reporting.reports.agencies import counts
from referrals.reporting.reports.agencies.tables import Ready, name_of


def headline(ready: Ready) -> tuple[str, ...]:
    """The answer in one or two sentences."""
    sent, answered = (ready.shown[counts.key(measure)] for measure in (counts.SENT, counts.ANSWERED))
    if sent is None or answered is None:
        return ("There are too few enquiries to say how fast bodies answer.",)
    about = "" if ready.profile.is_exact else "About "
    were = "was" if answered == 1 else "were"
    first = f"{about}{min(answered, sent):,} of {sent:,} {'enquiry' if sent == 1 else 'enquiries'} {were} answered"
    days = ready.median(REPLY)
    first += f", half of them within {_number(days)} {'day' if days == 1 else 'days'}." if days is not None else "."
    share = ready.share()
    if share is None:
        return (first,)
    return first, f"Bodies with a published target kept to it {share}% of the time."


def definitions(ready: Ready) -> tuple[Definition, ...]:
    """How everything in this report is counted, and where the targets were read."""
    more = [] if ready.profile.threshold is None else [_hidden(ready.profile.threshold)]
    return (*_DEFINITIONS, *_targets(ready), *more)


def _targets(ready: Ready) -> list[Definition]:
    by_target: dict[Target, list[str]] = {}
    for agency in ready.with_target():
        target = lists.item(lists.AGENCIES, agency).target
        if target is not None and ready.shown[counts.key(counts.SENT, agency)]:
            by_target.setdefault(target, []).append(name_of(agency))
    return [
        Definition(
            f"Target of {target.days} working days", f"{', '.join(names)}. Source, to be checked: {target.source}"
        )
        for target, names in by_target.items()
    ]


def _number(days: object) -> str:
    return f"{days:f}".removesuffix(".0") if not isinstance(days, int) else str(days)


def _hidden(threshold: int) -> Definition:
    return Definition(
        "Hidden numbers",
        f"Counts under {threshold} are hidden, so that no resident can be recognised in a table, and medians are shown "
        f"only where at least {threshold} are behind them. Of several enquiries of one referral to the same body only "
        "the first counts, so that no number stands for fewer residents than it says. Percentages are taken from the "
        "rounded numbers.",
    )


_DEFINITIONS: Final = (
    Definition(
        "Period",
        "Enquiries that were sent from the first to the last day of the period, with what had come of them until the "
        "day of counting, also when that was later.",
    ),
    Definition(
        "Answered",
        "The body answered in full or in part, refused to answer, or passed the question to another body. An enquiry "
        "that was given up is not answered: no answer came, or none was needed any more.",
    ),
    Definition(
        "Days until an answer",
        "Calendar days, weekends included, from the day the body was asked to the day its answer came. The median is "
        "the middle one: half came sooner, half came later.",
    ),
    Definition(
        "Still waiting",
        "Asked, and neither answered nor given up. The days waited so far are counted to the day of counting.",
    ),
    Definition(
        "Within the published target",
        "Counted over enquiries to bodies that have published a target, once they are answered or the day of the "
        "target has passed. The target is in working days of England and Wales, from the day after the body was asked. "
        "The body itself counts from the day it received the question, which can be later. An enquiry withdrawn before "
        "its answer came is left out.",
    ),
)
