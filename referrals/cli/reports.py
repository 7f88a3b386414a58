"""`flask reports`: counts the sums of reports from nothing, and checks them against the tables they come from."""

import sys
from collections.abc import Iterator

import click
from flask.cli import AppGroup

from referrals.foundation.database import db, only_reading, transaction
from referrals.reporting.summaries import keeping
from referrals.reporting.summaries.checking import faults

# Referrals that are counted in one transaction; others can write between two of them.
AT_ONCE = 20_000

report_commands = AppGroup("reports", help="Tend the sums that reports are read from.")


@report_commands.command("rebuild")
def rebuild() -> None:
    """Count the sums of reports from nothing; stopped, it goes on where it was.

    Nobody needs to: the worker keeps them. It is faster after very many referrals were loaded at once. People can work
    meanwhile; until it is done, reports say that their numbers are too small.
    """
    with transaction():
        left = keeping.left_to_count()
    with click.progressbar(length=left, label="Counting", file=sys.stderr, hidden=not sys.stderr.isatty()) as bar:
        for counted in _steps():
            bar.update(counted)
    with transaction():
        keeping.catch_up()
    click.echo(f"{left:,} referrals counted. Every report is up to date.")


def _steps() -> Iterator[int]:
    while True:
        with transaction():
            if not keeping.is_under_way():
                return
            counted = keeping.step(AT_ONCE)
        db.session.remove()
        yield counted


@report_commands.command("check")
def check() -> None:
    """Compare the sums of reports with the tables they were counted from, and fail where they differ.

    What has changed since they were counted last is counted first.
    """
    with transaction():
        if keeping.is_under_way():
            raise click.ClickException("They are being counted from nothing at this moment. Wait for the end of it.")
        keeping.catch_up()
    with only_reading():
        found = faults()
    if not found.none:
        differ = f"{found.referrals:,} referrals, {found.parts:,} parts of them and {found.sums:,} sums differ."
        raise click.ClickException(f"{differ} Count them again: flask reports rebuild")
    click.echo("Every sum is that of the referrals behind it.")
