"""The forms of those who manage people."""

from collections.abc import Iterable

from referrals.accounts.roles import ROLES, Role
from referrals.web.forms.base import GovForm
from referrals.web.forms.choice import Option, Radios
from referrals.web.forms.text import Email, Text

# What each role means to somebody choosing it.
MEANINGS: dict[Role, str] = {
    Role.VOLUNTEER: "Writes and sends referrals, and follows their own",
    Role.LEAD: "Sees every referral of the group, and manages its people",
    Role.CASEWORKER: "Takes and works on referrals",
    Role.MANAGER: "Does all a caseworker does, assigns referrals, and manages people",
    Role.COORDINATOR: "Sees figures over the groups of the programme, and never a resident",
    Role.ADMINISTRATOR: "Adds organisations and invites people, and never sees a resident",
}


def role_options(roles: Iterable[Role]) -> list[Option]:
    """Roles to choose from, each with what it means."""
    return [Option(role.value, ROLES[role].label, hint=MEANINGS[role]) for role in roles]


class InviteForm(GovForm):
    """Somebody to invite."""

    name = Text("Full name", thing="their full name", longest=120, look={"autocomplete": "off"})
    email = Email("Email address", thing="their email address", look={"autocomplete": "off"})
    role = Radios("What will they do?", (), thing="what they will do")


class RoleForm(GovForm):
    """Another role for somebody."""

    role = Radios("What do they do?", (), thing="what they do")


class ConfirmForm(GovForm):
    """A change to be sure about; nothing to fill in."""
