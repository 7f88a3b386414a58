"""How long people wait: counted again in plain Python over random referrals, moves and enquiries, for their owners."""

import random
from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask

from referrals.casework.models import Enquiry, Move
from referrals.directory import lists
from referrals.directory import queries as directory
from referrals.foundation.clock import clock_at
from referrals.foundation.database import db, transaction
from referrals.foundation.ids import new_id
from referrals.reporting.disclosure import Name, profile_of
from referrals.reporting.marking import half_and_nine_of_ten
from referrals.reporting.queries import WAITED, Spread
from referrals.reporting.reports.waiting import counts, tables
from referrals.reporting.reports.waiting.tables import Ready
from tests import people
from tests.people import Someone
from tests.reporting import making
from tests.reporting.counting import day
from tests.reporting.reading import CATEGORIES, PERIODS, TODAY, Row, lines, owned, report, spread, within

BANDS = {
    "Up to 30": 30,
    "31 to 91": 91,
    "92 to 182": 182,
    "183 to 273": 273,
    "274 to 365": 365,
    "366 to 730": 730,
    "More than 730": 10**6,
}
WHOSE = {
    "submitted": "The MP’s office, to decide",
    "accepted": "The MP’s office, to work on it",
    "in_progress": "The MP’s office, to work on it",
    "on_hold": "The MP’s office, to work on it",
    "information_requested": "The group, to answer a question",
    "outcome_recorded": "The group, to check a result",
}
BODY = "A body, to answer an enquiry"
TURNS = {
    "office": "The MP’s office",
    "referrer": "The group",
    "resident": "The resident",
    "agency": "A public body",
}
REPLIES = {"answered_in_full", "answered_in_part", "refused", "passed_on"}


@pytest.fixture(autouse=True)
def _late_in_2026(app: Flask) -> Iterator[None]:
    with clock_at(making.NOW):
        with transaction():
            lists.load_lists()
        yield


def scatter(count: int, seed: int) -> tuple[list[Row], list[Row], list[Row]]:
    """Random referrals with their moves and enquiries, written."""
    made, chance = making.scatter(count, seed), random.Random(seed)
    body = directory.agencies()[0].id
    moves, enquiries = [], []
    for row in made.referrals:
        if not row["submitted_at"]:
            row["waiting_on"] = row["waiting_on_since"] = None
            continue
        row["waiting_on"] = None if row["ended_at"] else chance.choice(list(TURNS))
        row["waiting_on_since"] = None if row["ended_at"] else row["submitted_at"]
        moves += _moves(chance, row)
        enquiries += [_enquiry(chance, row, body) for _ in range(chance.choice((0, 0, 1, 3)))]
    made.write()
    with db.engine.begin() as connection:
        connection.execute(Move.__table__.insert(), moves)  # type: ignore[attr-defined]
        connection.execute(Enquiry.__table__.insert(), enquiries)  # type: ignore[attr-defined]
    making.count_from_nothing()
    return made.referrals, moves, enquiries


def _moves(chance: random.Random, row: Row) -> list[Row]:
    found, state, moment = [], "draft", row["submitted_at"]
    for number in range(chance.randint(1, 6)):
        after = "submitted" if number == 0 else chance.choice([*WHOSE, "closed", state])
        found.append(
            {
                "id": new_id(),
                "referral_id": row["id"],
                "transition": "any",
                "state_from": state,
                "state_to": after,
                "at": moment,
                "facts": {},
            }
        )
        # Nothing has happened that is still to come.
        later = moment + timedelta(days=chance.randint(0, 40), minutes=chance.randint(0, 900))
        state, moment = after, min(later, making.NOW)
    return found


def _enquiry(chance: random.Random, row: Row, body: Any) -> Row:
    sent = day(row["submitted_at"])
    answered = chance.random() < 0.7
    return {
        "id": new_id(),
        "referral_id": row["id"],
        "agency_id": body,
        "office_id": row["office_id"],
        "channel": "email",
        "sent_on": sent,
        "due_on": sent,
        "ended_on": min(sent + timedelta(days=chance.randint(0, 90)), TODAY) if answered else None,
        "result": chance.choice([item.code for item in lists.items("enquiry_results")]) if answered else None,
        "sent_by_id": people.CASEWORKER.id,
        "role": "caseworker",
        "created_at": row["submitted_at"],
    }


