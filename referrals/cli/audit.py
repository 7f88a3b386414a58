"""`flask audit`: checks that nobody changed the past."""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final
from uuid import UUID

import click
from flask.cli import AppGroup

from referrals.audit import checkpoints, triggers, verify
from referrals.casework.models import Referral
from referrals.directory import queries as directory
from referrals.foundation import clock
from referrals.foundation.database import db, promise_to_read, transaction
from referrals.foundation.sealing import RowKey, signing

FILE: Final = click.Path(dir_okay=False, path_type=Path)
audit_commands = AppGroup("audit", help="Check the audit books.")


@audit_commands.command("verify")
@click.option("--organisation", "code", metavar="CODE", help="Only the book of this organisation.")
@click.option("--words", is_flag=True, help="Also open the sealed words and hold them against their digests (slower).")
@click.option("--against", type=FILE, metavar="FILE", help="Also hold the books against the checkpoints in FILE.")
@click.option("--key", metavar="KEY", help="The key that FILE is signed with, when it is not this service's own.")
def verify_command(code: str | None, words: bool, against: Path | None, key: str | None) -> None:
    """Walk every book from its first entry to its last, and name the first bad entry of each."""
    promise_to_read(only=True)
    kept = _checkpoints(against, key) if against else []
    with transaction() as session:
        moved = checkpoints.faults(session, kept)
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
    for fault in moved:
        click.secho(f"BAD   {fault}", fg="red")
    if kept and not moved:
        click.echo(f"All {len(kept)} checkpoints still hold.")
    if not triggers_are_up or moved or any(report.fault for report in reports):
        sys.exit(1)


@audit_commands.command("checkpoint")
@click.option("--to", "file", type=FILE, required=True, metavar="FILE", help="Add them at the end of FILE.")
def checkpoint_command(file: Path) -> None:
    """Add a signed checkpoint of every book to FILE, to be kept elsewhere; `audit verify --against` reads it.

    It prints the key that they are signed with. Keep that elsewhere too: with it anybody can check them.
    """
    promise_to_read(only=True)
    with transaction() as session:
        notes = checkpoints.taken(session, clock.now())
    with file.open("a", encoding="utf-8") as out:
        out.write("".join(notes))
    click.echo(f"{len(notes)} books. Signed with {signing.public_key(checkpoints.NAME).text()}")


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


def _checkpoints(file: Path, key: str | None) -> list[checkpoints.Checkpoint]:
    try:
        signed_with = signing.PublicKey.parse(key) if key else signing.public_key(checkpoints.NAME)
        return checkpoints.read(file.read_text(encoding="utf-8"), signed_with)
    except (OSError, UnicodeDecodeError):
        raise click.ClickException(f"{file} cannot be read.") from None
    except signing.BadNote as fault:
        raise click.ClickException(f"{file} cannot be trusted. {fault}") from None


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
