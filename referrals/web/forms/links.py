"""The form that says what two referrals have to do with each other."""

from referrals.directory import lists
from referrals.web.forms.base import GovForm
from referrals.web.forms.choice import Radios
from referrals.web.forms.text import Text


class LinkForm(GovForm):
    """Another referral by its reference, and what the two have to do with each other."""

    other = Text(
        "Which referral?",
        thing="the reference",
        required="Enter the reference of the other referral",
        longest=40,
        hint="Its reference, such as R-7K3F-92W. You can link referrals that you can open.",
    )
    kind = Radios(
        "What do the two have to do with each other?",
        lambda: lists.current("link_kinds"),
        required="Choose what the two have to do with each other",
    )
