"""What a door is, and the circles of people it opens to: who may come in together, and who must never know."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from tests import people
from tests.people import Someone

People = frozenset[Someone]

EVERYBODY: People = frozenset(people.EVERYBODY)
NOBODY: People = frozenset()
# Of the group that wrote the referrals of the scene, and may see them; of the office that they were sent to.
AUTHORS: People = frozenset({people.VOLUNTEER, people.LEAD})
OFFICE: People = frozenset({people.CASEWORKER, people.SECOND_CASEWORKER, people.MANAGER})
BOTH = AUTHORS | OFFICE
# Their likes, who must never know of them. A second volunteer sees only what is their own.
STRANGE_GROUPS: People = frozenset({people.SECOND_VOLUNTEER, people.OTHER_VOLUNTEER, people.OTHER_LEAD})
STRANGE_OFFICES: People = frozenset({people.OTHER_CASEWORKER, people.OTHER_MANAGER})
STRANGERS = STRANGE_GROUPS | STRANGE_OFFICES
GROUPS = AUTHORS | STRANGE_GROUPS
OFFICES = OFFICE | STRANGE_OFFICES
LEADS: People = frozenset({people.LEAD, people.OTHER_LEAD})
LEAD: People = frozenset({people.LEAD})
MANAGER: People = frozenset({people.MANAGER})
MANAGERS: People = frozenset({people.MANAGER, people.OTHER_MANAGER})
ADMINISTRATORS: People = frozenset({people.ADMINISTRATOR})
COORDINATORS: People = frozenset({people.COORDINATOR, people.OTHER_COORDINATOR})
OTTO: People = frozenset({people.OTHER_COORDINATOR})
VERA: People = frozenset({people.VOLUNTEER})
KEEPERS = LEADS | MANAGERS | ADMINISTRATORS


@dataclass(frozen=True)
class Door:
    """One address and method of an endpoint, with names of the scene in it, and who gets through."""

    endpoint: str
    address: str
    may: People = NOBODY
    hidden: People = NOBODY
    methods: tuple[str, ...] = ("GET", "POST")
    public: bool = False
    # What a POST sends besides its token, where an empty form would not come to the point.
    data: Mapping[str, str] = field(default_factory=dict)
    # Whether sending it ends the session of whoever sends it.
    ends_session: bool = False
    # Who, beside the two sides of the scene, reads a resident's words there.
    tells: People = NOBODY

    def __str__(self) -> str:
        return f"{self.endpoint} {self.address}"

    def expected(self, visitor: Someone | None) -> str:
        """What the visitor is to be answered: in, hidden, refused, or sign in."""
        if self.public:
            return "hidden" if self.hidden else "in"
        if visitor is None:
            return "sign in"
        if visitor in self.may:
            return "in"
        return "hidden" if visitor in self.hidden else "refused"
