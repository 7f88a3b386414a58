"""The catalogue of reports: a new report is a module in `reports/` and one line here."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from referrals.accounts.roles import Side
from referrals.accounts.viewer import Viewer
from referrals.engagement.policy import may_know_shares
from referrals.foundation.clock import today
from referrals.foundation.errors import NotFound
from referrals.reporting import periods
from referrals.reporting.disclosure import Listening
from referrals.reporting.periods import Period
from referrals.reporting.publications import is_kept, shown_report
from referrals.reporting.report import Report
from referrals.reporting.reports import (
    agencies,
    areas,
    consents,
    decisions,
    money,
    outcomes,
    patterns,
    residents_view,
    stages,
    together,
    waiting,
    work,
    workload,
)
from referrals.reporting.scope import Scope, first_day, scope_of
from referrals.reporting.summaries import keeping
from referrals.reporting.summaries.keeping import Standing


class Topic(StrEnum):
    """What somebody wants to know; reports stand together by it, in this order."""

    RESULTS = "What came of it"
    TIME = "How long it takes"
    TURNS = "Who waits on whom"
    TOGETHER = "Working together"
    CARE = "Looking after data"


def _to_everyone(_viewer: Viewer) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Entry:
    """One report: its name in addresses, what it is called, what it tells, and how it is made."""

    name: str
    title: str
    summary: str
    topic: Topic
    build: Callable[[Scope, Period], Report]
    # Who may read it, over what is theirs.
    sides: tuple[Side, ...] = (Side.GROUP, Side.OFFICE, Side.PROGRAMME)
    # Whether it is of this moment, and so of no period.
    is_present: bool = False
    # Whether it looks at the ends of quarters, so that nothing of it adds up to a year.
    is_of_quarters: bool = False
    # What must be so besides.
    opens: Callable[[Viewer], bool] = _to_everyone


# Those whose numbers are exact. Not open to coordinators are: what is of this moment (work, workload, consents and
# patterns), because two days' readings could be subtracted; and stages, until their counts are protected beside the
# others.
_OWNERS: Final = (Side.GROUP, Side.OFFICE)

_ALL = (
    Entry(outcomes.NAME, outcomes.TITLE, outcomes.SUMMARY, Topic.RESULTS, outcomes.build),
    Entry(decisions.NAME, decisions.TITLE, decisions.SUMMARY, Topic.RESULTS, decisions.build),
    Entry(
        residents_view.NAME,
        residents_view.TITLE,
        residents_view.SUMMARY,
        Topic.RESULTS,
        residents_view.build,
    ),
    Entry(money.NAME, money.TITLE, money.SUMMARY, Topic.RESULTS, money.build),
    Entry(areas.NAME, areas.TITLE, areas.SUMMARY, Topic.RESULTS, areas.build, (Side.OFFICE, Side.PROGRAMME)),
    Entry(waiting.NAME, waiting.TITLE, waiting.SUMMARY, Topic.TIME, waiting.build),
    Entry(stages.NAME, stages.TITLE, stages.SUMMARY, Topic.TIME, stages.build, _OWNERS),
    Entry(work.NAME, work.TITLE, work.SUMMARY, Topic.TURNS, work.build, _OWNERS, is_present=True),
    Entry(workload.NAME, workload.TITLE, workload.SUMMARY, Topic.TURNS, workload.build, _OWNERS, is_present=True),
    # What an office asked of whom reaches a group only as far as each resident lets it.
    Entry(agencies.NAME, agencies.TITLE, agencies.SUMMARY, Topic.TURNS, agencies.build, (Side.OFFICE, Side.PROGRAMME)),
    Entry(patterns.NAME, patterns.TITLE, patterns.SUMMARY, Topic.TURNS, patterns.build, _OWNERS, is_present=True),
    Entry(
        together.NAME,
        together.TITLE,
        together.SUMMARY,
        Topic.TOGETHER,
        together.build,
        (Side.PROGRAMME,),
        is_of_quarters=True,
        opens=may_know_shares,
    ),
    Entry(consents.NAME, consents.TITLE, consents.SUMMARY, Topic.CARE, consents.build, _OWNERS, is_present=True),
)

REPORTS: Final[dict[str, Entry]] = {entry.name: entry for entry in _ALL}
# What is kept of a programme's quarter, all of it together.
OF_PROGRAMMES: Final = {
    entry.name: entry.build for entry in _ALL if Side.PROGRAMME in entry.sides and not entry.is_present
}


@dataclass(frozen=True, slots=True)
class Request:
    """A report that somebody may read: which one, over which referrals, and the periods to choose from."""

    entry: Entry
    scope: Scope
    period: Period
    choices: list[Period]
    # How far the sums go that it is made from.
    standing: Standing

    def is_kept(self) -> bool:
        """Whether it was shown to somebody before, and is shown as it was then."""
        return is_kept(self.entry.name, self.scope, self.period)

    def build(self) -> Report:
        """The report itself, as it was first shown where that is kept. It only reads.

        To others than owners nothing is shown that is not kept: what they read is decided for all of a quarter at once.
        """
        profile = self.scope.profile
        if profile.is_exact:
            return self.entry.build(self.scope, self.period)
        nothing = replace(self.scope, profile=Listening(profile.rules, profile.threshold))
        kept = shown_report(self.entry.name, self.scope, self.period)
        return kept or self.entry.build(nothing, self.period)


def reports_for(viewer: Viewer) -> list[Entry]:
    """The reports this viewer may read. Raises NotAllowed for a role that reads none."""
    scope_of(viewer)
    return [entry for entry in REPORTS.values() if viewer.side in entry.sides and entry.opens(viewer)]


def topics_for(viewer: Viewer) -> dict[str, list[Entry]]:
    """The same by what they tell, without topics that have none for this viewer. Raises NotAllowed as above."""
    found = reports_for(viewer)
    by_topic = {topic.value: [entry for entry in found if entry.topic is topic] for topic in Topic}
    return {topic: entries for topic, entries in by_topic.items() if entries}


def request(name: str, period: str | None, viewer: Viewer) -> Request:
    """What a viewer asks for by the name of a report and the code of a period (None: the first of the choices).

    What has changed since the sums were counted last is counted now, where it is not much (summaries/keeping.py).

    Raises NotAllowed for a role that reads no reports, NotFound for a report or a period that there is not for it.
    """
    scope = scope_of(viewer)
    if name not in REPORTS or viewer.side not in REPORTS[name].sides or not REPORTS[name].opens(viewer):
        raise NotFound
    if REPORTS[name].is_present:
        choices = periods.present_choices(today())
    elif scope.threshold is None:
        choices = periods.open_choices(first_day(scope), today())
    else:
        choices = periods.fixed_choices(today())
    if REPORTS[name].is_of_quarters:
        choices = [one for one in choices if not periods.quarters_of(one)]
    return Request(REPORTS[name], scope, periods.chosen(period, choices), choices, keeping.bring_up())
