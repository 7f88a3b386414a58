"""Where reports look: those of a period into sums alone, those of this moment into indexes alone, on both databases.

What a database does with few rows says little of what it does with many, so PostgreSQL is told to use an index wherever
one serves; what it still reads from end to end then, it could not find in any.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, text

from referrals.foundation.clock import clock_at
from referrals.foundation.database import db
from referrals.reporting import catalogue
from tests import people
from tests.people import Someone
from tests.reporting import making

OWNERS = (people.MANAGER, people.LEAD)
# What is of this moment, and since when there is anything at all, is read from referrals themselves.
OF_THIS_MOMENT = ("outcomes", "decisions", "waiting", "work", "workload", "patterns", "consents")
WITHOUT_SUMS = ("work", "patterns")
# Tables of casework that grow with the referrals.
CASEWORK = {
    *("consents", "enquiries", "later_answers", "money_rows", "moves", "outcome_codes", "outcomes", "referrals"),
}


@pytest.fixture(autouse=True)
def _late_in_2026(app: Flask) -> Iterator[None]:
    with clock_at(making.NOW):
        yield


@contextmanager
def asked() -> Iterator[list[tuple[str, Any]]]:
    """Every question to the database meanwhile, with what was filled in."""
    found: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_rest: Any) -> None:
        found.append((statement, parameters))

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


def questions(name: str, person: Someone) -> list[tuple[str, Any]]:
    """What building a report asks."""
    is_present = catalogue.REPORTS[name].is_present
    request = catalogue.request(name, None if is_present else "all", person.viewer)
    with asked() as found:
        request.entry.build(request.scope, request.period)
    db.session.rollback()
    return found


def steps_in(table: str, statement: str, parameters: Any) -> list[str]:
    """How the database would look into a table, with an index wherever one serves."""
    with db.engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters).all()
            return [str(row[-1]) for row in rows if re.match(rf"(SEARCH|SCAN) {table}\b", str(row[-1]))]
        for kind in ("seqscan", "bitmapscan"):
            connection.execute(text(f"SET LOCAL enable_{kind} = off"))
        rows = connection.exec_driver_sql(f"EXPLAIN {statement}", parameters).all()
        return [str(row[0]) for row in rows if re.search(rf"Scan\b.* on {table}\b", str(row[0]))]


def tables(statement: str) -> set[str]:
    """The tables a question names."""
    return set(re.findall(r"(?:FROM|JOIN) \(?([a-z_]+)", statement))


@pytest.mark.parametrize("name", [name for name in catalogue.REPORTS if name not in WITHOUT_SUMS])
@pytest.mark.parametrize("person", OWNERS, ids=lambda person: person.role)
def test_sums_are_found_by_their_owner_and_measure(name: str, person: Someone) -> None:
    if person.viewer.side not in catalogue.REPORTS[name].sides:
        return
    making.scatter(60, 1).write()
    read = [one for one in questions(name, person) if "report_sums" in tables(one[0])]
    assert read
    for question in read:
        steps = steps_in("report_sums", *question)
        assert steps
        for step in steps:
            by_key = "SEARCH report_sums USING PRIMARY KEY (owner_id=? AND measure=?"
            assert by_key in step or "Index Scan using pk_report_sums" in step, (question[0], step)


def test_only_what_is_of_this_moment_is_read_from_casework() -> None:
    making.scatter(60, 1).write()
    for person in OWNERS:
        for name, entry in catalogue.REPORTS.items():
            if person.viewer.side in entry.sides:
                read = [CASEWORK & tables(statement) for statement, _ in questions(name, person)]
                assert set().union(*read) <= ({"referrals"} if name in OF_THIS_MOMENT else set()), name


@pytest.mark.parametrize("name", OF_THIS_MOMENT)
@pytest.mark.parametrize("person", OWNERS, ids=lambda person: person.role)
def test_referrals_are_counted_from_indexes_alone(name: str, person: Someone) -> None:
    making.scatter(60, 1).write()
    read = [one for one in questions(name, person) if "referrals" in tables(one[0])]
    assert read
    for statement, parameters in read:
        steps = steps_in("referrals", statement, parameters)
        assert steps
        for step in steps:
            if db.engine.dialect.name == "postgresql":
                # Of few rows it takes any index; which one it takes of many is for the benchmark to show.
                assert "Index" in step, (statement, step)
            else:
                # What is erased is asked of drafts alone, of which a group has few.
                assert "USING COVERING INDEX" in step or "erased_at" in statement, (statement, step)
