"""`flask people`: invites the first administrator, whom nobody is there to invite by a page."""

import click
from flask.cli import AppGroup

from referrals.accounts import actions
from referrals.accounts.roles import ROLES, Role, Side
from referrals.accounts.viewer import SERVICE
from referrals.directory import actions as directory_actions
from referrals.directory import queries as directory
from referrals.directory.models import Organisation
from referrals.foundation.database import transaction
from referrals.foundation.errors import DomainError, Invalid
from referrals.notifications import settings as mail

people = AppGroup("people", help="Invite people from the terminal of the server.")


@people.command("invite")
@click.argument("email")
@click.option("--name", required=True, help="Their full name.")
@click.option("--organisation", "code", default="service", show_default=True, metavar="CODE", help="Where they belong.")
@click.option(
    "--role",
    type=click.Choice([role.value for role in Role]),
    default=Role.ADMINISTRATOR.value,
    show_default=True,
    help="What they will do.",
)
def invite(email: str, name: str, code: str, role: str) -> None:
    """Mail an invitation to EMAIL; the link in it works once, for 7 days.

    The organisation of the service itself is made when it is not there yet.
    """
    wanted = Role(role)
    try:
        with transaction():
            organisation = _organisation(code)
            if ROLES[wanted].side is not Side(organisation.kind):
                label = ROLES[wanted].label.lower()
                raise click.ClickException(f"{organisation.name} is no organisation that has a {label}.")
            actions.invite_by_service(email, name, wanted, organisation_id=organisation.id)
    except Invalid as refused:
        raise click.ClickException(". ".join(refused.errors.values()) + ".") from None
    except DomainError as refused:
        raise click.ClickException(refused.message) from None
    click.echo("The invitation is in the outbox. The worker (flask worker) sends it.")
    if mail.current().transport is mail.Transport.FOLDER:
        click.echo(f"Mail goes into a folder here: {mail.current().folder}")


def _organisation(code: str) -> Organisation:
    if code == "service":
        return directory_actions.add_service_desk(name="The service", by=SERVICE)
    found = directory.organisation_by_code(code)
    if found is None:
        raise click.ClickException(f"There is no organisation with the code {code}.")
    return found
