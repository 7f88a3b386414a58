"""The form of the home page that says: I have seen these."""

from wtforms import HiddenField

from referrals.web.forms.base import GovForm


class SeenForm(GovForm):
    """A button; `until` is when its page was shown."""

    until = HiddenField()
