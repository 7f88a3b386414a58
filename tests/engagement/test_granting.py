"""Small grants in the domain: what two people do at once, and what nobody may do."""

from collections.abc import Callable
from uuid import UUID

import pytest
from flask import Flask

from referrals.engagement.actions import granting
from referrals.engagement.actions.giver import Numbers, number_giver, record_taking
from referrals.engagement.giving import Round
from referrals.engagement.queries import grants as queries
from referrals.foundation.clock import today
from referrals.foundation.database import db, transaction
from referrals.foundation.errors import Invalid, NotAllowed, NotFound, Stale
from tests import people
from tests.casework.test_at_once import all_at_once
from tests.engagement.registers import make_award, make_round, told_award
from tests.people import Someone


def entering(round_id: UUID, pence: int) -> Callable[[], object]:
    """One person's award, on what they have looked at."""

    def enter() -> object:
        with transaction():
            found = queries.grant_round(round_id, people.LEAD.viewer)
            return granting.enter_award(found, told_award(found, amount_pence=pence), by=people.LEAD.viewer).id

    return enter


def test_two_at_once_do_not_give_more_than_there_is(app: Flask) -> None:
    round_id = make_round().id
    results = all_at_once(app, [entering(round_id, 40_000) for _ in range(4)])
    assert sum(isinstance(one, UUID) for one in results) == 2
    refused = [one for one in results if isinstance(one, Invalid)]
    assert [one.errors for one in refused] == [{"amount": "Only £200 of the round is left"}] * 2
    assert queries.given_pence(round_id) == 80_000


def test_an_award_counts_once_when_two_change_it(app: Flask) -> None:
    made = make_award(make_round())
    award_id, version = made.id, made.version

    def change() -> object:
        with transaction():
            found = queries.award(award_id, people.LEAD.viewer)
            told = told_award(queries.grant_round(found.round_id, people.LEAD.viewer), amount_pence=20_000)
            granting.change_award(found, told, by=people.LEAD.viewer, version=version)
        return "changed"

    results = all_at_once(app, [change, change])
    assert results.count("changed") == 1
    assert sum(isinstance(one, Stale) for one in results) == 1


@pytest.mark.parametrize("reader", [people.VOLUNTEER, people.COORDINATOR])
def test_who_reads_keeps_nothing(app: Flask, reader: Someone) -> None:
    found = make_round()
    made = make_award(found)
    told = Round(name="X", opens_on=today(), closes_on=today(), total_pence=1, themes={1: "X"})
    numbers = Numbers(prefix="", charity_number="", company_number="")
    tries: list[Callable[[], object]] = [
        lambda: granting.open_round(told, by=reader.viewer),
        lambda: granting.change_round(found, told, by=reader.viewer, version=None),
        lambda: granting.enter_award(found, told_award(found), by=reader.viewer),
        lambda: granting.change_award(made, told_award(found), by=reader.viewer, version=None),
        lambda: granting.withdraw_award(made, "Why", by=reader.viewer, version=None),
        lambda: number_giver(numbers, by=reader.viewer, version=None),
    ]
    for attempt in tries:
        with pytest.raises(NotAllowed):
            attempt()


@pytest.mark.parametrize(
    "stranger", [people.OTHER_LEAD, people.MANAGER, people.OTHER_COORDINATOR, people.ADMINISTRATOR]
)
def test_to_strangers_there_is_none(app: Flask, stranger: Someone) -> None:
    found = make_round()
    made = make_award(found)
    tries: list[Callable[[], object]] = [
        lambda: queries.grant_round(found.id, stranger.viewer),
        lambda: queries.award(made.id, stranger.viewer),
        lambda: granting.enter_award(found, told_award(found), by=stranger.viewer),
        lambda: granting.withdraw_award(made, "Why", by=stranger.viewer, version=None),
        lambda: record_taking(found.organisation_id, None, "csv", by=stranger.viewer),
    ]
    for attempt in tries:
        with pytest.raises(NotFound):
            attempt()
    db.session.rollback()
    assert found.id not in {line.round.id for line in queries.grant_rounds(stranger.viewer)}
