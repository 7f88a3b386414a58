"""Random referrals with issues, bodies and marks in common, and the people behind them counted in plain Python."""

import random
from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID

from referrals.casework.models import MatchToken
from referrals.directory import lists
from referrals.directory import queries as directory
from referrals.foundation.database import db, transaction
from tests import people
from tests.people import Place
from tests.reporting import making
from tests.reporting.counting import day
from tests.reporting.making import Made

Row = dict[str, Any]
TODAY = making.NOW.date()
ISSUES = ("damp_and_mould", "universal_credit")
BODIES = ("dwp", "housing_association", None)
# The White City group and Thurcroft are in different programmes; here both are in the first.
GROUPS = (people.WHITE_CITY, people.THURCROFT)


def body_ids() -> dict[str | None, UUID | None]:
    with transaction():
        lists.load_lists()
    return {body.code: body.id for body in directory.agencies()} | {None: None}


def scatter(count: int, seed: int, places: tuple[Place, ...] = GROUPS) -> tuple[Made, dict[UUID, set[bytes]]]:
    """Random referrals of the last year, written, and the marks of each."""
    ids = body_ids()
    made, chance = making.scatter(count, seed, groups=places), random.Random(seed)
    marks: dict[UUID, set[bytes]] = {}
    for row in made.referrals:
        row["issue_type"], row["agency_id"] = chance.choice(ISSUES), ids[chance.choice(BODIES)]
        if row["submitted_at"]:
            # Around the first minutes of days in winter and in summer, where London and UTC differ.
            row["submitted_at"] = making.NOW - timedelta(days=chance.randint(0, 260), minutes=chance.randint(0, 1500))
        drawn = chance.sample(range(count), chance.choice((0, 0, 1, 1, 2)))
        # Erased referrals have lost their marks.
        row["erased_at"] = making.NOW if row["submitted_at"] and chance.random() < 0.1 else None
        marked = row["submitted_at"] and not row["erased_at"]
        marks[row["id"]] = {number.to_bytes(16, "big") for number in drawn} if marked else set()
    made.write()
    rows = [{"token": mark, "referral_id": one} for one, found in marks.items() for mark in found]
    with db.engine.begin() as connection:
        if rows:
            connection.execute(MatchToken.__table__.insert(), rows)  # type: ignore[attr-defined]
    return made, marks


def people_behind(rows: Iterable[Row], marks: dict[UUID, set[bytes]]) -> list[set[UUID]]:
    """The referrals of each person: those that have a mark in common, directly or through others."""
    circles: list[tuple[set[UUID], set[bytes]]] = []
    for row in rows:
        mine, ids = set(marks[row["id"]]), {row["id"]}
        apart = []
        for other_ids, other_marks in circles:
            if other_marks & mine:
                ids, mine = ids | other_ids, mine | other_marks
            else:
                apart.append((other_ids, other_marks))
        circles = [*apart, (ids, mine)]
    return [ids for ids, _ in circles]


def cells(rows: Iterable[Row], last: Any) -> dict[tuple[str, UUID, UUID], list[Row]]:
    """The rows up to a day by issue, body and office; none without a body, not sent, sent by mistake, or erased."""
    found: dict[tuple[str, UUID, UUID], list[Row]] = defaultdict(list)
    for row in rows:
        counts = row["submitted_at"] and row["state"] != "entered_in_error" and row["agency_id"]
        if counts and not row["erased_at"] and day(row["submitted_at"]) <= last:
            found[row["issue_type"], row["agency_id"], row["office_id"]].append(row)
    return found


def step(count: int, threshold: int) -> int:
    """As a number is shown: to the nearest five, and never under the threshold."""
    return max(threshold, 5 * round(count / 5))
