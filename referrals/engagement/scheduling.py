"""When a meeting is: a day and a time as London's clocks show them, and the day of the next of a series."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from referrals.casework.clocks import is_working_day
from referrals.foundation.clock import LONDON, local_day

# In whole weeks, so that it stays on the same day of the week.
WEEKS: Final = {"monthly": 4, "quarterly": 13, "half_yearly": 26}
WEEK: Final = timedelta(weeks=1)


def moment_of(day: date, at: time) -> datetime | None:
    """The moment of a day and a time in London; None in the hour that is left out when the clocks go forward."""
    moment = datetime.combine(day, at, LONDON).astimezone(UTC)
    return moment if moment.astimezone(LONDON).time() == at else None


def next_day(starts_at: datetime, rhythm: str) -> date | None:
    """On which day the next one would be: a week later where that is a bank holiday; None for what is held once."""
    if rhythm not in WEEKS:
        return None
    before = local_day(starts_at)
    found = before + WEEKS[rhythm] * WEEK
    # Who meets on a Saturday does so on purpose.
    while is_working_day(before) and not is_working_day(found):
        found += WEEK
    return found
