"""Who an event is told of: the part of a viewer that the audit needs to know."""

from typing import Protocol
from uuid import UUID


class Actor(Protocol):
    """Who did it: a person in a role in an organisation; the service itself has none of the three."""

    @property
    def person_id(self) -> UUID | None:
        """The person."""

    @property
    def role(self) -> str | None:
        """The role they acted in."""

    @property
    def organisation_id(self) -> UUID | None:
        """The organisation they acted for, whose book is written."""
