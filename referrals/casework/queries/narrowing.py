"""Narrowing the office's queue: what it can be narrowed by, read from plain codes, and what each means in SQL."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement, and_, case, exists, literal, literal_column, or_, select, union_all

from referrals.accounts.models import Membership, Person
from referrals.accounts.roles import Side
from referrals.accounts.viewer import Viewer
from referrals.casework.deadlines.following import near_until
from referrals.casework.models import Referral
from referrals.casework.queries.choices import CASE_ROLES
from referrals.casework.workflow import OPEN_WITH_OFFICE, STATES, WORKING_STATES
from referrals.directory import lists
from referrals.directory.models import Agency, Organisation
from referrals.foundation.clock import LONDON, today
from referrals.foundation.database import db
from referrals.foundation.errors import NotAllowed, NotFound

# What a list is narrowed to: the name of a filter to its values, each once and in the order of the catalogue. Plain
# codes, and ids of people of the office and of groups that it hears from.
Narrowed = Mapping[str, tuple[str, ...]]

ENDED: Final = "ended"
ME: Final = "me"
NOBODY: Final = "nobody"
# More than so many calendar days since it was sent.
AGES: Final[dict[str, int]] = {"2-weeks": 14, "1-month": 30, "3-months": 91}
ONLY: Final = ("overdue", "unplanned", "limit")

# The states are written out, so that a planner sees that the index of these rows holds what is asked for.
UNPLANNED: Final[ColumnElement[bool]] = or_(
    Referral.due_on.is_(None),
    Referral.next_action_on.is_(None),
    and_(
        Referral.next_action_sealed.is_(None),
        Referral.state.in_([literal_column(f"'{state}'") for state in WORKING_STATES]),
    ),
)


@dataclass(frozen=True, slots=True)
class Known:
    """Whose ids an office may narrow by: its people by name, those who left too, and the groups it hears from."""

    people: Mapping[UUID, str]
    left: frozenset[UUID]
    groups: Mapping[UUID, str]


@dataclass(frozen=True, slots=True)
class Filter:
    """One way to narrow a list: the codes it takes, and the condition for values of it."""

    codes: Callable[[], Iterable[str]]
    condition: Callable[[tuple[str, ...], Viewer], ColumnElement[bool]]
    # Whether several values can be chosen, of which one must be met.
    several: bool = True
    # Whether it makes sense of what has ended.
    of_ended: bool = True
    # Whose ids it takes besides codes.
    ids: Callable[[Known], Mapping[UUID, str]] | None = None


def known_to(viewer: Viewer) -> Known:
    """The people and groups that the viewer's office may narrow by, in the order of their names; one query.

    Raises NotAllowed to anybody but an office's people.
    """
    if viewer.side is not Side.OFFICE:
        raise NotAllowed
    here = case((and_(Membership.ended_at.is_(None), Person.disabled_at.is_(None)), 1), else_=0)
    people = (
        select(literal("person").label("kind"), Person.id, Person.name, here.label("here"))
        .join(Membership, Membership.person_id == Person.id)
        .where(
            Membership.organisation_id == viewer.organisation_id,
            Membership.role.in_([role.value for role in CASE_ROLES]),
        )
    )
    heard_from = exists().where(
        Referral.office_id == viewer.organisation_id,
        Referral.group_id == Organisation.id,
        Referral.submitted_at.is_not(None),
    )
    groups = select(literal("group"), Organisation.id, Organisation.name, literal(1))
    groups = groups.where(Organisation.kind == "group", heard_from)
    rows = sorted(db.session.execute(union_all(people, groups)), key=lambda row: (row.name.casefold(), row.id))
    named = {kind: {row.id: row.name for row in rows if row.kind == kind} for kind in ("person", "group")}
    present = {row.id for row in rows if row.here}
    return Known(named["person"], frozenset(named["person"].keys() - present), named["group"])


def narrowed(given: Mapping[str, Sequence[str]], tab: str, known: Known, *, forgiving: bool = False) -> Narrowed:
    """What was asked for, as far as it can be asked of this tab: codes and names that nobody offers are left out.

    Raises NotFound for an id of somebody or some group that is not known to the office; `forgiving` leaves it out too.
    """
    found = {}
    for name, one in FILTERS.items():
        if tab == ENDED and not one.of_ended:
            continue
        asked = set(given.get(name, ())) if one.several else set(list(given.get(name, ()))[:1])
        chosen = [code for code in offered(name, tab) if code in asked]
        if one.ids is not None:
            chosen += _known_ids(asked - set(chosen), one.ids(known), forgiving=forgiving)
        if chosen:
            found[name] = tuple(chosen)
    return found


def _known_ids(asked: Iterable[str], known: Mapping[UUID, str], *, forgiving: bool) -> list[str]:
    ids = {found for text in asked if (found := _as_id(text))}
    if not forgiving and not ids <= known.keys():
        raise NotFound
    return sorted(str(one) for one in ids & known.keys())


def _as_id(text: str) -> UUID | None:
    try:
        return UUID(text) if len(text) == len(str(UUID(int=0))) else None
    except ValueError:
        return None


def offered(name: str, tab: str) -> list[str]:
    """The codes that a filter takes on a tab, in their order; ids come besides."""
    codes = list(FILTERS[name].codes())
    if name == "state":
        codes = [code for code in codes if (code in OPEN_WITH_OFFICE) == (tab != ENDED)]
    return codes


def conditions(narrow: Narrowed, viewer: Viewer) -> list[ColumnElement[bool]]:
    """The conditions of all filters together."""
    made = {name: FILTERS[name].condition(values, viewer) for name, values in narrow.items()}
    return [one if name == "only" else _passed_over(one) for name, one in made.items()]


def _passed_over(one: ColumnElement[bool]) -> ColumnElement[bool]:
    """The same, in a form that leaves no choice: a list is walked in its order, and what does not match passed over.

    The indexes of the lists hold the columns for it. A planner tempted by another index would fetch all that matches
    in years, and sort it, for each page.
    """
    return case((one, 1), else_=0) == 1


def _assigned(values: tuple[str, ...], viewer: Viewer) -> ColumnElement[bool]:
    (value,) = values
    if value == NOBODY:
        return Referral.assignee_id.is_(None)
    return Referral.assignee_id == (viewer.person_id if value == ME else UUID(value))


def _only(values: tuple[str, ...], _viewer: Viewer) -> ColumnElement[bool]:
    day = today()
    meanings = {
        "overdue": Referral.due_on < day,
        "unplanned": UNPLANNED,
        "limit": Referral.limit_on <= near_until(day),
    }
    # Unlike the codes of one column these can all be true at once, and who ticks two means both.
    return and_(*(meanings[value] for value in values))


def _older(values: tuple[str, ...], _viewer: Viewer) -> ColumnElement[bool]:
    day = today() - timedelta(days=AGES[values[0]])
    return Referral.submitted_at < datetime.combine(day, time.min, LONDON)


FILTERS: Final[dict[str, Filter]] = {
    "state": Filter(lambda: [code for code in STATES if code != "draft"], lambda v, _: Referral.state.in_(v)),
    "turn": Filter(lambda: _codes("waiting_on"), lambda v, _: Referral.waiting_on.in_(v), of_ended=False),
    "only": Filter(lambda: ONLY, _only, of_ended=False),
    "urgency": Filter(lambda: _codes("urgencies"), lambda v, _: Referral.urgency.in_(v)),
    "category": Filter(lambda: _codes("categories"), lambda v, _: Referral.category.in_(v)),
    "type": Filter(lambda: _codes("issue_types"), lambda v, _: Referral.issue_type.in_(v), several=False),
    "assignee": Filter(lambda: (ME, NOBODY), _assigned, several=False, ids=lambda known: known.people),
    "area": Filter(tuple, lambda v, _: Referral.group_id == UUID(v[0]), several=False, ids=lambda known: known.groups),
    "agency": Filter(
        lambda: _codes(lists.AGENCIES),
        lambda v, _: Referral.agency_id == select(Agency.id).where(Agency.code == v[0]).scalar_subquery(),
        several=False,
    ),
    "age": Filter(lambda: AGES, _older, several=False),
}


def _codes(list_code: str) -> list[str]:
    # Retired ones too: there are referrals under them.
    return [item.code for item in lists.items(list_code)]
