"""Impact reports in words: the lists of them, where each stands, and what can be done with it next."""

from collections.abc import Iterable
from typing import Any

from flask import url_for

from referrals.accounts.queries import names_of
from referrals.accounts.viewer import Viewer
from referrals.publishing import queries
from referrals.publishing.drafting import unfinished
from referrals.publishing.drafting.numbers import NOT_SHOWN
from referrals.publishing.models import ImpactReport
from referrals.publishing.periods import finished, period_of
from referrals.publishing.policy import impact as policy
from referrals.publishing.queries import ReportLine
from referrals.publishing.queries.impact import correction_in_work, digests_of
from referrals.publishing.rendering import Form, has_stories, sheet_of, with_words
from referrals.publishing.rendering.pictured import table_of
from referrals.publishing.workflow import DRAFT, OUT, STATES, SUPERSEDED
from referrals.reporting.periods import Period
from referrals.web.filters import day, moment
from referrals.web.forms import Option
from referrals.web.presenting.pictures import drawn

FILES = {
    Form.PDF: ("PDF", "to send and to print; it can be read aloud"),
    Form.DOCX: ("Word", "to copy from into a report of your own"),
}


def lines_of(lines: Iterable[ReportLine]) -> list[dict[str, Any]]:
    """A list of reports: {title, about, tag, tone, when, href}."""
    return [
        {
            "title": period_of(line.period).label,
            "about": line.about,
            "tag": STATES[line.state].label,
            "tone": STATES[line.state].colour,
            "when": f"Issued on {day(line.issued_at)}" if line.issued_at else f"Last changed {moment(line.changed_at)}",
            "href": url_for("impact.show", report_id=line.id),
        }
        for line in lines
    ]


def period_options(periods: dict[str, list[Period]]) -> list[Option]:
    """The periods to choose from: half-years, quarters, years, each kind under a word of its own."""
    found: list[Option] = []
    for kind, each in periods.items():
        for number, period in enumerate(each):
            found.append(Option(period.code, period.label, divider="" if number or not found else kind.lower()))
    return found


def page_of(report: ImpactReport, who: Viewer) -> dict[str, Any]:
    """What the page of a report reads, in whatever state it is."""
    is_own = report.organisation_id == who.organisation_id
    is_out = report.state in OUT
    sheet = with_words((report.content or {}) if is_out else sheet_of(report), report)
    found = {
        "id": report.id,
        "state": report.state,
        "tag": STATES[report.state].label,
        "tone": STATES[report.state].colour,
        "is_own": is_own,
        "is_out": is_out,
        "sheet": sheet,
        "pictures": {
            block["key"]: drawn(table_of(block), NOT_SHOWN)
            for part in sheet["parts"]
            for block in part["blocks"]
            if block["kind"] == "chart"
        },
        "home": url_for("impact.show", report_id=report.id),
    }
    return found | (_of_issued(report) if is_out else _of_draft(report, who))


def _of_issued(report: ImpactReport) -> dict[str, Any]:
    replacement = queries.replacement_of(report) if report.state == SUPERSEDED else None
    correction = correction_in_work(report) if report.state != SUPERSEDED else None
    digests = digests_of(report)
    return {
        "files": [
            {
                "text": f"Download as {FILES[form][0]}",
                "hint": FILES[form][1],
                "sha256": digests[form.value],
                "href": url_for("impact.fetch", report_id=report.id, form=form.value),
            }
            for form in Form
        ],
        "sha256": report.content_sha256,
        "has_stories": has_stories(report.content or {"parts": []}),
        "replacement": url_for("impact.show", report_id=replacement.id) if replacement else None,
        "replaced_on": day(report.superseded_at),
        "correction": url_for("impact.show", report_id=correction.id) if correction else None,
    }


def _of_draft(report: ImpactReport, who: Viewer) -> dict[str, Any]:
    people = queries.publishers(who)
    others = [person.name for person in people if person.person_id != report.changed_by_id]
    names = names_of([report.changed_by_id, report.approved_by_id])
    left = unfinished(report.figures, report.words) if report.state == DRAFT else []
    return {
        "unfinished": [
            {"text": section.heading, "href": url_for("impact.section", report_id=report.id, key=section.key)}
            for section in left
        ],
        "may_approve": policy.may_approve(report, who, [person.person_id for person in people]),
        "others": others,
        "alone": not others,
        "changed": f"{names.get(report.changed_by_id, '')}, {moment(report.changed_at)}",
        "counted": moment(report.counted_at),
        "approved": f"{names.get(report.approved_by_id, '')}, {moment(report.approved_at)}"
        if report.approved_by_id
        else "",
        "approved_alone": report.approved_alone,
        "corrects": url_for("impact.show", report_id=report.corrects_id) if report.corrects_id else None,
        "reason": report.reason,
    }


def finished_periods(today: Any) -> list[Option]:
    """The periods that a report can be about today."""
    return period_options(finished(today))
