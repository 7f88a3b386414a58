"""The case studies of a report: where they stand is kept for good, their words only as long as somebody agrees.

What a person agreed to may be taken back, also after a report with their story was issued. So an issued report keeps
of each case study its address and the day it was published, and never a word of it: the digests are of that. Its words
are put in when the report is read or taken away, each time from what is published then. Once a case study is
withdrawn or has run out, the page and every file made from then on say that one stood there, and nothing of it. Files
that somebody took away before are with them; the person is told so when they are asked.
"""

from collections.abc import Collection, Mapping
from typing import Any, Final, Protocol
from uuid import UUID

from referrals.accounts.roles import Side
from referrals.directory.queries import groups_of_programme
from referrals.foundation.clock import today
from referrals.reporting.periods import Period
from referrals.stories.queries import Told, published_for

KIND: Final = "story"
MOST: Final = 6
GONE: Final = "A case study stood here when this went out. The agreement it rested on has ended."
KEPT: Final = "A case study stands here. Its words are no part of what is kept: they are shown while the person agrees."


class Paper(Protocol):
    """What case studies stand in: an impact report or a briefing. Its figures say of which "side" it is."""

    organisation_id: Any
    figures: Any


def places(report: Paper, period: Period) -> list[dict[str, Any]]:
    """Where case studies stand in a report that is made today: those published since its period began, the latest
    first, as they are kept.
    """
    return [_place(told) for told in published_for(_about(report), period.first, today())[:MOST]]


def places_of(slugs: Collection[str], report: Paper) -> list[dict[str, Any]]:
    """The same for case studies that somebody chose: those of them that may be shown today."""
    return [_place(told) for told in published_for(_about(report), None, today()) if told.slug in slugs]


def with_words(sheet: Mapping[str, Any], report: Paper) -> dict[str, Any]:
    """The sheet with the words of each case study that may be shown today, and a line where one may not."""
    if not has_stories(sheet):
        return dict(sheet)
    told = {one.slug: one for one in published_for(_about(report), None, today())}
    parts = [{**part, "blocks": [_filled(block, told) for block in part["blocks"]]} for part in sheet["parts"]]
    return {**sheet, "parts": parts}


def has_stories(sheet: Mapping[str, Any]) -> bool:
    """Whether a case study stands in it."""
    return any(block["kind"] == KIND for part in sheet["parts"] for block in part["blocks"])


def without_words(sheet: Mapping[str, Any]) -> dict[str, Any]:
    """The sheet as it is kept as a file: a line where each case study stands."""
    parts = [
        {**part, "blocks": [_noted(block, KEPT) if block["kind"] == KIND else block for block in part["blocks"]]}
        for part in sheet["parts"]
    ]
    return {**sheet, "parts": parts}


def _place(told: Told) -> dict[str, Any]:
    return {"kind": KIND, "slug": told.slug, "published_on": _day(told)}


def _filled(block: Mapping[str, Any], told: Mapping[str, Told]) -> Mapping[str, Any]:
    if block["kind"] != KIND:
        return block
    one = told.get(block["slug"])
    if one is None:
        return _noted(block, GONE)
    source = f"A case study of {one.told_by}, published on {block['published_on']} with the person’s agreement."
    return {**block, "title": one.title, "lead": one.lead, "source": source}


def _noted(block: Mapping[str, Any], words: str) -> dict[str, Any]:
    return {"kind": "note", "text": f"{words} It was published on {block['published_on']}."}


def _about(report: Paper) -> Collection[UUID]:
    if report.figures["side"] == Side.PROGRAMME.value:
        return [group.organisation_id for group in groups_of_programme(report.organisation_id)]
    return [report.organisation_id]


def _day(told: Told) -> str:
    return f"{told.published_on.day} {told.published_on:%B %Y}"
