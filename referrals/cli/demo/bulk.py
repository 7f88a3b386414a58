"""Making very many referrals: two processes make copies of the stories, this one writes them, a chunk a transaction.

The same seed gives the same people, words, days and courses of events on the same day; ids and keys are new each time.
"""

import multiprocessing
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from multiprocessing.process import BaseProcess
from multiprocessing.queues import Queue
from queue import Empty
from random import SystemRandom
from typing import Final
from uuid import UUID

from referrals.casework.copies.books import Books, Happening, Head
from referrals.casework.copies.finding import TokenRows
from referrals.casework.copies.pattern import Pattern
from referrals.casework.copies.remaking import Copier
from referrals.casework.copies.writing import Chunk, chunk_of
from referrals.cli.demo.crowd import Circle
from referrals.cli.demo.dice import dice
from referrals.cli.demo.plan import People, Planned, changes, planned
from referrals.foundation import sealing
from referrals.foundation.bulk import Row, encoder_for, without_collecting
from referrals.foundation.references import new_reference

PROCESSES: Final = 2
# Under this many it is not worth starting other processes.
WORTH_PROCESSES: Final = 3_000
CHUNK: Final = 2_000
CHUNKS_WAITING: Final = 4
SECONDS_OF_PATIENCE: Final = 5


@dataclass(frozen=True, slots=True)
class Job:
    """One circle's share of the work."""

    circle: Circle
    count: int
    seed: str
    references: Sequence[str]
    heads: dict[UUID | None, Head]


@dataclass(frozen=True, slots=True)
class Workshop:
    """What every job needs; plain data, because it goes to other processes."""

    patterns: Sequence[Pattern]
    people: People
    key_ring: str
    dialect: str


def share_out(
    circles: Sequence[Circle], count: int, seed: int, in_use: set[str]
) -> Iterator[tuple[Circle, int, str, list[str]]]:
    """Each circle's number of referrals, its seed, and references that nobody has."""
    offices = sum(len(circle.offices) for circle in circles)
    references = new_references(count, seed, in_use)
    given = reached = 0
    for index, circle in enumerate(circles):
        reached += len(circle.offices)
        share = count * reached // offices - given
        given += share
        yield circle, share, f"{seed} {index}", list(islice(references, share))


def new_references(count: int, seed: int, in_use: set[str]) -> Iterator[str]:
    """At most so many references that nobody has."""
    chance, taken = dice(f"references {seed}"), set(in_use)
    while len(taken) < count + len(in_use):
        reference = new_reference(chance)
        if reference not in taken:
            taken.add(reference)
            yield reference


class Maker:
    """Makes the referrals of jobs; what the patterns have in common for all of them is prepared once."""

    def __init__(self, workshop: Workshop) -> None:
        self._workshop = workshop
        self._encoder = encoder_for(workshop.dialect)
        # Ids need no secret randomness, only that they never come twice.
        chance = dice(SystemRandom().getrandbits(256))
        vault, token_rows = sealing.vault(), TokenRows(self._encoder)
        self._copiers = [Copier(pattern, self._encoder, token_rows, vault, chance) for pattern in workshop.patterns]

    def make(self, job: Job) -> Iterator[Chunk]:
        """The chunks of one job, in the order in which they must be written."""
        books = Books(job.heads, self._encoder)
        plan = planned(self._workshop.patterns, len(job.circle.pairs), job.count, job.seed)
        references = iter(job.references)
        different = changes(plan, self._workshop.patterns, job.circle, self._workshop.people, references)
        for begin in range(0, len(plan), CHUNK):
            part = plan[begin : begin + CHUNK]
            rows: list[tuple[str, Row]] = []
            by_service: list[Happening] = []
            for one in part:
                copy = self._copiers[one.pattern].copy(next(different))
                rows += copy.rows
                books.expect([told for told in copy.happenings if told.organisation_id is not None])
                by_service += [told for told in copy.happenings if told.organisation_id is None]
            chapter = books.enter(_next_beginning(plan, begin + CHUNK))
            yield chunk_of(len(part), rows, chapter, by_service, self._encoder)


def _next_beginning(plan: Sequence[Planned], place: int) -> datetime | None:
    return plan[place].began if place < len(plan) else None


def processes_for(count: int) -> int:
    """How many other processes are worth starting for so many referrals."""
    return PROCESSES if count >= WORTH_PROCESSES else 0


def chunks(jobs: Sequence[Job], workshop: Workshop, processes: int) -> Iterator[Chunk]:
    """The chunks of all jobs; those of one job in their order. With 0 processes they are made in this one."""
    if not processes:
        here = Maker(workshop)
        for job in jobs:
            yield from here.make(job)
        return
    context = multiprocessing.get_context("spawn")
    queue: Queue[Chunk | str | None] = context.Queue(CHUNKS_WAITING)
    shares = [list(jobs[start::processes]) for start in range(processes)]
    makers = [context.Process(target=_work, args=(share, workshop, queue), daemon=True) for share in shares]
    with _running(makers):
        yield from _received(queue, makers)


def _received(queue: "Queue[Chunk | str | None]", processes: Sequence[BaseProcess]) -> Iterator[Chunk]:
    makers = len(processes)
    while makers:
        try:
            found = queue.get(timeout=SECONDS_OF_PATIENCE)
        except Empty:
            if any(process.exitcode for process in processes):
                raise RuntimeError("a process that makes copies was killed") from None
            continue
        if found is None:
            makers -= 1
        elif isinstance(found, str):
            raise RuntimeError(f"a process that makes copies failed: {found}")
        else:
            yield found


@contextmanager
def _running(processes: Sequence[BaseProcess]) -> Iterator[None]:
    for process in processes:
        process.start()
    try:
        yield
    finally:
        for process in processes:
            process.terminate()
            process.join()


def _work(jobs: Sequence[Job], workshop: Workshop, queue: "Queue[Chunk | str | None]") -> None:
    """What another process does: make chunks until there are no more jobs, and say how it ended."""
    try:
        sealing.configure(sealing.Vault(sealing.KeyRing.from_text(workshop.key_ring)))
        maker = Maker(workshop)
        with without_collecting():
            for job in jobs:
                for chunk in maker.make(job):
                    queue.put(chunk)
        queue.put(None)
    except Exception as fault:  # noqa: BLE001 - whatever it is, the process that waits must hear of it
        queue.put(f"{type(fault).__name__}: {fault}")
