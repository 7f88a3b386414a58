"""The form by which everything a colleague has in hand is given to others."""

from typing import Final

from referrals.directory import lists
from referrals.web.forms.base import GovForm
from referrals.web.forms.choice import Checkboxes, Option, Radios

ALL: Final = "all"
SOME: Final = "some"


class HandoverForm(GovForm):
    """Which referrals, to whom, and why."""

    which = Radios("Which referrals?", (), thing="which referrals", required="Say which referrals")
    chosen = Checkboxes(
        "Choose the referrals",
        (),
        thing="referrals",
        required="Choose at least one referral",
        look={"classes": "govuk-checkboxes--small"},
    )
    to = Checkboxes(
        "Who do they go to?",
        (),
        thing="somebody",
        required="Choose who they go to",
        hint="Where you choose several, they are shared out evenly.",
        look={"classes": "govuk-checkboxes--small"},
    )
    reason = Radios(
        "Why are they changing hands?",
        lambda: lists.current("reassignment_reasons"),
        required="Say why they are changing hands",
        look={"classes": "govuk-radios--small"},
    )

    def offer(self, count: int, referrals: list[Option], people: list[Option]) -> None:
        """Say what can be chosen."""
        every = f"All {count}" if count > 1 else "The one there is"
        self.which.offer([Option(ALL, every), Option(SOME, "Only those I choose", reveals="chosen")])
        self.chosen.offer(referrals)
        self.to.offer(people)
