"""Awards as open data: every file holds what the 360Giving Data Standard requires, in the shapes it requires.

The rules below are written from the facts of the standard: the required fields of a grant and of an organisation, the
kinds and formats of their values, the shape of a package, and the headings of a spreadsheet.
"""

import csv
import io
import json
import re
from datetime import UTC, date, datetime
from typing import Any

import pytest
from flask import Flask

from referrals.engagement import threesixty
from referrals.engagement.actions import granting
from referrals.engagement.actions.giver import Numbers, number_giver
from referrals.engagement.models import GrantRound
from referrals.engagement.queries import grants as queries
from referrals.engagement.threesixty import Publisher
from referrals.foundation.clock import today
from referrals.foundation.database import transaction
from tests import people
from tests.engagement.registers import make_award, make_round

ID = re.compile(r"360G-[A-Za-z0-9_]+-[A-Za-z0-9_-]+")
# The registers at org-id.guide that a recipient can be in here, and a publisher's own ids.
ORGANISATION_ID = re.compile(
    r"GB-CHC-[0-9]{6,7}|GB-SC-SC[0-9]{6}|GB-NIC-[0-9]{6}|GB-COH-[A-Z0-9]{8}|GB-EDU-[0-9]{6}|360G-[A-Za-z0-9_]+-.+"
)
REQUIRED = {
    "id", "title", "description", "currency", "amountAwarded", "awardDate", "recipientOrganization",
    "fundingOrganization",
}  # fmt: skip
KNOWN = REQUIRED | {"beneficiaryLocation", "grantProgramme", "classifications", "dateModified"}
ORGANISATION = {"id", "name", "charityNumber", "companyNumber", "department"}
HEADINGS = {
    "Identifier", "Title", "Description", "Currency", "Amount Awarded", "Award Date", "Recipient Org:Identifier",
    "Recipient Org:Name", "Funding Org:Identifier", "Funding Org:Name",
}  # fmt: skip


def is_day(text: object) -> bool:
    """Whether it is a day as YYYY-MM-DD."""
    if not isinstance(text, str) or not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        return False
    return bool(date.fromisoformat(text))


def is_moment(text: object) -> bool:
    """Whether it is a moment of RFC 3339, with its zone."""
    return isinstance(text, str) and datetime.fromisoformat(text).utcoffset() is not None


def organisation_faults(found: Any) -> list[str]:
    """What the standard does not take of the organisations of a grant."""
    if not isinstance(found, list) or not found:
        return ["not an array with an organisation"]
    faults = []
    for one in found:
        if not {"id", "name"} <= set(one) <= ORGANISATION:
            faults.append(f"fields {sorted(one)}")
        if not all(isinstance(value, str) and value for value in one.values()):
            faults.append("a value that is no text")
        if not ORGANISATION_ID.fullmatch(one.get("id", "")):
            faults.append(f"id {one.get('id')}")
    return faults


def grant_faults(grant: dict[str, Any]) -> list[str]:
    """What the standard does not take of a grant."""
    checks = {
        "fields": REQUIRED <= set(grant) <= KNOWN,
        "id": bool(ID.fullmatch(grant.get("id", ""))),
        "title": 0 < len(grant.get("title") or "") <= 140,
        "description": bool(grant.get("description")),
        "currency": grant.get("currency") == "GBP",
        "amount": isinstance(grant.get("amountAwarded"), int | float) and grant["amountAwarded"] > 0,
        "day": is_day(grant.get("awardDate")),
        "modified": is_moment(grant.get("dateModified")),
        "programme": [sorted(one) for one in grant.get("grantProgramme", ())] == [["code", "title"]],
        "theme": [sorted(one) for one in grant.get("classifications", ())] == [["code", "title", "vocabulary"]],
    }
    faults = [name for name, holds in checks.items() if not holds]
    for name in ("recipientOrganization", "fundingOrganization"):
        faults += [f"{name}: {fault}" for fault in organisation_faults(grant.get(name))]
    return faults


def package_faults(content: bytes) -> list[str]:
    """What the standard does not take of a package."""
    found = json.loads(content)
    grants = found["grants"]
    faults = [f"{number}: {fault}" for number, grant in enumerate(grants) for fault in grant_faults(grant)]
    if not grants or len({one["id"] for one in grants}) < len(grants):
        faults.append("ids that are not unique, or no grant")
    if not is_day(found["issued"]) or not found["publisher"]["name"]:
        faults.append("the package itself")
    return faults


def publisher() -> Publisher:
    return Publisher(
        area="Wormholt and White City Big Local",
        code="white-city",
        trusted_body="Community foundation",
        numbers=queries.giver(people.WHITE_CITY.id),
    )


def grants_of(found: GrantRound) -> list[dict[str, Any]]:
    return threesixty.grants(publisher(), [found], queries.themes_of([found.id]), queries.awards_of([found.id]))


