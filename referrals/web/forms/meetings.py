"""The forms of meetings: planning one, and saying what came of it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import time
from typing import Final
from uuid import UUID

from referrals.directory import lists
from referrals.directory.models import Term
from referrals.engagement.actions import Plan, Told
from referrals.engagement.actions.agendas import LONGEST as LONGEST_ITEM
from referrals.engagement.actions.planning import LONGEST_GUESTS, LONGEST_LINK, LONGEST_PLACE, LONGEST_SUBJECT
from referrals.web.forms.base import GovForm
from referrals.web.forms.choice import Checkboxes, Option, Radios, Select
from referrals.web.forms.contacts import SMALL, SMALL_BOXES, THE_MP, NewContactForm
from referrals.web.forms.dates import Day
from referrals.web.forms.publicity import HowMany
from referrals.web.forms.text import LongText, Text
from referrals.web.forms.times import TimeOfDay

MEMBER: Final = ((THE_MP, "The MP"),)
# In minutes.
LENGTHS: Final = (
    ("30", "Half an hour"),
    ("45", "45 minutes"),
    ("60", "1 hour"),
    ("90", "1 hour 30 minutes"),
    ("120", "2 hours"),
    ("180", "3 hours"),
    ("240", "4 hours"),
    ("480", "A whole day"),
)
USUAL_LENGTH: Final = "60"


class MeetingForm(GovForm):
    """A meeting as it is planned."""

    kind = Radios(
        "What are you planning?",
        lambda: lists.current("meeting_kinds"),
        required="Say what you are planning",
        look=SMALL,
    )
    subject = Text(
        "What is it about?",
        thing="what it is about",
        longest=LONGEST_SUBJECT,
        hint="A few words, without residents’ names. They are not on the invitation.",
    )
    on = Day("On which day?", thing="the day")
    at = TimeOfDay("At what time?", thing="the time", hint="As clocks show it in London. For example, 2pm or 14:30.")
    minutes = Select("How long does it take?", LENGTHS, thing="how long it takes", required="Say how long it takes")
    place = Text(
        "Where is it? (optional when it is online)",
        thing="where it is",
        required=False,
        longest=LONGEST_PLACE,
        hint="This is on the invitation. Never a resident’s home.",
    )
    link = Text(
        "Link to join online (optional)",
        thing="the link",
        required=False,
        longest=LONGEST_LINK,
        hint="It begins with https://",
    )
    term_id = Radios("With which MP?", (), required="Choose the MP", look=SMALL)
    member = Checkboxes("Is the MP invited?", MEMBER, required=False, look=SMALL_BOXES)
    known = Checkboxes("Who else is invited?", (), required=False, look=SMALL_BOXES)
    ours = Checkboxes("Who goes from your area?", (), required=False, look=SMALL_BOXES)
    guests = LongText(
        "Other organisations (optional)",
        thing="other organisations",
        required=False,
        longest=LONGEST_GUESTS,
        rows=3,
        hint="One a line. For example, the council’s housing team.",
    )
    expected = HowMany("How many guests do you expect? (optional)", hint="For events.")
    rhythm = Radios(
        "How often do you meet?",
        lambda: lists.current("meeting_rhythms"),
        required="Say how often you meet",
        look=SMALL,
        hint="Only this one is planned. When it has been, the next is suggested, and you can change it.",
    )

    def offer(self, terms: Sequence[Term], people: Sequence[Option], known: Sequence[Option]) -> None:
        """Who can be chosen."""
        self.term_id.offer([(str(one.id), f"{one.member.name} MP, {one.constituency.name}") for one in terms])
        self.ours.offer(people)
        self.known.offer(known)

    def plan(self) -> Plan:
        """The meeting as the actions take it, once it is valid."""
        return Plan(
            term_id=UUID(self.term_id.data),
            kind=self.kind.data,
            subject=self.subject.data,
            on=self.on.data,
            at=self.at.at or time(0),
            minutes=int(self.minutes.data),
            place=self.place.data,
            link=self.link.data,
            member_invited=THE_MP in self.member.data,
            ours=[UUID(one) for one in self.ours.data],
            known=[UUID(one) for one in self.known.data],
            guests=self.guests.data,
            expected=self.expected.data,
            rhythm=self.rhythm.data,
        )


class AgendaForm(GovForm):
    """Something to talk about, in words."""

    words = Text(
        "What is to be talked about?",
        thing="what is to be talked about",
        longest=LONGEST_ITEM,
        hint="Without residents’ names. This is printed on the agenda.",
    )


class RemarkForm(GovForm):
    """Something to say about what is on the agenda by itself."""

    words = Text(
        "What do you want to say or ask about it? (optional)",
        thing="what you want to say",
        required=False,
        longest=LONGEST_ITEM,
        hint="Without residents’ names. This is printed on the agenda.",
    )


class HeldForm(NewContactForm):
    """What came of a meeting: a contact whose kind and MP are known, with who came."""

    attended = Checkboxes("Who else came?", (), required=False, look=SMALL_BOXES)
    came = HowMany("How many guests came? (optional)")

    def told_of(self, theirs: Sequence[Option], others: Sequence[Option]) -> Told:
        """It as the action takes it; of those who are ticked, the MP's staff are known, and others are named."""
        told = self.told(to_do=self.to_do())
        staff = [UUID(one.value) for one in theirs if one.value in self.attended.data]
        came = [one.text for one in others if one.value in self.attended.data]
        return replace(told, staff=staff, others=", ".join([*came, *([told.others] if told.others else [])]))
