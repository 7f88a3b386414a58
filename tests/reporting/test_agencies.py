"""The agency reply ledger: counted again in plain Python over random enquiries, and read by an attacker."""

import dataclasses
import random
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from itertools import groupby
from statistics import median
from typing import Any

import pytest
from flask import Flask

from referrals.casework.clocks import add_working_days
from referrals.casework.models import Enquiry
from referrals.directory import lists
from referrals.directory import queries as directory
from referrals.foundation.clock import clock_at
from referrals.foundation.database import db, transaction
from referrals.foundation.errors import NotAllowed, NotFound
from referrals.foundation.ids import new_id
from referrals.reporting import actions, catalogue
from referrals.reporting.disclosure import OWNER
from referrals.reporting.formats.as_csv import to_csv
from referrals.reporting.report import Report, Table
from tests import people
from tests.people import Someone
from tests.reporting import making
from tests.reporting.attacking import Cell, Sum, known, narrowed

Row = dict[str, Any]
TODAY = making.NOW.date()
ANSWERS = {"answered_in_full", "answered_in_part", "refused", "passed_on"}
CODES = ("dwp", "hmrc", "home_office", "ealing_council", "nhs_hospital_trust", "private_landlord")
THRESHOLD = 10


@pytest.fixture(autouse=True)
def _late_in_2026(app: Flask) -> Iterator[None]:
    with clock_at(making.NOW):
        with transaction():
            lists.load_lists()
        yield


def scatter(referrals: int, seed: int, **where: Any) -> list[Row]:
    """Random enquiries on random referrals, written, each with its referral's group and state beside it."""
    made, chance = making.scatter(referrals, seed, **where).write(), random.Random(seed)
    bodies = {body.code: body.id for body in directory.agencies()}
    rows: list[Row] = []
    for referral in made.referrals:
        number = chance.choice((0, 1, 1, 2, 4)) if referral["submitted_at"] else 0
        rows += [_enquiry(referral, chance) for _ in range(number)]
    columns = {column.name for column in Enquiry.__table__.columns}
    written = [
        {name: value for name, value in row.items() if name in columns} | {"agency_id": bodies[row["code"]]}
        for row in rows
    ]
    db.session.rollback()
    with db.engine.begin() as connection:
        connection.execute(Enquiry.__table__.insert(), written)
    making.count_from_nothing()
    return rows


def _enquiry(referral: Row, chance: random.Random) -> Row:
    code = chance.choices(CODES, (12, 5, 3, 6, 3, 1))[0]
    sent = min(referral["submitted_at"].date() + timedelta(days=chance.randint(0, 90)), TODAY)
    result = chance.choice((*sorted(ANSWERS), "answered_in_full", "no_reply", "withdrawn", None, None))
    target = lists.item("agencies", code).target
    return {
        "id": new_id(),
        "referral_id": referral["id"],
        "office_id": referral["office_id"],
        "code": code,
        "channel": "email",
        "sent_on": sent,
        "due_on": sent + timedelta(days=28),
        "target_on": add_working_days(sent, target.days) if target else None,
        "ended_on": min(sent + timedelta(days=chance.randint(0, 60)), TODAY) if result else None,
        "result": result,
        "sent_by_id": people.CASEWORKER.id,
        "role": "caseworker",
        "created_at": making.NOW,
        "group_id": referral["group_id"],
        "state": referral["state"],
    }


def counted(rows: list[Row], person: Someone, first: date | None, last: date) -> dict[str, tuple[Any, ...]]:
    """What the ledger should say of each body and of all: the columns of both tables, in their order."""
    if person is people.MANAGER:
        mine = [row for row in rows if row["office_id"] == person.place.id]
    else:
        reached = [row for row in rows if row["group_id"] == people.WHITE_CITY.id]
        reached = [row for row in reached if row["state"] not in ("draft", "entered_in_error")]
        order = sorted(reached, key=lambda row: (row["referral_id"], row["code"], row["sent_on"], row["id"]))
        mine = [next(same) for _, same in groupby(order, key=lambda row: (row["referral_id"], row["code"]))]
    mine = [row for row in mine if (first is None or first <= row["sent_on"]) and row["sent_on"] <= last]
    places = {code: [row for row in mine if row["code"] == code] for code in CODES}
    return {code: _line(found) for code, found in {**places, "": mine}.items() if found}


def _line(rows: list[Row]) -> tuple[Any, ...]:
    answered = [row for row in rows if row["result"] in ANSWERS]
    waiting = [row for row in rows if row["ended_on"] is None]
    due = [
        row
        for row in rows
        if row["target_on"] and (row in answered or (row["result"] in (None, "no_reply") and row["target_on"] < TODAY))
    ]
    kept = [row for row in due if row in answered and row["ended_on"] <= row["target_on"]]
    days = [(row["ended_on"] - row["sent_on"]).days for row in answered]
    so_far = [(TODAY - row["sent_on"]).days for row in waiting]
    return (
        median(days) if days else None,
        len(rows),
        len(answered),
        len(waiting),
        median(so_far) if so_far else None,
        len(rows) - len(answered) - len(waiting),
        len(due),
        len(kept),
    )


def report(person: Someone, period: str | None = None, *, bare: bool = True) -> Report:
    """The ledger as the person reads it, or, `bare`, with nothing hidden."""
    with transaction():
        asked = actions.read_report("agencies", period, by=person.viewer)
    if bare:
        asked = dataclasses.replace(asked, scope=dataclasses.replace(asked.scope, profile=OWNER))
    return asked.build()


def table(found: Report, key: str) -> Table:
    return next(one for one in found.tables if one.key == key)


