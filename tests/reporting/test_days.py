"""London days and months in SQL: as the time zone database has them, also around midnight and when the clocks turn."""

import random
from datetime import UTC, datetime, timedelta

from flask import Flask
from sqlalchemy import select, update

from referrals.casework.models import Referral
from referrals.foundation.clock import local_day
from referrals.foundation.database import db
from referrals.reporting.days import day_number, london_day_number, month_number, month_of
from tests.reporting import making

TURNS = (datetime(2025, 3, 30, tzinfo=UTC), datetime(2026, 10, 25, tzinfo=UTC), datetime(2027, 3, 28, tzinfo=UTC))
HOURS = range(-50, 50)


def test_london_days_and_dates_as_numbers(app: Flask) -> None:
    chance = random.Random(8)
    moments = [turn + timedelta(minutes=30 * hour) for turn in TURNS for hour in HOURS]
    moments += [datetime(2000, 1, 1, tzinfo=UTC) + timedelta(seconds=chance.randrange(10**9)) for _ in range(300)]
    made = making.scatter(len(moments), 1).write()
    with db.engine.begin() as connection:
        for row, moment in zip(made.referrals, moments, strict=True):
            values = {"submitted_at": moment, "waiting_since": local_day(moment)}
            connection.execute(update(Referral).where(Referral.id == row["id"]).values(values))
    at = Referral.submitted_at
    query = select(at, london_day_number(at), day_number(Referral.waiting_since), month_number(london_day_number(at)))
    start = datetime(2000, 1, 1, tzinfo=UTC).date()
    for moment, by_moment, by_date, month in db.session.execute(query):
        assert month == month_of(local_day(moment))
        assert by_moment == by_date == (local_day(moment) - start).days
