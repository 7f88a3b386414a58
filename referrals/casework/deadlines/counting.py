"""Counting a period from the day that starts it: one small function for each way in which the law does it.

Days are London days. Where a rule says nothing of weekends, a last day stays where it falls: acting a day too early
loses no right.
"""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from referrals.casework.clocks import add_working_days
from referrals.casework.deadlines.catalogue import Counting, Rule, Unit
from referrals.foundation.clock import LONDON, local_day

DAYS_OF_A_WEEK: Final = 7
MONTHS_OF_A_YEAR: Final = 12


@dataclass(frozen=True, slots=True)
class Stop:
    """A time in which the clock stood: from the day of the question to the day of its answer, or still."""

    since: date
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Counted:
    """Where a period ends. `day` is None while nobody can say: it is set by hand, or the clock stands."""

    day: date | None
    # For periods in hours: the exact end.
    moment: datetime | None = None
    # For periods that run up to a day: when they begin.
    opens_on: date | None = None
    # Since when the clock stands.
    stopped_since: date | None = None


def begins_with(day: date, days: int) -> date:
    """The last day of a period of so many days that begins with `day`, which is day 1.

    "The period of 21 days beginning with the day on which he is notified", Housing Act 1996 s202(3); likewise s189B(4).
    That such words count the day itself: Trow v Ind Coope [1967] 2 QB 899.
    """
    return day + timedelta(days=days - 1)


def excludes(day: date, days: int) -> date:
    """The last day of a period of so many days after `day`, which is not counted.

    "Within 21 days of his being notified", Housing Act 1996 s204(2). That the day of the event is left out where no
    words bring it in: Lester v Garland (1808) 15 Ves 248.
    """
    return day + timedelta(days=days)


def corresponding_date(day: date, months: int) -> date:
    """The day of the same number so many months later, or the last day of that month where it has none.

    The corresponding date rule: Dodds v Walker [1981] 1 WLR 1027 (HL). For data protection so says the ICO too.
    """
    years, month = divmod(day.month - 1 + months, MONTHS_OF_A_YEAR)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def working_days_after(day: date, number: int) -> date:
    """The working day of England and Wales that lies so many after `day`, which is not counted.

    The clock starts on the day after receipt: Cabinet Office guidance on letters of Members of Parliament. Bank
    holidays are those that GOV.UK publishes, as bundled.
    """
    return add_working_days(day, number)


def clock_hours(moment: datetime, hours: int) -> datetime:
    """The moment so many hours after, in UTC: nights, weekends and holidays count, and so does a change of the clocks.

    72 hours after becoming aware, UK GDPR Article 33(1); 24 hours for an emergency hazard, Hazards in Social Housing
    (Prescribed Requirements) (England) Regulations 2025.
    """
    return moment.astimezone(UTC) + timedelta(hours=hours)


def next_working_day(day: date) -> date:
    """The day itself, or the next working day when it is none.

    For an answer to a request for one's data: the ICO on the right of access. Only where a rule says so.
    """
    return add_working_days(day, 0)


def days_stopped(stops: Sequence[Stop]) -> int:
    """How many whole days the clock stood, from each question up to, not including, the day of its answer.

    Where two overlap, a day counts once. UK GDPR Article 12A, as inserted by the Data (Use and Access) Act 2025: the
    time in which the controller waits for what it needs to know is left out. Whether the day of the answer is left out
    too was not read in a primary source, so it is not: the earlier end is the safer one to be answered by.
    """
    days: set[date] = set()
    for stop in stops:
        if stop.until is not None:
            days |= {stop.since + timedelta(days=ahead) for ahead in range((stop.until - stop.since).days)}
    return len(days)


def counted(rule: Rule, day: date, moment: datetime | None = None, stops: Sequence[Stop] = ()) -> Counted:
    """Where the rule's period ends that started on `day`, at `moment` where the time is known.

    Without one, hours are counted from the beginning of the day, which is never too late.
    """
    standing = next((stop for stop in stops if stop.until is None), None)
    if standing is not None:
        return Counted(None, stopped_since=standing.since)
    if rule.counting is Counting.BY_HAND:
        return Counted(None)
    if rule.counting is Counting.ON_THE_DAY:
        return Counted(day, moment=moment)
    if rule.counting is Counting.BEFORE:
        return Counted(day, opens_on=day - timedelta(days=rule.period))
    if rule.counting is Counting.CLOCK:
        end = clock_hours(moment or datetime.combine(day, time.min, LONDON), rule.period)
        return Counted(local_day(end), moment=end)
    last = _last_day(rule, day) + timedelta(days=days_stopped(stops))
    return Counted(next_working_day(last) if rule.next_working_day else last)


def _last_day(rule: Rule, day: date) -> date:
    if rule.counting is Counting.CORRESPONDING:
        return corresponding_date(day, rule.period)
    if rule.counting is Counting.WORKING:
        return working_days_after(day, rule.period)
    days = rule.period * (DAYS_OF_A_WEEK if rule.unit is Unit.WEEKS else 1)
    return begins_with(day, days) if rule.counting is Counting.BEGINS_WITH else excludes(day, days)
