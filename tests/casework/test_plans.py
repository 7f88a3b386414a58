"""Plans: with a crowd of referrals in the tables, every list and search is read from an index, and sorts nothing."""

from datetime import timedelta
from functools import partial
from random import randbytes
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import Table, insert, text

from referrals.casework import queries
from referrals.casework.models import Referral, SearchToken
from referrals.foundation import clock
from referrals.foundation.database import db
from referrals.foundation.ids import new_id
from referrals.foundation.sealing import indexer
from tests import people
from tests.casework.test_queue import statements
from tests.people import CASEWORKER, HAMMERSMITH, LEAD, MANAGER, VOLUNTEER, WHITE_CITY

CROWD = 4000
# A referral has some forty words; a few are enough for a planner to see that one word is not half of all.
RARE = 10
REFERRALS: Table = Referral.__table__  # type: ignore[assignment]
TOKENS: Table = SearchToken.__table__  # type: ignore[assignment]


def crowd() -> None:
    """Thousands of plain rows: nine of ten have ended; of the open ones a few are nobody's, a few the caseworker's."""
    rows = [row(number) for number in range(CROWD)]
    connection = db.session.connection()
    connection.execute(insert(REFERRALS), rows)
    tokens = [token for number, made in enumerate(rows) for token in words(made["id"], number)]
    connection.execute(insert(TOKENS), tokens)
    db.session.commit()
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as other:
        # Rows that other tests left dead make tables and indexes look larger than they are.
        if other.dialect.name == "postgresql":
            other.execute(text("VACUUM FULL referrals, search_tokens"))
        other.execute(text("ANALYZE"))


