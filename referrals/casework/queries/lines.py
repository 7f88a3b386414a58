"""Lines of lists: a referral in one row of a queue, with names beside it, from one query."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, ScalarSelect, Select, func, literal, select, union_all
from sqlalchemy.orm import aliased, load_only

from referrals.accounts.models import Person
from referrals.accounts.roles import Side
from referrals.accounts.viewer import Viewer
from referrals.casework import clocks, policy
from referrals.casework.deadlines.following import near_until
from referrals.casework.models import Referral
from referrals.casework.policy import ANSWERED
from referrals.casework.queries.hearing import hushed_for, standing_where
from referrals.casework.queries.one import for_viewer
from referrals.casework.queries.paging import Order, Section, page_size, place_in
from referrals.casework.queries.visible import visible_to
from referrals.casework.workflow import STATES, WORKING_STATES
from referrals.directory.models import Organisation
from referrals.foundation.clock import local_day, today
from referrals.foundation.database import db
from referrals.foundation.errors import NotFound

# Counting stops here: a tab says "999+" and the page costs the same whatever lies behind it.
COUNTED_TO = 999

_GROUP, _OFFICE, _ASSIGNEE = aliased(Organisation), aliased(Organisation), aliased(Person)
_COLUMNS = (
    Referral.id,
    Referral.reference,
    Referral.group_id,
    Referral.office_id,
    Referral.created_by_id,
    Referral.submitted_by_id,
    Referral.referrer_id,
    Referral.assignee_id,
    Referral.state,
    Referral.waiting_on,
    Referral.waiting_on_since,
    Referral.due_on,
    Referral.limit_on,
    Referral.next_action_on,
    Referral.category,
    Referral.issue_type,
    Referral.urgency,
    Referral.urgent_by,
    Referral.key_date,
    Referral.trusted_body_conflict,
    Referral.created_at,
    Referral.updated_at,
    Referral.submitted_at,
    Referral.seen_at,
    Referral.ended_at,
    Referral.end_reason,
    Referral.version,
    Referral.wrapped_key,
    Referral.wrapping_key_id,
    Referral.summary_sealed,
    Referral.next_action_sealed,
)

# What is known of how it stands from these columns.
_STANDING = (
    *("state", "waiting_on", "waiting_on_since", "due_on", "assignee_id"),
    *("next_action_on", "seen_at", "updated_at", "submitted_at", "ended_at"),
)


@dataclass(frozen=True, slots=True)
class Line:
    """One referral in a list, in codes of the lists and the workflow; `summary` is None where it is closed or empty."""

    id: UUID
    # Who wrote it, or was given it in the group since.
    created_by_id: UUID
    reference: str | None
    state: str
    # What the viewer's side reads in a tag, and the tag's colour.
    tag: str
    colour: str
    category: str | None
    issue_type: str | None
    urgency: str | None
    urgent_by: date | None
    key_date: date | None
    summary: str | None
    group_name: str
    office_name: str | None
    assignee_id: UUID | None
    assignee_name: str | None
    waiting_on: str | None
    waiting_on_since: datetime | None
    # Whether it is the turn of the viewer's side.
    yours: bool
    # What the office does next, while it works on the case.
    next_action: str | None
    due_on: date | None
    overdue_days: int
    # For the office: "next_action" or "next_action_on" where an open one stands without what is done next, or its day.
    lacks: str | None
    # For the office: the last day of the nearest limit on the resident, once it is at most seven days away, or gone.
    limit_on: date | None
    created_at: datetime
    updated_at: datetime
    submitted_at: datetime | None
    # Calendar days since it was sent (for a draft: since it was begun).
    age_days: int
    seen: bool
    ended_on: date | None
    version: int
    # Whether the office's steps are kept from the viewer (queries/hearing.py).
    hushed: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list: its rows, the capped counts of the tabs, and the cursor of the next page or None.

    `found` is the capped count of all its pages where it was narrowed; None where nobody counted. `offers` is how many
    referrals other offices offer to the viewer's own, where the list is an office's queue.
    """

    rows: list[Line]
    counts: dict[str, int]
    next_cursor: str | None
    found: int | None = None
    offers: int = 0


def page(
    where: list[ColumnElement[bool]], sections: Sequence[Section], viewer: Viewer, after: str | None, limit: int
) -> tuple[list[Line], str | None]:
    """The lines of one page and the cursor of the next, in one query.

    Only what the viewer may see. A row is in one section only, and those of an earlier section stand before the others.
    """
    size = page_size(limit)
    begin, place = place_in(len(sections), after)
    parts = []
    for index, section in list(enumerate(sections))[begin:]:
        on_page = [visible_to(viewer), *where, *section.where, *section.order.after(place if index == begin else None)]
        parts.append(_part(index, section, on_page, size + 1))
    named = union_all(*parts).subquery()
    # Chosen by their keys alone, so that no more wide rows are opened than the page shows.
    chosen = select(named).order_by(named.c.section, named.c.place).limit(size + 1).subquery()
    query = _lines(viewer).add_columns(chosen.c.section, chosen.c.place).join(chosen, chosen.c.id == Referral.id)
    found = sorted(db.session.execute(query), key=lambda row: row[-2:])
    lines = [line(row[:-2], viewer) for row in found[:size]]
    if len(found) <= size:
        return lines, None
    last, index = found[size - 1][0], found[size - 1].section
    return lines, sections[index].cursor(index, last)


