"""Narrowing and sorting the queue: each filter against a plain reading of the rows, and pages that lose nothing."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from random import Random
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Table, insert, select

from referrals.accounts.models import Membership
from referrals.casework import policy, queries
from referrals.casework.deadlines.following import near_until
from referrals.casework.models import Referral
from referrals.casework.models.referral import UNPLANNED
from referrals.casework.queries import Line
from referrals.casework.workflow import ENDED_STATES, OPEN_WITH_OFFICE, STATES, WORKING_STATES
from referrals.directory import lists
from referrals.directory.lists import load_lists
from referrals.directory.models import Agency
from referrals.foundation import clock
from referrals.foundation.database import db, transaction
from referrals.foundation.errors import NotAllowed, NotFound
from referrals.foundation.ids import new_id
from tests import people
from tests.casework import cases
from tests.people import CASEWORKER, MANAGER, SECOND_CASEWORKER

CROWD = 400
REFERRALS: Table = Referral.__table__  # type: ignore[assignment]
AGENCIES = ("dwp", "home_office")
TABS: dict[str, Callable[[Referral], bool]] = {
    "unassigned": lambda row: row.ended_at is None and row.assignee_id is None,
    "mine": lambda row: row.ended_at is None and row.assignee_id == CASEWORKER.id,
    "team": lambda row: row.ended_at is None,
    "ended": lambda row: row.ended_at is not None,
}


def crowd(chance: Random) -> list[Referral]:
    """Rows of every kind, also such as no verb leaves behind, in two offices; those of the first are returned."""
    with transaction():
        load_lists()
    agencies = {row.code: row.id for row in db.session.scalars(select(Agency)) if row.code in AGENCIES}
    rows = [row(chance, list(agencies.values())) for _ in range(CROWD)]
    db.session.connection().execute(insert(REFERRALS), rows)
    db.session.commit()
    return list(db.session.scalars(select(Referral).where(Referral.office_id == people.HAMMERSMITH.id)))


def row(chance: Random, agency_ids: list[Any]) -> dict[str, Any]:
    state = chance.choice(OPEN_WITH_OFFICE + ENDED_STATES)
    is_open, day = STATES[state].is_open, clock.today()
    # Often at the same moment, so that the ids must decide.
    sent = datetime.combine(day - timedelta(days=chance.choice((0, 1, 13, 14, 15, 30, 31, 91, 92, 200))), time(9))
    sent = sent.replace(tzinfo=clock.LONDON)
    due = chance.choice((None, *(day + timedelta(days=ahead) for ahead in (-9, -1, 0, 1, 9)))) if is_open else None
    category = chance.choice(("housing", "health", "welfare"))
    return {
        "id": new_id(sent),
        "reference": f"T-{chance.randrange(16**8):08X}",
        "group_id": chance.choice((people.WHITE_CITY, people.THURCROFT)).id,
        "office_id": chance.choice((people.HAMMERSMITH, people.HAMMERSMITH, people.EALING)).id,
        "created_by_id": people.VOLUNTEER.id,
        "assignee_id": chance.choice((None, CASEWORKER.id, MANAGER.id)),
        "state": state,
        "waiting_on": chance.choice(("office", "referrer", "agency")) if is_open else None,
        "waiting_on_since": chance.choice((None, sent, sent + timedelta(hours=1))) if is_open else None,
        "due_on": due,
        "next_action_on": chance.choice((due, due, due, None)),
        "next_action_sealed": chance.choice((None, b"sealed", b"sealed", b"sealed")) if is_open else None,
        "limit_on": chance.choice((None, None, None, day - timedelta(days=2), day + timedelta(days=7))),
        "category": category,
        "issue_type": chance.choice([item.code for item in lists.items("issue_types", category)][:3]),
        "urgency": chance.choice(("routine", "soon", "urgent", None)),
        "agency_id": chance.choice((None, *agency_ids)),
        "trusted_body_conflict": False,
        "created_at": sent - timedelta(hours=chance.randrange(3)),
        "updated_at": sent + timedelta(hours=chance.randrange(3)),
        "submitted_at": sent,
        "ended_at": None if is_open else sent + timedelta(days=chance.randrange(3)),
        "version": 1,
    }


def matches(found: Referral, name: str, values: tuple[str, ...], agencies: dict[Any, str]) -> bool:
    """One filter, read in the plainest way there is."""
    assert found.submitted_at is not None
    day = clock.today()
    age = (day - clock.local_day(found.submitted_at)).days
    only = {
        "overdue": found.due_on is not None and found.due_on < day,
        "unplanned": policy.lacks(found) is not None,
        "limit": found.limit_on is not None and found.limit_on <= near_until(day),
    }
    who = {"me": CASEWORKER.id, "nobody": None}
    plain: dict[str, Any] = {
        "state": found.state,
        "turn": found.waiting_on,
        "urgency": found.urgency,
        "category": found.category,
        "type": found.issue_type,
        "area": str(found.group_id),
        "agency": agencies.get(found.agency_id),
    }
    if name == "only":
        return all(only[value] for value in values)
    if name == "age":
        return age > {"2-weeks": 14, "1-month": 30, "3-months": 91}[values[0]]
    if name == "assignee":
        return found.assignee_id == (who[values[0]] if values[0] in who else people.id_of(MANAGER.email))
    return plain[name] in values


def some(chance: Random, tab: str, *, number: int) -> dict[str, tuple[str, ...]]:
    """A few filters with a few values each, as an address of that tab would hold them."""
    ids = {"assignee": [str(MANAGER.id)], "area": [str(people.WHITE_CITY.id), str(people.THURCROFT.id)]}
    common = {"agency": list(AGENCIES), "type": ["eviction", "treatment_delay", "allocation_or_banding"]}
    names = [name for name, one in queries.FILTERS.items() if tab != "ended" or one.of_ended]
    given = {}
    for name in chance.sample(names, number):
        codes = common.get(name) or [*queries.offered(name, tab), *ids.get(name, [])]
        most = min(len(codes), 3) if queries.FILTERS[name].several and name != "only" else 1
        given[name] = tuple(chance.sample(codes, chance.randint(1, most)))
    return given


def pages(tab: str, sort: str, narrow: queries.Narrowed, size: int = 17) -> Iterator[Line]:
    """All lines of a list, page by page."""
    cursor: str | None = None
    while True:
        page = queries.queue(CASEWORKER.viewer, tab, cursor, size, narrow=narrow, sort=sort)
        yield from page.rows
        cursor = page.next_cursor
        if cursor is None:
            return


@pytest.mark.parametrize("seed", range(3))
def test_every_filter_finds_what_a_plain_reading_finds(app: Flask, seed: int) -> None:
    chance = Random(seed)
    rows = crowd(chance)
    agencies = {one.id: one.code for one in db.session.scalars(select(Agency))}
    known = queries.known_to(CASEWORKER.viewer)
    found_any = set()
    for tab, belongs in TABS.items():
        singles = [{name: some_of[name]} for some_of in [some(chance, tab, number=7)] for name in some_of]
        for given in [*singles, *(some(chance, tab, number=number) for number in (2, 2, 2, 3, 4))]:
            narrow = queries.narrowed(given, tab, known)
            assert narrow.keys() == given.keys()
            expected = {
                one.reference
                for one in rows
                if belongs(one) and all(matches(one, name, values, agencies) for name, values in given.items())
            }
            page = queries.queue(CASEWORKER.viewer, tab, limit=100, narrow=narrow)
            shown = [line.reference for line in pages(tab, "", narrow)]
            assert sorted(map(str, shown)) == sorted(map(str, expected)), (tab, given)
            assert page.found == (None if tab == "ended" else len(expected))
            found_any |= set(given) if expected else set()
    assert found_any == set(queries.FILTERS), "every filter should have found something once"


def place_of(line: Line, sort: str) -> tuple[Any, ...]:
    """Where a line belongs in its list, so that lines in order have places in order."""
    if line.limit_on is not None:
        return 0, line.limit_on, line.id.int
    assert line.submitted_at is not None
    if line.lacks:
        return 1, line.created_at, line.id.int
    due = line.due_on or date.max
    return {
        "due": (2, due, line.id.int),
        "newest": (2, -line.submitted_at.timestamp(), -line.id.int),
        "waiting": (2, line.waiting_on_since, line.id.int)
        if line.waiting_on_since
        else (3, line.created_at, line.id.int),
        "urgency": ({"urgent": 2, "soon": 3}.get(line.urgency or "", 4), due, line.id.int),
        "changed": (2, -line.updated_at.timestamp(), -line.id.int),
    }[sort]


@pytest.mark.parametrize(
    ("tab", "sort"), [(tab, sort) for tab in ("team", "ended") for sort in queries.sorts_of(tab)], ids="-".join
)
def test_pages_show_every_row_once_and_in_order(app: Flask, tab: str, sort: str) -> None:
    rows = [one for one in crowd(Random(7)) if TABS[tab](one)]
    lines = list(pages(tab, sort, {}))
    assert len(lines) == len(rows) > 60
    assert {line.id for line in lines} == {one.id for one in rows}
    if tab == "team":
        assert all(place_of(one, sort) < place_of(other, sort) for one, other in pairwise(lines))
        assert {bool(line.lacks) for line in lines} == {True, False}
    else:
        key = "ended_on" if sort == "ended" else "submitted_at"
        assert all(getattr(one, key) >= getattr(other, key) for one, other in pairwise(lines))


def test_what_nobody_offers_is_left_out(app: Flask) -> None:
    known = queries.known_to(CASEWORKER.viewer)
    given = {
        "state": ["closed", "nonsense", "submitted", "submitted"],
        "turn": ["\0", "office"],
        "assignee": ["somebody", "me"],
        "area": ["nonsense", "{}".format("x" * 36)],
        "age": ["for ever"],
        "colour": ["blue"],
    }
    assert queries.narrowed(given, "team", known) == {"state": ("submitted",), "turn": ("office",)}
    assert queries.narrowed(given, "ended", known) == {"state": ("closed",)}


@pytest.mark.parametrize(
    ("name", "whose"),
    [
        ("assignee", people.OTHER_CASEWORKER.id),
        ("assignee", people.VOLUNTEER.id),
        ("assignee", people.id_of("nobody at all")),
        ("area", people.WHITE_CITY.id),
        ("area", people.EALING.id),
    ],
)
def test_an_id_of_somebody_elses_refuses_all_of_it(app: Flask, name: str, whose: object) -> None:
    # The group has sent nothing to this office yet.
    with pytest.raises(NotFound):
        queries.narrowed({name: [str(whose)], "state": ["submitted"]}, "team", queries.known_to(CASEWORKER.viewer))


def test_an_office_knows_its_people_and_the_groups_that_wrote_to_it(app: Flask) -> None:
    assert queries.known_to(CASEWORKER.viewer).groups == {}
    cases.make_draft()
    assert queries.known_to(CASEWORKER.viewer).groups == {}
    cases.make_referral()
    with transaction():
        # Straight into the row: leaving is a matter of another room.
        left = db.session.get_one(Membership, SECOND_CASEWORKER.membership_id)
        left.ended_at = clock.now()
        cases.record("person.left", by=MANAGER.viewer, subject=("person", left.person_id))
    known = queries.known_to(CASEWORKER.viewer)
    assert list(known.people.values()) == [CASEWORKER.name, SECOND_CASEWORKER.name, MANAGER.name]
    assert known.left == {SECOND_CASEWORKER.id}
    assert known.groups == {people.WHITE_CITY.id: people.WHITE_CITY.name}
    assert queries.known_to(people.OTHER_CASEWORKER.viewer).groups == {}


@pytest.mark.parametrize("person", [people.VOLUNTEER, people.LEAD, people.COORDINATOR, people.ADMINISTRATOR])
def test_nobody_else_learns_whom_an_office_knows(app: Flask, person: people.Someone) -> None:
    with pytest.raises(NotAllowed):
        queries.known_to(person.viewer)


def test_the_index_of_what_is_not_planned_means_what_the_policy_means() -> None:
    assert all(f"'{state}'" in str(UNPLANNED) for state in WORKING_STATES)
    assert str(UNPLANNED).count("'") == 2 * len(WORKING_STATES)