def row(number: int) -> dict[str, Any]:
    moment = clock.now() - timedelta(hours=number)
    is_open = number % 10 == 0
    assignee = [None, CASEWORKER.id, *[MANAGER.id] * 8][number // 10 % 10]
    return {
        "id": new_id(moment),
        "reference": f"T-{number}",
        "group_id": WHITE_CITY.id if number % 3 else people.THURCROFT.id,
        "office_id": HAMMERSMITH.id if number % 2 == 0 else people.EALING.id,
        "created_by_id": (VOLUNTEER if number % 5 else people.SECOND_VOLUNTEER).id,
        "assignee_id": assignee,
        "state": "in_progress" if is_open else "closed",
        "waiting_on": "office" if is_open else None,
        "waiting_on_since": moment if is_open else None,
        "due_on": clock.today() + timedelta(days=number % 60) if is_open else None,
        # One in forty of the open ones is not planned.
        "next_action_on": clock.today() if is_open and number % 400 else None,
        "next_action_sealed": b"sealed" if is_open else None,
        # As wide as a real row: a planner would rather read a small table as a whole.
        "story_sealed": b"sealed" * 250,
        # Every tenth of the open ones has a limit, some gone and some far away.
        "limit_on": clock.today() + timedelta(days=number // 100 % 60 - 5) if number % 100 == 0 else None,
        "ended_at": None if is_open else moment,
        "trusted_body_conflict": False,
        "created_at": moment,
        "updated_at": moment,
        "submitted_at": moment,
        "version": 1,
    }


def words(referral_id: UUID, number: int) -> list[dict[str, Any]]:
    """A surname of which there are a hundred, a word that everybody used, and words that nobody else did."""
    names = indexer().tokens_for_name(HAMMERSMITH.id, f"Name{number % 100}")[-1:]
    common = indexer().tokens_for_text(HAMMERSMITH.id, "benefit")
    at = {"organisation_id": HAMMERSMITH.id, "referral_id": referral_id}
    rare = [at | {"token": randbytes(16)} for _ in range(RARE)]
    return [at | {"token": names[0]}, at | {"token": common[0]}, *rare]


def explain(statement: str, parameters: Any) -> str:
    """The plan of a statement, as the database tells it."""
    connection = db.session.connection()
    how = "EXPLAIN" if connection.dialect.name == "postgresql" else "EXPLAIN QUERY PLAN"
    found = connection.exec_driver_sql(f"{how} {statement}", parameters)
    return "\n".join(str(row[0] if len(row) == 1 else row[3]) for row in found)


def scans(plan: str, table: str) -> bool:
    """Whether the plan reads a whole table."""
    return f"Seq Scan on {table}" in plan or any(
        line.startswith(f"SCAN {table}") and "INDEX" not in line for line in plan.splitlines()
    )


def plans_of(read: Any, *given: Any, tables: tuple[str, ...] = ("referrals",)) -> list[str]:
    with statements() as sent:
        read(*given)
    found = [explain(statement, parameters) for statement, parameters in sent if statement.startswith("SELECT")]
    assert not any(scans(plan, table) for plan in found for table in tables), found
    return found


def test_the_lists_walk_their_indexes(app: Flask) -> None:
    crowd()
    indexes = {
        "unassigned": {"ix_referrals_office_unassigned", "ix_referrals_assignee"},
        "mine": {"ix_referrals_assignee"},
        "team": {"ix_referrals_office_queue"},
        "ended": {"ix_referrals_office_ended"},
    }
    for tab, expected in indexes.items():
        rows, counts = plans_of(queries.queue, CASEWORKER.viewer, tab)
        assert any(index in rows for index in expected), f"{tab}: {rows}"
        assert ("ix_referrals_office_limit" in rows) == (tab != "ended"), rows
        if db.engine.dialect.name == "sqlite":
            assert ("ix_referrals_office_unplanned" in rows) == (tab != "ended"), rows
            assert sorted_late(rows), rows
        assert "ix_referrals" in counts
    for person in (VOLUNTEER, LEAD):
        for tab in queries.GROUP_TABS:
            plans_of(queries.my_referrals, person.viewer, tab)
    finished, _ = plans_of(queries.my_referrals, LEAD.viewer, "finished")
    assert "ix_referrals_group_ended" in finished
    assert sorted_late(finished) or db.engine.dialect.name == "postgresql"


def sorted_late(plan: str) -> bool:
    """Whether SQLite sorts nothing but, once, the few rows that it found in their order already.

    A page costs what it shows, however many there are. (PostgreSQL may sort some more.) The few agreements of one
    referral, of which the newest says what its group may hear, are sorted each time.
    """
    of_one = "SEARCH consents USING INDEX ix_consents_referral_id (referral_id=?)\nUSE TEMP B-TREE FOR ORDER BY"
    before, _, after = plan.replace(of_one, "").partition("TEMP B-TREE")
    return "TEMP B-TREE" not in after and (not after or "ix_referrals" in before)


@pytest.mark.only_on("sqlite")
def test_every_way_to_sort_has_its_index(app: Flask) -> None:
    crowd()
    indexes = {"due": "queue", "newest": "sent", "waiting": "waiting", "urgency": "urgency", "changed": "changed"}
    for sort, index in indexes.items():
        rows, _ = plans_of(partial(queries.queue, sort=sort), CASEWORKER.viewer, "team")
        assert f"ix_referrals_office_{index} " in rows, rows
        # Turns without a beginning, which there should not be, are sorted.
        assert sorted_late(rows) or sort == "waiting", rows


@pytest.mark.only_on("sqlite")
def test_what_does_not_match_is_passed_over_in_the_index(app: Flask) -> None:
    crowd()
    narrow = {"category": ("housing",), "state": ("in_progress",), "age": ("2-weeks",), "assignee": ("nobody",)}
    for tab, index in (("team", "queue"), ("ended", "ended")):
        rows, counts = plans_of(partial(queries.queue, narrow=narrow), CASEWORKER.viewer, tab)
        assert f"INDEX ix_referrals_office_{index} " in rows, rows
        assert sorted_late(rows), rows
        assert tab == "ended" or f"COVERING INDEX ix_referrals_office_{index} " in counts, counts


def test_whom_an_office_knows_is_looked_up_group_by_group(app: Flask) -> None:
    crowd()
    (plan,) = plans_of(queries.known_to, CASEWORKER.viewer)
    assert "ix_referrals_office_group" in plan, plan


def test_a_search_reads_the_index_of_words(app: Flask) -> None:
    crowd()
    for typed in ("name42", "benefit", "name42 benefit", "smyth", "T-40"):
        # Where half of all referrals match, PostgreSQL may well read them all rather than each by its key.
        plans = plans_of(queries.search, CASEWORKER.viewer, typed, tables=("search_tokens",))
        assert any("search_tokens" in plan for plan in plans)
