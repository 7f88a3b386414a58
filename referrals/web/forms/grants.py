"""The forms of the register of small grants: a round, an award, withdrawing one, and the numbers it goes out under."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from referrals.directory import lists
from referrals.engagement.actions.giver import Numbers
from referrals.engagement.giving import (
    LONGEST_LINE,
    LONGEST_NAME,
    LONGEST_PROJECT,
    LONGEST_PURPOSE,
    LONGEST_RECIPIENT,
    PLACES,
    Award,
    Round,
    as_pence,
    as_pounds,
)
from referrals.engagement.models import GrantAward, GrantGiver, GrantRound, GrantTheme
from referrals.web.forms.base import GovForm
from referrals.web.forms.choice import Radios
from referrals.web.forms.dates import Day
from referrals.web.forms.money import Money
from referrals.web.forms.text import LongText, Text

SMALL: Final = {"classes": "govuk-radios--small"}
SHORT: Final = {"classes": "govuk-input--width-10", "spellcheck": False}


def theme(place: int) -> Text:
    """The field for the theme in one place."""
    if place == 1:
        return Text("Theme 1", thing="the theme", required="Name at least one theme", longest=LONGEST_NAME)
    return Text(f"Theme {place} (optional)", thing="the theme", required=False, longest=LONGEST_NAME)


class RoundForm(GovForm):
    """A round of small grants."""

    name = Text("What is the round called?", thing="the name", longest=LONGEST_NAME, hint="For example: Summer 2026")
    opens_on = Day("From which day is it open?", thing="the first day", required="Enter the first day")
    closes_on = Day("Until which day?", thing="the last day", required="Enter the last day")
    total = Money(
        "How much can it give in all?",
        thing="the amount",
        required="Enter how much it can give in all",
        hint="In pounds, for example 2,500",
    )
    theme_1 = theme(1)
    theme_2 = theme(2)
    theme_3 = theme(3)
    theme_4 = theme(4)
    theme_5 = theme(5)
    theme_6 = theme(6)

    def told(self) -> Round:
        """The round as the action takes it."""
        themes = {place: self[f"theme_{place}"].data for place in PLACES}
        return Round(
            name=self.name.data,
            opens_on=self.opens_on.data,
            closes_on=self.closes_on.data,
            total_pence=as_pence(self.total.data),
            themes={place: name for place, name in themes.items() if name},
        )


def as_kept(found: GrantRound, themes: Sequence[GrantTheme]) -> dict[str, Any]:
    """A round as its form shows it."""
    return {
        "version": found.version,
        "name": found.name,
        "opens_on": found.opens_on,
        "closes_on": found.closes_on,
        "total": as_pounds(found.total_pence),
        **{f"theme_{theme.place}": theme.name for theme in themes},
    }


class AwardForm(GovForm):
    """An award, in the order in which somebody tells it."""

    recipient = Text(
        "Who gets it?",
        thing="the group or the project",
        required="Name the group or the project",
        longest=LONGEST_RECIPIENT,
        hint="The name of a group, an organisation or a project. Never a private person.",
    )
    recipient_kind = Radios(
        "What are they?",
        lambda: lists.current("grant_recipients"),
        required="Choose what they are",
        look=SMALL,
    )
    recipient_number = Text(
        "Charity, company or school number (optional)",
        thing="the number",
        required=False,
        longest=20,
        hint="As it is in the public register.",
        look=SHORT,
    )
    theme = Radios("Under which theme?", (), required="Choose a theme", look=SMALL)
    amount = Money("How much?", thing="the amount", required="Enter how much", least=Decimal("0.01"))
    awarded_on = Day("On which day was it decided?", thing="the day", required="Enter the day", past=True)
    project = Text(
        "What is paid for, in a few words?",
        thing="what is paid for",
        required="Say what is paid for, in a few words",
        longest=LONGEST_PROJECT,
        hint="For example: Books and building blocks for a toddler group",
    )
    purpose = LongText(
        "What is it for?",
        thing="what it is for",
        required="Say what it is for",
        longest=LONGEST_PURPOSE,
        rows=4,
        hint="Who gains from it, and what they will do. This goes out with open data: no names of people.",
    )
    presenter = Text(
        "Who hands it over? (optional)",
        thing="who hands it over",
        required=False,
        longest=LONGEST_LINE,
        hint="For example your MP.",
    )
    event = Text("At which event? (optional)", thing="the event", required=False, longest=LONGEST_LINE)
    presented_on = Day("On which day is it handed over? (optional)", thing="the day", required=False)

    def offer(self, themes: Sequence[GrantTheme]) -> None:
        """The themes of its round."""
        self.theme.offer([(str(one.id), one.name or "") for one in themes])

    def told(self) -> Award:
        """The award as the action takes it."""
        return Award(
            theme_id=UUID(self.theme.data) if self.theme.data else None,
            recipient=self.recipient.data,
            recipient_kind=self.recipient_kind.data,
            recipient_number=self.recipient_number.data,
            project=self.project.data,
            purpose=self.purpose.data,
            amount_pence=as_pence(self.amount.data),
            awarded_on=self.awarded_on.data,
            presenter=self.presenter.data,
            event=self.event.data,
            presented_on=self.presented_on.data,
        )


def award_as_kept(made: GrantAward) -> dict[str, Any]:
    """An award as its form shows it."""
    return {
        "version": made.version,
        "recipient": made.recipient,
        "recipient_kind": made.recipient_kind,
        "recipient_number": made.recipient_number,
        "theme": str(made.theme_id),
        "amount": as_pounds(made.amount_pence),
        "awarded_on": made.awarded_on,
        "project": made.project,
        "purpose": made.purpose,
        "presenter": made.presenter,
        "event": made.event,
        "presented_on": made.presented_on,
    }


class WithdrawForm(GovForm):
    """Why an award is withdrawn."""

    why = LongText(
        "Why is it withdrawn?",
        thing="why it is withdrawn",
        required="Say why it is withdrawn",
        longest=LONGEST_PURPOSE,
        rows=3,
        hint="For example: the project did not go ahead. No names of people.",
    )


class GiverForm(GovForm):
    """Under which numbers the awards go out."""

    prefix = Text(
        "Your 360Giving prefix (optional)",
        thing="the prefix",
        required=False,
        longest=40,
        hint="360Giving gives you one when you tell them that you want to publish. It begins with 360G-",
        look=SHORT | {"classes": "govuk-input--width-20"},
    )
    charity_number = Text(
        "Charity number of the body that holds your money (optional)",
        thing="the charity number",
        required=False,
        longest=20,
        look=SHORT,
    )
    company_number = Text(
        "Its company number (optional)", thing="the company number", required=False, longest=20, look=SHORT
    )

    def told(self) -> Numbers:
        """The numbers as the action takes them."""
        return Numbers(
            prefix=self.prefix.data,
            charity_number=self.charity_number.data,
            company_number=self.company_number.data,
        )


def giver_as_kept(found: GrantGiver | None) -> dict[str, Any]:
    """The numbers as their form shows them."""
    if found is None:
        return {}
    return {
        "version": found.version,
        "prefix": found.prefix,
        "charity_number": found.charity_number,
        "company_number": found.company_number,
    }
