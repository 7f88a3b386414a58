"""The sections of an impact report that people write: what each is for, and which still wait for an answer."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from referrals.foundation.errors import NotFound
from referrals.publishing.drafting.aims import aims_of

# Characters of one section.
LONGEST: Final = 4_000
# What a draft asks of the writer: it stands in the text until something else does.
_PROMPT: Final = re.compile(r"\(\(.*?\)\)|\(\(|\)\)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Section:
    """One text: its key, the heading above it, what it is for, and whether the report can do without."""

    key: str
    heading: str
    hint: str
    required: bool = True


SUMMARY, RECEIVED, RESULTS, MONEY = "summary", "received", "results", "money"
WAITING, RESIDENTS, STORIES, LEARNED = "waiting", "residents", "stories", "learned"
_BEFORE: Final = (
    Section(SUMMARY, "In short", "What somebody should know who reads nothing else."),
    Section(RECEIVED, "What came in", "What people came with, and what was behind it."),
    Section(RESULTS, "What came of it", "How it ended, and who says so."),
    Section(MONEY, "Money", "What people were paid or no longer owe. Kinds are never added up.", required=False),
    Section(WAITING, "How long it took", "Before the referral, and after it."),
    Section(RESIDENTS, "What residents said", "In your words or theirs, with nothing that shows who said it."),
)
_AFTER: Final = (
    Section(STORIES, "Stories", "A line above the case studies, if you like.", required=False),
    Section(LEARNED, "What we learned", "What worked, what did not, and what you do next."),
)


def sections_of(figures: Mapping[str, Any]) -> list[Section]:
    """The sections in the order in which they are read; each aim of the programme has one."""
    aims = [
        Section(aim_key(aim.code), aim.label, aim.hint or "", required=False) for aim in aims_of(figures["aims_of"])
    ]
    return [*_BEFORE, *aims, *_AFTER]


def aim_key(code: str) -> str:
    """The key of the section about an aim."""
    return f"aim_{code}"


def section_of(figures: Mapping[str, Any], key: str) -> Section:
    """One section. Raises NotFound."""
    for section in sections_of(figures):
        if section.key == key:
            return section
    raise NotFound


def has_prompt(text: str) -> bool:
    """Whether a text still asks something of its writer."""
    return _PROMPT.search(text) is not None


def unfinished(figures: Mapping[str, Any], words: Mapping[str, str]) -> list[Section]:
    """The sections that must be written before anybody can approve."""
    return [
        section
        for section in sections_of(figures)
        if has_prompt(text := words.get(section.key, "")) or (section.required and not text.strip())
    ]
