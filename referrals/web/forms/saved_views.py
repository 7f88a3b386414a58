"""Forms of saved views: a name, and whether the office has it too."""

from referrals.casework.actions.saving_views import LONGEST_NAME
from referrals.web.forms.base import GovForm
from referrals.web.forms.choice import Checkbox
from referrals.web.forms.text import Text

HINT = "Do not put anybody’s name here. For example: Housing, overdue."


class SaveViewForm(GovForm):
    """What a new view is called, and whether the whole office has it."""

    name = Text("Name of the view", thing="the name", required="Enter a name", longest=LONGEST_NAME, hint=HINT)
    shared = Checkbox("Share it with everybody in your office")


class RenameViewForm(GovForm):
    """What a view is called from now on."""

    name = Text("Name of the view", thing="the name", required="Enter a name", longest=LONGEST_NAME, hint=HINT)
