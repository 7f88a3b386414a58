"""The sections of a case study in the order in which they are read: what each is called, and what it asks for."""

from dataclasses import dataclass
from typing import Final

TITLE: Final = "title"
QUOTE: Final = "quote"
LONGEST_TITLE: Final = 120


@dataclass(frozen=True, slots=True)
class Section:
    """One section: the heading that readers see, and how the writer is asked."""

    code: str
    heading: str
    question: str
    hint: str
    required: bool = True
    longest: int = 1500


_ROWS: Final = (
    Section(
        TITLE,
        "Title",
        "What is the case study called?",
        "One line that says what it is about. No name, street or date.",
        longest=LONGEST_TITLE,
    ),
    Section(
        "situation",
        "The situation",
        "What was the situation?",
        "Who it happened to in general words, and what was wrong. Say “in his fifties”, “a single parent” or the "
        "like only if the person wants that said.",
    ),
    Section(
        "tried",
        "What had been tried",
        "What had been tried before?",
        "By the person, or by others for them.",
    ),
    Section("group", "What the group did", "What did the group do?", "Listened, wrote it down, went along."),
    Section(
        "mp",
        "What the MP’s office did",
        "What did the MP’s office do?",
        "Write “the MP’s office”. Their name can be shown on its own, if the office agrees.",
    ),
    Section(
        "changed",
        "What changed",
        "What changed?",
        "The steps on the way and what came of them. Round sums and lengths of time.",
    ),
    Section(
        QUOTE,
        "In their own words",
        "What does the person say, in their own words? (optional)",
        "Only what they have agreed to be quoted with. Leave it empty if there is nothing.",
        required=False,
        longest=600,
    ),
    Section(
        "learned",
        "What we learned",
        "What was learned from it?",
        "What others can do the same way, or what should change so that it does not happen again.",
    ),
)
SECTIONS: Final = {row.code: row for row in _ROWS}