def _part(index: int, section: Section, where: list[ColumnElement[bool]], size: int) -> Select[UUID, int, int]:
    """The first rows of a section, found in an index: their ids, the section, and their places in it."""
    key, row_id = section.order.column, section.order.id
    rows = select(row_id.label("id"), key.label("key")).where(*where).order_by(*section.order.by).limit(size)
    first = rows.subquery()
    by = (first.c.key.desc(), first.c.id.desc()) if section.order.descending else (first.c.key, first.c.id)
    return select(first.c.id, literal(index).label("section"), func.row_number().over(order_by=by).label("place"))


def lines_of(ids: list[UUID], viewer: Viewer) -> list[Line]:
    """The lines of these referrals, as far as the viewer may see them, in the order given; one query."""
    found = db.session.execute(_lines(viewer).where(visible_to(viewer), Referral.id.in_(ids))).all()
    made = {row[0].id: line(row, viewer) for row in found}
    return [made[row_id] for row_id in ids if row_id in made]


def lines_named(viewer: Viewer, references: Collection[str]) -> list[Line]:
    """The lines of the referrals of these references, in their order; one query.

    Raises NotFound where one of them is not there for the viewer.
    """
    found = db.session.execute(_lines(viewer).where(visible_to(viewer), Referral.reference.in_(references))).all()
    made = {row[0].reference: line(row, viewer) for row in found}
    if set(references) - made.keys():
        raise NotFound
    return [made[reference] for reference in references]


def counts(
    tabs: dict[str, list[ColumnElement[bool]]],
    viewer: Viewer,
    order: Order | None = None,
    beside: Mapping[str, ScalarSelect[int]] | None = None,
) -> dict[str, int]:
    """How many rows each tab has, up to 999 and one more, in one query; and the numbers that are counted `beside` them.

    An `order` does not change what is counted: it leads a planner to the index of the list, away from larger ones.
    """
    seen, by = visible_to(viewer), order.by if order else ()
    first = select(literal(1).label("one")).select_from(Referral).limit(COUNTED_TO + 1)
    capped = {
        tab: select(func.count())
        .select_from(first.where(seen, *where).order_by(*by).subquery())
        .scalar_subquery()
        .label(tab)
        for tab, where in tabs.items()
    }
    asked = capped | {name: number.label(name) for name, number in (beside or {}).items()}
    row = db.session.execute(select(*asked.values())).one()
    return dict(zip(asked, row, strict=True))


def line(row: Any, viewer: Viewer) -> Line:
    """A line from a row of `_lines()`."""
    found, group_name, office_name, assignee_name, hushed = row
    found = for_viewer(found, viewer)
    known = standing_where(found, hushed=bool(hushed), only=_STANDING)
    state, day = STATES[known.state], today()
    return Line(
        id=found.id,
        created_by_id=found.referrer_id or found.created_by_id,
        reference=found.reference,
        state=known.state,
        tag=tag_of(found, known.state, viewer),
        colour=state.colour,
        category=found.category,
        issue_type=found.issue_type,
        urgency=found.urgency,
        urgent_by=found.urgent_by,
        key_date=found.key_date,
        summary=found.summary,
        group_name=group_name,
        office_name=office_name,
        assignee_id=known.assignee_id,
        assignee_name=assignee_name if known.assignee_id else None,
        waiting_on=known.waiting_on,
        waiting_on_since=known.waiting_on_since,
        yours=known.waiting_on == ("referrer" if viewer.side is Side.GROUP else "office"),
        next_action=found.next_action if known.state in WORKING_STATES else None,
        due_on=known.due_on,
        overdue_days=clocks.days_overdue(known, day),
        lacks=policy.lacks(found) if viewer.side is Side.OFFICE else None,
        limit_on=near_limit(found, day) if viewer.side is Side.OFFICE else None,
        created_at=found.created_at,
        updated_at=known.updated_at,
        submitted_at=found.submitted_at,
        age_days=(day - local_day(found.submitted_at or found.created_at)).days,
        seen=known.seen_at is not None,
        ended_on=local_day(found.ended_at) if found.ended_at else None,
        version=found.version,
        hushed=known.hushed,
    )


def tag_of(row: Referral, state_code: str, viewer: Viewer) -> str:
    """The state in two words of the viewer's side; a request for advice ends with its answer."""
    if row.end_reason == ANSWERED and row.ended_at is not None:
        return "Answered"
    state = STATES[state_code]
    return state.tag_referrer if viewer.side is Side.GROUP else state.label_office


def near_limit(row: Referral, day: date) -> date | None:
    """The last day of the referral's nearest limit where it is near on `day` and the referral is open; else None."""
    near = row.limit_on is not None and row.limit_on <= near_until(day)
    return row.limit_on if near and row.ended_at is None else None


def _lines(viewer: Viewer) -> Select[Referral, str, str, str, bool]:
    # All of them outer joins, so that a planner starts from the referrals in their order, and never from the few names.
    return (
        select(Referral, _GROUP.name, _OFFICE.name, _ASSIGNEE.name, hushed_for(viewer).label("hushed"))
        .outerjoin(_GROUP, _GROUP.id == Referral.group_id)
        .outerjoin(_OFFICE, _OFFICE.id == Referral.office_id)
        .outerjoin(_ASSIGNEE, _ASSIGNEE.id == Referral.assignee_id)
        .options(load_only(*_COLUMNS))
    )
