"""The sentences of the report on areas and their MPs: its headline, and how everything is counted."""

from typing import Final

from referrals.reporting.disclosure import OF_SHARES
from referrals.reporting.periods import Period
from referrals.reporting.report import Definition
from referrals.reporting.reports.together import counts
from referrals.reporting.reports.together.tables import Ready


def headline(ready: Ready, period: Period) -> tuple[str, ...]:
    """The answer in one or two sentences."""
    return (_stances(ready, period), *_quiet(ready))


def _stances(ready: Ready, period: Period) -> str:
    if None in ready.latest:
        return "Too few areas have said how their MP stands towards them to show what they say together."
    supportive, neutral, negative = ready.latest
    return (
        f"At the end of {period.last:%B %Y}, {supportive}% of MPs were supportive as their areas see them, "
        f"{neutral}% neutral and {negative}% negative."
    )


def _quiet(ready: Ready) -> tuple[str, ...]:
    areas, quiet = (ready.shown[counts.key(measure)] for measure in (counts.AREAS, counts.QUIET))
    if areas is None or quiet is None:
        return ()
    return (f"About {quiet:,} of {areas:,} areas had no contact with an MP in the six months before.",)


def definitions(threshold: int | None) -> tuple[Definition, ...]:
    """How everything in this report is counted."""
    return _DEFINITIONS if threshold is None else (*_DEFINITIONS, *_hidden(threshold))


def _hidden(threshold: int) -> tuple[Definition, ...]:
    return (
        Definition(
            "Shares",
            f"A share of stances is shown where at least {OF_SHARES * threshold} areas and MPs are behind all of them, "
            f"and at least {threshold} of these were seen differently from most. It is a whole per cent of the true "
            "numbers, so a small one can stand for few areas: it tells how many there are, and never which.",
        ),
        Definition(
            "Hidden numbers",
            f"Counts under {threshold} are hidden, and so is a number from which a hidden one could be worked out. "
            "Other percentages are taken from the rounded numbers. By region only the supportive are counted, so that "
            "no MP can learn here what their own area said.",
        ),
    )


_DEFINITIONS: Final = (
    Definition(
        "Stance",
        "How an MP stands towards an area, as a lead of the area last said it in the 12 months before. An area with "
        "two MPs counts once for each. What was written down after the quarter was over does not count.",
    ),
    Definition(
        "Kinds of work",
        "What the contacts in an area’s log were for, in the 12 months before the end of the quarter.",
    ),
    Definition(
        "How far they have come",
        "Not in touch, informing, publicity and interest, working together: as a lead of the area says, or else the "
        "furthest of what the log of 12 months shows. Each area counts once with each MP it has.",
    ),
    Definition("No contact in six months", "Areas without any contact with an MP in their log in the 183 days before."),
    Definition(
        "A change of MP ahead",
        "Areas with a seat that has no MP, or whose MP’s time is known to end within a year.",
    ),
    Definition("Region", "Of the area, or else of its seat. Regions stand in three parts of England."),
)
