"""The log as read: stories of contacts that came of one another, and the areas of a programme."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import func, select

from referrals.accounts.viewer import Viewer
from referrals.directory import queries as directory
from referrals.directory.models import Group, Term
from referrals.engagement import policy
from referrals.engagement.models import Contact
from referrals.foundation.clock import today
from referrals.foundation.database import db
from referrals.foundation.errors import NotFound

SIZE: Final = 20
YEAR: Final = timedelta(days=365)
# An area that was not in touch for so long is pointed out to its programme: six months.
QUIET: Final = timedelta(days=183)


@dataclass(frozen=True, slots=True)
class Story:
    """Contacts that came of one another, the oldest first."""

    id: UUID
    contacts: list[Contact]

    @property
    def latest(self) -> Contact:
        """The last of them."""
        return self.contacts[-1]


@dataclass(frozen=True, slots=True)
class AreaLine:
    """One area of a programme: when it was last in touch with an MP, and what its contacts of 12 months were for."""

    id: UUID
    name: str
    last_on: date | None
    contacts: int
    types: frozenset[str]
    # Its own, or else that of its first seat; "" where neither is known.
    region: str = ""
    # Its MPs whose time is known to end within a year, and its seats that have no MP.
    ending: tuple[Term, ...] = ()
    vacant: tuple[str, ...] = ()

    @property
    def is_quiet(self) -> bool:
        """Whether it had no contact in six months."""
        return self.last_on is None or self.last_on <= today() - QUIET

    @property
    def is_changing(self) -> bool:
        """Whether a change of MP is ahead."""
        return bool(self.ending or self.vacant)


def contact(contact_id: UUID, viewer: Viewer) -> Contact:
    """One contact that the viewer may know of. Raises NotFound."""
    found = db.session.get(Contact, contact_id)
    if found is None or not policy.may_read_log(found.organisation_id, viewer):
        raise NotFound
    return found


def stories(
    organisation_id: UUID, viewer: Viewer, *, page: int = 1, term_id: UUID | None = None
) -> tuple[list[Story], int]:
    """A page, from 1 on, of the stories of a group, those with the latest contact first, and how many pages there are.

    Raises NotFound to who may not read its log. Three queries.
    """
    policy.must_read_log(organisation_id, viewer)
    of_group = [Contact.organisation_id == organisation_id]
    if term_id is not None:
        of_group.append(Contact.term_id == term_id)
    total = db.session.scalar(select(func.count(func.distinct(Contact.story_id))).where(*of_group)) or 0
    latest = func.max(Contact.happened_on)
    query = select(Contact.story_id).where(*of_group).group_by(Contact.story_id)
    query = query.order_by(latest.desc(), Contact.story_id.desc()).limit(SIZE).offset((page - 1) * SIZE)
    ids = list(db.session.scalars(query))
    found: dict[UUID, list[Contact]] = defaultdict(list)
    for one in _in_order(ids):
        found[one.story_id].append(one)
    return [Story(story_id, found[story_id]) for story_id in ids], -(-total // SIZE)


def story_of(found: Contact) -> Story:
    """The whole story of a contact that a query has given out."""
    return Story(found.story_id, _in_order([found.story_id]))


def _in_order(story_ids: list[UUID]) -> list[Contact]:
    if not story_ids:
        return []
    query = select(Contact).where(Contact.story_id.in_(story_ids))
    return list(db.session.scalars(query.order_by(Contact.happened_on, Contact.logged_at, Contact.id)))


def latest_contacts(viewer: Viewer, most: int = 15) -> list[Contact]:
    """The latest contacts in the log that the viewer writes, of which another may have come."""
    query = select(Contact).where(Contact.organisation_id == policy.must_keep_log(viewer))
    return list(db.session.scalars(query.order_by(Contact.happened_on.desc(), Contact.id.desc()).limit(most)))


def has_following(found: Contact) -> bool:
    """Whether another contact came of this one."""
    return db.session.scalar(select(Contact.id).where(Contact.came_of_id == found.id).limit(1)) is not None


def members_of(organisation_id: UUID) -> list[Term]:
    """The terms of the MPs whom a group has today, the one it was in touch with last first."""
    terms = directory.terms_of_group(organisation_id)
    if len(terms) < 2:
        return terms
    query = select(Contact.term_id, func.max(Contact.happened_on)).where(Contact.organisation_id == organisation_id)
    last = {row[0]: row[1] for row in db.session.execute(query.group_by(Contact.term_id))}
    return sorted(terms, key=lambda term: last.get(term.id, date.min), reverse=True)


def areas(viewer: Viewer) -> list[AreaLine]:
    """The areas of the coordinator's programme, those longest without a contact first; five queries for all."""
    assert viewer.organisation_id is not None
    groups = directory.groups_of_programme(viewer.organisation_id)
    ids = [group.organisation_id for group in groups]
    query = select(Contact.organisation_id, func.max(Contact.happened_on)).where(Contact.organisation_id.in_(ids))
    last = {row[0]: row[1] for row in db.session.execute(query.group_by(Contact.organisation_id))}
    lately = select(Contact.organisation_id, Contact.types).where(
        Contact.organisation_id.in_(ids), Contact.happened_on > today() - YEAR
    )
    types: dict[UUID, list[list[str]]] = defaultdict(list)
    for row in db.session.execute(lately):
        types[row.organisation_id].append(row.types)
    terms = {term.constituency_id: term for term in directory.current_terms()}
    lines = [
        AreaLine(
            id=group.organisation_id,
            name=group.organisation.name,
            last_on=last.get(group.organisation_id),
            contacts=len(types[group.organisation_id]),
            types=frozenset(code for codes in types[group.organisation_id] for code in codes),
            region=group.region or next((seat.region for seat in group.constituencies if seat.region), ""),
            ending=tuple(_ending(group, terms)),
            vacant=tuple(seat.name for seat in group.constituencies if seat.id not in terms),
        )
        for group in groups
    ]
    return sorted(lines, key=lambda line: (line.last_on or date.min, line.name))


def _ending(group: Group, terms: Mapping[UUID, Term]) -> Iterator[Term]:
    for seat in group.constituencies:
        term = terms.get(seat.id)
        if term is not None and term.ends_on is not None and term.ends_on <= today() + YEAR:
            yield term
