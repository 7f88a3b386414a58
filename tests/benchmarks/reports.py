"""How long every report takes over very many referrals: for the owner of most of them, and for a coordinator.

    flask demo load --referrals 100000 --offices 40
    python -m tests.benchmarks.reports --copies 10

Give it a database of its own (DATABASE_URL), because the copies it makes are good for nothing else. It prints what it
measured; whether that is fast enough on a machine is for who reads it to say.
"""

import argparse
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any, Final
from uuid import UUID

import click
from sqlalchemy import func, select

from referrals.accounts.roles import ROLES, Role, Side
from referrals.accounts.viewer import Viewer
from referrals.app import create_app
from referrals.casework.models import Referral
from referrals.directory.models import Group, Organisation
from referrals.foundation.database import db, only_reading, transaction
from referrals.foundation.ids import new_id
from referrals.reporting import catalogue
from referrals.reporting.behind import behind
from referrals.reporting.cells import Cell
from referrals.reporting.report import Report
from referrals.reporting.summaries import keeping
from tests.benchmarks.multiplying import multiply

A_STEP: Final = 20_000
WARM: Final = 3
# What is asked for seconds on PostgreSQL and on SQLite.
ASKED_FOR: Final = {"postgresql": 1.0, "sqlite": 2.0}


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads, and how many referrals their reports are of."""

    name: str
    viewer: Viewer
    referrals: int


def main() -> None:
    """Make what is asked for, and measure."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    asked.add_argument("--copies", type=int, default=0, help="first copy every referral so many times")
    asked.add_argument("--spread", action="store_true", help="leave the copies with their offices and groups")
    asked.add_argument("--changed", type=int, default=1_000, help="then let so many referrals change, and count them")
    options = asked.parse_args()
    app = create_app()
    with app.app_context():
        if options.copies:
            _copy(options.copies, spread=options.spread)
        _count()
        for reader in _readers():
            _measure(reader)
        _change(options.changed)


def _copy(copies: int, *, spread: bool) -> None:
    office, group = (None, None) if spread else (_most(Referral.office_id), _most(Referral.group_id))
    began = time.perf_counter()
    for name in multiply(copies, office, group):
        click.echo(f"{name} copied, {time.perf_counter() - began:.0f} s")
    with transaction():
        keeping.begin()


def _count() -> None:
    began = time.perf_counter()
    counted = 0
    while True:
        with transaction():
            counted += keeping.step(A_STEP)
            if not keeping.is_under_way():
                break
        db.session.remove()
    if counted:
        click.echo(f"{counted:,} referrals counted from nothing in {time.perf_counter() - began:.0f} s")
    with transaction():
        keeping.catch_up()


def _most(column: Any) -> UUID:
    """The organisation that has the most referrals."""
    query = select(column).where(column.is_not(None)).group_by(column).order_by(func.count().desc())
    found: UUID = db.session.scalars(query.limit(1)).one()
    db.session.rollback()
    return found


def _readers() -> Iterator[Reader]:
    office, group = _most(Referral.office_id), _most(Referral.group_id)
    programme = db.session.scalars(select(Group.programme_id).where(Group.organisation_id == group)).one()
    for role, place, column in (
        (Role.MANAGER, office, Referral.office_id),
        (Role.LEAD, group, Referral.group_id),
        (Role.COORDINATOR, programme, None),
    ):
        name = db.session.scalars(select(Organisation.name).where(Organisation.id == place)).one()
        mine = select(func.count()).select_from(Referral)
        number = db.session.scalar(mine if column is None else mine.where(column == place)) or 0
        yield Reader(f"{ROLES[role].label} of {name}", Viewer(new_id(), "", role, place), number)
    db.session.rollback()


def _measure(reader: Reader) -> None:
    kind = db.engine.dialect.name
    click.echo(f"\n{reader.name}: {reader.referrals:,} referrals, {kind}, seconds\n")
    click.echo(f"{'report':<16}{'period':<10}{'first':>8}{'again':>8}{'of the figure':>15}")
    for entry in catalogue.reports_for(reader.viewer):
        # The widest period, and a narrow one.
        codes = [None] if entry.is_present else _codes(entry.name, reader.viewer)
        for code in codes:
            first, again = _timed(partial(_built, entry.name, code, reader.viewer))
            click.echo(
                f"{entry.name:<16}{code or 'today':<10}{first:>8.3f}{again:>8.3f}{again / ASKED_FOR[kind]:>14.0%}"
            )
    if reader.viewer.side is not Side.PROGRAMME:
        _measure_lists(reader.viewer)


def _codes(name: str, viewer: Viewer) -> list[str | None]:
    with only_reading():
        choices = catalogue.request(name, None, viewer).choices
    return [choices[0].code, next(one.code for one in choices if one.first and (one.last - one.first).days < 100)]


def _built(name: str, code: str | None, viewer: Viewer) -> None:
    asked = catalogue.request(name, code, viewer)
    asked.entry.build(asked.scope, asked.period)


def _measure_lists(viewer: Viewer) -> None:
    """The list behind every number of the widest period, each once, and which of a report's took longest."""
    click.echo(f"\n{'lists behind':<16}{'lists':>8}{'median':>8}{'slowest':>8}  which")
    for entry in catalogue.reports_for(viewer):
        with only_reading():
            asked = catalogue.request(entry.name, None, viewer)
            cells = _cells(entry.build(asked.scope, asked.period))
            took = sorted((_seconds(partial(behind, asked, cell, viewer)), cell.text()) for cell in cells)
        db.session.rollback()
        if took:
            slowest, which = took[-1]
            middle = took[len(took) // 2][0]
            click.echo(f"{entry.name:<16}{len(took):>8}{middle:>8.3f}{slowest:>8.3f}  {which}")


def _cells(report: Report) -> set[Cell]:
    lines = [line for table in report.tables for line in (*table.rows, *([table.total] if table.total else ()))]
    return {cell for line in lines for cell in line.cells if cell is not None}


def _timed(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds on a new connection to the database, and the least of a few times on the same one."""
    db.session.remove()
    db.engine.dispose()
    with only_reading():
        seconds = [_seconds(work) for _ in range(1 + WARM)]
    return seconds[0], min(seconds[1:])


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _change(number: int) -> None:
    """Count some referrals again, as the worker does after they have changed."""
    ids = list(db.session.scalars(select(Referral.id).where(Referral.submitted_at.is_not(None)).limit(number)))
    db.session.rollback()
    began = time.perf_counter()
    with transaction() as session:
        keeping.count_these(ids, session)
    click.echo(f"\n{len(ids):,} changed referrals counted again in {time.perf_counter() - began:.2f} s")


if __name__ == "__main__":
    main()
