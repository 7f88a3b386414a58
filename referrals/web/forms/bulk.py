"""Forms that change several referrals of the queue at once."""

from referrals.directory import lists
from referrals.web.forms.base import GovForm
from referrals.web.forms.choice import Select
from referrals.web.forms.dates import Day


class AssignManyForm(GovForm):
    """Who works on them from now on; `assignee` is offered by the view."""

    assignee = Select("Who will work on these?", (), required="Choose who will work on these")
    reason = Select(
        "Why are they changing hands?",
        lambda: lists.current("reassignment_reasons"),
        required=False,
        hint="Needed for those that somebody else has now.",
    )


class FollowUpForm(GovForm):
    """On which day the next action of each is due."""

    day = Day(
        "On which day will you follow these up?",
        thing="the day",
        required="Enter the day",
        future=True,
        hint="The next action of each stays as it is, and so does whose turn it is.",
    )
