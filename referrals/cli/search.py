"""`flask search`: brings the index of what is stored up to how it is made today."""

import sys
from collections.abc import Iterator

import click
from flask.cli import AppGroup

from referrals.casework.actions import reindexing
from referrals.foundation.database import db, transaction

search_commands = AppGroup("search", help="Tend the index by which referrals are found.")


@search_commands.command("reindex")
def reindex_command() -> None:
    """Index referrals anew that were indexed by an older version; stopped, it goes on where it was.

    Needed once after an upgrade that says so. People can work meanwhile; until it is done, a search may miss referrals
    that nobody changed since.
    """
    with transaction():
        left = reindexing.referrals_to_reindex()
    if left:
        with click.progressbar(length=left, label="Indexing", file=sys.stderr, hidden=not sys.stderr.isatty()) as bar:
            for taken in _batches():
                bar.update(taken)
    click.echo(f"{left:,} referrals indexed anew. Everything is indexed as it should be.")


def _batches() -> Iterator[int]:
    last = None
    while True:
        with transaction():
            taken = reindexing.reindex_batch(last)
        if not taken:
            return
        last = taken[-1]
        # What was opened to be indexed is not kept in memory.
        db.session.remove()
        yield len(taken)
