"""Whoever lays briefs, the ledger and the other figures that leave the house side by side pins no small number."""

import itertools
import random
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

import pytest

from referrals.foundation.ids import new_id
from referrals.publishing.briefs import wording
from referrals.publishing.briefs.figures import Case, Figures, Ledger, figures_of, shown
from referrals.reporting.disclosure import Name, profile_of, rounded

FIRST = date(2026, 9, 1)
MOST = 24


def values_of(number: int, threshold: int) -> set[int]:
    """What a count can be for somebody who reads it in a brief, tried one by one."""
    return {count for count in range(threshold, 200) if shown(count, threshold) == number}


@pytest.mark.parametrize("threshold", [5, 10, 20])
def test_a_number_is_never_under_the_threshold_and_never_one_number(threshold: int) -> None:
    for count in range(threshold, 100):
        number = shown(count, threshold)
        assert number >= threshold
        assert len(values_of(number, threshold)) >= 3
        assert count in values_of(number, threshold)


def test_five_are_not_told_from_six_or_seven() -> None:
    assert {wording.about(shown(count, 5), 5) for count in (5, 6, 7)} == {"five or more"}
    assert wording.about(shown(8, 5), 5) == "about 10"
    assert wording.about(shown(10, 10), 10) == "ten or more"


@pytest.mark.parametrize("count", range(5, 60))
def test_a_brief_says_no_more_of_a_number_than_the_reports_do(count: int) -> None:
    """Whose steps were other ones would narrow a number down together with them."""
    in_reports = {other for other in range(5, 200) if rounded(other) == rounded(count)}
    assert values_of(shown(count, 5), 5) == in_reports


def possible(total: int, parts: tuple[int, ...], threshold: int) -> set[int]:
    """What those can be whom no group wrote a brief about: the programme's brief less those of the groups."""
    found = set()
    for whole in values_of(total, threshold):
        for known in itertools.product(*(values_of(part, 5) for part in parts)):
            if sum(known) <= whole:
                found.add(whole - sum(known))
    return found


@pytest.mark.parametrize("seed", range(40))
def test_a_programme_less_its_groups_leaves_no_small_number_certain(seed: int) -> None:
    """One cell: a programme's brief beside the briefs of some of its groups about the same, to the same office.

    That nobody is left is about nobody; any other number under five stays one of several.
    """
    chance = random.Random(seed)
    groups = [chance.randint(0, MOST) for _ in range(chance.randint(2, 4))]
    total = sum(groups)
    if total < 10:
        return
    told = tuple(shown(count, 5) for count in groups if count >= 5 and chance.random() < 0.8)
    rest = possible(shown(total, 10), told, 10)
    small = {count for count in rest if count < 5}
    assert rest != small or len(small - {0}) != 1 or 0 in small
    assert len(rest) > 1


def cases(people: int, *, waited: Iterable[int] = (), code: int = 0, money: Iterable[int] = ()) -> list[Case]:
    """So many people with a referral each; of the first some a wait, a result, a sum."""
    waits, sums = list(waited), list(money)
    return [
        Case(
            id=new_id(),
            sent_on=FIRST + timedelta(days=number),
            group_id=GROUP,
            waited=waits[number] if number < len(waits) else None,
            codes=("explanation_obtained",) if number < code else (),
            money=(("one_off", "confirmed", Decimal(sums[number])),) if number < len(sums) else (),
        )
        for number in range(people)
    ]


GROUP: UUID = new_id()


def figures(found: list[Case], threshold: int = 5) -> Figures | None:
    own = {case.id: case.id for case in found}
    return figures_of(found, own, FIRST, profile_of(Name.PROGRAMME, threshold), Ledger())


@pytest.mark.parametrize("threshold", [5, 10])
def test_nothing_is_said_of_fewer_than_the_threshold(threshold: int) -> None:
    assert figures(cases(threshold - 1), threshold) is None
    few = threshold - 1
    told = figures(cases(threshold, waited=[90] * few, code=few, money=[100] * few), threshold)
    assert told is not None
    assert (told.waited_days, told.codes, told.money, told.areas) == (None, [], [], None)
    told = figures(cases(threshold, waited=[90] * threshold, code=threshold, money=[100] * threshold), threshold)
    assert told is not None
    assert told.waited_days
    assert told.codes
    assert told.money


def test_a_sum_that_is_nearly_one_persons_is_not_told() -> None:
    told = figures(cases(6, money=[50_000, 10, 10, 10, 10, 10]))
    assert told is not None
    assert told.money == []


def neighbours(people: int) -> Iterator[tuple[list[Case], list[Case]]]:
    """Two towns that differ by one resident's wait, within the same week or month."""
    for days in range(70, 90):
        yield cases(people, waited=[days] * people), cases(people, waited=[days] * (people - 1) + [days + 40])


def test_one_persons_wait_moves_nothing() -> None:
    for one, other in neighbours(9):
        assert figures(one) == figures(other) or (figures(one) is not None and figures(other) is not None)
        told, again = figures(one), figures(other)
        assert told is not None
        assert again is not None
        assert told.waited_days == again.waited_days


def test_the_order_of_outcomes_is_that_of_what_is_shown() -> None:
    """Two that are both shown as ten stand in one order, whichever of them is true of more people."""
    first, second = "apology_or_complaint_upheld", "explanation_obtained"
    told = []
    for more, less in ((first, second), (second, first)):
        found = cases(12)
        codes = [(more, less)] * 9 + [(more,)] * 3
        told.append(figures([replace(case, codes=own) for case, own in zip(found, codes, strict=True)]))
    assert [one and one.codes for one in told] == [[[first, 10], [second, 10]]] * 2


def test_only_rounded_numbers_are_kept() -> None:
    told = figures(cases(23, waited=range(60, 83), code=13, money=[137] * 17))
    assert told is not None
    assert (told.residents, told.codes, told.money) == (
        25,
        [["explanation_obtained", 15]],
        [["one_off", "confirmed", 2300]],
    )
