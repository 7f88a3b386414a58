"""Reading the directory: organisations by id, and which MP and office a postcode leads to.

Nothing here is secret and nothing here is a person who uses the service, so these queries take no viewer.
"""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import contains_eager, selectinload

from referrals.directory import lists
from referrals.directory.models import (
    Agency,
    Constituency,
    Group,
    Member,
    MemberSkill,
    Office,
    Organisation,
    Postcode,
    Programme,
    Term,
    group_constituencies,
)
from referrals.directory.postcodes import BadPostcode, normalise_postcode
from referrals.foundation.clock import today
from referrals.foundation.database import db
from referrals.foundation.errors import NotFound

__all__ = ["BadPostcode", "OfficeLine", "Route", "normalise_postcode"]


@dataclass(frozen=True, slots=True)
class Route:
    """Where a postcode leads today; no term when the seat is vacant, no office when theirs does not use the service."""

    constituency: Constituency
    term: Term | None
    office: Office | None

    @property
    def member_name(self) -> str | None:
        """The MP's name, or None while the seat is vacant."""
        return self.term.member.name if self.term else None


@dataclass(frozen=True, slots=True)
class OfficeLine:
    """An office in words, for choices and headings."""

    id: UUID
    name: str
    member_name: str
    constituency: str
    constituency_id: UUID


def organisation(organisation_id: UUID) -> Organisation:
    """One organisation. Raises NotFound."""
    found = db.session.get(Organisation, organisation_id)
    if found is None:
        raise NotFound
    return found


def organisation_by_code(code: str) -> Organisation | None:
    """The organisation with that code, if there is one."""
    return db.session.scalar(select(Organisation).where(Organisation.code == code))


def organisations(kind: str | None = None) -> list[Organisation]:
    """All organisations, or all of a kind, by name; closed ones too."""
    query = select(Organisation).order_by(Organisation.kind, Organisation.name, Organisation.id)
    return list(db.session.scalars(query if kind is None else query.where(Organisation.kind == kind)))


def find_organisations(text: str, kind: str | None, *, page: int, size: int = 25) -> tuple[list[Organisation], int]:
    """A page, from 1 on, of the organisations whose name holds the text, by name, and how many there are in all."""
    query = select(Organisation)
    if kind is not None:
        query = query.where(Organisation.kind == kind)
    if text:
        query = query.where(func.lower(Organisation.name).contains(text.lower(), autoescape=True))
    total = db.session.scalar(select(func.count()).select_from(query.subquery())) or 0
    shown = query.order_by(Organisation.name, Organisation.id).limit(size).offset((page - 1) * size)
    return list(db.session.scalars(shown)), total


def terms_without_office() -> list[Term]:
    """The terms running today whose MP's office does not use the service yet, by seat."""
    query = select(Term).join(Term.constituency).options(contains_eager(Term.constituency))
    query = query.outerjoin(Office, Office.term_id == Term.id).where(Office.organisation_id.is_(None), *_current_term())
    return list(db.session.scalars(query.order_by(Constituency.name)))


def programme_of(organisation_id: UUID) -> Programme | None:
    """The programme that this organisation is, if it is one."""
    return db.session.get(Programme, organisation_id)


def group_of(organisation_id: UUID) -> Group | None:
    """The group that this organisation is, if it is one."""
    return db.session.get(Group, organisation_id)


def office_of(organisation_id: UUID) -> Office | None:
    """The office that this organisation is, with its MP, term and constituency, if it is one."""
    return db.session.get(Office, organisation_id)


def office_of_term(term_id: UUID) -> Office | None:
    """The office of an MP for one term; None where there is none here."""
    return db.session.scalar(select(Office).where(Office.term_id == term_id))


def names_of(organisation_ids: Collection[UUID]) -> dict[UUID, str]:
    """The names of these organisations, in one query."""
    if not organisation_ids:
        return {}
    query = select(Organisation.id, Organisation.name).where(Organisation.id.in_(set(organisation_ids)))
    return {row.id: row.name for row in db.session.execute(query)}


