"""A briefing as it is read, in the shape of an impact report's sheet, so that the same parts make page and PDF."""

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from referrals.directory import lists
from referrals.directory import queries as directory
from referrals.foundation.clock import local_day, today
from referrals.foundation.printing import to_pdf
from referrals.notifications import settings
from referrals.publishing.briefs import wording
from referrals.publishing.briefs.figures import Figures
from referrals.publishing.models import Brief, BriefAnswer, Briefing
from referrals.publishing.periods import period_of
from referrals.publishing.queries import briefings as queries
from referrals.publishing.queries.briefs import answers_of
from referrals.publishing.rendering import blocks, told
from referrals.publishing.rendering.blocks import Blocks
from referrals.reporting.disclosure import ROUND_TO

TEMPLATE: Final = Path(__file__).parents[3] / "templates" / "briefings" / "briefing.typ"
TITLE: Final = "Quarterly briefing"
HEADINGS: Final = {
    "opening": "",
    "summary": "The quarter in short",
    "themes": "What keeps coming",
    "results": "What came of it",
    "stories": "Told with permission",
    "past": "What became of what we asked",
    "asks": "What we ask now",
    "counting": "How we count",
}
OPEN: Final = "Still open."


@dataclass(frozen=True, slots=True)
class Sending:
    """When a briefing leaves the house, and who gets the answers to it."""

    sent_on: date
    name: str
    email: str


@dataclass(frozen=True, slots=True)
class Ready:
    """A briefing made ready to be sent; `version` is that of the briefing it was made from."""

    version: int
    content: str
    sha256: str
    file: bytes


def sheet_of(briefing: Briefing, sending: Sending | None = None) -> dict[str, Any]:
    """The sheet of a briefing as it is now, without the words of case studies; a draft where nobody sends it."""
    term = directory.terms([briefing.term_id])[briefing.term_id]
    figures, period = briefing.figures, period_of(briefing.period)
    assert period.first is not None
    member, seat = f"{term.member.name} MP", term.constituency.name
    return {
        "title": TITLE,
        "about": figures["about"],
        "member": member,
        "seat": seat,
        "period": period.label,
        "document": f"{TITLE}: {figures['about']}, {period.label}",
        "facts": [
            ["For", f"{member}, {seat}"],
            ["Quarter", f"{wording.day(period.first)} to {wording.day(period.last)}"],
            *_facts(briefing, sending),
        ],
        "parts": _parts(briefing, member),
        "keeping": "" if sending else "This is a draft. It was not sent.",
    }


def shown_today(briefing: Briefing) -> dict[str, Any]:
    """What is read today: of one that was sent what was sent, with the case studies that may be shown today."""
    return told.with_words(briefing.content or sheet_of(briefing), briefing)


def made_ready(briefing: Briefing, name: str, email: str) -> Ready:
    """Make an approved briefing ready to be sent today by somebody. It takes time, and only reads."""
    sheet = sheet_of(briefing, Sending(today(), name, email))
    content = json.dumps(sheet, ensure_ascii=False, sort_keys=True)
    return Ready(
        version=briefing.version,
        content=content,
        sha256=hashlib.sha256(content.encode()).hexdigest(),
        file=_printed(told.without_words(sheet)),
    )


def to_printed(briefing: Briefing) -> bytes:
    """The PDF (PDF/UA-1) as it may be given away today: what was kept, unless case studies stand in it."""
    sheet = briefing.content
    if sheet is not None and not told.has_stories(sheet):
        return briefing.file
    return _printed(shown_today(briefing))


def file_name(briefing: Briefing) -> str:
    """What its file is called: what it is and of when, and nothing that names anybody."""
    return f"briefing-{briefing.period}.pdf"


def _printed(sheet: dict[str, Any]) -> bytes:
    parts = [{**part, "blocks": [_with_address(block) for block in part["blocks"]]} for part in sheet["parts"]]
    return to_pdf(TEMPLATE, {**sheet, "parts": parts})


