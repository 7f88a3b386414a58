"""The world of the demonstration: real places, invented people, made through the ordinary actions."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from referrals.accounts.actions.demo import add_demo_person
from referrals.accounts.passwords import hasher
from referrals.accounts.queries.demo import demo_viewers
from referrals.accounts.roles import ROLES, Role
from referrals.accounts.viewer import SERVICE, Viewer
from referrals.directory import actions as directory
from referrals.directory import queries
from referrals.directory.actions import imports
from referrals.directory.models import Constituency

FILE: Final = Path(__file__).with_name("world.toml")


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """Somebody a visitor can sign in as."""

    email: str
    name: str
    role: str
    organisation: str


@dataclass(frozen=True, slots=True)
class World:
    """What the stories need: on whose behalf to act, by address, and the organisations by the codes of the file."""

    viewers: Mapping[str, Viewer]
    groups: Mapping[str, UUID]
    # By the ONS code of the seat.
    offices: Mapping[str, UUID]


@cache
def _content() -> dict[str, Any]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def demo_people() -> list[DemoPerson]:
    """The people named when the service starts, in the order of the file."""
    names = _organisation_names()
    return [
        DemoPerson(person["email"], person["name"], ROLES[Role(person["role"])].label, names[_place(person)])
        for person in _content()["people"]
        if person.get("listed")
    ]


def postcodes_by_seat() -> dict[str, list[str]]:
    """The postcodes of the demonstration by the ONS code of their seat."""
    return dict(_content()["postcodes"])


def _organisation_names() -> dict[str, str]:
    content = _content()
    names = {"service": "The service", "programme": content["programme"]["name"]}
    names |= {group["code"]: group["name"] for group in content["groups"]}
    return names | {seat["gss_code"]: _office_name(seat) for seat in content["seats"] if _has_office(seat)}


def _place(person: Mapping[str, Any]) -> str:
    """The key of the organisation a person of the file belongs to."""
    if person.get("service"):
        return "service"
    return "programme" if person.get("programme") else str(person.get("group") or person["seat"])


def _has_office(seat: Mapping[str, Any]) -> bool:
    return "member" in seat and not seat.get("no_office")


def _office_name(seat: Mapping[str, Any]) -> str:
    return f"Office of {seat['member']} MP"


def build_world(password: str) -> World:
    """Make everything of the file in the caller's transaction; every person signs in with the same password."""
    content = _content()
    seats = {seat["gss_code"]: _build_seat(seat) for seat in content["seats"]}
    offices = {seat["gss_code"]: _build_office(seat, seats[seat["gss_code"]]) for seat in content["seats"]}
    in_use = {gss_code: office for gss_code, office in offices.items() if office is not None}
    programme = directory.add_programme(**content["programme"], by=SERVICE).organisation_id
    groups = {group["code"]: _build_group(group, programme, seats) for group in content["groups"]}
    _build_postcodes(content["postcodes"], seats)
    service = directory.add_service_desk(name="The service", by=SERVICE).id
    places = {"service": service, "programme": programme, **groups, **in_use}
    # Hashing is slow on purpose; one hash serves all, as they all have one password.
    password_hash = hasher().hash(password)
    viewers = {
        person["email"]: add_demo_person(
            email=person["email"],
            name=person["name"],
            role=Role(person["role"]),
            organisation_id=places[_place(person)],
            password_hash=password_hash,
        )
        for person in content["people"]
    }
    return World(viewers, groups, in_use)


def existing_world() -> World:
    """The world that was built before. Raises LookupError when there is none."""
    content = _content()
    groups = {group["code"]: queries.organisation_by_code(group["code"]) for group in content["groups"]}
    offices = {line.name: line.id for line in queries.offices_in_use()}
    found = {code: group.id for code, group in groups.items() if group is not None}
    if len(found) < len(groups):
        raise LookupError("the demonstration is not loaded")
    seats = [seat for seat in content["seats"] if _has_office(seat)]
    return World(demo_viewers(), found, {seat["gss_code"]: offices[_office_name(seat)] for seat in seats})


def _build_seat(seat: Mapping[str, Any]) -> Constituency:
    found = queries.constituency_by_code(seat["gss_code"])
    return found or directory.add_constituency(
        gss_code=seat["gss_code"], name=seat["name"], region=seat["region"], by=SERVICE
    )


def _build_office(seat: Mapping[str, Any], constituency: Constituency) -> UUID | None:
    if "member" not in seat:
        return None
    member = directory.add_member(name=seat["member"], by=SERVICE)
    term = directory.add_term(
        member_id=member.id, constituency_id=constituency.id, begins_on=date(2024, 7, 4), by=SERVICE
    )
    if not _has_office(seat):
        return None
    return directory.add_office(term=term, name=_office_name(seat), phone="020 7946 0199", by=SERVICE).organisation_id


def _build_group(group: Mapping[str, Any], programme_id: UUID, seats: Mapping[str, Constituency]) -> UUID:
    answers = {name: value for name, value in group.items() if name != "seats"}
    constituency_ids = [seats[gss_code].id for gss_code in group["seats"]]
    made = directory.add_group(**answers, programme_id=programme_id, constituency_ids=constituency_ids, by=SERVICE)
    return made.organisation_id


def _build_postcodes(postcodes: Mapping[str, list[str]], seats: Mapping[str, Constituency]) -> None:
    tally = imports.PostcodeTally()
    pairs = [(postcode, gss_code) for gss_code, found in postcodes.items() for postcode in found]
    imports.keep_postcodes(pairs, {code: seat.id for code, seat in seats.items()}, tally, by=SERVICE)
    imports.note_postcodes(tally, by=SERVICE)
