"""The forms of an MP's page: who is known, how they are reached, interests, and where the area and its MP stand."""

from referrals.directory import lists
from referrals.engagement.actions.knowing import LONGEST_NAME, LONGEST_VALUE, LONGEST_WORDS
from referrals.engagement.actions.standing import LONGEST_EVIDENCE
from referrals.web.forms.base import GovForm
from referrals.web.forms.choice import Radios
from referrals.web.forms.contacts import SMALL
from referrals.web.forms.dates import Day
from referrals.web.forms.text import LongText, Text


class KnownPersonForm(GovForm):
    """Somebody of the MP's staff, or another elected person."""

    name = Text("Name", thing="a name", longest=LONGEST_NAME)
    role = Text(
        "What do they do? (optional)",
        thing="what they do",
        required=False,
        longest=LONGEST_NAME,
        hint="For example: caseworker, office manager, councillor for the north ward.",
    )
    begins_on = Day("Since when? (optional)", thing="the day it began", required=False, past=True)
    ends_on = Day(
        "Until when? (optional)",
        thing="the day it ended",
        required=False,
        hint="Fill this in when they have left. They stay in the history.",
    )


class DetailForm(GovForm):
    """How somebody is reached from a day on."""

    kind = Radios(
        "What is it?", lambda: lists.current("contact_detail_kinds"), required="Choose what it is", look=SMALL
    )
    value = Text("The address or number", thing="the address or number", longest=LONGEST_VALUE)
    from_on = Day("Since when?", thing="the day", past=True)


class InterestForm(GovForm):
    """Something an MP cares about."""

    words = Text(
        "What does the MP care about?",
        thing="what the MP cares about",
        longest=LONGEST_WORDS,
        hint="For example: buses after school, veterans, clean rivers.",
    )
    source = Text(
        "Where did you hear or read it? (optional)", thing="where you heard it", required=False, longest=LONGEST_VALUE
    )


class StageForm(GovForm):
    """Which stage the area and its MP are at."""

    stage = Radios(
        "How far have you come together?",
        lambda: lists.current("engagement_stages"),
        required="Choose how far you have come",
        look=SMALL,
    )
    since_on = Day("Since when?", thing="the day", past=True)


class StanceForm(GovForm):
    """How the MP stands towards the area."""

    stance = Radios(
        "How does the MP stand towards your area?",
        lambda: lists.current("stances"),
        required="Choose how the MP stands towards your area",
        look=SMALL,
    )
    evidence = LongText(
        "What do you go by?",
        thing="what you go by",
        required="Say what you go by",
        longest=LONGEST_EVIDENCE,
        rows=4,
        hint="What was said or done, and when. Only the leads of your group can read this.",
    )
    assessed_on = Day("On which day?", thing="the day", past=True)
