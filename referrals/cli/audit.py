"""`flask audit`: checks that nobody changed the past."""

import sys
from collections.abc import Mapping
from uuid import UUID

import click
from flask.cli import AppGroup

from referrals.audit import triggers, verify
from referrals.casework.models import Referral
from referrals.directory import queries as directory
from referrals.foundation.database import db, promise_to_read, transaction
from referrals.foundation.sealing import RowKey

audit_commands = AppGroup("audit", help="Check the audit books.")


@audit_commands.command("verify")
@click.option("--organisation", "code", metavar="CODE", help="Only the book of this organisation.")
@click.option("--words", is_flag=True, help="Also open the sealed words and hold them against their digests (slower).")
def verify_command(code: str | None, words: bool) -> None:
    """Walk every book from its first entry to its last, and name the first bad entry of each."""
    promise_to_read(only=True)
    with transaction() as session:
        organisation_id = _organisation(code)
        total = verify.entries_to_walk(session, organisation_id)
        with click.progressbar(
            length=total, label=f"Reading {total:,} entries", file=sys.stderr, hidden=not sys.stderr.isatty()
        ) as bar:
            reports = verify.verify_books(
                session,
                organisation_id=organisation_id,
                key_of=_key_of if words else None,
                progress=bar.update,
            )
        triggers_are_up = triggers.are_up(session.connection())
        names = directory.names_of({report.organisation_id for report in reports if report.organisation_id})
    _tell(reports, names)
    if not triggers_are_up:
        click.secho("The triggers that keep the books append-only are not all in place.", fg="red")
    if not triggers_are_up or any(report.fault for report in reports):
        sys.exit(1)


@audit_commands.command("grants")
@click.argument("role")
def grants_command(role: str) -> None:
    """Print the statements that let a PostgreSQL ROLE add to the books, and never change them.

    The tables' owner runs them, and the service then signs in as ROLE.
    """
    try:
        statements = triggers.grants(role)
    except ValueError as fault:
        raise click.ClickException(f"That cannot be used: {fault}.") from None
    click.echo("\n".join(f"{statement};" for statement in statements))


def _organisation(code: str | None) -> UUID | None:
    if code is None:
        return None
    found = directory.organisation_by_code(code)
    if found is None:
        raise click.ClickException(f"There is no organisation with the code {code}.")
    return found.id


def _key_of(referral_id: UUID) -> RowKey | None:
    referral = db.session.get(Referral, referral_id)
    if referral is None:
        return None
    key = referral.seal_key()
    # There may be very many of them.
    db.session.expunge(referral)
    return key


def _tell(reports: list[verify.BookReport], names: Mapping[UUID, str]) -> None:
    for report in reports:
        name = names.get(report.organisation_id, "Unknown organisation") if report.organisation_id else "The service"
        fault = report.fault
        if fault is None:
            click.echo(f"good  {name}: {report.entries:,} entries")
        else:
            click.secho(f"BAD   {name}: book {report.book_id}, entry {fault.number}: {fault.why}", fg="red")
    bad = sum(1 for report in reports if report.fault)
    if bad:
        click.secho(f"{bad} of {len(reports)} books are not as they were written.", fg="red")
    else:
        click.echo(f"All {len(reports)} books are as they were written.")
