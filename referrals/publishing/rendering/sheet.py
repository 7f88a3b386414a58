"""Everything that stands in an impact report, as plain texts in the order in which it is read.

A sheet is JSON: "title", "about", "period", "document" (its name as a file), "facts" ([what, words], on the cover) and
"parts". A part has a "key", a "heading" and "blocks"; each block says its "kind": text, heading, numbers, chart, table,
note or definitions. Page, PDF and Word are made from it alone, so that they say the same.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from referrals.foundation.clock import local_day
from referrals.publishing.drafting import sections
from referrals.publishing.drafting.aims import aims_of, source_of
from referrals.publishing.drafting.counting import RESIDENTS_TABLES
from referrals.publishing.drafting.numbers import NOT_SHOWN
from referrals.publishing.models import ImpactReport
from referrals.publishing.periods import period_of
from referrals.publishing.rendering import blocks, told
from referrals.publishing.rendering.blocks import Blocks

TITLE = "Impact report"
NO_ANSWERS = "Too few residents answered to say here what they think without pointing at somebody."


@dataclass(frozen=True, slots=True)
class Issue:
    """When and why a report leaves the house: the day, and for a correction the day of the first one and the reason."""

    issued_on: date
    corrects_of: date | None = None
    reason: str = ""


def sheet_of(report: ImpactReport, issue: Issue | None = None) -> dict[str, Any]:
    """The sheet of a report as it is now; without an issue it is a draft, in which empty sections are still named."""
    figures, words = report.figures, report.words
    period = period_of(report.period)
    assert period.first is not None
    is_draft = issue is None

    def text(key: str) -> Blocks:
        return blocks.text(key, words.get(key, ""), even_empty=is_draft)

    return {
        "title": TITLE,
        "about": figures["about"],
        "programme": figures["programme"],
        "period": period.label,
        "document": f"{TITLE}: {figures['about']}, {period.label}",
        "facts": [["Period", f"{_day(period.first)} to {_day(period.last)}"], *_facts(report, issue)],
        "parts": _parts(figures, text, told.places(report, period)),
        "keeping": _keeping(issue),
    }


def _parts(figures: dict[str, Any], text: Any, stories: Blocks) -> list[dict[str, Any]]:
    tables = figures["tables"]
    found = [
        (sections.SUMMARY, [*blocks.numbers(figures["numbers"]), *text(sections.SUMMARY)]),
        (sections.RECEIVED, [*text(sections.RECEIVED), *blocks.drawn("referrals", tables["referrals"])]),
        (
            sections.RESULTS,
            [
                *text(sections.RESULTS),
                *blocks.drawn("standing", tables["standing"]),
                *blocks.table("outcomes", tables["outcomes"]),
            ],
        ),
        (sections.MONEY, [*text(sections.MONEY), *blocks.table("money", tables["money"])]),
        (sections.WAITING, [*text(sections.WAITING), *_waiting(tables["waiting"])]),
        (sections.RESIDENTS, [*text(sections.RESIDENTS), *_residents(tables)]),
        ("aims", _aims(figures, text)),
        (sections.STORIES, [*text(sections.STORIES), *stories]),
        (sections.LEARNED, text(sections.LEARNED)),
        ("counting", _counting(figures)),
    ]
    return [{"key": key, "heading": _heading(figures, key), "blocks": part} for key, part in found if part]


def _heading(figures: dict[str, Any], key: str) -> str:
    if key == "aims":
        return f"What {figures['programme']} set out to change"
    if key == "counting":
        return "How we count"
    return sections.section_of(figures, key).heading


def _waiting(found: dict[str, Any]) -> Blocks:
    medians = [cell for row in (*found["rows"], found["total"]) for cell in row["cells"][::2]]
    # Without a median the table would only say again how many there are.
    return blocks.table("waiting", found) if any(cell != NOT_SHOWN for cell in medians) else []


def _residents(tables: dict[str, Any]) -> Blocks:
    # Reports that were drafted before residents' answers were counted have none of these.
    questions = [(key, tables[key]) for key in RESIDENTS_TABLES if key in tables]
    shown = [block for key, found in questions for block in blocks.drawn(key, found) if block["kind"] != "note"]
    return shown or (blocks.note(NO_ANSWERS) if questions else [])


def _aims(figures: dict[str, Any], text: Any) -> Blocks:
    found: Blocks = []
    for aim in aims_of(figures["aims_of"]):
        found += blocks.heading(aim.label)
        found += blocks.numbers(figures["aims"].get(aim.code, []))
        found += text(sections.aim_key(aim.code))
    return [*blocks.note(f"{source_of(figures['aims_of'])}."), *found] if found else []


def _counting(figures: dict[str, Any]) -> Blocks:
    counted_on = _day(date.fromisoformat(figures["counted_on"]))
    return [
        *blocks.note(figures["warning"]),
        *blocks.definitions(figures["definitions"]),
        *blocks.note(f"Counted on {counted_on}. Figures count codes and dates. They never open what a resident said."),
    ]


def _facts(report: ImpactReport, issue: Issue | None) -> list[list[str]]:
    found = []
    if report.figures["programme"] and report.figures["side"] != "programme":
        found.append(["Programme", report.figures["programme"]])
    if report.approved_at is not None:
        approved = _day(local_day(report.approved_at))
        checked = (
            f"{approved}, by the person who wrote it. Nobody else at {report.figures['about']} could look at it."
            if report.approved_alone
            else f"{approved}, by a second person at {report.figures['about']}"
        )
        found.append(["Approved", checked])
    if issue is not None:
        found.append(["Issued", _day(issue.issued_on)])
        if issue.corrects_of is not None:
            found.append(["Corrects", f"The report issued on {_day(issue.corrects_of)}. {issue.reason}"])
    return found


def _keeping(issue: Issue | None) -> str:
    if issue is None:
        return "This is a draft. It was not issued."
    return (
        f"Kept as issued on {_day(issue.issued_on)}: nothing in this report changes after that day. "
        "What turns out to be wrong is put right in a new report that names this one."
    )


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
