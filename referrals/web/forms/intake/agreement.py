"""The forms of the last two parts: what the resident agrees to, possible duplicates, and sending."""

from referrals.casework.intake import NOT_ASKED, OWN_REQUEST
from referrals.directory import lists
from referrals.web.forms import Checkbox, Day, GovForm, Option, Radios, Select
from referrals.web.forms.intake.problem import PageForm


def ways_of_agreeing() -> list[Option]:
    """How somebody can have agreed, and at the end that they have not, which brings out the grounds."""
    ways = [Option(way.code, way.label, way.hint or "") for way in lists.current("consent_methods")]
    return [
        Option(NOT_ASKED, "They have not agreed, or could not be asked", reveals="ground", divider="or")
        if way.value == NOT_ASKED
        else way
        for way in ways
    ]


def grounds() -> list[lists.Item]:
    """The four grounds without the resident's own request."""
    return [ground for ground in lists.current("consent_grounds") if ground.code != OWN_REQUEST]


def people_who_agree() -> list[lists.Item]:
    """Who can agree for a resident; nobody is said by the way of agreeing."""
    return [who for who in lists.current("consent_capacities") if who.code != "nobody"]


class ConsentForm(PageForm):
    """How they agreed, who did, when, and whether health may be sent."""

    covers_health = Checkbox("They agree to this too")
    agreed = Radios("How did they agree?", ways_of_agreeing, thing="how they agreed", required=False)
    ground = Radios("Why is it sent without their agreement?", grounds, thing="why", required=False)
    given_by = Select("Who agreed, if it was not the person themselves?", people_who_agree, required=False)
    given_on = Day("When, if it was not today?", thing="the date they agreed", past=True, required=False)


class FeedbackForm(PageForm):
    """What the office may tell the group."""

    scope = Radios(
        "What may the office tell you?", lambda: lists.current("consent_scopes"), thing="what", required=False
    )


class DuplicatesForm(PageForm):
    """That a similar referral was seen and is another one."""

    different = Checkbox("I have looked, and this is a different issue")


class SendForm(GovForm):
    """Sending, discarding, approving: a button, with its tokens."""


class DangerForm(GovForm):
    """Whether anybody is in danger; the only question asked before anything is kept."""

    danger = Radios(
        "Is anybody in danger right now?",
        (Option("no", "No"), Option("yes", "Yes, or I am not sure")),
        required="Say whether anybody is in danger right now",
    )
