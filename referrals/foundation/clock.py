"""The one clock of the service: every time in it is read here, so that a test can move it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def _system_time() -> datetime:
    return datetime.now(UTC)


_source: Callable[[], datetime] = _system_time


def now() -> datetime:
    """The present moment, timezone-aware, in UTC."""
    return _source()


def today() -> date:
    """The calendar day in London, which is the day people here mean."""
    return local_day(now())


def local_day(moment: datetime) -> date:
    """The London calendar day on which an aware moment falls."""
    return moment.astimezone(LONDON).date()


def run_ahead(by: timedelta) -> None:
    """Let the clock run so much ahead of the system's, or behind it, from now on. For tests."""
    global _source  # noqa: PLW0603 - there is one clock, and this is one of the two places that move it

    def ahead() -> datetime:
        return _system_time() + by

    _source = ahead


@contextmanager
def clock_at(moment: datetime, step: timedelta = timedelta(0)) -> Iterator[None]:
    """Stand the clock at an aware moment for the block; each reading moves it on by `step`. For tests and demo data."""
    global _source  # noqa: PLW0603 - there is one clock, and this is one of the two places that move it
    if moment.tzinfo is None:
        raise ValueError("the clock takes timezone-aware moments only")
    before, current = _source, moment

    def standing() -> datetime:
        nonlocal current
        reading = current
        current += step
        return reading

    _source = standing
    try:
        yield
    finally:
        _source = before
