"""A crowd for the demonstration: any number of invented offices, groups and people, through the real actions."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, Final
from uuid import UUID

from referrals.accounts.actions.demo import add_demo_person
from referrals.accounts.queries.demo import demo_viewers
from referrals.accounts.roles import Role
from referrals.accounts.viewer import SERVICE
from referrals.cli.demo.dice import dice
from referrals.directory import actions, queries
from referrals.directory.actions import imports
from referrals.directory.models import Constituency, Group

# How many of each role an organisation has at least.
GROUP_STAFF: Final[Mapping[Role, int]] = {Role.LEAD: 1, Role.VOLUNTEER: 3}
OFFICE_STAFF: Final[Mapping[Role, int]] = {Role.MANAGER: 1, Role.CASEWORKER: 3}
GROUPS_AN_OFFICE: Final = 2
# No postcode area of the UK begins with Z, so an invented postcode never leads a real person astray.
POSTCODES_A_SEAT: Final = ("1AA", "1BD", "2EF", "2GH", "3JL", "4NP", "5QR", "6ST", "7UW", "8XY", "9ZA", "9ZB")
# The first of the ONS codes that are given to no seat.
FIRST_CODE: Final = 14_900_001

Staff = Mapping[Role, tuple[UUID, ...]]


@dataclass(frozen=True, slots=True)
class Office:
    """An office with its seat, the postcodes that lead there, and its people."""

    id: UUID
    constituency_id: UUID
    postcodes: tuple[str, ...]
    staff: Staff


@dataclass(frozen=True, slots=True)
class Circle:
    """Offices and groups that have to do with each other, and with no others: their books are kept together."""

    offices: tuple[Office, ...]
    # The people of each group by its id.
    groups: Mapping[UUID, Staff]
    # Which group refers to which of the offices.
    pairs: tuple[tuple[UUID, int], ...]

    def organisation_ids(self) -> list[UUID | None]:
        """Everybody who keeps a book here."""
        return [*(office.id for office in self.offices), *self.groups]


@cache
def words() -> dict[str, Any]:
    """The words of crowd.toml, by kind."""
    return tomllib.loads(Path(__file__).with_name("crowd.toml").read_text(encoding="utf-8"))


def invented_name(chance: Random) -> str:
    """A resident's or a colleague's name."""
    return f"{chance.choice(words()['first_names'])} {chance.choice(words()['last_names'])}"


def gather(count: int, password_hash: str) -> list[Circle]:
    """Circles with `count` offices together, made where there are not enough; the demonstration's own come first."""
    programme = queries.organisation_by_code("big-local")
    if programme is None:
        raise LookupError("the demonstration is not loaded")
    known = len(queries.offices_in_use())
    for number in range(known, count):
        _build_office(number, programme.id, password_hash)
    groups = queries.groups_of_programme(programme.id)
    offices = sorted(queries.offices_in_use(), key=lambda line: line.id)[:count]
    chosen = {line.constituency_id: line.id for line in offices}
    _hire(chosen.values(), OFFICE_STAFF, password_hash)
    _hire((group.organisation_id for group in groups if _seats_in(group, chosen)), GROUP_STAFF, password_hash)
    return list(_circles(chosen, groups))


def _seats_in(group: Group, chosen: Mapping[UUID, UUID]) -> list[UUID]:
    return sorted(seat.id for seat in group.constituencies if seat.id in chosen)


def _build_office(number: int, programme_id: UUID, password_hash: str) -> None:
    chance = dice(f"office {number}")
    seat = _build_seat(number, chance)
    member = actions.add_member(name=invented_name(chance), by=SERVICE)
    term = actions.add_term(member_id=member.id, constituency_id=seat.id, begins_on=date(2024, 7, 4), by=SERVICE)
    office = actions.add_office(term=term, code=f"office-{number}", by=SERVICE)
    _hire([office.organisation_id], OFFICE_STAFF, password_hash)
    for index in range(GROUPS_AN_OFFICE):
        group = actions.add_group(
            name=f"{_area_name(seat.name, index)} {number}",
            code=f"group-{number}-{index}",
            programme_id=programme_id,
            trusted_body_name="Community foundation (demo)",
            trusted_body_kind="charity",
            priorities=["Help with money", "Homes without damp"],
            constituency_ids=[seat.id],
            by=SERVICE,
        )
        _hire([group.organisation_id], GROUP_STAFF, password_hash)


