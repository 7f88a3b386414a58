"""The named people and organisations that every test knows, and the rows that make them."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import Connection, Table

from referrals.accounts.models import Membership, Person
from referrals.accounts.roles import Role
from referrals.accounts.viewer import Viewer
from referrals.directory import models as directory
from referrals.directory.models import Constituency, Group, Member, Office, Organisation, Postcode, Programme, Term

SPACE = UUID("8d1c1f0e-6a0b-4c52-9b0c-5a3c0e6f7a10")
LONG_AGO = datetime(2024, 7, 5, 9, 0, tzinfo=UTC)
PASSWORD = "a long enough passphrase"


def id_of(name: str) -> UUID:
    """The same id for the same name in every run."""
    return uuid5(SPACE, name)


@dataclass(frozen=True)
class Place:
    """An organisation of the tests."""

    code: str
    kind: str
    name: str

    @property
    def id(self) -> UUID:
        """Its id in the database."""
        return id_of(self.code)


@dataclass(frozen=True)
class Someone:
    """A person of the tests, in one role in one organisation."""

    name: str
    role: Role
    place: Place

    @property
    def email(self) -> str:
        """Where they get mail; also how they sign in."""
        return f"{self.name.split()[0].lower()}@{self.place.code}.example"

    @property
    def id(self) -> UUID:
        """Their id in the database."""
        return id_of(self.email)

    @property
    def membership_id(self) -> UUID:
        """The id of their membership."""
        return id_of(f"membership {self.email}")

    @property
    def viewer(self) -> Viewer:
        """On whose behalf queries and actions run."""
        return Viewer(person_id=self.id, name=self.name, role=self.role, organisation_id=self.place.id)


SERVICE_DESK = Place("service", "service", "The service")
BIG_LOCAL = Place("big-local", "programme", "Big Local")
OTHER_PROGRAMME = Place("neighbourhoods", "programme", "Neighbourhoods Together")
WHITE_CITY = Place("white-city", "group", "Wormholt and White City Big Local")
THURCROFT = Place("thurcroft", "group", "Thurcroft Big Local")
HAMMERSMITH = Place("hammersmith", "office", "Office of Rowan Ashdown MP")
EALING = Place("ealing", "office", "Office of Priya Calder MP")
PLACES = (SERVICE_DESK, BIG_LOCAL, OTHER_PROGRAMME, WHITE_CITY, THURCROFT, HAMMERSMITH, EALING)

# The first office and the first group belong together; the second ones are the strangers.
VOLUNTEER = Someone("Vera Volunteer", Role.VOLUNTEER, WHITE_CITY)
SECOND_VOLUNTEER = Someone("Noor Volunteer", Role.VOLUNTEER, WHITE_CITY)
LEAD = Someone("Lena Lead", Role.LEAD, WHITE_CITY)
OTHER_VOLUNTEER = Someone("Tom Volunteer", Role.VOLUNTEER, THURCROFT)
OTHER_LEAD = Someone("Una Lead", Role.LEAD, THURCROFT)
CASEWORKER = Someone("Cas Worker", Role.CASEWORKER, HAMMERSMITH)
SECOND_CASEWORKER = Someone("Dot Worker", Role.CASEWORKER, HAMMERSMITH)
MANAGER = Someone("Mona Manager", Role.MANAGER, HAMMERSMITH)
OTHER_CASEWORKER = Someone("Eli Worker", Role.CASEWORKER, EALING)
OTHER_MANAGER = Someone("Olga Manager", Role.MANAGER, EALING)
COORDINATOR = Someone("Cora Coordinator", Role.COORDINATOR, BIG_LOCAL)
OTHER_COORDINATOR = Someone("Otto Coordinator", Role.COORDINATOR, OTHER_PROGRAMME)
ADMINISTRATOR = Someone("Ada Administrator", Role.ADMINISTRATOR, SERVICE_DESK)
EVERYBODY = (
    VOLUNTEER,
    SECOND_VOLUNTEER,
    LEAD,
    OTHER_VOLUNTEER,
    OTHER_LEAD,
    CASEWORKER,
    SECOND_CASEWORKER,
    MANAGER,
    OTHER_CASEWORKER,
    OTHER_MANAGER,
    COORDINATOR,
    OTHER_COORDINATOR,
    ADMINISTRATOR,
)

SEATS = {
    "E14001256": "Hammersmith and Chiswick",
    "E14001207": "Ealing Central and Acton",
    "E14001500": "A Seat Without",
}
OFFICE_SEATS = {HAMMERSMITH: ("E14001256", "Rowan Ashdown"), EALING: ("E14001207", "Priya Calder")}
WHITE_CITY_POSTCODE = "W12 7QT"
WORMHOLT_POSTCODE = "W12 0PT"
# In a seat whose MP's office does not use the service.
LONELY_POSTCODE = "ZZ1 1AA"
POSTCODES = {WHITE_CITY_POSTCODE: "E14001256", WORMHOLT_POSTCODE: "E14001207", LONELY_POSTCODE: "E14001500"}


def populate(connection: Connection, password_hash: str | None) -> None:
    """Write the organisations, places and people into empty tables."""

    def add(table: Any, rows: list[dict[str, Any]]) -> None:
        assert isinstance(table, Table)
        connection.execute(table.insert(), rows)

    add(
        Organisation.__table__,
        [
            {"id": p.id, "kind": p.kind, "code": p.code, "name": p.name, "created_at": LONG_AGO}
            | {"email": None, "phone": "020 7946 0123" if p.kind == "group" else None, "closed_on": None}
            for p in PLACES
        ],
    )
    add(
        Programme.__table__,
        [{"organisation_id": p.id, "small_count": 10} for p in (BIG_LOCAL, OTHER_PROGRAMME)],
    )
    group = {"region": "London", "trusted_body_name": "Community foundation", "trusted_body_kind": "charity"}
    add(
        Group.__table__,
        [
            {"organisation_id": g.id, "programme_id": p.id, "priorities": ["Damp homes"], **group}
            for g, p in ((WHITE_CITY, BIG_LOCAL), (THURCROFT, OTHER_PROGRAMME))
        ],
    )
    add(
        Constituency.__table__,
        [
            {"id": id_of(code), "gss_code": code, "name": name, "nation": "England", "region": "London"}
            for code, name in SEATS.items()
        ],
    )
    add(
        directory.group_constituencies,
        [{"group_id": WHITE_CITY.id, "constituency_id": id_of(code)} for code, _ in OFFICE_SEATS.values()],
    )
    for office, (seat, member) in OFFICE_SEATS.items():
        add(Member.__table__, [{"id": id_of(member), "name": member}])
        term = {"member_id": id_of(member), "constituency_id": id_of(seat), "begins_on": date(2024, 7, 4)}
        add(Term.__table__, [{"id": id_of(f"term {member}"), **term}])
        add(Office.__table__, [{"organisation_id": office.id, "term_id": id_of(f"term {member}"), "clocks": {}}])
    add(Postcode.__table__, [{"postcode": code, "constituency_id": id_of(seat)} for code, seat in POSTCODES.items()])
    add(
        Person.__table__,
        [
            {"id": p.id, "email": p.email, "name": p.name, "password_hash": password_hash}
            | {"created_at": LONG_AGO, "is_demo": False}
            for p in EVERYBODY
        ],
    )
    add(
        Membership.__table__,
        [
            {"id": p.membership_id, "person_id": p.id, "organisation_id": p.place.id, "role": p.role.value}
            | {"created_at": LONG_AGO}
            for p in EVERYBODY
        ],
    )
