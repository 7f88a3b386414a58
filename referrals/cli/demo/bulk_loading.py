"""Loading any number of referrals on top of the demonstration, and keeping every promise of the books."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass

from referrals.accounts.passwords import hasher
from referrals.casework.copies.books import Books, Happening
from referrals.casework.copies.pattern import Pattern, capture
from referrals.casework.copies.writing import chunk_of, filled_tables, heads_of, references_in_use, write_chunk
from referrals.casework.models import Referral, Transfer
from referrals.cli.demo.bulk import Job, Workshop, chunks, processes_for, share_out
from referrals.cli.demo.crowd import Circle, gather
from referrals.cli.demo.loading import load_demo
from referrals.cli.demo.plan import people_in
from referrals.cli.demo.stories import stories
from referrals.cli.demo.telling import tell
from referrals.cli.demo.world import existing_world
from referrals.foundation import clock, sealing
from referrals.foundation.bulk import encoder_for, resting, take_stock, trusting, without_collecting
from referrals.foundation.database import db, transaction


@dataclass(frozen=True, slots=True)
class Order:
    """What was asked for."""

    referrals: int
    offices: int
    seed: int
    # In how many other processes to make them; None leaves it to their number.
    processes: int | None = None


class _Undone(Exception):
    """Ends a transaction of which nothing is to stay."""


def load_many(order: Order, password: str, advance: Callable[[int], object]) -> None:
    """Make the demonstration if need be, and the ordered referrals; `advance` hears of each chunk how many they were.

    Raises NotInProduction, and BookMoved when the service is used meanwhile; every chunk that was saved stays whole.
    """
    patterns: list[Pattern] = []
    if not load_demo(password, hears=lambda referral: patterns.extend(_taken(referral))):
        patterns = taken_patterns()
    with transaction():
        circles = gather(order.offices, hasher().hash(password))
    dialect = db.engine.dialect.name
    workshop = Workshop(patterns, people_in(patterns), sealing.vault().keyring.to_text(), dialect)
    by_service: list[Happening] = []
    processes = processes_for(order.referrals) if order.processes is None else order.processes
    with without_collecting(), _at_full_speed() if processes else nullcontext():
        for chunk in chunks(_jobs(circles, order), workshop, processes):
            with transaction() as session:
                write_chunk(chunk, session)
            by_service += chunk.by_service
            advance(chunk.count)
    _enter_service_book(by_service, dialect)


def _jobs(circles: Sequence[Circle], order: Order) -> list[Job]:
    with transaction() as session:
        in_use = references_in_use(session)
        return [
            Job(circle, count, seed, references, heads_of(circle.organisation_ids(), session))
            for circle, count, seed, references in share_out(circles, order.referrals, order.seed, in_use)
        ]


def _enter_service_book(happenings: list[Happening], dialect: str) -> None:
    with transaction() as session:
        encoder = encoder_for(dialect)
        books = Books(heads_of([None], session), encoder)
        books.expect(happenings)
        write_chunk(chunk_of(0, [], books.enter(None), [], encoder), session)
        take_stock(session)


@contextmanager
def _at_full_speed() -> Iterator[None]:
    """Without what only helps to find rows, and trusting that copies point to where their patterns did."""
    with resting([index for table in filled_tables() for index in table.indexes if not index.unique]), trusting():
        yield


def taken_patterns() -> list[Pattern]:
    """Every story told once more and taken apart; of the telling itself nothing stays."""
    found: list[Pattern] = []
    with _of_which_nothing_stays():
        world, present = existing_world(), clock.now()
        for number, story in enumerate(stories()):
            # A name that no resident has, so that nobody is taken for a duplicate.
            found += _taken(tell(story, world, present, name=f"Pattern {number} of {present:%f%S}"))
    return found


def _taken(referral: Referral) -> list[Pattern]:
    """The referral taken apart, where copies of it can be made."""
    pattern = capture(referral, db.session())
    # Two offices keep books of what was handed on, and copies are made for one office at a time.
    handed_on = any(row.table == Transfer.__tablename__ for row in pattern.rows)
    return [] if handed_on else [pattern]


@contextmanager
def _of_which_nothing_stays() -> Iterator[None]:
    with suppress(_Undone), transaction():
        yield
        raise _Undone
    db.session.remove()
