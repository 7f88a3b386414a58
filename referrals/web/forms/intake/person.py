"""The forms of the second part: who it is, which office it goes to, and how to reach them safely."""

from typing import Any

from referrals.directory import lists
from referrals.web.forms import Checkbox, Checkboxes, Email, LongText, Postcode, Select, Telephone, Text
from referrals.web.forms.intake.problem import PageForm

# The browser belongs to the volunteer: it must not fill in their own name and number.
NOT_MINE: dict[str, Any] = {"autocomplete": "off"}


class PersonForm(PageForm):
    """Who is being helped, and where they live."""

    name = Text(
        "Their full name", thing="their name", longest=120, required=False, look={**NOT_MINE, "spellcheck": False}
    )
    postcode = Postcode(
        "Their postcode",
        thing="their postcode",
        hint="It decides which MP’s office this goes to.",
        required=False,
        look={**NOT_MINE, "classes": "govuk-input--width-10"},
    )
    no_postcode = Checkbox("They have no postcode, or it must stay secret")
    address = LongText(
        "The rest of their address (optional)",
        thing="the address",
        hint="An office often needs it to show that they live in the constituency.",
        longest=400,
        rows=3,
        required=False,
        look={**NOT_MINE, "spellcheck": False},
    )


class OfficeForm(PageForm):
    """An office chosen by hand, and why."""

    office = Select("Which MP’s office should it go to?", (), thing="the MP’s office", required=False)
    routing = Select(
        "Why does the postcode not decide?", lambda: lists.current("routing_reasons"), thing="a reason", required=False
    )
    routing_note = Text(
        "Anything the office should know about this (optional)", thing="the note", longest=300, required=False
    )


class ContactForm(PageForm):
    """Ways to reach them that are safe, and only those."""

    phone = Telephone(
        "A phone number that is safe to call",
        thing="a phone number",
        hint="Safe means: nobody they are afraid of picks up, listens or sees the call.",
        required=False,
        look=NOT_MINE,
    )
    message_ok = Checkbox("It is safe to leave a message")
    text_ok = Checkbox("It is safe to send a text")
    email = Email(
        "An email address that only they read (optional)", thing="an email address", required=False, look=NOT_MINE
    )
    post_ok = Checkbox("It is safe to write to their address")
    through_volunteer = Checkbox("Do not contact them at all. Contact me instead")
    times = Text("When is a good time? (optional)", thing="the times", required=False)
    caution = LongText(
        "Is there anything to be careful about? (optional)", thing="this", longest=500, rows=3, required=False
    )


class NeedsForm(PageForm):
    """What helps the office to talk with them well; all optional."""

    needs = Checkboxes(
        "Do they need any of these?",
        lambda: lists.current("communication_needs"),
        thing="what they need",
        required=False,
    )
    language = Text("Which language do they speak best?", thing="the language", longest=80, required=False)
    needs_note = Text("Anything else that helps", thing="this", longest=300, required=False)
    household = LongText(
        "Who lives with them?",
        thing="who lives with them",
        hint="For example: two children at primary school, a mother they care for.",
        longest=500,
        rows=3,
        required=False,
    )