def number(prefix: str = "360G-whitecity", charity: str = "1070468", company: str = "") -> None:
    with transaction():
        numbers = Numbers(prefix=prefix, charity_number=charity, company_number=company)
        number_giver(numbers, by=people.LEAD.viewer, version=None)


KINDS = [
    ("community_group", "", re.compile("360G-whitecity-org-[0-9a-f]{12}")),
    ("charity", "1234567", re.compile("GB-CHC-1234567")),
    ("charity", "sc 012345", re.compile("GB-SC-SC012345")),
    ("charity", "NIC101234", re.compile("GB-NIC-101234")),
    ("company", "01234567", re.compile("GB-COH-01234567")),
    ("school", "100123", re.compile("GB-EDU-100123")),
]


@pytest.mark.parametrize(("kind", "registered", "expected"), KINDS)
def test_a_recipient_is_known_by_the_best_register_it_is_in(
    app: Flask, kind: str, registered: str, expected: re.Pattern[str]
) -> None:
    found = make_round()
    number()
    make_award(found, recipient_kind=kind, recipient_number=registered)
    (grant,) = grants_of(found)
    assert expected.fullmatch(grant["recipientOrganization"][0]["id"])
    assert package_faults(threesixty.as_json(publisher(), [grant], today())) == []


def test_a_package_holds_what_the_standard_requires(app: Flask) -> None:
    found = make_round()
    make_award(found)
    make_award(found, amount_pence=4_250, recipient="Ümläut & Söhne", purpose='Say "yes", twice\nand again')
    grants = grants_of(found)
    content = threesixty.as_json(publisher(), grants, today())
    assert package_faults(content) == []
    assert [one["amountAwarded"] for one in grants] == [187, 42.5]
    assert grants[0]["id"].startswith("360G-white_city-"), "nobody has registered a prefix yet"


def test_the_giver_is_known_by_its_numbers(app: Flask) -> None:
    found = make_round()
    make_award(found)
    before = grants_of(found)[0]
    number()
    after = grants_of(found)[0]
    giver = {"id": "GB-CHC-1070468", "name": "Community foundation", "department": "Wormholt and White City Big Local"}
    assert after["fundingOrganization"] == [giver]
    assert after["id"] == before["id"].replace("360G-white_city", "360G-whitecity")
    number(charity="", company="01234567")
    assert grants_of(found)[0]["fundingOrganization"][0]["id"] == "GB-COH-01234567"


def test_the_same_name_is_the_same_organisation(app: Flask) -> None:
    assert threesixty.own_id("360G-x", "Tiny  explorers ") == threesixty.own_id("360G-x", "Tiny Explorers")
    assert threesixty.own_id("360G-x", "Tiny Explorers") != threesixty.own_id("360G-x", "Tiny Explorer")


def test_what_was_withdrawn_does_not_go_out(app: Flask) -> None:
    found = make_round()
    gone = make_award(found, recipient="Gone")
    make_award(found, recipient="There")
    with transaction():
        granting.withdraw_award(gone, "It did not go ahead", by=people.LEAD.viewer, version=None)
    assert [one["recipientOrganization"][0]["name"] for one in grants_of(found)] == ["There"]


def test_a_spreadsheet_says_the_same_under_the_headings_of_the_standard(app: Flask) -> None:
    found = make_round()
    number()
    make_award(
        found, amount_pence=4_250, recipient="=HYPERLINK(1)", recipient_kind="charity", recipient_number="999991"
    )
    text = threesixty.as_csv(grants_of(found)).decode("utf-8-sig")
    (line,) = csv.DictReader(io.StringIO(text))
    assert set(line) >= HEADINGS
    assert all(line[heading] for heading in HEADINGS)
    assert line["Amount Awarded"] == "42.50"
    assert is_day(line["Award Date"])
    assert line["Recipient Org:Identifier"] == "GB-CHC-999991"
    assert line["Recipient Org:Charity Number"] == "999991"
    assert line["Recipient Org:Name"] == "'=HYPERLINK(1)", "nothing in it can run"
    assert line["Grant Programme:Title"] == "Spring round"
    assert line["Classifications:Title"] == "Growing up well"


@pytest.mark.parametrize("field", sorted(REQUIRED))
def test_the_rules_find_what_is_missing(app: Flask, field: str) -> None:
    found = make_round()
    make_award(found)
    (grant,) = grants_of(found)
    assert grant_faults(grant) == []
    assert grant_faults({name: value for name, value in grant.items() if name != field}) != []


def test_moments_carry_their_zone(app: Flask) -> None:
    found = make_round()
    made = make_award(found)
    assert datetime.fromisoformat(grants_of(found)[0]["dateModified"]) == made.changed_at.replace(microsecond=0)
    assert made.changed_at.tzinfo == UTC