def turns(moves: list[Row], ids: set[Any], period: str) -> dict[str, list[int]]:
    """The days of each turn that ended in the period, walking along each referral's moves."""
    found = defaultdict(list)
    by_referral = defaultdict(list)
    for move in moves:
        if move["referral_id"] in ids:
            by_referral[move["referral_id"]].append(move)
    for mine in by_referral.values():
        whose, since = None, None
        for move in sorted(mine, key=lambda one: (one["at"], one["id"])):
            after = WHOSE.get(move["state_to"])
            if since is not None and after == whose:
                continue
            if whose is not None and within(move["at"], period):
                found[whose].append((day(move["at"]) - day(since)).days)
            whose, since = after, move["at"]
    return found


@pytest.mark.parametrize("person", [people.MANAGER, people.LEAD], ids=lambda person: person.role)
@pytest.mark.parametrize("period", PERIODS)
@pytest.mark.parametrize("seed", [1, 2])
def test_every_number_is_that_of_the_rows(app: Flask, person: Someone, period: str, seed: int) -> None:
    every, moves, enquiries = scatter(200, seed)
    rows = owned(every, person)
    found = report("waiting", person, period)

    sent = [row for row in rows if within(row["submitted_at"], period) and row["waiting_since"]]
    waited = {row["id"]: (day(row["submitted_at"]) - row["waiting_since"]).days for row in sent}
    by_category = {
        label: spread([waited[row["id"]] for row in sent if row["category"] == code])
        for code, label in CATEGORIES.items()
    }
    assert lines(found, "categories") == {
        **{label: values for label, values in by_category.items() if values[2]},
        "All categories": spread(list(waited.values())),
    }

    bands, lowest = lines(found, "bands"), -(10**6)
    assert bands.pop("All of them") == (len(waited), 100)
    for label, highest in BANDS.items():
        number = sum(lowest < days <= highest for days in waited.values())
        assert bands.pop(label) == (number, int(100 * number / len(waited) + 0.5))
        lowest = highest
    assert not bands

    ids = {row["id"] for row in rows}
    again = turns(moves, ids, period)
    first, last = PERIODS[period]
    again[BODY] = [
        (one["ended_on"] - one["sent_on"]).days
        for one in enquiries
        if one["referral_id"] in ids
        and one["result"] in REPLIES
        and (first is None or first <= one["ended_on"])
        and one["ended_on"] <= last
    ]
    assert lines(found, "turns") == {label: spread(days) for label, days in again.items() if days}

    still = [row for row in rows if row["ended_at"] is None]
    now = {
        label: [(TODAY - day(row["waiting_on_since"])).days for row in still if row["waiting_on"] == code]
        for code, label in TURNS.items()
    }
    assert lines(found, "now") == {label: spread(days) for label, days in now.items() if days}


def test_the_answer_is_a_sentence(app: Flask) -> None:
    every, _, _ = scatter(120, 3)
    sent = [row for row in owned(every, people.MANAGER) if row["waiting_since"] and day(row["submitted_at"]) <= TODAY]
    middle, most, number = spread([(day(row["submitted_at"]) - row["waiting_since"]).days for row in sent])
    first, second = report("waiting", people.MANAGER).headline
    assert first == f"Half of the {number} residents had waited {middle:g} days or longer before they were referred."
    assert second == f"Nine of ten had waited {most:,} days or less."


def test_without_a_referral_it_is_empty(app: Flask) -> None:
    assert report("waiting", people.LEAD).is_empty


def test_others_read_marks_no_more_exact_than_the_numbers() -> None:
    """Half a day would say that there is an even number of residents."""
    exact = Spread("waited", None, Decimal("123.5"), 400, 60)
    numbers = counts.edges_of({"housing": 60}, dict.fromkeys(range(7), 9))
    shown = {edge.key: edge.value for edge in numbers}
    bands, _ = tables.before(Ready(shown, ["housing"], {None: exact}, profile_of(Name.PROGRAMME, 10)))
    assert [mark.label for mark in bands.marks] == ["Half within 124 days", "Nine of ten within 400 days"]
    (same, _) = half_and_nine_of_ten(Decimal(124), 400, WAITED)
    assert bands.marks[0].at == same.at
