"""Agendas as pages and prints show them. What is read elsewhere is looked up for whoever reads, each time anew."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from flask import url_for

from referrals.accounts.queries import names_of
from referrals.accounts.viewer import Viewer
from referrals.casework.queries import with_office
from referrals.directory import lists
from referrals.directory import queries as directory
from referrals.engagement.actions.agendas import BRIEF, FOLLOW_UP, MOST, REFERRAL, WORDS, is_full
from referrals.engagement.models import AgendaItem, Meeting
from referrals.engagement.policy import meetings as policy
from referrals.engagement.queries import agendas as read
from referrals.foundation.clock import local_day, today
from referrals.foundation.printing import to_pdf
from referrals.publishing.queries.briefs import own_briefs
from referrals.web.filters import age, day
from referrals.web.presenting import briefs
from referrals.web.presenting.contacts import BY_OFFICE

TEMPLATE: Final = Path(__file__).parents[3] / "templates" / "meetings" / "agenda.typ"


@dataclass(frozen=True, slots=True)
class Talk:
    """Something to talk about: what it is, a line about it, where it can be read, and whether it is settled."""

    title: str
    note: str
    href: str = ""
    settled: bool = False


def agenda_for(found: Meeting, viewer: Viewer) -> dict[str, Any]:
    """The agenda as its page shows it; ten queries at most."""
    items = read.agenda_of(found)
    talks = _talks(items, viewer)
    rows = [_row(one, talks[one.id]) for one in items if one.id in talks]
    return {
        "rows": [row for row in rows if not row["left_out"]],
        "left_out": [row for row in rows if row["left_out"] and not row["settled"]],
        "hidden": sum(one.id not in talks and not one.left_out for one in items),
        "no_room_for": _no_room_for(found, items, viewer),
        "most": MOST,
        "may_change": policy.may_plan(found, viewer) and found.is_open,
    }


def _no_room_for(found: Meeting, items: Sequence[AgendaItem], viewer: Viewer) -> int:
    """How many open referrals with the office are not on the agenda, because it holds as many as it drafts already."""
    referrals = [one for one in items if one.source == REFERRAL]
    if not policy.may_plan(found, viewer) or not found.is_open or not is_full(items, REFERRAL):
        return 0
    office = directory.office_of_term(found.term_id)
    beside = [one.source_id for one in referrals if one.source_id]
    return with_office.count_open_with(office.organisation_id, viewer, beside=beside) if office else 0


def _row(item: AgendaItem, talk: Talk) -> dict[str, Any]:
    return {
        "id": item.id,
        "title": talk.title,
        "note": talk.note,
        "href": talk.href,
        "settled": talk.settled,
        "left_out": item.left_out,
        "remark": item.words if item.source != WORDS else "",
        "is_free": item.source == WORDS,
    }


def item_of(item: AgendaItem, viewer: Viewer) -> Talk | None:
    """What one item is about, to who may read it."""
    return _talks([item], viewer).get(item.id)


def _talks(items: Sequence[AgendaItem], viewer: Viewer) -> dict[UUID, Talk]:
    """What the viewer may read of these items, by the id of each."""
    readers: dict[str, Callable[[set[UUID], Viewer], dict[UUID, Talk]]] = {
        REFERRAL: _referrals,
        BRIEF: _briefs,
        FOLLOW_UP: _follow_ups,
    }
    found = {one.id: Talk(one.words or "", "") for one in items if one.source == WORDS}
    for source, reader in readers.items():
        ids = {one.source_id for one in items if one.source == source and one.source_id}
        known = reader(ids, viewer) if ids else {}
        found |= {one.id: known[one.source_id] for one in items if one.source == source and one.source_id in known}
    return found


def _referrals(ids: set[UUID], viewer: Viewer) -> dict[UUID, Talk]:
    return {
        one.id: Talk(
            f"{one.reference}: {lists.label('categories', one.category) if one.category else 'Referral'}",
            "Finished since" if one.ended else f"With the office for {age((today() - local_day(one.since)).days)}",
            url_for("referrals.show", reference=one.reference),
            one.ended,
        )
        for one in with_office.named(ids, viewer).values()
    }


def _briefs(ids: set[UUID], viewer: Viewer) -> dict[UUID, Talk]:
    lines = briefs.lines_of([one for one in own_briefs(viewer) if one.id in ids], viewer)
    return {
        one.id: Talk(f"Brief. {one.title}", f"{one.state}, {day(one.on)}", url_for("briefs.show", brief_id=one.id))
        for one in lines
    }


def _follow_ups(ids: set[UUID], viewer: Viewer) -> dict[UUID, Talk]:
    rows = read.follow_ups_by_id(ids, viewer)
    names = names_of([one.owner_id for one in rows.values()])
    return {
        one.id: Talk(
            one.words or "",
            f"Agreed: {names.get(one.owner_id, '') if one.owner_id else BY_OFFICE}, by {day(one.due_on)}"
            if one.standing == "open"
            else "Settled since",
            url_for("contacts.show", contact_id=one.contact_id),
            one.standing != "open",
        )
        for one in rows.values()
    }


def printed(page: dict[str, Any], agenda: dict[str, Any], group: str, when: str) -> bytes:
    """The agenda as a PDF on A4, from what its pages read; what is settled since is not on it."""
    meeting = page["meeting"]
    where = ", ".join(part for part in (meeting["where"], page["link"] or "") if part)
    people = {
        "With": "; ".join(page["theirs"]),
        "From us": ", ".join(page["ours"]),
        "Others": ", ".join(page["guests"]),
    }
    facts = {"When": when, "Where": where} | people
    return to_pdf(
        TEMPLATE,
        {
            "title": meeting["subject"],
            "kind": f"{meeting['kind']} with {meeting['member']}",
            "group": group,
            "facts": [{"key": key, "value": value} for key, value in facts.items() if value],
            "items": [
                {"title": row["title"], "note": row["note"], "remark": row["remark"] or ""}
                for row in agenda["rows"]
                if not row["settled"]
            ],
        },
    )
