"""When ordinary mail may come to a person: after their quiet hours, and for a digest at the hour they chose.

Hours are read from London's clocks. Where the clocks go forward, an hour that there is not begins where it would have;
where they go back, an hour that comes twice begins with the first.
"""

from datetime import UTC, date, datetime, time, timedelta
from typing import Final, Protocol

from referrals.foundation.clock import LONDON

SATURDAY: Final = 5


class Quiet(Protocol):
    """What a wish says of quiet hours."""

    @property
    def quiet_from(self) -> int | None:
        """The full hour they begin; None without any."""

    @property
    def quiet_until(self) -> int | None:
        """The full hour they end."""

    @property
    def quiet_weekends(self) -> bool:
        """Whether Saturdays and Sundays are quiet."""


def is_quiet(wish: Quiet, moment: datetime) -> bool:
    """Whether ordinary mail waits at this aware moment."""
    local = moment.astimezone(LONDON)
    return _is_weekend(wish, local) or hour_is_quiet(wish, local.hour)


def hour_is_quiet(wish: Quiet, hour: int) -> bool:
    """Whether an hour of a working day is one of the quiet ones."""
    begin, end = wish.quiet_from, wish.quiet_until
    if begin is None or end is None or begin == end:
        return False
    return begin <= hour < end if begin < end else hour >= begin or hour < end


def after_quiet(wish: Quiet, moment: datetime) -> datetime:
    """The moment itself, in UTC, or the end of the quiet hours it falls into."""
    while is_quiet(wish, moment):
        local = moment.astimezone(LONDON)
        if _is_weekend(wish, local):
            moment = at_hour(local.date() + timedelta(days=7 - local.weekday()), 0)
        else:
            end = wish.quiet_until or 0
            moment = at_hour(local.date() + timedelta(days=1 if local.hour >= end else 0), end)
    return moment.astimezone(UTC)


def last_digest(wish: Quiet, hour: int, now: datetime) -> tuple[date, datetime]:
    """The latest day whose digest is due by now, and since when: at its hour, or at the end of the quiet hours then."""
    day = now.astimezone(LONDON).date()
    # The quiet hours end within days, so that one of them is due.
    while (due := after_quiet(wish, at_hour(day, hour))) > now:
        day -= timedelta(days=1)
    return day, due


def at_hour(day: date, hour: int) -> datetime:
    """The moment in UTC at which this hour of London begins on this day."""
    return datetime.combine(day, time(hour), LONDON).astimezone(UTC)


def _is_weekend(wish: Quiet, local: datetime) -> bool:
    return wish.quiet_weekends and local.weekday() >= SATURDAY
