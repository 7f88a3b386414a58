"""The forms of people who are not signed in yet: signing in, joining, and choosing a new password."""

from wtforms import HiddenField

from referrals.web.forms.base import GovForm
from referrals.web.forms.text import Email, Password, Text

NEW_PASSWORD_HINT = "At least 12 characters. Three or four unrelated words are easy to remember and hard to guess."


class SignInForm(GovForm):
    """Who, their password, and what to go on with afterwards."""

    email = Email("Email address", look={"autocomplete": "username"})
    password = Password("Password")
    next = HiddenField()
    # A form that was sent after its session ended, sealed for its person.
    held = HiddenField()


class ForgottenForm(GovForm):
    """The address that a link to choose a new password is sent to."""

    email = Email("Email address", look={"autocomplete": "username"})


class NewPasswordForm(GovForm):
    """A new password."""

    password = Password("New password", new=True, hint=NEW_PASSWORD_HINT, thing="a new password")


class JoinForm(GovForm):
    """Somebody new: their name and a password."""

    name = Text("Your full name", thing="your full name", longest=120, look={"autocomplete": "name"})
    password = Password("Password", new=True, hint=NEW_PASSWORD_HINT, thing="a password")


class JoinAsForm(GovForm):
    """Somebody who has an account already: its password."""

    password = Password("Password")