PERIODS = {"2026-q1": (date(2026, 1, 1), date(2026, 3, 31)), "2026-q2": (date(2026, 4, 1), date(2026, 6, 30))}


@pytest.mark.parametrize("person", [people.MANAGER, people.COORDINATOR], ids=lambda person: person.role)
@pytest.mark.parametrize("period", [None, *PERIODS])
@pytest.mark.parametrize("seed", [1, 2])
def test_every_number_is_that_of_the_rows(app: Flask, person: Someone, period: str | None, seed: int) -> None:
    rows = scatter(160, seed)
    asked = catalogue.request("agencies", period, person.viewer)
    again = counted(rows, person, asked.period.first, asked.period.last)
    found = report(person, period)
    days, target = table(found, "days"), table(found, "target")
    assert {row.label: row.values for row in days.rows} == {
        lists.label("agencies", code): line[:6] for code, line in again.items() if code
    }
    assert days.total is not None
    assert days.total.values == again[""][:6]
    expected = {code: line[6:] for code, line in again.items() if code and line[6]}
    assert {row.label: row.values[2:] for row in target.rows} == {
        lists.label("agencies", code): line for code, line in expected.items()
    }
    for row in target.rows:
        share, working_days, promised, kept = row.values
        assert working_days == 20
        assert isinstance(promised, int)
        assert isinstance(kept, int)
        assert share == int(Decimal(100 * kept) / promised + Decimal("0.5"))


def test_a_body_without_a_published_target_says_so(app: Flask) -> None:
    scatter(80, 4)
    found = report(people.MANAGER)
    target = table(found, "target")
    assert "Ealing Council" not in {row.label for row in target.rows}
    assert target.note is not None
    assert "Ealing Council" in target.note
    sources = " ".join(one.words for one in found.definitions)
    assert "Cabinet Office guidance" in sources
    assert "caseworker guidance" in sources


def counts_of(found: Report, labels: list[str]) -> dict[Cell, Any]:
    """Each count of the first table by line and measure; a line that is left out is hidden."""
    days = table(found, "days")
    assert days.total is not None
    shown = {row.label: row.values for row in (*days.rows, days.total)}
    measures = {"sent": 1, "answered": 2, "waiting": 3, "given up": 5}
    return {
        (label, name): shown[label][place] if label in shown else None
        for label in (*labels, days.total.label)
        for name, place in measures.items()
    }


@pytest.mark.parametrize(("referrals", "seed"), [(30, 1), (90, 2), (200, 3), (450, 4)])
def test_no_small_count_can_be_worked_out(app: Flask, referrals: int, seed: int) -> None:
    scatter(referrals, seed, groups=(people.WHITE_CITY,))
    bare, shown = report(people.COORDINATOR), report(people.COORDINATOR, bare=False)
    labels = [row.label for row in table(bare, "days").rows]
    truth, published = counts_of(bare, labels), counts_of(shown, labels)
    everything = "All bodies"
    sums = [Sum((everything, name), tuple((label, name) for label in labels)) for _, name in list(truth)[:4]]
    sums += [
        Sum((label, "sent"), ((label, "answered"), (label, "waiting"), (label, "given up")))
        for label in (*labels, everything)
    ]
    ranges = narrowed(known(truth, published, THRESHOLD, most=3000), sums)
    for cell, value in truth.items():
        if value < THRESHOLD:
            assert published[cell] is None
            low, high = ranges[cell]
            assert high - low + 1 >= THRESHOLD // 2, f"{cell} lies between {low} and {high}"
        elif published[cell] is not None:
            assert published[cell] % 5 == 0
            assert abs(published[cell] - value) <= 2
    for row in table(shown, "days").rows:
        assert row.values[0] is None or row.values[2] is not None
        assert row.values[4] is None or row.values[3] is not None
    for row in table(shown, "target").rows:
        assert row.values[0] is None or None not in row.values[2:]


def test_an_office_counts_its_own_and_a_coordinator_the_own_programme(app: Flask) -> None:
    scatter(120, 5, groups=(people.WHITE_CITY,), offices=(people.HAMMERSMITH,))
    assert not report(people.MANAGER).is_empty
    assert report(people.OTHER_MANAGER).is_empty
    assert not report(people.COORDINATOR, bare=False).is_empty
    assert report(people.OTHER_COORDINATOR, bare=False).is_empty


def test_a_coordinator_reads_of_whole_quarters_that_are_over(app: Flask) -> None:
    with pytest.raises(NotFound):
        catalogue.request("agencies", "2026-q4", people.COORDINATOR.viewer)
    assert catalogue.request("agencies", None, people.COORDINATOR.viewer).period.last == date(2026, 9, 30)


def test_a_group_has_no_such_report(app: Flask) -> None:
    assert "agencies" not in [entry.name for entry in catalogue.reports_for(people.LEAD.viewer)]
    with pytest.raises(NotFound):
        catalogue.request("agencies", None, people.LEAD.viewer)
    with pytest.raises(NotAllowed):
        catalogue.request("agencies", None, people.CASEWORKER.viewer)


def test_the_spreadsheet_has_every_number(app: Flask) -> None:
    scatter(80, 6)
    found = report(people.MANAGER)
    lines = to_csv(found).decode("utf-8-sig").splitlines()
    assert len(lines) == 1 + sum(len(one.columns) * (len(one.rows) + (one.total is not None)) for one in found.tables)
    assert any("Department for Work and Pensions,Median days,days," in line for line in lines)


def test_without_any_enquiry_it_is_empty(app: Flask) -> None:
    making.scatter(20, 7).write()
    assert report(people.MANAGER).is_empty
