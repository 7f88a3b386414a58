"""The forms by which an administrator adds organisations."""

from typing import Any

from referrals.directory import lists
from referrals.web.forms.base import GovForm
from referrals.web.forms.choice import Radios, Select
from referrals.web.forms.dates import Day
from referrals.web.forms.text import Email, Telephone, Text

THRESHOLDS = (("5", "5"), ("10", "10"), ("20", "20"))


def trusted_body_kinds() -> Any:
    """The kinds of body that can hold a group's money."""
    return lists.choices("agency_kinds")


class ProgrammeForm(GovForm):
    """A funder's programme."""

    name = Text("Name of the programme", thing="the name of the programme", longest=120)
    begins_on = Day("When did it begin?", thing="the date it began", required=False)
    ends_on = Day("When does it end?", thing="the date it ends", required=False)
    small_count = Radios(
        "Hide counts under",
        THRESHOLDS,
        thing="the least count that is shown",
        hint="Coordinators never see a count so small that somebody could be recognised in it.",
    )


class GroupForm(GovForm):
    """A community group, and who answers for it."""

    name = Text("Name of the group", thing="the name of the group", longest=120)
    programme_id = Select("Programme", (), thing="a programme", required=False)
    constituency = Select(
        "Constituency",
        (),
        thing="a constituency",
        hint="Where most of its area lies. Each referral still goes by the resident's own postcode.",
        required=False,
    )
    second_constituency = Select("Another constituency", (), thing="another constituency", required=False)
    trusted_body_name = Text(
        "Locally trusted organisation",
        thing="the locally trusted organisation",
        hint="The body that holds the group's money and answers for it.",
        longest=120,
        required=False,
    )
    trusted_body_kind = Select("What kind of body is it?", trusted_body_kinds, thing="the kind of body", required=False)
    email = Email("Email address of the group", thing="its email address", required=False)
    phone = Telephone("Telephone number of the group", thing="its telephone number", required=False)


class OfficeForm(GovForm):
    """The office of one MP."""

    term_id = Select("MP", (), thing="an MP", hint="Only MPs whose office is not here yet.")
    email = Email("Email address of the office", thing="its email address", required=False)
    phone = Telephone("Telephone number of the office", thing="its telephone number", required=False)
