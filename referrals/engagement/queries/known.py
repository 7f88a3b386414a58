"""What an area knows of its MP's staff, of other elected people, and of what the MP cares about."""

from collections import defaultdict
from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select

from referrals.accounts.viewer import Viewer
from referrals.directory import queries as directory
from referrals.directory.models import Term
from referrals.engagement import policy
from referrals.engagement.models import Contact, ContactDetail, Interest, KnownPerson
from referrals.foundation.database import db
from referrals.foundation.errors import NotFound


def term_of(term_id: UUID, viewer: Viewer) -> Term:
    """The term of an MP whom the viewer's group has today, or was in touch with. Raises NotAllowed, NotFound."""
    organisation_id = policy.must_keep_log(viewer)
    for term in directory.terms_of_group(organisation_id):
        if term.id == term_id:
            return term
    was = select(Contact.id).where(Contact.organisation_id == organisation_id, Contact.term_id == term_id).limit(1)
    if db.session.scalar(was) is None:
        raise NotFound
    return directory.terms({term_id})[term_id]


def known_people(viewer: Viewer, term_id: UUID | None) -> list[KnownPerson]:
    """The staff of an MP, or, for no term, other elected people: those of today first. One query."""
    query = select(KnownPerson).where(
        KnownPerson.organisation_id == policy.must_keep_log(viewer), KnownPerson.term_id == term_id
    )
    return sorted(db.session.scalars(query), key=lambda one: (one.ends_on is not None, (one.name or "").lower()))


def staff(term_ids: Collection[UUID], viewer: Viewer) -> list[KnownPerson]:
    """Who works or worked for some MPs, as the viewer's group knows them, by name; one query."""
    query = select(KnownPerson).where(
        KnownPerson.organisation_id == policy.must_keep_log(viewer), KnownPerson.term_id.in_(list(term_ids))
    )
    return sorted(db.session.scalars(query), key=lambda one: (one.name or "").lower())


def known_names(person_ids: Collection[UUID], viewer: Viewer) -> dict[UUID, str]:
    """The names of people whom the viewer's group knows; one query, or none for none."""
    if not person_ids:
        return {}
    query = select(KnownPerson).where(
        KnownPerson.organisation_id == policy.must_keep_log(viewer), KnownPerson.id.in_(set(person_ids))
    )
    return {one.id: one.name or "" for one in db.session.scalars(query)}


def known_person(person_id: UUID, viewer: Viewer) -> KnownPerson:
    """One of them. Raises NotFound."""
    found = db.session.get(KnownPerson, person_id)
    if found is None or not policy.reads_words(found.organisation_id, viewer):
        raise NotFound
    return found


def details_of(person_ids: Collection[UUID]) -> dict[UUID, list[ContactDetail]]:
    """How each of these people is and was reached, what is right today first; one query, or none for none."""
    found: dict[UUID, list[ContactDetail]] = defaultdict(list)
    query = select(ContactDetail).where(ContactDetail.known_person_id.in_(list(person_ids)))
    rows = list(db.session.scalars(query)) if person_ids else []
    for row in sorted(rows, key=lambda one: (one.until_on is not None, -one.from_on.toordinal(), str(one.id))):
        found[row.known_person_id].append(row)
    return found


def detail(detail_id: UUID, viewer: Viewer) -> ContactDetail:
    """One way to reach somebody. Raises NotFound."""
    found = db.session.get(ContactDetail, detail_id)
    if found is None:
        raise NotFound
    known_person(found.known_person_id, viewer)
    return found


def interests(viewer: Viewer, term_id: UUID) -> list[Interest]:
    """What an MP cares about, as the viewer's group noted it, the latest first."""
    query = select(Interest).where(
        Interest.organisation_id == policy.must_keep_log(viewer), Interest.term_id == term_id
    )
    return list(db.session.scalars(query.order_by(Interest.noted_at.desc(), Interest.id)))


def interest(interest_id: UUID, viewer: Viewer) -> Interest:
    """One of them. Raises NotFound."""
    found = db.session.get(Interest, interest_id)
    if found is None or not policy.reads_words(found.organisation_id, viewer):
        raise NotFound
    return found
