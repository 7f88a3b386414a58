"""Quiet hours: ordinary mail waits for their end and never longer, over midnights, weekends and changing clocks."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest

from referrals.foundation.clock import LONDON
from referrals.notifications.quiet_hours import after_quiet, at_hour, hour_is_quiet, is_quiet, last_digest

QUARTER = timedelta(minutes=15)
# The last Sundays of March and October, when the clocks change, with a day before and after.
CHANGES = (date(2026, 3, 29), date(2026, 10, 25))


@dataclass(frozen=True)
class Wish:
    quiet_from: int | None = None
    quiet_until: int | None = None
    quiet_weekends: bool = False


def london(text: str) -> datetime:
    """A moment as London's clocks show it."""
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


@pytest.mark.parametrize(
    ("wish", "moment", "end"),
    [
        (Wish(), "2026-11-25T23:00", "2026-11-25T23:00"),
        (Wish(19, 8), "2026-11-25T18:59", "2026-11-25T18:59"),
        (Wish(19, 8), "2026-11-25T19:00", "2026-11-26T08:00"),
        (Wish(19, 8), "2026-11-26T03:00", "2026-11-26T08:00"),
        (Wish(19, 8), "2026-11-26T08:00", "2026-11-26T08:00"),
        (Wish(12, 14), "2026-11-26T13:30", "2026-11-26T14:00"),
        (Wish(19, 0), "2026-11-26T23:30", "2026-11-27T00:00"),
        # Friday evening, with quiet weekends: Monday morning.
        (Wish(19, 8, True), "2026-11-27T20:00", "2026-11-30T08:00"),
        (Wish(quiet_weekends=True), "2026-11-28T11:00", "2026-11-30T00:00"),
        (Wish(quiet_weekends=True), "2026-11-27T23:59", "2026-11-27T23:59"),
        # Saturday to Sunday, when the night is an hour shorter, or longer.
        (Wish(22, 7), "2026-03-28T23:00", "2026-03-29T07:00"),
        (Wish(22, 7), "2026-10-24T23:00", "2026-10-25T07:00"),
        # The hour in which it would end does not come that night.
        (Wish(22, 1), "2026-03-29T00:30", "2026-03-29T02:00"),
        # Nine in the evening is not the same moment in winter as in summer.
        (Wish(21, 6), "2026-07-01T20:30", "2026-07-01T20:30"),
    ],
)
def test_mail_waits_for_the_end(wish: Wish, moment: str, end: str) -> None:
    assert after_quiet(wish, london(moment)) == london(end).astimezone(UTC)


@pytest.mark.parametrize("changing", CHANGES)
@pytest.mark.parametrize("weekends", [False, True])
def test_it_never_waits_longer_than_it_must(changing: date, weekends: bool) -> None:
    begin = at_hour(changing - timedelta(days=1), 0)
    moments = [begin + QUARTER * step for step in range(3 * 96)]
    for first in range(0, 24, 6):
        for last in range(1, 24, 2):
            wish = Wish(first, last, weekends)
            end = None
            for moment in reversed(moments):
                if not is_quiet(wish, moment):
                    end = moment
                    assert after_quiet(wish, moment) == moment
                elif end is not None:
                    # The first quarter of an hour after it that is not quiet.
                    assert after_quiet(wish, moment) == end, (wish, moment)


def test_the_same_hour_twice_is_no_quiet_hour() -> None:
    assert not any(hour_is_quiet(Wish(8, 8), hour) for hour in range(24))


@pytest.mark.parametrize(
    ("wish", "hour", "now", "day"),
    [
        (Wish(), 8, "2026-11-25T07:59", "2026-11-24"),
        (Wish(), 8, "2026-11-25T08:00", "2026-11-25"),
        (Wish(), 0, "2026-11-25T00:00", "2026-11-25"),
        # On a quiet weekend nothing is due; Sunday's comes on Monday, as soon as that begins.
        (Wish(quiet_weekends=True), 8, "2026-11-29T12:00", "2026-11-27"),
        (Wish(20, 7, True), 18, "2026-11-30T06:59", "2026-11-27"),
        (Wish(20, 7, True), 18, "2026-11-30T07:00", "2026-11-29"),
        # An hour that is not there that day, and one that is there twice.
        (Wish(), 1, "2026-03-29T02:00", "2026-03-29"),
        (Wish(), 1, "2026-03-29T00:59", "2026-03-28"),
        (Wish(), 1, "2026-10-25T01:00", "2026-10-25"),
    ],
)
def test_the_digest_of_a_day_is_due_at_its_hour(wish: Wish, hour: int, now: str, day: str) -> None:
    assert last_digest(wish, hour, london(now))[0] == date.fromisoformat(day)


@pytest.mark.parametrize("changing", CHANGES)
@pytest.mark.parametrize("hour", range(24))
def test_each_day_has_one_digest_also_when_the_clocks_change(changing: date, hour: int) -> None:
    begin, end = (at_hour(changing + timedelta(days=days), 0) for days in (-1, 2))
    due = [last_digest(Wish(), hour, begin + QUARTER * step)[0] for step in range((end - begin) // QUARTER)]
    assert due == sorted(due)
    assert len(set(due)) == (3 if hour == 0 else 4)
