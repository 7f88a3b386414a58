"""What follows for one referral from its dates: every deadline with its last day, and whether it is over."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from referrals.casework.deadlines.catalogue import Kind, Rule, rules_of
from referrals.casework.deadlines.catalogue import rule as rule_of
from referrals.casework.deadlines.counting import Counted, Stop, counted
from referrals.casework.models import DatedEvent, DeadlineDecision
from referrals.foundation.clock import local_day

# So many days before its last day a limit goes to the top of the queue (DOMAIN section 6).
NEAR_DAYS: Final = 7

MOVED: Final = "moved"
COUNTED_AGAIN: Final = "counted_again"
MET: Final = "met"
DROPPED: Final = "dropped"
OPENED_AGAIN: Final = "opened_again"
# The decisions about the last day, and those about whether it is over.
_OF_DAY: Final = (MOVED, COUNTED_AGAIN)
_OF_END: Final = (MET, DROPPED, OPENED_AGAIN)


@dataclass(frozen=True, slots=True)
class Deadline:
    """What one rule makes of one date. Whether it is overdue is computed when it is asked, never stored."""

    rule: Rule
    event: DatedEvent
    # As the rule counts it.
    counted: Counted
    # The decision that gave it another last day, or that it is over; None when there is none.
    moved: DeadlineDecision | None = None
    ended: DeadlineDecision | None = None
    # The date by which it is seen to be done.
    met_by: DatedEvent | None = None

    @property
    def day(self) -> date | None:
        """The last day that counts; None while nobody can say."""
        return self.moved.day if self.moved else self.counted.day

    @property
    def moment(self) -> datetime | None:
        """The exact end, for periods in hours and for appointments with a time."""
        return None if self.moved else self.counted.moment

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done about it."""
        return self.ended is None and self.met_by is None

    @property
    def is_limit(self) -> bool:
        """Whether missing it loses the resident a right."""
        return self.rule.kind is Kind.LIMIT

    def days_left(self, today: date) -> int | None:
        """Calendar days until the last day, 0 on it, negative after it; None without a last day."""
        return None if self.day is None else (self.day - today).days

    def is_past(self, now: datetime) -> bool:
        """Whether its end has passed."""
        if self.moment is not None:
            return self.moment < now
        return self.day is not None and self.day < local_day(now)

    def is_near(self, today: date) -> bool:
        """Whether it is open, and its last day at most seven days away, or gone."""
        return self.is_open and self.day is not None and self.day <= near_until(today)


def near_until(today: date) -> date:
    """The last of the days that are near."""
    return today + timedelta(days=NEAR_DAYS)


def follow(events: Iterable[DatedEvent], decisions: Sequence[DeadlineDecision]) -> list[Deadline]:
    """Every deadline of a referral, the open ones first, each kind by its last day.

    `decisions` are in the order they were made. Withdrawn dates have no deadlines.
    """
    standing = sorted((event for event in events if event.withdrawn_at is None), key=lambda event: event.id)
    found = [
        Deadline(
            rule=rule,
            event=event,
            counted=counted(rule, event.day, event.moment, _stops(rule, event, standing)),
            moved=_last(decisions, event, rule.code, _OF_DAY, but=COUNTED_AGAIN),
            ended=_end(decisions, event, rule),
            met_by=_done(rule, event, standing),
        )
        for event in standing
        for rule in rules_of(event.kind, event.day)
    ]
    return sorted(found, key=lambda one: (not one.is_open, one.day or date.max, one.rule.code, one.event.id))


def nearest_limit(deadlines: Iterable[Deadline]) -> date | None:
    """The last day of the nearest open limit on the resident, gone or to come; None where there is none."""
    return min((one.day for one in deadlines if one.is_limit and one.is_open and one.day), default=None)


def _done(rule: Rule, event: DatedEvent, standing: Sequence[DatedEvent]) -> DatedEvent | None:
    """The first date, on the day that starts the rule or after it, by which it is seen to be done."""
    whose = rule if rule.done_with is None else rule_of(rule.done_with)
    later = [one for one in standing if one.kind == whose.met_by and one.day >= event.day]
    return min(later, key=lambda one: (one.day, one.id), default=None)


def _stops(rule: Rule, event: DatedEvent, standing: Sequence[DatedEvent]) -> list[Stop]:
    """When the rule's clock stood: each question, up to the first answer on its day or after it."""
    if rule.stops is None:
        return []
    answers = sorted(one.day for one in standing if one.kind == rule.resumes)
    questions = sorted(one.day for one in standing if one.kind == rule.stops and one.day >= event.day)
    return [Stop(asked, next((day for day in answers if day >= asked), None)) for asked in questions]


def _end(decisions: Sequence[DeadlineDecision], event: DatedEvent, rule: Rule) -> DeadlineDecision | None:
    """The decision that it is over: its own, or that the rule it is done with was met."""
    own = _last(decisions, event, rule.code, _OF_END, but=OPENED_AGAIN)
    if own or rule.done_with is None:
        return own
    other = _last(decisions, event, rule.done_with, _OF_END, but=OPENED_AGAIN)
    return other if other and other.decision == MET else None


def _last(
    decisions: Sequence[DeadlineDecision], event: DatedEvent, rule: str, among: Sequence[str], *, but: str
) -> DeadlineDecision | None:
    """The last decision of a sort about one deadline; None when there is none, or when it took back what was before."""
    made = [one for one in decisions if one.event_id == event.id and one.rule == rule and one.decision in among]
    return made[-1] if made and made[-1].decision != but else None
