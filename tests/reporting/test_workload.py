"""Coming in and going out: counted again in plain Python over random referrals, and read by their owners alone."""

from collections.abc import Iterator

import pytest
from flask import Flask

from referrals.foundation.clock import clock_at
from referrals.foundation.errors import NotFound
from tests import people
from tests.people import Someone
from tests.reporting import making
from tests.reporting.counting import day
from tests.reporting.reading import TODAY, lines, owned, report

BANDS = {
    "Up to 7": (0, 7),
    "8 to 14": (8, 14),
    "15 to 30": (15, 30),
    "31 to 90": (31, 90),
    "91 to 180": (91, 180),
    "181 to 365": (181, 365),
    "More than 365": (366, 9999),
}


@pytest.fixture(autouse=True)
def _late_in_2026(app: Flask) -> Iterator[None]:
    with clock_at(making.NOW):
        yield


@pytest.mark.parametrize("person", [people.MANAGER, people.LEAD], ids=lambda person: person.role)
@pytest.mark.parametrize("seed", [1, 2])
def test_every_number_is_that_of_the_rows(app: Flask, person: Someone, seed: int) -> None:
    rows = owned(making.scatter(300, seed).write().referrals, person)
    # Nothing ends in the future.
    found = report("workload", person, None)
    months = lines(found, "months")
    assert list(months)[-1] == f"{TODAY:%b %Y}"
    assert len(months) == 12
    ends = [day(row["ended_at"]) for row in rows if row["ended_at"]]
    for label, (came, went, held) in months.items():
        assert came == sum(f"{day(row['submitted_at']):%b %Y}" == label for row in rows)
        assert went == sum(f"{ended:%b %Y}" == label for ended in ends)
        assert held >= 0
    still = [row for row in rows if row["ended_at"] is None]
    after = sum(f"{ended:%Y-%m}" > f"{TODAY:%Y-%m}" for ended in ends)
    assert months[f"{TODAY:%b %Y}"][2] == len(still) + after
    ages = [(TODAY - day(row["submitted_at"])).days for row in still]
    bands = {label: (sum(low <= age <= high for age in ages),) for label, (low, high) in BANDS.items()}
    assert lines(found, "ages") == {**bands, "All open referrals": (len(still),)}
    grown = sum(came - went for came, went, _ in months.values())
    assert found.headline[0] == f"{len(still)} referrals are open."
    assert str(abs(grown)) in found.headline[1]


def test_without_a_referral_it_is_empty(app: Flask) -> None:
    assert report("workload", people.LEAD, None).is_empty


def test_a_coordinator_has_no_such_report(app: Flask) -> None:
    with pytest.raises(NotFound):
        report("workload", people.COORDINATOR, None)
