"""`flask reports`: counting from nothing, going on after a stop, and finding what differs."""

import pytest
from flask import Flask
from sqlalchemy import update

from referrals.casework.models import Referral
from referrals.foundation.database import db, transaction
from referrals.reporting.summaries import keeping
from referrals.reporting.summaries.models import ReportSum
from tests.casework import cases
from tests.people import CASEWORKER
from tests.reporting import making


def run(app: Flask, command: str) -> tuple[int, str]:
    result = app.test_cli_runner().invoke(args=["reports", command])
    db.session.remove()
    return result.exit_code, str(result.output)


@pytest.fixture
def counted(app: Flask) -> Flask:
    making.scatter(60, 1).write()
    return app


def test_all_is_well(counted: Flask) -> None:
    assert run(counted, "check") == (0, "Every sum is that of the referrals behind it.\n")


def test_what_differs_is_told_and_mended(counted: Flask) -> None:
    with db.engine.begin() as connection:
        connection.execute(update(ReportSum).where(ReportSum.measure == "received").values(number=77))
        connection.execute(update(Referral).where(Referral.category == "housing").values(category="other"))
    code, words = run(counted, "check")
    assert code == 1
    assert "sums differ. Count them again: flask reports rebuild" in words
    assert run(counted, "rebuild") == (0, "60 referrals counted. Every report is up to date.\n")
    assert run(counted, "check")[0] == 0


def test_a_count_that_was_stopped_goes_on(counted: Flask) -> None:
    with transaction():
        keeping.begin()
        keeping.step(25)
    assert run(counted, "check")[0] == 1
    assert run(counted, "rebuild") == (0, "35 referrals counted. Every report is up to date.\n")
    assert run(counted, "check")[0] == 0


def test_what_changed_is_counted_before_it_is_checked(counted: Flask) -> None:
    cases.do(cases.make_referral("submitted"), "accept", CASEWORKER)
    assert run(counted, "check")[0] == 0
