"""A letter that the group reads is news: it waits anew before it may ask for any."""

from datetime import timedelta

from flask import Flask

from referrals.casework import clocks, queries
from referrals.casework.models import Referral
from referrals.correspondence import actions
from referrals.correspondence.models import Letter
from referrals.foundation.clock import clock_at, local_day, now
from referrals.foundation.database import db, transaction
from tests.correspondence.writing import reachable, send, write
from tests.people import CASEWORKER, VOLUNTEER

LATER = timedelta(days=21)


def asked_from(referral: Referral) -> object:
    """From which day the group may ask for news."""
    db.session.rollback()
    found = queries.referral(referral.id, VOLUNTEER.viewer)
    news = queries.any_news(found, VOLUNTEER.viewer)
    return news.next_on([*queries.timeline(found, VOLUNTEER.viewer), *news.timeline()])


def ten_days_after(moment: object) -> object:
    return clocks.add_working_days(local_day(moment), 10)  # type: ignore[arg-type]


def test_it_counts_once_the_group_may_read_it(app: Flask) -> None:
    start = now()
    with clock_at(start):
        referral = reachable()
    with clock_at(start + LATER):
        letter = write(referral, "holding_resident", "post")
        send(letter)
    assert asked_from(referral) == ten_days_after(start)
    with clock_at(start + 2 * LATER), transaction():
        actions.share_letter(db.session.get_one(Letter, letter.id), by=CASEWORKER.viewer)
    assert asked_from(referral) == ten_days_after(start + 2 * LATER)
