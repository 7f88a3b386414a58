"""Everything that stands on a case study, as plain texts in the order in which they are read."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any, Final

from referrals.foundation.clock import local_day
from referrals.stories.models import CaseStudy, PublishedStory
from referrals.stories.sections import QUOTE, SECTIONS, TITLE

TOLD_BY_PERMISSION: Final = (
    "This is a true story, told with the person’s permission. What could say who they are is left out or made general."
)
COPIES: Final = (
    "They can change their mind at any time. Please look whether the page is still there before you use a copy: copies "
    "that were taken cannot be called back."
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One case study. Words may hold line ends; nothing else in any text means anything."""

    title: str
    told_by: str
    published: str
    # Where the page is, for those who hold a copy; empty while there is none.
    address: str
    # Each {code, heading, words}.
    parts: tuple[dict[str, str], ...]
    # Pairs of a label and a text.
    facts: tuple[tuple[str, str], ...]
    permission: str = TOLD_BY_PERMISSION
    copies: str = COPIES

    def plain(self) -> dict[str, Any]:
        """As JSON, for the template that prints it."""
        return asdict(self)


def content_of(study: CaseStudy, member: str | None) -> dict[str, Any]:
    """What is published of a case study but for its title; `member` is the MP's name where it may be shown."""
    words = study.words or {}
    parts = [
        {"code": section.code, "heading": section.heading, "words": words[section.code]}
        for section in SECTIONS.values()
        if section.code != TITLE and words.get(section.code)
    ]
    facts = [list(pair) for pair in study.facts or []]
    return {"parts": parts, "facts": facts + ([["Member of Parliament", member]] if member else [])}


def sheet_of_draft(study: CaseStudy, told_by: str, member: str | None) -> Sheet:
    """The sheet as it would be, for those who write and approve it."""
    return _sheet((study.words or {}).get(TITLE, ""), content_of(study, member), told_by, "", "")


def sheet_of(published: PublishedStory, told_by: str, address: str) -> Sheet:
    """The sheet of what is published; `address` is the whole address of its page."""
    day = written(published.published_at)
    return _sheet(published.title or "", published.content or {}, told_by, day, address)


def _sheet(title: str, content: Mapping[str, Any], told_by: str, published: str, address: str) -> Sheet:
    return Sheet(
        title=title,
        told_by=told_by,
        published=published,
        address=address,
        parts=tuple(dict(part) for part in content.get("parts", ())),
        facts=tuple((str(key), str(value)) for key, value in content.get("facts", ())),
    )


def quote_of(sheet: Sheet) -> str:
    """What the person said, where it is quoted."""
    return next((part["words"] for part in sheet.parts if part["code"] == QUOTE), "")


def written(day: date | datetime) -> str:
    """'March 2026': a month is enough, and says less than a day."""
    shown = local_day(day) if isinstance(day, datetime) else day
    return f"{shown:%B %Y}"
