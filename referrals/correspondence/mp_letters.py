"""The catalogue of letters of a group to its MP: one row each, with its text in `templates/mp_letters/<code>.txt`.

A text is both a letter and an email: its first line is the subject. What the service knows is filled in, what only the
writer knows is asked for, and what nobody said stays between double brackets, where it is easily found.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Final

from referrals.correspondence.letters import TEMPLATES
from referrals.correspondence.merging import fill

_SUBJECT: Final = "Subject: "


class Kind(StrEnum):
    """How something is asked for: a line of words, or a day."""

    LINE = "line"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class Asked:
    """Something that only the writer knows: the name of its field, the question, and how it is asked."""

    name: str
    question: str
    hint: str = ""
    kind: Kind = Kind.LINE


@dataclass(frozen=True, slots=True)
class MpLetter:
    """One letter: what it is called, when to write it, what it asks of its writer, and what the contact is for."""

    code: str
    title: str
    hint: str
    asked: tuple[Asked, ...]
    # A code of the list engagement_types.
    type: str

    def text(self) -> str:
        """Its text, the subject in the first line."""
        return _read(f"mp_letters/{self.code}.txt")


@dataclass(frozen=True, slots=True)
class Written:
    """A letter with what is known filled in; `missing` are the names of the fields that are still in it."""

    subject: str
    words: str
    missing: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Known:
    """What the service knows for every letter: who writes for which group, and to which MP in which seat."""

    member: str
    constituency: str
    group: str
    writer: str
    email: str

    def fields(self) -> dict[str, str]:
        """By the names of the fields."""
        return {
            "mp name": self.member,
            "constituency": self.constituency,
            "group name": self.group,
            "your name": self.writer,
            "your email": self.email,
        }


def write(letter: MpLetter, known: Known, answers: Mapping[str, str]) -> Written:
    """Fill in a letter; `answers` are what was asked for, by the names of the fields, empty where nothing was said."""
    fields = known.fields() | {one.name: answers.get(one.name, "") for one in letter.asked}
    filled = fill(letter.text(), fields.get)
    subject, _, words = filled.text.partition("\n")
    return Written(subject.removeprefix(_SUBJECT).strip(), words.strip(), filled.missing)


@cache
def _read(name: str) -> str:
    return (TEMPLATES / name).read_text(encoding="utf-8").strip()


_ANSWER_BY: Final = Asked("answer by", "By when do you need an answer?", kind=Kind.DAY)
_ABOUT: Final = Asked("what it is about", "What is it about?", "For example: the lifts in the two towers.")
_CONCERNS: Final = Asked("what concerns you", "What are people most concerned with?", "No names of residents.")
_ASK: Final = Asked("what you ask", "What do you ask of the MP?", "One thing that can be done, and by whom.")
_ROWS: Final = (
    MpLetter(
        "first_contact",
        "A first letter",
        "When your MP does not know you yet",
        (_CONCERNS, _ANSWER_BY),
        "informing",
    ),
    MpLetter(
        "new_mp",
        "A welcome to a new MP",
        "After an election, when somebody new has been elected",
        (Asked("what you did before", "What did you do with the office before?"), _CONCERNS, _ANSWER_BY),
        "informing",
    ),
    MpLetter(
        "invitation",
        "An invitation",
        "To a visit, a walkabout, an opening or an evening of awards",
        (
            Asked("what it is", "What do you invite the MP to?", "For example: a walk round the estate."),
            Asked("day of it", "On which day is it?", kind=Kind.DAY),
            Asked("time", "At what time?", "For example: 10.30am."),
            Asked("place", "Where is it?"),
            Asked("who comes", "Who will be there?", "Begin like: “run the advice table”. No names."),
            _ANSWER_BY,
        ),
        "publicity",
    ),
    MpLetter(
        "ask",
        "A request",
        "When you want the MP to do one thing about an issue",
        (
            _ABOUT,
            Asked("what happens", "What happens, and to how many?", "No names, and no number that points at anybody."),
            Asked("what you have tried", "What have you done yourselves?"),
            _ASK,
            Asked("done by", "By when should it be done?", kind=Kind.DAY),
            Asked("why then", "Why by then?"),
        ),
        "working_together",
    ),
    MpLetter(
        "reminder",
        "A reminder",
        "When you have had no answer for a few weeks",
        (_ABOUT, Asked("day of your letter", "On which day did you write?", kind=Kind.DAY), _ASK),
        "informing",
    ),
    MpLetter(
        "thanks",
        "A thank you",
        "After a visit, a letter, a question in the House",
        (
            Asked("what for", "What do you thank for?", "For example: your visit to the library on Tuesday."),
            Asked("what it changed", "What has it changed?", "The sentence that an office remembers."),
        ),
        "informing",
    ),
)
MP_LETTERS: Final[dict[str, MpLetter]] = {row.code: row for row in _ROWS}
