"""A briefing as the mail that brings it to an MP's office, made anew whenever it is handed over."""

from textwrap import fill
from typing import Final
from uuid import UUID

from referrals.foundation.database import db
from referrals.notifications.papers import Paper
from referrals.publishing.briefings.sheet import file_name, to_printed
from referrals.publishing.models import Briefing

# The kind of its messages in the outbox.
KIND: Final = "BriefingPaper"
WIDTH: Final = 72


def paper_of(briefing_id: UUID) -> Paper | None:
    """The mail as it may leave now: without the words of a case study that was taken back while it waited."""
    briefing = db.session.get(Briefing, briefing_id)
    sheet = briefing.content if briefing is not None else None
    if briefing is None or sheet is None:
        return None
    name, _, email = dict(sheet["facts"])["Answers to"].rpartition(", ")
    return Paper(
        subject=f"{sheet['title']} from {sheet['about']}: {sheet['period']}",
        body=_body(sheet["about"], sheet["member"], sheet["period"], name),
        answers_to=email,
        file_name=file_name(briefing),
        content=to_printed(briefing),
    )


def _body(about: str, member: str, period: str, name: str) -> str:
    paragraphs = [
        f"Dear {member} and team,",
        (
            f"Here is the quarterly briefing of {about} for {period}: what residents came with, what came of it, and "
            "what we ask of you. It is the attached PDF."
        ),
        "Its numbers point at nobody, and a story stands in it only with the person’s permission. You may pass it on.",
        "To answer, reply to this mail: your answer goes to the person who sent it.",
        f"{name}\n{about}",
    ]
    return "\n\n".join(_wrapped(words) for words in paragraphs) + "\n"


def _wrapped(words: str) -> str:
    return "\n".join(fill(line, WIDTH) for line in words.split("\n"))