def _area_name(seat_name: str, index: int) -> str:
    return seat_name.split(" and ")[index % 2]


def _build_seat(number: int, chance: Random) -> Constituency:
    beginnings, endings = words()["seat_beginnings"], words()["seat_endings"]
    code = f"E{FIRST_CODE + number}"
    known = queries.constituency_by_code(code)
    if known is not None:
        return known
    # Every pair of a beginning and an ending once, before any comes again with a number.
    again, place = divmod(number * 11, len(beginnings) * len(endings))
    name = (
        f"{beginnings[place % len(beginnings)]} and {endings[place // len(beginnings)]}{f' {again}' if again else ''}"
    )
    seat = actions.add_constituency(gss_code=code, name=name, region=chance.choice(("North", "South")), by=SERVICE)
    outward = f"Z{chr(ord('A') + number // 90 % 26)}{10 + number % 90}"
    pairs = [(f"{outward} {inward}", code) for inward in POSTCODES_A_SEAT]
    imports.keep_postcodes(pairs, {code: seat.id}, imports.PostcodeTally(), by=SERVICE)
    return seat


def _hire(organisation_ids: Iterable[UUID], staff: Mapping[Role, int], password_hash: str) -> None:
    """Bring each organisation to the people it needs at least."""
    viewers = demo_viewers()
    for organisation_id in organisation_ids:
        here = [viewer.role for viewer in viewers.values() if viewer.organisation_id == organisation_id]
        for role, needed in staff.items():
            for index in range(here.count(role), needed):
                _hire_one(organisation_id, role, index, password_hash)


def _hire_one(organisation_id: UUID, role: Role, index: int, password_hash: str) -> None:
    organisation = queries.organisation(organisation_id)
    chance = dice(f"{organisation.code} {role} {index}")
    add_demo_person(
        email=f"{role}.{index + 1}.{organisation.code}@demo.example",
        name=invented_name(chance),
        role=role,
        organisation_id=organisation_id,
        password_hash=password_hash,
    )


def _circles(chosen: Mapping[UUID, UUID], groups: Sequence[Group]) -> Iterator[Circle]:
    """The offices of the chosen seats, each together with all that share a group with it."""
    postcodes = queries.some_postcodes(chosen.keys())
    staff = _staff_by_organisation()
    waiting = {group.organisation_id: _seats_in(group, chosen) for group in groups}
    waiting = {group_id: seats for group_id, seats in waiting.items() if seats}
    while waiting:
        seats: set[UUID] = set()
        members: dict[UUID, list[UUID]] = {}
        while reached := [one for one in waiting if not members or seats.intersection(waiting[one])]:
            members[reached[0]] = waiting.pop(reached[0])
            seats.update(members[reached[0]])
        order = sorted(seats)
        yield Circle(
            offices=tuple(Office(chosen[seat], seat, tuple(postcodes[seat]), staff[chosen[seat]]) for seat in order),
            groups={group_id: staff[group_id] for group_id in members},
            pairs=tuple((group_id, order.index(seat)) for group_id, found in members.items() for seat in found),
        )


def _staff_by_organisation() -> dict[UUID, Staff]:
    found: dict[UUID, dict[Role, tuple[UUID, ...]]] = {}
    for viewer in demo_viewers().values():
        if viewer.organisation_id and viewer.role and viewer.person_id:
            roles = found.setdefault(viewer.organisation_id, {})
            roles[viewer.role] = (*roles.get(viewer.role, ()), viewer.person_id)
    return dict(found)
