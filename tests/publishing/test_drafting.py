"""What an impact report begins with: figures as outsiders may see them, sentences, and questions that people answer."""

import random
from collections.abc import Callable, Iterator

import pytest
from flask import Flask

from referrals.directory import lists
from referrals.foundation.clock import clock_at, today
from referrals.foundation.database import transaction
from referrals.publishing.drafting import has_prompt, sections_of, unfinished
from referrals.publishing.drafting.aims import aims_of
from referrals.publishing.drafting.counting import scope_outside
from referrals.publishing.drafting.numbers import NOT_SHOWN
from referrals.publishing.periods import finished, finished_period, period_of
from referrals.reporting import actions
from referrals.reporting.disclosure import rounded
from referrals.reporting.periods import quarters_of
from referrals.reporting.scope import scope_of
from tests import people
from tests.people import Someone
from tests.publishing.reports import drafted
from tests.reporting import making
from tests.reporting.counting import Recount, Row

PUBLISHERS = (people.LEAD, people.MANAGER, people.COORDINATOR)
CATEGORIES = ("housing", "health", "welfare", "other")


@pytest.fixture(autouse=True)
def late_in_2026() -> Iterator[None]:
    with clock_at(making.NOW):
        yield


def is_of(person: Someone, row: Row) -> bool:
    """Whether a referral counts in this person's report."""
    if person is people.MANAGER:
        return bool(row["office_id"] == people.HAMMERSMITH.id)
    # The one area of the coordinator's programme.
    return bool(row["group_id"] == people.WHITE_CITY.id)


@pytest.mark.parametrize("person", PUBLISHERS, ids=lambda person: person.role)
@pytest.mark.parametrize("code", ["2026-h1", "2025", "2026-q3"])
def test_the_figures_are_those_of_each_quarter_counted_by_hand_and_rounded(
    app: Flask, person: Someone, code: str
) -> None:
    made = making.scatter(2400, random.Random(code).randint(0, 999)).write()
    period = finished_period(code, today())
    quarters = [
        Recount(made, lambda row: is_of(person, row), one.first, one.last) for one in quarters_of(period) or [period]
    ]

    def by_hand(of: Callable[[Recount], int]) -> str:
        return f"{sum(rounded(of(quarter)) for quarter in quarters):,}"

    figures = drafted(period, person).figures
    received = {row["label"]: row["cells"][0] for row in figures["tables"]["referrals"]["rows"]}
    compared = 0
    for category in CATEGORIES:
        shown = received[lists.label("categories", category)]
        if shown != NOT_SHOWN:
            compared += 1
            assert shown == by_hand(lambda quarter, name=category: quarter.flow("received", name))  # type: ignore[misc]
        else:
            assert min(quarter.flow("received", category) for quarter in quarters) < 30
    assert compared > 1
    total = figures["tables"]["referrals"]["total"]["cells"][0]
    assert total in {by_hand(lambda quarter: quarter.flow("received")), NOT_SHOWN}
    assert figures["tables"]["standing"]["total"]["cells"][0] in {by_hand(Recount.result), NOT_SHOWN}


def test_a_programmes_figures_are_those_that_its_coordinators_read(app: Flask) -> None:
    making.scatter(900, 7).write()
    for code in ("2026-q2", "2025"):
        with transaction():
            asked = actions.read_report("outcomes", code, by=people.COORDINATOR.viewer)
        report = asked.build()
        figures = drafted(finished_period(code, today()), people.COORDINATOR).figures
        compared = 0
        for table in report.tables:
            kept = figures["tables"].get(table.key)
            if kept is None:
                continue
            assert kept["title"] == table.title
            for row, line in zip(table.rows, kept["rows"], strict=False):
                assert row.label == line["label"]
                for value, cell in zip(row.values, line["cells"], strict=True):
                    compared += 1
                    assert (value is None) == (cell == NOT_SHOWN)
                    assert value is None or f"{int(value):,}" in cell
        assert compared > 20


def test_an_owner_too_sees_no_small_number_in_what_goes_out(app: Flask) -> None:
    making.scatter(60, 3).write()
    figures = drafted(finished_period("2026-q2", today()), people.LEAD).figures
    cells = [cell for table in figures["tables"].values() for row in table["rows"] for cell in row["cells"]]
    numbers = {int(cell.replace(",", "")) for cell in cells if cell.replace(",", "").isdigit()}
    assert NOT_SHOWN in cells
    assert not {number for number in numbers if 0 < number < 10}


def test_each_organisation_has_the_threshold_of_its_programme(app: Flask) -> None:
    for person in PUBLISHERS:
        assert scope_outside(scope_of(person.viewer)).threshold == 10


class TestWords:
    def test_sentences_are_made_from_the_figures(self, app: Flask) -> None:
        making.scatter(2600, 7).write()
        begun = drafted(finished_period("2026-h1", today()), people.LEAD)
        received = begun.figures["tables"]["referrals"]["total"]["cells"][0]
        assert begun.words["summary"].startswith("January to June 2026. Wormholt and White City Big Local took about")
        assert f"about {received} issues" in begun.words["summary"]
        assert "resolved in full or in part" in begun.words["summary"]
        assert "Your group" not in " ".join(begun.words.values())
        assert "housing (about" in begun.words["received"]

    def test_too_few_are_said_to_be_too_few(self, app: Flask) -> None:
        making.scatter(5, 7).write()
        words = drafted(finished_period("2026-q2", today()), people.LEAD).words
        assert "Fewer issues came in than can be counted here" in words["summary"]
        assert "Too few referrals" in words["results"]
        assert "Too few referrals" in words["waiting"]

    def test_what_only_people_know_is_asked_and_stops_approval(self, app: Flask) -> None:
        begun = drafted(finished_period("2026-h1", today()), people.LEAD)
        asked = {key for key, text in begun.words.items() if has_prompt(text)}
        aims = {f"aim_{aim.code}" for aim in aims_of("big_local")}
        assert asked == {"received", "residents", "learned", *aims}
        assert {section.key for section in unfinished(begun.figures, begun.words)} == asked

    @pytest.mark.parametrize("text", ["((say", "say))", "a ((say\nmore)) b", "(( ))"])
    def test_half_a_question_is_one_too(self, text: str) -> None:
        assert has_prompt(text)

    @pytest.mark.parametrize("text", ["", "(a (nested) remark)", "f(x) and (y)"])
    def test_brackets_are_no_questions(self, text: str) -> None:
        assert not has_prompt(text)


class TestAims:
    def test_big_local_has_its_four(self, app: Flask) -> None:
        figures = drafted(finished_period("2026-h1", today()), people.LEAD).figures
        assert figures["aims_of"] == "big_local"
        assert len(aims_of("big_local")) == 4
        assert [section.key for section in sections_of(figures)].index("learned") > 6

    def test_an_office_and_another_programme_have_none(self, app: Flask) -> None:
        for person in (people.MANAGER, people.OTHER_COORDINATOR):
            figures = drafted(finished_period("2026-h1", today()), person).figures
            assert figures["aims_of"] == ""
            assert not [section for section in sections_of(figures) if section.key.startswith("aim_")]


class TestPeriods:
    def test_only_periods_that_are_over_are_offered(self) -> None:
        offered = [period for each in finished(today()).values() for period in each]
        assert all(period.last < today() for period in offered)
        assert {"2026-h1", "2026-q3", "2025"} <= {period.code for period in offered}

    def test_each_code_leads_back_to_its_period(self) -> None:
        for each in finished(today()).values():
            for period in each:
                assert period_of(period.code) == period
