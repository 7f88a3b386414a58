"""`flask documents`: checks that every document still lies in the store as it was put there."""

import sys

import click
from flask.cli import AppGroup

from referrals.documents import actions, stores
from referrals.foundation.database import only_reading

documents = AppGroup("documents", help="Look after the documents that lie in the store.")


@documents.command("check")
def check_command() -> None:
    """Compare every document in the store with its digest, and name the missing and the changed. Needs no key."""
    try:
        with only_reading():
            report = actions.check_contents()
    except stores.Away:
        raise click.ClickException("The store of documents does not answer.") from None
    for word, ids in (("missing", report.missing), ("changed", report.changed)):
        for document_id in ids:
            click.echo(f"{word}: {document_id}")
    click.echo(f"{report.whole:,} documents are whole, {len(report.missing)} missing, {len(report.changed)} changed.")
    if report.missing or report.changed:
        sys.exit(1)
