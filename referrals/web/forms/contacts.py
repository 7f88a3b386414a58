"""The forms of the log: a contact with the MP or their office, and what is to be done after it."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from referrals.accounts.queries import PersonLine
from referrals.directory import lists
from referrals.directory.models import Term
from referrals.engagement.actions import ToDo, Told
from referrals.engagement.actions.following_up import LONGEST_WORDS
from referrals.engagement.actions.logging import LONGEST_AGREED, LONGEST_PEOPLE, LONGEST_SUBJECT
from referrals.foundation.clock import today
from referrals.web.forms.base import GovForm
from referrals.web.forms.choice import Checkboxes, Option, Radios, Select
from referrals.web.forms.dates import Day
from referrals.web.forms.text import LongText, Text

SMALL: Final = {"classes": "govuk-radios--small"}
SMALL_BOXES: Final = {"classes": "govuk-checkboxes--small"}
# So many follow-ups fit into the one page on which a contact is logged.
ROWS: Final = (1, 2)
# In how many days something is to be done unless somebody says otherwise.
USUAL: Final = timedelta(days=14)
OFFICE: Final = "office"
THE_MP: Final = "member"
MEMBER: Final = ((THE_MP, "The MP in person"),)


def owners(people: Sequence[PersonLine], me: UUID | None) -> list[tuple[str, str]]:
    """Who can be asked to do something: the people of the group, oneself first, and the MP's office."""
    rest = [(str(one.person_id), one.name) for one in people if one.person_id != me]
    return [*([(str(me), "Me")] if me else []), *rest, (OFFICE, "The MP’s office")]


def what(label: str, **more: Any) -> Text:
    """The field that says what is to be done."""
    return Text(label, thing="what is to be done", longest=LONGEST_WORDS, **more)


class ContactForm(GovForm):
    """A contact, in the order in which somebody tells it."""

    channel = Radios(
        "How were you in touch?",
        lambda: lists.current("mp_channels"),
        required="Say how you were in touch",
        look=SMALL,
    )
    subject = Text(
        "What was it about?",
        thing="what it was about",
        longest=LONGEST_SUBJECT,
        hint="A few words, without residents’ names. Your programme’s coordinator can read this line.",
    )
    happened_on = Day("On which day?", thing="the day", past=True)
    term_id = Radios("With which MP?", (), required="Choose the MP", look=SMALL)
    types = Checkboxes(
        "What was it for?",
        lambda: lists.current("engagement_types"),
        required="Say what it was for",
        hint="Choose all that fit.",
        look=SMALL_BOXES,
    )
    ours = Checkboxes("Who was there from your area?", (), required=False, look=SMALL_BOXES)
    others = Text("Anybody else from your area? (optional)", thing="who", required=False, longest=LONGEST_PEOPLE)
    there = Checkboxes("Who was there from the MP’s side?", MEMBER, required=False, look=SMALL_BOXES)
    staff = Checkboxes("Who works for the MP and was there?", (), required=False, look=SMALL_BOXES)
    theirs = Text(
        "Who else from the MP’s office? (optional)",
        thing="who",
        required=False,
        longest=LONGEST_PEOPLE,
        hint="Names and what they do.",
    )
    contributions = Checkboxes(
        "What did the MP give? (optional)",
        lambda: lists.current("mp_contributions"),
        required=False,
        look=SMALL_BOXES,
    )
    agreed = LongText(
        "What was said and agreed? (optional)",
        thing="what was agreed",
        required=False,
        longest=LONGEST_AGREED,
        rows=4,
        hint="Only your group reads this. Write a referral’s reference, not a resident’s name.",
    )

    def offer(self, terms: Sequence[Term], people: Sequence[Option], staff: Sequence[Option] = ()) -> None:
        """Who can be chosen; where the area has one MP, nothing has to be."""
        self.staff.offer(staff)
        self.term_id.offer([(str(one.id), f"{one.member.name} MP, {one.constituency.name}") for one in terms])
        self.ours.offer(people)

    def told(self, **more: Any) -> Told:
        """The contact as the action takes it."""
        return Told(
            term_id=UUID(self.term_id.data),
            happened_on=self.happened_on.data,
            channel=self.channel.data,
            types=self.types.data,
            subject=self.subject.data,
            agreed=self.agreed.data,
            contributions=self.contributions.data,
            ours=[UUID(one) for one in self.ours.data],
            others=self.others.data,
            staff=[UUID(one) for one in self.staff.data],
            member_there=THE_MP in self.there.data,
            theirs=self.theirs.data,
            **more,
        )


def who() -> Select:
    """The field that says who does it."""
    return Select("Who does it?", (), thing="who does it", required=False)


def by_when() -> Day:
    """The field that says by when."""
    return Day("By when?", thing="the day", required=False, future=True)


class NewContactForm(ContactForm):
    """A contact with what is to be done after it, all on one page."""

    words_1 = what("What is to be done?", required=False)
    owner_1 = who()
    due_1 = by_when()
    words_2 = what("What is to be done?", required=False)
    owner_2 = who()
    due_2 = by_when()
    came_of_id = Select(
        "Did it come of an earlier contact? (optional)",
        (),
        thing="the earlier contact",
        required=False,
        nothing="No, it is a new beginning",
    )

    def offer_owners(self, choices: Sequence[tuple[str, str]]) -> None:
        """Who can be asked to do something."""
        for place in ROWS:
            self[f"owner_{place}"].offer(choices)

    def to_do(self) -> dict[int, ToDo]:
        """What is to be done, of the rows in which something is written."""
        return {place: _to_do(self, f"_{place}") for place in ROWS if self[f"words_{place}"].data}


class FollowUpForm(GovForm):
    """One thing to be done."""

    words = what("What is to be done?")
    owner = Radios("Who does it?", (), required="Choose who does it", look=SMALL)
    due = Day("By when?", thing="the day", future=True)

    def to_do(self) -> ToDo:
        """It as the action takes it."""
        return _to_do(self, "")


def _to_do(form: GovForm, ending: str) -> ToDo:
    owner = form[f"owner{ending}"].data
    due_on = form[f"due{ending}"].data
    return ToDo(
        words=form[f"words{ending}"].data,
        owner_id=None if owner in (None, OFFICE) else UUID(owner),
        due_on=due_on,
    )


def usual_rows(me: UUID | None) -> dict[str, Any]:
    """What stands in the rows before anybody touches them: done by oneself, in two weeks."""
    due = today() + USUAL
    return {name: value for place in ROWS for name, value in ((f"owner_{place}", str(me)), (f"due_{place}", due))}