def route(postcode: str) -> Route | None:
    """Where a typed postcode leads today, in one query; None when the postcode table does not know it.

    Raises BadPostcode when it is no postcode at all.
    """
    return _route(Postcode.postcode == normalise_postcode(postcode))


def route_to(office_id: UUID) -> Route | None:
    """The route to an office chosen by hand, whatever its term; None when it is no office."""
    office = office_of(office_id)
    return Route(office.term.constituency, office.term, office) if office else None


def _route(where: ColumnElement[bool]) -> Route | None:
    query = (
        select(Constituency, Term, Office)
        .join(Postcode, Postcode.constituency_id == Constituency.id)
        .outerjoin(Term, and_(Term.constituency_id == Constituency.id, *_current_term()))
        .outerjoin(Office, and_(Office.term_id == Term.id))
        .outerjoin(Member, Member.id == Term.member_id)
        .outerjoin(Organisation, Organisation.id == Office.organisation_id)
        .options(
            contains_eager(Term.member),
            contains_eager(Term.constituency),
            contains_eager(Office.organisation),
            # Named all the way down: left to themselves these join inwardly, and seats without an office would be lost.
            contains_eager(Office.term).options(contains_eager(Term.member), contains_eager(Term.constituency)),
        )
        .where(where)
        .order_by(Term.begins_on.desc())
        .limit(1)
    )
    row = db.session.execute(query).first()
    if row is None:
        return None
    return _as_route(row.Constituency, row.Term, row.Office)


def _as_route(found: Constituency, term: Term | None, office: Office | None) -> Route:
    in_use = office is not None and _is_open(office.organisation)
    return Route(found, term, office if in_use else None)


def offices_in_use() -> list[OfficeLine]:
    """The offices that take referrals today, by constituency; one query."""
    query = (
        select(
            Organisation.id,
            Organisation.name,
            Member.name.label("member_name"),
            Constituency.name.label("seat"),
            Constituency.id.label("seat_id"),
        )
        .join(Office, Office.organisation_id == Organisation.id)
        .join(Term, Term.id == Office.term_id)
        .join(Member, Member.id == Term.member_id)
        .join(Constituency, Constituency.id == Term.constituency_id)
        .where(or_(Organisation.closed_on.is_(None), Organisation.closed_on > today()), *_current_term())
        .order_by(Constituency.name, Organisation.name)
    )
    return [OfficeLine(row.id, row.name, row.member_name, row.seat, row.seat_id) for row in db.session.execute(query)]


def some_postcodes(constituency_ids: Collection[UUID], most: int = 20) -> dict[UUID, list[str]]:
    """A few of the postcodes that lead to each of these seats, in their order."""
    found: dict[UUID, list[str]] = {}
    for constituency_id in constituency_ids:
        query = select(Postcode.postcode).where(Postcode.constituency_id == constituency_id)
        found[constituency_id] = list(db.session.scalars(query.order_by(Postcode.postcode).limit(most)))
    return found


def groups_of_programme(programme_id: UUID) -> list[Group]:
    """The groups of a programme by name, with their constituencies; two queries."""
    query = (
        select(Group)
        .join(Group.organisation)
        .options(contains_eager(Group.organisation), selectinload(Group.constituencies))
        .where(Group.programme_id == programme_id)
        .order_by(Organisation.name)
    )
    return list(db.session.scalars(query))


def programmes() -> list[Programme]:
    """All programmes by name."""
    query = select(Programme).join(Programme.organisation).options(contains_eager(Programme.organisation))
    return list(db.session.scalars(query.order_by(Organisation.name)))


def programmes_of_many(fewest: int) -> list[Programme]:
    """The programmes with at least so many groups, by name."""
    many = select(Group.programme_id).group_by(Group.programme_id).having(func.count() >= fewest)
    query = select(Programme).join(Programme.organisation).options(contains_eager(Programme.organisation))
    return list(db.session.scalars(query.where(Programme.organisation_id.in_(many)).order_by(Organisation.name)))


