"""A brief as it is read: one sheet of plain texts, from which the page and the PDF are both made."""

from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from referrals.directory import lists
from referrals.directory import queries as directory
from referrals.foundation.clock import local_day
from referrals.foundation.printing import to_pdf
from referrals.notifications import settings
from referrals.publishing.briefs import wording
from referrals.publishing.briefs.figures import Figures
from referrals.publishing.models import Brief
from referrals.reporting.disclosure import ROUND_TO
from referrals.stories.queries import told_at

TEMPLATE: Final = Path(__file__).parents[3] / "templates" / "briefs" / "brief.typ"
HEADINGS: Final = {
    "happening": "What keeps happening",
    "answers": "How the body answers",
    "costs": "What it costs people",
    "worked": "What has already worked",
}
NOT_SHOWN: Final = "Not shown"


@dataclass(frozen=True, slots=True)
class Shown:
    """One figure: its words, what it is of, and how exact it is."""

    value: str
    label: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything on the page, in the order it is read."""

    title: str
    body: str
    writer: str
    member: str
    office: str
    seat: str
    # When it was sent, or last written in.
    dated: str
    days: str
    figures: tuple[Shown, ...]
    # Heading and text; parts without text are left out.
    parts: tuple[tuple[str, str], ...]
    # Why this MP may be able to help: what, when, and where it was read.
    helps: tuple[tuple[str, str, str], ...]
    asks: tuple[str, ...]
    asking: str
    # A case study that tells of one such case, while it may be shown: its title, who tells it, and its address.
    story: tuple[str, str, str] | None
    meeting: str
    counting: str

    def plain(self) -> dict[str, Any]:
        """As JSON, for the template that prints it."""
        return asdict(self)


def sheet_of(brief: Brief) -> Sheet:
    """The sheet of a brief that a query has given out."""
    figures, words = Figures.of(brief.figures), brief.words
    office, body = directory.office_of(brief.office_id), directory.agency(brief.agency_id)
    assert office is not None
    writer = directory.organisation(brief.organisation_id).name
    return Sheet(
        title=lists.label("issue_types", brief.issue_type),
        body=body.name,
        writer=writer,
        member=f"{office.term.member.name} MP",
        office=office.organisation.name,
        seat=office.term.constituency.name,
        dated=wording.day(local_day(brief.sent_at or brief.edited_at)),
        days=f"{wording.day(brief.first_on)} to {wording.day(brief.last_on)}",
        figures=_figures(figures, body.code),
        parts=tuple((heading, words[part]) for part, heading in HEADINGS.items() if words[part]),
        helps=tuple(
            (line["role"], line["span"], f"{line['source']}, checked on {_day(line['checked_on'])}")
            for line in brief.skills.get("lines", ())
        ),
        asks=tuple(lists.label("brief_asks", code) for code in brief.asks),
        asking=words["asking"],
        story=_story(brief.story_slug),
        meeting=wording.day(brief.meeting_on) if brief.meeting_on else "",
        counting=counting(figures),
    )


def to_printed(brief: Brief) -> bytes:
    """The PDF (PDF/UA-1), one page; its texts are data, whatever is in them."""
    return to_pdf(TEMPLATE, sheet_of(brief).plain())


def counting(figures: Figures) -> str:
    """How everything is counted, and what is hidden."""
    return (
        "Counted from codes and dates of referrals to this office; nothing a resident told was read for it. Referrals "
        "that share a name and postcode, or a body’s reference number, count as one resident. No number under "
        f"{figures.threshold} is shown. Others are rounded to the nearest {ROUND_TO}, waits to weeks or months, and "
        "money to the nearest £100. Results that the group disputes are left out."
    )


def _figures(figures: Figures, body: str) -> tuple[Shown, ...]:
    target = lists.item(lists.AGENCIES, body).target
    kept = f"kept {figures.kept_percent}% of the time" if figures.kept_percent is not None else ""
    waited, reply = figures.waited_days, figures.reply_days
    return (
        Shown(wording.residents(figures).capitalize(), "residents", "in 90 days"),
        Shown(wording.wait(waited) if waited is not None else NOT_SHOWN, "waited before", "half of them, or longer"),
        Shown(f"{reply} days" if reply is not None else NOT_SHOWN, "until it answers", "half of the answers"),
        Shown(f"{target.days} working days" if target else "None known", "its published target", kept),
    )


def _story(slug: str | None) -> tuple[str, str, str] | None:
    """Looked at anew each time, also on a brief that was sent: what the person has taken back is shown no more."""
    told = told_at(slug, "report") if slug else None
    return (told.title, told.told_by, f"{settings.current().base_url}/case-studies/{told.slug}") if told else None


def _day(iso: str) -> str:
    return wording.day(date.fromisoformat(iso))
