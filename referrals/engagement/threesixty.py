"""Awards in the shape of the 360Giving Data Standard, as JSON and as CSV.

Facts of the standard (https://standard.threesixtygiving.org): a file holds `grants`, and each has an id, a title of at
most 140 characters, a description, a currency of ISO 4217, an amount in pounds without signs, the day of the award as
YYYY-MM-DD, and the organisations that give and receive it, each with an id and a name. The id of a grant is the prefix
that 360Giving registers for a publisher ("360G-" and a word), a hyphen, and the publisher's own id. The id of an
organisation is the code of a public register at org-id.guide (GB-CHC for charities, GB-COH for companies, GB-EDU for
schools) with its number there; where it is in none, the publisher's prefix with an id of the publisher's own.
"""

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from referrals.engagement.giving import as_pounds
from referrals.engagement.models import GrantAward, GrantGiver, GrantRound, GrantTheme
from referrals.foundation import spreadsheets
from referrals.foundation.spreadsheets import Cell

PREFIX: Final = re.compile(r"360G-[A-Za-z0-9_]{2,30}")
_REGISTERS: Final = {"charity": "GB-CHC", "company": "GB-COH", "school": "GB-EDU"}
# The standard's own words for the columns of a spreadsheet, each with the path to what is in it.
_COLUMNS: Final[dict[str, tuple[str, ...]]] = {
    "Identifier": ("id",),
    "Title": ("title",),
    "Description": ("description",),
    "Currency": ("currency",),
    "Amount Awarded": ("amountAwarded",),
    "Award Date": ("awardDate",),
    "Recipient Org:Identifier": ("recipientOrganization", "id"),
    "Recipient Org:Name": ("recipientOrganization", "name"),
    "Recipient Org:Charity Number": ("recipientOrganization", "charityNumber"),
    "Recipient Org:Company Number": ("recipientOrganization", "companyNumber"),
    "Beneficiary Location:Name": ("beneficiaryLocation", "name"),
    "Beneficiary Location:Country Code": ("beneficiaryLocation", "countryCode"),
    "Funding Org:Identifier": ("fundingOrganization", "id"),
    "Funding Org:Name": ("fundingOrganization", "name"),
    "Funding Org:Department": ("fundingOrganization", "department"),
    "Grant Programme:Code": ("grantProgramme", "code"),
    "Grant Programme:Title": ("grantProgramme", "title"),
    "Classifications:Vocabulary": ("classifications", "vocabulary"),
    "Classifications:Title": ("classifications", "title"),
    "Last modified": ("dateModified",),
}


@dataclass(frozen=True, kw_only=True)
class Publisher:
    """Whose grants they are: the group, the body that holds its money, and the numbers that somebody has kept."""

    area: str
    code: str
    trusted_body: str | None
    numbers: GrantGiver | None

    @property
    def is_registered(self) -> bool:
        """Whether 360Giving has given it a prefix; without one, ids begin with one that nobody has registered."""
        return bool(self.numbers and self.numbers.prefix)

    @property
    def prefix(self) -> str:
        """What the ids of its grants begin with."""
        kept = self.numbers.prefix if self.numbers else None
        return kept or f"360G-{re.sub(r'[^A-Za-z0-9]+', '_', self.code)[:30]}"

    def plain(self) -> dict[str, Any]:
        """It as the organisation that gives."""
        name = self.trusted_body or self.area
        made = {"id": self._id(name), "name": name}
        if self.trusted_body:
            made["department"] = self.area
        return made

    def _id(self, name: str) -> str:
        if self.numbers and self.numbers.charity_number:
            return _register_id("charity", self.numbers.charity_number)
        if self.numbers and self.numbers.company_number:
            return _register_id("company", self.numbers.company_number)
        return own_id(self.prefix, name)


def prefix_fault(text: str) -> str:
    """What is wrong with a prefix; nothing where there is none."""
    if not text.strip() or PREFIX.fullmatch(text.strip()):
        return ""
    return "A prefix of 360Giving begins with 360G- and goes on with letters and numbers, like 360G-ourarea"


