"""The command that loads the demonstration."""

import click
from flask import current_app
from flask.cli import AppGroup

from referrals.cli.demo.loading import NotInProduction, load_demo

demo = AppGroup("demo", help="Load invented people and referrals, for trying things out.")


@demo.command("load")
def load() -> None:
    """Load the demonstration unless it is there."""
    try:
        made = load_demo(current_app.extensions["settings"].demo_password)
    except NotInProduction as refused:
        raise click.ClickException(str(refused)) from None
    click.echo("The demonstration is loaded." if made else "The demonstration was there already.")
