"""The words of a chaser, made from dates and references alone: nothing of the case is in it."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from referrals.casework.models import Enquiry

NOT_YET: Final = "We have not had an answer yet."
_ASKED: Final = {
    "email": "we wrote to you by email",
    "phone": "we telephoned you",
    "letter": "we wrote to you",
    "web_form": "we sent you a question through your website",
    "mp_hotline": "we asked your hotline for MPs",
    "in_person": "we spoke with you",
}


def chaser_words(
    enquiry: Enquiry, *, reference: str | None, office: str, chased_on: Sequence[date], today: date
) -> str:
    """What an office can send to a body that has not answered."""
    asked = _ASKED.get(enquiry.channel, "we asked you")
    late = enquiry.due_on < today
    hoped = f"We hoped for an answer by {_day(enquiry.due_on)}, and it has not reached us."
    lines = [
        _about(reference, enquiry.agency_reference),
        "",
        f"On {_day(enquiry.sent_on)} {asked} about a person we are helping. {hoped if late else NOT_YET}",
    ]
    if chased_on:
        lines.append(f"We reminded you on {' and on '.join(_day(day) for day in chased_on)}.")
    lines += ["", "Please tell us by when you will answer, and who is dealing with it.", "", office]
    return "\n".join(lines)


def _about(reference: str | None, theirs: str | None) -> str:
    ours = f"Our reference: {reference}"
    return f"{ours}. Your reference: {theirs}." if theirs else f"{ours}."


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