def own_id(prefix: str, name: str) -> str:
    """The id of an organisation that is in no public register: the same for the same name, however it is spaced."""
    plain = " ".join(name.casefold().split())
    return f"{prefix}-org-{hashlib.sha256(plain.encode()).hexdigest()[:12]}"


def _register_id(kind: str, number: str) -> str:
    # Charities in Scotland and Northern Ireland are in registers of their own, by how their numbers begin.
    if kind == "charity" and number.startswith("NIC"):
        return f"GB-NIC-{number.removeprefix('NIC')}"
    code = "GB-SC" if kind == "charity" and number.startswith("SC") else _REGISTERS[kind]
    return f"{code}-{number}"


def grants(
    publisher: Publisher, rounds: Sequence[GrantRound], themes: Sequence[GrantTheme], awards: Sequence[GrantAward]
) -> list[dict[str, Any]]:
    """Each award that was not withdrawn as a grant of the standard, the oldest first."""
    named_rounds = {one.id: one for one in rounds}
    named_themes = {one.id: one for one in themes}
    given = [one for one in awards if one.withdrawn_at is None]
    return [
        _grant(publisher, one, named_rounds[one.round_id], named_themes[one.theme_id])
        for one in sorted(given, key=lambda one: (one.awarded_on, one.id))
    ]


def _grant(publisher: Publisher, award: GrantAward, found: GrantRound, theme: GrantTheme) -> dict[str, Any]:
    return {
        "id": f"{publisher.prefix}-{award.id.hex[-12:]}",
        "title": award.project,
        "description": award.purpose,
        "currency": "GBP",
        "amountAwarded": _number(as_pounds(award.amount_pence)),
        "awardDate": award.awarded_on.isoformat(),
        "recipientOrganization": [_recipient(publisher, award)],
        "beneficiaryLocation": [{"name": publisher.area, "countryCode": "GB"}],
        "fundingOrganization": [publisher.plain()],
        "grantProgramme": [{"code": found.id.hex[-12:], "title": found.name}],
        "classifications": [{"vocabulary": "Theme", "code": theme.id.hex[-12:], "title": theme.name}],
        "dateModified": award.changed_at.isoformat(timespec="seconds"),
    }


def _recipient(publisher: Publisher, award: GrantAward) -> dict[str, Any]:
    name, number, kind = award.recipient or "", award.recipient_number, award.recipient_kind
    if not number:
        return {"id": own_id(publisher.prefix, name), "name": name}
    made = {"id": _register_id(kind, number), "name": name}
    if kind in {"charity", "company"}:
        made[f"{kind}Number"] = number
    return made


def _number(pounds: Decimal) -> int | float:
    # Pence are exact enough in a float, and whole pounds stay whole.
    return int(pounds) if pounds == pounds.to_integral_value() else float(pounds)


def as_json(publisher: Publisher, found: Sequence[dict[str, Any]], issued: date) -> bytes:
    """The grants as a package of the standard, in UTF-8."""
    giver = publisher.plain()
    made = {
        "title": f"Small grants of {publisher.area}",
        "issued": issued.isoformat(),
        "publisher": {"name": giver["name"], "identifier": giver["id"]},
        "grants": list(found),
    }
    return json.dumps(made, ensure_ascii=False, indent=1).encode()


def as_csv(found: Sequence[dict[str, Any]]) -> bytes:
    """One line a grant under the standard's own headings."""
    return spreadsheets.to_csv(list(_COLUMNS), ([_cell(one, path) for path in _COLUMNS.values()] for one in found))


def _cell(found: dict[str, Any], path: tuple[str, ...]) -> Cell:
    value: Any = found[path[0]]
    if len(path) == 2:
        value = value[0].get(path[1], "")
    return f"{value:.2f}" if path == ("amountAwarded",) else str(value)
