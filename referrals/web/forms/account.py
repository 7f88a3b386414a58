"""The forms of a person's own account."""

from referrals.web.forms.base import GovForm
from referrals.web.forms.sign_in import NEW_PASSWORD_HINT
from referrals.web.forms.text import Password, Text


class NameForm(GovForm):
    """One's own name."""

    name = Text("Your full name", thing="your full name", longest=120, look={"autocomplete": "name"})


class ChangePasswordForm(GovForm):
    """The password one has, and the one to have from now on."""

    current_password = Password("Current password", thing="your current password")
    password = Password("New password", new=True, hint=NEW_PASSWORD_HINT, thing="a new password")
