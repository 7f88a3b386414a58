"""Agreements and data protection: counted again in plain Python over random agreements, for their owners alone."""

import random
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from referrals.casework.models import Consent
from referrals.directory import lists
from referrals.foundation.clock import clock_at
from referrals.foundation.database import db
from referrals.foundation.errors import NotFound
from referrals.foundation.ids import new_id
from tests import people
from tests.people import Someone
from tests.reporting import making
from tests.reporting.counting import day
from tests.reporting.reading import TODAY, Row, lines, report

KINDS = [item.code for item in lists.items("consent_kinds")]
SCOPES = [item.code for item in lists.items("consent_scopes")]
GROUNDS = [item.code for item in lists.items("consent_grounds")]
AGES = {
    "Declined in the last 7 days": (-(10**6), 7),
    "8 to 14 days ago": (8, 14),
    "15 to 30 days ago": (15, 30),
    "More than 30 days ago: closed to the office": (31, 10**6),
}


@pytest.fixture(autouse=True)
def _late_in_2026(app: Flask) -> Iterator[None]:
    with clock_at(making.NOW):
        yield


def scatter(count: int, seed: int) -> list[tuple[Row, Row | None]]:
    """Random referrals, some declined lately and some erased, each with random agreements, written."""
    made, chance = making.scatter(count, seed), random.Random(seed)
    pairs: list[tuple[Row, Row | None]] = []
    for row in made.referrals:
        row["erased_at"] = making.NOW if chance.random() < 0.1 else None
        if row["submitted_at"] and chance.random() < 0.3:
            row["state"], row["ended_at"] = "declined", making.NOW - timedelta(days=chance.randint(0, 40), hours=13)
        elif row["submitted_at"] is None:
            # A draft already knows its office, which does not know of it.
            row["office_id"] = people.HAMMERSMITH.id
        agreements = [_agreement(chance, row) for _ in range(chance.randint(0, 4))]
        pairs += [(row, one) for one in agreements] or [(row, None)]
    made.write()
    with db.engine.begin() as connection:
        rows = [one for _, one in pairs if one]
        connection.execute(Consent.__table__.insert(), rows)  # type: ignore[attr-defined]
    making.count_from_nothing()
    return pairs


def _agreement(chance: random.Random, row: Row) -> Row:
    kind, ground = chance.choice(KINDS), chance.choice((*GROUNDS, "own_request", "own_request"))
    created = row["created_at"] + timedelta(days=chance.randint(0, 9))
    return {
        "id": new_id(),
        "referral_id": row["id"],
        "kind": kind,
        "scope": chance.choice(SCOPES) if kind == "office_to_group" else None,
        "covers_health": False,
        "wording_version": "1",
        "given_by": "resident",
        "method": "signed",
        "ground": ground,
        "given_on": created.date(),
        "expires_on": chance.choice((None, TODAY + timedelta(days=chance.choice((-40, -1, 0, 1, 29, 30, 31, 90))))),
        "withdrawn_at": created + timedelta(days=chance.randint(0, 50)) if chance.random() < 0.3 else None,
        "recorded_by_id": people.VOLUNTEER.id,
        "approved_at": created if ground != "own_request" and chance.random() < 0.5 else None,
        "created_at": created,
    }


def owned(pairs: list[tuple[Row, Row | None]], person: Someone) -> list[tuple[Row, Row | None]]:
    """In a group its drafts too; in an office what was sent to it; never what was sent by mistake."""
    pairs = [pair for pair in pairs if pair[0]["state"] != "entered_in_error"]
    if person is people.LEAD:
        return [pair for pair in pairs if pair[0]["group_id"] == person.place.id]
    return [pair for pair in pairs if pair[0]["office_id"] == person.place.id and pair[0]["submitted_at"]]


def waits(row: Row, one: Row) -> bool:
    unapproved = one["ground"] != "own_request" and not one["approved_at"]
    return unapproved and not one["withdrawn_at"] and not row["ended_at"]


def measured(found: list[tuple[Row, Row]]) -> tuple[int, ...]:
    """Given, standing, taken back, run out, ending soon, and waiting for approval."""
    stands = [
        (row, one)
        for row, one in found
        if not one["withdrawn_at"] and (one["expires_on"] is None or one["expires_on"] >= TODAY)
    ]
    back = [one for _, one in found if one["withdrawn_at"]]
    soon = [
        one
        for row, one in stands
        if one["expires_on"] and (one["expires_on"] - TODAY).days <= 30 and not row["ended_at"]
    ]
    waiting = sum(waits(row, one) for row, one in found)
    return len(found), len(stands), len(back), len(found) - len(stands) - len(back), len(soon), waiting


@pytest.mark.parametrize("person", [people.MANAGER, people.LEAD], ids=lambda person: person.role)
@pytest.mark.parametrize("seed", [1, 2])
def test_every_number_is_that_of_the_rows(app: Flask, person: Someone, seed: int) -> None:
    mine = owned(scatter(200, seed), person)
    found = report("consents", person, None)
    agreed = [(row, one) for row, one in mine if one]

    wanted = {}
    for kind in KINDS:
        for extent in (None, *SCOPES):
            same = [(row, one) for row, one in agreed if (one["kind"], one["scope"]) == (kind, extent)]
            label = lists.label("consent_kinds", kind)
            if extent:
                label = f"{label}: {lists.label('consent_scopes', extent).lower()}"
            if same:
                wanted[label] = measured(same)
    whole = measured(agreed)
    assert lines(found, "kinds") == {**wanted, "All agreements": whole}

    grounds = lines(found, "grounds")
    for ground in GROUNDS:
        those = [(row, one) for row, one in agreed if one["ground"] == ground]
        approved = sum(one["approved_at"] is not None for _, one in those)
        assert grounds[lists.label("consent_grounds", ground)] == (
            len(those),
            approved,
            sum(waits(row, one) for row, one in those),
        )

    for label, (given, back) in lines(found, "months").items():
        assert given == sum(f"{day(one['created_at']):%b %Y}" == label for _, one in agreed)
        assert back == sum(
            f"{day(one['withdrawn_at']):%b %Y}" == label for _, one in agreed if one["withdrawn_at"] is not None
        )

    rows = {row["id"]: row for row, _ in mine}.values()
    ages = [(TODAY - day(row["ended_at"])).days for row in rows if row["state"] == "declined" and not row["erased_at"]]
    declined: dict[str, Any] = {
        label: (sum(low <= age <= high for age in ages),) for label, (low, high) in AGES.items()
    }
    assert lines(found, "declined") == {**declined, "All declined referrals": (len(ages),)}

    figures = {figure.label: figure.value for figure in found.figures}
    assert figures["Erased"] == sum(row["erased_at"] is not None for row in rows)
    assert figures["Still to be closed"] == sum(age <= 30 for age in ages)
    assert found.headline[0] == f"{whole[5]} agreements wait for approval."


def test_without_a_referral_it_is_empty(app: Flask) -> None:
    assert report("consents", people.LEAD, None).is_empty


def test_a_coordinator_has_no_such_report(app: Flask) -> None:
    with pytest.raises(NotFound):
        report("consents", people.COORDINATOR, None)