def _with_address(block: dict[str, Any]) -> dict[str, Any]:
    """On paper a story says where the whole of it can be read."""
    if block["kind"] != told.KIND:
        return block
    return {**block, "address": f"{settings.current().base_url}/case-studies/{block['slug']}"}


def _parts(briefing: Briefing, member: str) -> list[dict[str, Any]]:
    figures, words = briefing.figures, briefing.words
    period = period_of(briefing.period)
    assert period.begins is not None
    briefs = queries.briefs_told(briefing.organisation_id, briefing.term_id, period.begins)
    answers = answers_of(briefs)

    def text(part: str) -> Blocks:
        drafted = "" if part in briefing.left_out else figures["drafted"].get(part, "")
        return [*blocks.text(f"drafted_{part}", drafted), *blocks.text(part, words[part])]

    stories = told.places_of(briefing.slugs, briefing)
    found: list[tuple[str, Blocks]] = [
        ("opening", text("opening")),
        ("summary", [*blocks.numbers(figures["numbers"]), *text("summary")]),
        ("themes", [*text("themes"), *blocks.items([_theme(brief) for brief in briefs])]),
        ("results", text("results")),
        ("stories", [*text("stories"), *stories] if stories else []),
        ("past", blocks.items([*map(_became, words["past"]), *(_done(one, answers[one.id]) for one in briefs)])),
        ("asks", blocks.items([_ask(ask, member) for ask in words["asks"]])),
        ("counting", blocks.note(counting(figures))),
    ]
    return [{"key": key, "heading": HEADINGS[key], "blocks": part} for key, part in found if part]


def counting(figures: dict[str, Any]) -> str:
    """How everything is counted, and what is hidden."""
    return (
        "Numbers are of the whole area, which may lie in more than one constituency. They count codes and dates; "
        f"nothing that a resident told was read for them. No number under {figures['threshold']} is shown, others are "
        f"rounded to the nearest {ROUND_TO}, totals by themselves. Counted on {_iso(figures['counted_on'])}: what "
        "changes later is in a later briefing. A story is told only for as long as the person agrees."
    )


def _theme(brief: Brief) -> dict[str, str]:
    residents = wording.residents(Figures.of(brief.figures)).capitalize()
    return {
        "title": _title(brief),
        "words": f"{residents} residents in 90 days. You have our brief of {_sent_on(brief)}.",
    }


def _done(brief: Brief, answers: list[BriefAnswer]) -> dict[str, str]:
    asked = "; ".join(_small(lists.label("brief_asks", code)) for code in brief.asks)
    done = [f"{lists.label('brief_answers', one.kind)} on {wording.day(one.happened_on)}" for one in answers]
    return {"title": f"{_title(brief)} (brief of {_sent_on(brief)})", "words": f"We asked: {asked}. {_listed(done)}"}


def _listed(done: list[str]) -> str:
    return f"{'. '.join(done)}." if done else OPEN


def _became(ask: dict[str, str]) -> dict[str, str]:
    return {"title": ask["what"], "words": ask.get("became") or OPEN}


def _ask(ask: dict[str, str], member: str) -> dict[str, str]:
    by = f", by {_iso(ask['by'])}" if ask.get("by") else ""
    return {"title": ask["what"], "words": f"Of {ask.get('whom') or member}{by}"}


def _facts(briefing: Briefing, sending: Sending | None) -> list[list[str]]:
    found = []
    if briefing.approved_at is not None:
        who = "by its writer, alone" if briefing.approved_alone else "by a second person"
        found.append(["Approved", f"{wording.day(local_day(briefing.approved_at))}, {who}"])
    if sending is not None:
        found += [["Sent", wording.day(sending.sent_on)], ["Answers to", f"{sending.name}, {sending.email}"]]
    return found


def _title(brief: Brief) -> str:
    return f"{lists.label('issue_types', brief.issue_type)}: {directory.agency(brief.agency_id).name}"


def _sent_on(brief: Brief) -> str:
    assert brief.sent_at is not None
    return wording.day(local_day(brief.sent_at))


def _iso(text: str) -> str:
    return wording.day(date.fromisoformat(text))


def _small(label: str) -> str:
    return label[:1].lower() + label[1:]
