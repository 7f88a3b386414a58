"""Who a letter is from, as its head says it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Sender:
    """The head of a letter: names and ways to reach the office; `address` is lines of text."""

    member: str
    office: str
    address: str = ""
    phone: str = ""
    email: str = ""
    web: str = ""

    def plain(self) -> dict[str, str]:
        """As JSON keeps it."""
        return asdict(self)

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> "Sender":
        """What `plain` made."""
        return cls(**{name: str(kept.get(name) or "") for name in cls.__dataclass_fields__})

    def lines(self) -> list[str]:
        """Everything below the names, a line each."""
        ways = (("Telephone: ", self.phone), ("Email: ", self.email), ("", self.web))
        found = [line.strip() for line in self.address.split("\n")]
        return [line for line in found if line] + [f"{label}{value}" for label, value in ways if value]
