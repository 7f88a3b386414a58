"""The steps of an impact report in the browser: who may approve it, and that it takes a second person."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from sqlalchemy import select

from referrals.foundation.clock import clock_at
from referrals.foundation.database import db
from referrals.publishing.models import ImpactReport
from tests import people
from tests.plugins.visitors import Visitor
from tests.publishing import reports
from tests.reporting import making

Visit = Callable[..., Visitor]


@pytest.fixture(autouse=True)
def late_in_2026() -> Iterator[None]:
    with clock_at(making.NOW):
        yield


def only_report() -> ImpactReport:
    db.session.rollback()
    return db.session.scalars(select(ImpactReport)).one()


def address(report: ImpactReport) -> str:
    return f"/impact/{report.id}"


class TestSecondPerson:
    def test_who_wrote_it_is_told_who_can_approve(self, app: Flask, visit: Visit) -> None:
        second = reports.promote()
        report = reports.finish(reports.begin())
        page = visit(people.LEAD).get(address(report)).text
        assert f"A second person approves it: {second.name}." in page
        assert "/approve" not in page
        answer = visit(people.LEAD).post(f"{address(report)}/approve")
        assert answer.status_code == 403
        assert only_report().state == "draft"

    def test_the_second_person_approves(self, app: Flask, visit: Visit) -> None:
        second = reports.promote()
        report = reports.finish(reports.begin())
        browser = visit(second)
        assert "You are the second person to look at it" in browser.get(address(report)).text
        assert browser.send(f"{address(report)}/approve").status_code == 303
        assert "by a second person at" in browser.get(address(report)).text