def constituencies() -> list[Constituency]:
    """All constituencies by name."""
    return list(db.session.scalars(select(Constituency).order_by(Constituency.name)))


def constituency(constituency_id: UUID) -> Constituency:
    """One seat. Raises NotFound."""
    found = db.session.get(Constituency, constituency_id)
    if found is None:
        raise NotFound
    return found


def constituency_by_code(gss_code: str) -> Constituency | None:
    """The constituency with that ONS code, if there is one."""
    return db.session.scalar(select(Constituency).where(Constituency.gss_code == gss_code))


def current_terms() -> list[Term]:
    """The terms running today with their MP and seat, by seat."""
    query = select(Term).join(Term.constituency).options(contains_eager(Term.constituency))
    return list(db.session.scalars(query.where(*_current_term()).order_by(Constituency.name)))


def terms_of_group(organisation_id: UUID) -> list[Term]:
    """The terms running today in the seats that a group lies in, by seat; none for what is no group. One query."""
    query = select(Term).join(Term.constituency).options(contains_eager(Term.constituency))
    seats = group_constituencies
    query = query.join(seats, seats.c.constituency_id == Term.constituency_id).where(
        seats.c.group_id == organisation_id, *_current_term()
    )
    return list(db.session.scalars(query.order_by(Constituency.name)))


def terms(term_ids: Collection[UUID]) -> dict[UUID, Term]:
    """These terms with their MP and seat, also those that are over; one query, or none for none."""
    if not term_ids:
        return {}
    return {term.id: term for term in db.session.scalars(select(Term).where(Term.id.in_(set(term_ids))))}


def agencies(category: str | None = None) -> list[Agency]:
    """The bodies that can be named today in the order of their list, those of the category first; one query."""
    known = {agency.code: agency for agency in db.session.scalars(select(Agency))}
    entries = [entry for entry in lists.current(lists.AGENCIES) if entry.code in known]
    if category is not None:
        entries.sort(key=lambda entry: _distance(category, entry.categories))
    return [known[entry.code] for entry in entries]


def _distance(category: str, categories: Collection[str]) -> int:
    if category in categories:
        return 0
    return 2 if categories else 1


def agency(agency_id: UUID) -> Agency:
    """One body. Raises NotFound."""
    found = db.session.get(Agency, agency_id)
    if found is None:
        raise NotFound
    return found


def skills_of(member_id: UUID) -> list[MemberSkill]:
    """What is known of an MP's skills and roles, those of today first."""
    query = select(MemberSkill).where(MemberSkill.member_id == member_id)
    return sorted(db.session.scalars(query), key=lambda one: (one.ends_on is not None, one.skill, one.role))


def skills_of_office(organisation_id: UUID) -> list[MemberSkill]:
    """What is known of the skills and roles of the MP of an office; one query."""
    query = select(MemberSkill).join(Term, Term.member_id == MemberSkill.member_id)
    query = query.join(Office, Office.term_id == Term.id).where(Office.organisation_id == organisation_id)
    return list(db.session.scalars(query.order_by(MemberSkill.id)))


def skill(skill_id: UUID) -> MemberSkill:
    """One of them. Raises NotFound."""
    found = db.session.get(MemberSkill, skill_id)
    if found is None:
        raise NotFound
    return found


def agency_names(agency_ids: Collection[UUID]) -> dict[UUID, str]:
    """The names of these bodies; one query, or none for none."""
    if not agency_ids:
        return {}
    query = select(Agency.id, Agency.name).where(Agency.id.in_(set(agency_ids)))
    return {row.id: row.name for row in db.session.execute(query)}


def _current_term() -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    # The last day of a term is still a day of it.
    return Term.begins_on <= today(), or_(Term.ends_on.is_(None), Term.ends_on >= today())


def _is_open(found: Organisation) -> bool:
    return found.closed_on is None or found.closed_on > today()
