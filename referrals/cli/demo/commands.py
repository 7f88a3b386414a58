"""The command that loads the demonstration, and any number of referrals on top of it."""

import time

import click
from flask import current_app
from flask.cli import AppGroup

from referrals.casework.copies.writing import BookMoved
from referrals.cli.demo.areas import add_areas, coordinator
from referrals.cli.demo.bulk_loading import Order, load_many
from referrals.cli.demo.loading import NotInProduction, load_demo

MOST_OFFICES = 2_000
MOST_REFERRALS = 5_000_000
MOST_AREAS = 1_000

demo = AppGroup("demo", help="Load invented people and referrals, for trying things out and measuring.")


@demo.command("load")
@click.option("--referrals", "count", type=click.IntRange(0, MOST_REFERRALS), help="Make so many more referrals.")
@click.option(
    "--offices", type=click.IntRange(1, MOST_OFFICES), default=8, show_default=True, help="Over so many offices."
)
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed makes the same people and stories.")
def load(count: int | None, offices: int, seed: int) -> None:
    """Load the demonstration unless it is there, and more referrals where they are asked for.

    Stop the service while many are made: they go into the audit books, in which nobody else may write meanwhile.
    """
    password = current_app.extensions["settings"].demo_password
    try:
        made = load_demo(password)
        click.echo("The demonstration is loaded." if made else "The demonstration was there already.")
        if count:
            _load_many(Order(count, offices, seed), password)
    except (NotInProduction, BookMoved) as refused:
        raise click.ClickException(str(refused)) from None


@demo.command("areas")
@click.option(
    "--areas", "number", type=click.IntRange(1, MOST_AREAS), default=150, show_default=True, help="Make so many."
)
def areas(number: int) -> None:
    """Load areas that say how their MPs stand, in the proportions of 150 Big Local areas: a programme of its own.

    Of a hundred areas 42 see their MP as supportive, 55 as neutral and 3 as negative. All else about them is invented.
    """
    password = current_app.extensions["settings"].demo_password
    try:
        load_demo(password)
    except NotInProduction as refused:
        raise click.ClickException(str(refused)) from None
    made = add_areas(number, password)
    click.echo(f"{number:,} areas are loaded." if made else "The areas were there already.")
    click.echo(f"Sign in as {coordinator()} and open Reports, Areas and their MPs.")


def _load_many(order: Order, password: str) -> None:
    began = time.monotonic()
    with click.progressbar(length=order.referrals, label=f"{order.referrals:,} referrals") as bar:
        load_many(order, password, bar.update)
    seconds = time.monotonic() - began
    click.echo(f"{order.referrals:,} referrals made in {seconds:.0f} seconds. To check the books: flask audit verify")
