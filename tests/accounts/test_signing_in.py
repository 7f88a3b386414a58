"""Attempts, sessions and the steps of signing in, below the pages."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import event, func, select

from referrals.accounts import actions, passwords, queries, tokens
from referrals.accounts.actions import TooManyAttempts
from referrals.accounts.models import Person, SignInAttempt, SignInSession
from referrals.accounts.passwords import Cost
from referrals.foundation import clock
from referrals.foundation.database import db, transaction
from referrals.foundation.errors import NotFound
from referrals.web.signing_in import WrongPassword, prove, sign_in
from tests import people


def start(person: people.Someone = people.LEAD) -> str:
    with transaction():
        return actions.start_session(person.membership_id)


def test_thirty_attempts_at_once_are_ten(app: Flask) -> None:
    def attempt(_: int) -> bool:
        with app.app_context():
            try:
                with transaction():
                    actions.begin_attempt(people.LEAD.email)
            except TooManyAttempts:
                return False
            return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(attempt, range(30))) == 10


def test_attempts_are_kept_under_a_keyed_hash_and_however_the_address_is_written(app: Flask) -> None:
    for email in (people.LEAD.email, f"  {people.LEAD.email.upper()} "):
        with transaction():
            actions.begin_attempt(email)
    hashes = set(db.session.scalars(select(SignInAttempt.email_hash)))
    assert len(hashes) == 1
    assert people.LEAD.email.encode() not in hashes.pop()


def test_a_password_that_was_right_does_not_count(app: Flask) -> None:
    for _ in range(15):
        assert prove(people.LEAD.email, people.PASSWORD).person_id == people.LEAD.id


def test_refused_attempts_do_not_make_the_wait_longer(app: Flask) -> None:
    start_of_it = clock.now()
    with clock.clock_at(start_of_it):
        for _ in range(10):
            with pytest.raises(WrongPassword):
                prove(people.LEAD.email, "not the right password")
    with clock.clock_at(start_of_it + timedelta(minutes=4)), pytest.raises(TooManyAttempts):
        prove(people.LEAD.email, people.PASSWORD)
    with clock.clock_at(start_of_it + timedelta(minutes=5)):
        assert prove(people.LEAD.email, people.PASSWORD).person_id == people.LEAD.id


@pytest.fixture
def begun() -> Iterator[list[str]]:
    """The statements by which transactions begin and end."""
    seen: list[str] = []

    def note(*_: object) -> None:
        seen.append("commit")

    event.listen(db.engine, "commit", note)
    yield seen
    event.remove(db.engine, "commit", note)


def test_a_known_and_an_unknown_address_cost_the_same_transactions(app: Flask, begun: list[str]) -> None:
    counts = []
    for email in (people.LEAD.email, "nobody@nowhere.example"):
        begun.clear()
        with pytest.raises(WrongPassword):
            sign_in(email, "not the right password")
        with transaction():
            actions.request_reset(email)
        counts.append(len(begun))
    assert counts[0] == counts[1]


@pytest.fixture
def dearer() -> Iterator[Callable[[], None]]:
    yield lambda: passwords.configure(Cost(passes=2, memory_kib=8))
    passwords.configure(Cost(passes=1, memory_kib=8))


def test_a_hash_is_made_again_at_sign_in_when_the_cost_has_changed(app: Flask, dearer: Callable[[], None]) -> None:
    dearer()
    sign_in(people.LEAD.email, people.PASSWORD)
    stored = db.session.get_one(Person, people.LEAD.id).password_hash or ""
    assert "t=2" in stored
    sign_in(people.LEAD.email, people.PASSWORD)
    db.session.expire_all()
    assert db.session.get_one(Person, people.LEAD.id).password_hash == stored


def test_the_database_holds_no_token_by_which_anybody_could_come_in(app: Flask) -> None:
    token = start()
    row = db.session.scalars(select(SignInSession)).one()
    assert row.token_hash == tokens.hash_of(token)
    assert len({start() for _ in range(5)} | {token}) == 6
    assert queries.session_for(row.token_hash.hex()) is None


def test_a_session_ends_with_the_membership_it_was_for(app: Flask) -> None:
    token = start(people.VOLUNTEER)
    assert queries.session_for(token) is not None
    db.session.rollback()
    with transaction():
        actions.end_membership(people.VOLUNTEER.membership_id, by=people.LEAD.viewer)
    assert queries.session_for(token) is None
    with pytest.raises(NotFound):
        start(people.VOLUNTEER)


def test_reading_touches_a_session_at_most_once_a_minute(app: Flask) -> None:
    begin = clock.now()
    with clock.clock_at(begin):
        live = queries.session_for(start())
    assert live is not None
    with clock.clock_at(begin + timedelta(seconds=59)):
        assert not live.to_be_touched()
    with clock.clock_at(begin + timedelta(seconds=60)):
        assert live.to_be_touched()


def test_nobody_signs_out_the_session_of_somebody_else(app: Flask) -> None:
    live = queries.session_for(start(people.LEAD))
    assert live is not None
    db.session.rollback()
    with pytest.raises(NotFound), transaction():
        actions.sign_out(live.id, by=people.VOLUNTEER.viewer)
    still = select(func.count()).where(SignInSession.ended_at.is_(None))
    assert db.session.scalar(still) == 1
