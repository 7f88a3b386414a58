"""The form by which an administrator notes a skill or role of an MP."""

from referrals.directory import lists
from referrals.directory.actions.checks import LONGEST_NAME
from referrals.directory.actions.skills import LONGEST_SOURCE
from referrals.web.forms.base import GovForm
from referrals.web.forms.choice import Radios
from referrals.web.forms.dates import Day
from referrals.web.forms.text import Text


class SkillForm(GovForm):
    """One skill or role: what, in words, when, and where it was read."""

    skill = Radios("What does it help with?", lambda: lists.current("member_skills"), required="Choose what it is")
    role = Text(
        "The skill or role in words",
        thing="the skill or role",
        longest=LONGEST_NAME,
        hint="As a brief would name it, for example: Consultant in emergency medicine.",
    )
    begins_on = Day("Since when? (optional)", thing="the day it began", required=False, past=True)
    ends_on = Day("Until when? (optional)", thing="the day it ended", required=False)
    source = Text(
        "The page where you read it",
        thing="the address of the page",
        longest=LONGEST_SOURCE,
        hint="Only what is public: Parliament’s pages, the register of interests, the MP’s own site.",
        look={"type": "url", "spellcheck": False},
    )
    checked_on = Day("When did you look?", thing="the day you looked", past=True)
