"""`flask keys`: makes the key ring, and turns to a new key."""

import sys
from collections.abc import Iterator
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from referrals.casework.actions import keys
from referrals.foundation import sealing
from referrals.foundation.database import transaction
from referrals.foundation.sealing import KeyRing, Vault

key_commands = AppGroup("keys", help="Make and change the keys that personal data is sealed with.")


@key_commands.command("create")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def create_command(file: Path) -> None:
    """Make a new key ring and write it to FILE, which only its owner can read. It never replaces one."""
    if file.exists():
        raise click.ClickException(f"{file} is there already. A key ring that is in use must never be lost.")
    KeyRing.load_or_create(file)
    click.echo(f"Made {file}. Keep a copy in a safe place: without it nobody can ever read what it sealed.")


@key_commands.command("rotate")
def rotate_command() -> None:
    """Make a new key and wrap the key of every referral with it; a rotation that was stopped is taken up again.

    Old keys stay in the ring, because messages in the outbox and old backups may still need them.
    """
    left = _left()
    if left:
        click.echo(f"Going on with key {sealing.vault().current_id}: {left:,} referrals are left.")
    else:
        _make_key()
        left = _left()
        click.echo(f"New key {sealing.vault().current_id}: {left:,} referrals to wrap.")
    with click.progressbar(length=left, label="Wrapping keys", file=sys.stderr, hidden=not sys.stderr.isatty()) as bar:
        for taken in _batches():
            bar.update(taken)
    click.echo(f"Every referral hangs on key {sealing.vault().current_id}.")


def _batches() -> Iterator[int]:
    while True:
        with transaction():
            taken = keys.rewrap_referrals()
        if not taken:
            return
        yield taken


def _left() -> int:
    with transaction():
        return keys.referrals_left()


def _make_key() -> None:
    settings = current_app.extensions["settings"]
    if settings.key_ring:
        raise click.ClickException(
            "The key ring comes from KEY_RING. Put it into a file, name that in KEY_RING_FILE, and unset KEY_RING."
        )
    path: Path = settings.key_ring_file
    ring = KeyRing.load(path).with_new_key()
    # Saved before it is used: whatever it wraps must be openable after a crash.
    ring.save(path)
    sealing.configure(Vault(ring, reload=lambda: KeyRing.load(path)))
