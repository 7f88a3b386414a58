"""Areas and their MPs: the article's proportions, what each table counts, and that no MP can be told from it."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask

from referrals.accounts.models import Membership
from referrals.accounts.roles import Role
from referrals.audit.actions import record
from referrals.cli.demo.areas import dealt
from referrals.directory.lists import load_lists
from referrals.foundation.clock import clock_at, now
from referrals.foundation.database import transaction
from referrals.foundation.errors import NotAllowed, NotFound
from referrals.reporting import actions, catalogue
from referrals.reporting.formats import FORMATS
from referrals.reporting.report import Report
from tests import people
from tests.people import Someone
from tests.reporting import making
from tests.reporting.areas_and_mps import Areas
from tests.reporting.reading import lines

ARTICLE = {"supportive": 42, "neutral": 55, "negative": 3}
END = date(2026, 9, 30)
LATELY = END - timedelta(days=30)
EARLIER = END - timedelta(days=300)


@pytest.fixture(autouse=True)
def _late_in_2026(app: Flask) -> Iterator[None]:
    with transaction():
        load_lists()
    with clock_at(making.NOW):
        yield


def read(period: str | None = None, by: Someone = people.COORDINATOR) -> Report:
    """The report as somebody reads it, and as it is kept from then on."""
    with transaction():
        asked = actions.read_report("together", period, by=by.viewer)
    return asked.build()


def figures(found: Report) -> dict[str, Any]:
    return {one.label: one.value for one in found.figures}


def shares(found: Report) -> tuple[Any, ...]:
    return tuple(figures(found)[name] for name in ("Supportive", "Neutral", "Negative"))


class TestStances:
    def test_the_areas_of_the_article_show_its_proportions(self) -> None:
        Areas().add(150).stand(dealt(ARTICLE, 150), LATELY).write()
        found = read()
        assert shares(found) == (42, 55, 3)
        assert lines(found, "stances")["Sep 2026"] == (42, 55, 3)
        # The same below the regions, where 65 of 150 would be 43.
        assert lines(found, "places")["All areas"][4] == 42
        assert found.headline[0] == (
            "At the end of September 2026, 42% of MPs were supportive as their areas see them, "
            "55% neutral and 3% negative."
        )
        for kind in ("csv", "json"):
            assert all(str(share) in FORMATS[kind].write(found).decode() for share in ARTICLE.values())

    def test_shares_over_time_follow_what_was_said(self) -> None:
        areas = Areas().add(100).stand(["neutral"] * 80 + ["negative"] * 20, EARLIER)
        areas.stand(["supportive"] * 50, LATELY).write()
        found = lines(read(), "stances")
        assert (found["Dec 2025"], found["Sep 2026"]) == ((0, 80, 20), (50, 30, 20))
        # Nobody had said anything before.
        assert found["Sep 2025"] == (None, None, None)

    def test_after_a_year_a_stance_counts_no_more(self) -> None:
        Areas().add(100).stand(["neutral"] * 60 + ["supportive"] * 40, END - timedelta(days=366)).write()
        assert shares(read()) == (None, None, None)

    @pytest.mark.parametrize(
        ("stances", "shown"),
        [
            (["supportive"] * 20 + ["neutral"] * 29, False),
            (["supportive"] * 20 + ["neutral"] * 30, True),
            # As good as everybody's: each MP would know what theirs said.
            (["negative"] * 91 + ["neutral"] * 9, False),
            (["negative"] * 90 + ["neutral"] * 10, True),
        ],
    )
    def test_few_and_nearly_all_are_not_shown(self, stances: list[str], *, shown: bool) -> None:
        Areas().add(len(stances)).stand(stances, LATELY).write()
        assert (None not in shares(read())) is shown

    def test_what_is_written_down_late_changes_no_earlier_quarter(self) -> None:
        areas = Areas().add(100).stand(["neutral"] * 50 + ["supportive"] * 50, EARLIER)
        areas.stand(["negative"] * 30, EARLIER, at=making.NOW).write()
        assert lines(read(), "stances")["Sep 2026"] == (50, 50, 0)
        with clock_at(making.NOW.replace(year=2027, month=1)):
            assert lines(read(), "stances")["Sep 2026"] == (50, 50, 0)

    def test_by_region_only_the_supportive_are_counted_and_no_small_number_is_shown(self) -> None:
        regions = ("London", "London", "London", "North East")
        Areas().add(80, regions=regions).stand(["supportive", "neutral", "supportive", "negative"] * 20, LATELY).write()
        places = lines(read(), "places")
        # Of the tests' own area in London nobody said anything.
        assert places["South: London"] == (60, 60, 60, 40, 67)
        # All of them are of one mind there, so nothing is said of it.
        assert None in places["North: North East"][2:4]
        assert places["North: North East"][4] is None
        assert not any("egative" in row for row in places)


class TestTheRest:
    def test_types_straddled_movement_and_who_is_out_of_touch(self) -> None:
        areas = Areas().add(60)
        for place in range(60):
            areas.reach(place, "informing", END - timedelta(days=500))
            if place < 40:
                areas.meet(place, LATELY if place < 25 else EARLIER, "informing", "publicity")
            if place < 20:
                areas.meet(place, EARLIER, "working_together").reach(place, "working_together", LATELY)
            if place >= 45:
                areas.reach(place, "no_contact", LATELY)
        areas.write()
        found = read()
        types = lines(found, "types")
        # One more area has nothing: that of the tests.
        assert [types[name][0] for name in ("Two", "All three", "All areas")] == [20, 20, 60]
        assert types["One"] == (None,)
        moved = lines(found, "moved")
        assert moved["Further than a year before"] == (20,)
        assert moved["Where they were"] == (25,)
        assert moved["Not as far as a year before"] == (15,)
        assert figures(found)["No contact in six months"] == 35

    def test_changes_of_mp_ahead(self) -> None:
        areas = Areas().add(30).add(12, ends_on=END + timedelta(days=90)).add(8, ends_on=END + timedelta(days=700))
        # Their seats are empty.
        areas.add(11, ends_on=END - timedelta(days=5)).write()
        assert figures(read())["A change of MP ahead"] == 25

    def test_a_new_mp_is_neither_further_nor_back(self) -> None:
        areas = Areas().add(12)
        for row in (values for _, values in areas.rows if "begins_on" in values):
            row["begins_on"] = END - timedelta(days=100)
        areas.write()
        assert lines(read(), "moved")["With an MP they did not have then"] == (10,)


class TestWhoReadsIt:
    @pytest.mark.parametrize("who", [one for one in people.EVERYBODY if one.role is not Role.COORDINATOR])
    def test_nobody_but_coordinators(self, who: Someone) -> None:
        with pytest.raises((NotAllowed, NotFound)):
            catalogue.request("together", None, who.viewer)

    def test_a_coordinator_who_also_works_for_an_mp_does_not(self) -> None:
        with transaction() as session:
            session.add(
                Membership(
                    person_id=people.COORDINATOR.id,
                    organisation_id=people.EALING.id,
                    role=Role.CASEWORKER.value,
                    created_at=now(),
                )
            )
            record("person.joined", by=people.OTHER_MANAGER.viewer, subject=("person", people.COORDINATOR.id))
        with pytest.raises(NotFound):
            read()
        assert "together" not in [one.name for one in catalogue.reports_for(people.COORDINATOR.viewer)]

    def test_another_programme_reads_of_its_own_areas_only(self) -> None:
        Areas().add(100).stand(["neutral"] * 50 + ["supportive"] * 50, LATELY).write()
        assert shares(read(by=people.OTHER_COORDINATOR)) == (None, None, None)
        assert shares(read()) == (50, 50, 0)

    def test_it_is_of_quarters_alone(self) -> None:
        choices = catalogue.request("together", None, people.COORDINATOR.viewer).choices
        assert {one.code[5] for one in choices} == {"q"}
        with pytest.raises(NotFound):
            read("2025")
