"""A letter of a group to its MP as a Word document, on the group's own head."""

from datetime import date

from referrals.correspondence.fields import written
from referrals.correspondence.merging import clean
from referrals.correspondence.mp_letters import Known
from referrals.correspondence.rendering.sheet import Sheet
from referrals.correspondence.rendering.word import to_word


def to_member(subject: str, words: str, known: Known, day: date) -> bytes:
    """The document. Where the office is, the writer adds: an MP has an address in the constituency too."""
    return to_word(
        Sheet(
            title="Letter to an MP",
            heading=clean(subject),
            member=clean(known.group),
            office="",
            head=(f"{clean(known.writer)}, {known.email}",),
            recipient=(
                f"{clean(known.member)} MP",
                f"Member of Parliament for {clean(known.constituency)}",
                "House of Commons",
                "London SW1A 0AA",
            ),
            marks=(("Date", written(day)),),
            paragraphs=tuple(part.strip("\n") for part in clean(words).split("\n\n") if part.strip()),
        )
    )
