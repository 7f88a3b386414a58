"""The register of small grants through the pages: rounds, awards, totals by theme, and the files that go out."""

import csv
import io
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from referrals.audit.models import AuditEntry
from referrals.directory.lists import load_lists
from referrals.engagement.models import GrantAward, GrantRound
from referrals.engagement.queries.grants import themes_of
from referrals.foundation.clock import today
from referrals.foundation.database import db, transaction
from tests import people
from tests.engagement.registers import make_award, make_round
from tests.engagement.test_threesixty import package_faults
from tests.plugins.visitors import Visitor

Visit = Callable[..., Visitor]
ROUND = {"name": "Summer round", "total": "2,500", "theme_1": "Young people", "theme_2": "Green spaces"}
AWARD = {
    "recipient": "Tiny Explorers",
    "recipient_kind": "community_group",
    "amount": "187",
    "project": "Books and blocks",
    "purpose": "A morning for toddlers.",
    "presenter": "Rowan Ashdown MP",
    "event": "Awards evening",
}


def parts(name: str, day: Any) -> dict[str, str]:
    return {f"{name}-day": str(day.day), f"{name}-month": str(day.month), f"{name}-year": str(day.year)}


CLOSES = parts("closes_on", today() + timedelta(days=40))


def count(model: type) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def actions_recorded() -> list[str]:
    db.session.rollback()
    query = select(AuditEntry.action).where(AuditEntry.action.like("grant%"))
    return list(db.session.scalars(query.order_by(AuditEntry.number)))


def theme(found: GrantRound, place: int = 1) -> dict[str, str]:
    return {"theme": str(next(one.id for one in themes_of([found.id]) if one.place == place))}


class TestRounds:
    def test_nothing_yet_says_what_will_be_here(self, app: Flask, visit: Visit) -> None:
        assert "Add a round" in visit(people.LEAD).get("/grants").text
        for reader in (people.VOLUNTEER, people.COORDINATOR):
            page = visit(reader).get("/grants").text
            assert "No round of small grants yet" in page
            assert "Add a round" not in page

    def test_a_round_is_added_and_changed(self, app: Flask, visit: Visit) -> None:
        lead = visit(people.LEAD)
        home = lead.send("/grants/rounds/new", ROUND | CLOSES).location
        page = lead.get(home).text
        assert "Summer round" in page
        assert "The round can give £2,500" in page
        assert "0 awards: £0 of £2,500" in lead.get("/grants").text
        assert (
            lead.send(f"{home}/edit", {"name": "Late summer", "theme_3": "Warm places", "theme_2": ""}).location == home
        )
        assert "Late summer" in lead.get("/grants").text
        found = db.session.scalars(select(GrantRound)).one()
        assert [one.name for one in themes_of([found.id])] == ["Young people", "Warm places"]
        assert b"Late summer" not in found.name_sealed
        assert actions_recorded() == ["grant_round.opened", "grant_round.changed"]

    def test_what_is_wrong_is_said(self, app: Flask, visit: Visit) -> None:
        early = parts("closes_on", today() - timedelta(days=9))
        answer = visit(people.LEAD).send("/grants/rounds/new", ROUND | early | {"theme_2": "young people"})
        assert answer.status_code == 422
        assert "<title>Error: " in answer.text
        for words in ("The last day must not be before the first", "Two themes have this name", "Summer round"):
            assert words in answer.text
        assert count(GrantRound) == 0

    def test_a_theme_with_awards_and_what_was_given_stay(self, app: Flask, visit: Visit) -> None:
        found = make_round()
        make_award(found, theme_id=themes_of([found.id])[1].id)
        path = f"/grants/rounds/{found.id}/edit"
        answer = visit(people.LEAD).send(path, {"theme_2": "", "total": "100"})
        assert "Awards were made under this theme" in answer.text
        assert "The round has given £187 already" in answer.text
        assert visit(people.LEAD).send(path, {"theme_2": "Small children"}).status_code == 303
        assert "Small children" in visit(people.LEAD).get(f"/grants/rounds/{found.id}").text

    def test_sent_twice_it_is_there_once(self, app: Flask, visit: Visit) -> None:
        lead = visit(people.LEAD)
        page = lead.get("/grants/rounds/new")
        assert len({lead.send(page, ROUND | CLOSES).location for _ in range(2)}) == 1
        assert count(GrantRound) == 1

    def test_a_second_hand_sees_the_first(self, app: Flask, visit: Visit) -> None:
        found = make_round()
        path, lead = f"/grants/rounds/{found.id}/edit", visit(people.LEAD)
        opened = lead.get(path)
        lead.send(path, {"name": "Theirs"})
        late = lead.send(opened, {"name": "Mine"})
        assert late.status_code == 409
        assert "Mine" in late.text
        assert lead.send(late).status_code == 303


class TestAwards:
    def test_an_award_is_entered_and_counted_by_theme(self, app: Flask, visit: Visit) -> None:
        found = make_round()
        home, lead = f"/grants/rounds/{found.id}", visit(people.LEAD)
        assert lead.send(f"{home}/awards/new", AWARD | theme(found)).location == home
        lead.send(f"{home}/awards/new", AWARD | theme(found, 2) | {"amount": "42.50", "recipient": "Tuesday Table"})
        page = lead.get(home).text
        assert "£229.50 given in 2 awards, and £770.50 of £1,000 left." in page
        for words in ("£187 to Tiny Explorers", "Rowan Ashdown MP", "Awards evening", "£42.50", "All themes"):
            assert words in page
        assert "<svg" in page, "the totals are drawn too"
        made = db.session.scalars(select(GrantAward).order_by(GrantAward.amount_pence)).all()
        assert [one.amount_pence for one in made] == [4_250, 18_700]
        assert b"Tiny" not in made[1].recipient_sealed
        assert actions_recorded() == ["grant_round.opened", "grant_award.entered", "grant_award.entered"]

    def test_never_to_a_person_and_never_more_than_there_is(self, app: Flask, visit: Visit) -> None:
        found = make_round()
        path, lead = f"/grants/rounds/{found.id}/awards/new", visit(people.LEAD)
        answer = lead.send(path, AWARD | theme(found) | {"recipient": "Mrs Jane Doe"})
        assert "Name the group or the project, not a person" in answer.text
        answer = lead.send(path, AWARD | theme(found) | {"amount": "1,000.01"})
        assert answer.status_code == 422
        assert "Only £1,000 of the round is left" in answer.text
        assert lead.send(path, AWARD | theme(found) | {"amount": "1,000"}).status_code == 303
        assert "Only £0 of the round is left" in lead.send(path, AWARD | theme(found)).text
        assert count(GrantAward) == 1

    @pytest.mark.parametrize(
        ("wrong", "said"),
        [
            ({"recipient_kind": "charity", "recipient_number": "12"}, "A charity number has 6 or 7 numbers"),
            ({"recipient_number": "123456"}, "Only a charity, a company or a school has a number"),
            ({"theme": ""}, "Choose a theme"),
            ({"purpose": ""}, "Say what it is for"),
            ({"amount": "a lot"}, "must be an amount of money"),
            (parts("awarded_on", today() + timedelta(days=3)), "must be today or in the past"),
            (parts("presented_on", today() - timedelta(days=3)), "cannot be handed over before it was awarded"),
        ],
    )
    def test_what_is_wrong_is_said(self, app: Flask, visit: Visit, wrong: dict[str, str], said: str) -> None:
        found = make_round()
        answer = visit(people.LEAD).send(f"/grants/rounds/{found.id}/awards/new", AWARD | theme(found) | wrong)
        assert answer.status_code == 422
        assert said in answer.text
        assert count(GrantAward) == 0

    def test_a_theme_of_another_round_is_none(self, app: Flask, visit: Visit) -> None:
        found, other = make_round(), make_round(by=people.OTHER_LEAD)
        answer = visit(people.LEAD).send(f"/grants/rounds/{found.id}/awards/new", AWARD | theme(other))
        assert answer.status_code == 422
        assert count(GrantAward) == 0

    def test_an_award_is_changed_within_what_is_left(self, app: Flask, visit: Visit) -> None:
        found = make_round()
        made = make_award(found)
        path, lead = f"/grants/awards/{made.id}/edit", visit(people.LEAD)
        assert lead.send(path, {"amount": "1000"}).location == f"/grants/rounds/{found.id}"
        assert "£1,000 given in 1 award, and £0 of £1,000 left" in lead.get(f"/grants/rounds/{found.id}").text
        assert "Only £1,000 of the round is left" in lead.send(path, {"amount": "1000.50"}).text

    def test_a_withdrawn_award_stays_and_counts_nowhere(self, app: Flask, visit: Visit) -> None:
        found = make_round()
        made, _kept = make_award(found), make_award(found, recipient="Tuesday Table", amount_pence=4_000)
        lead, home = visit(people.LEAD), f"/grants/rounds/{found.id}"
        assert "Say why it is withdrawn" in lead.send(f"/grants/awards/{made.id}/withdraw").text
        lead.send(f"/grants/awards/{made.id}/withdraw", {"why": "It did not go ahead"})
        page = lead.get(home).text
        assert "£40 given in 1 award" in page
        for words in ("£187 to Tiny Explorers", "Withdrawn", "It did not go ahead"):
            assert words in page
        assert "1 award: £40 of £1,000" in lead.get("/grants").text
        again = lead.send(f"/grants/awards/{made.id}/edit", {"amount": "9"})
        assert "This award was withdrawn" in again.text
        assert actions_recorded()[-1] == "grant_award.withdrawn"

    def test_a_second_hand_sees_the_first(self, app: Flask, visit: Visit) -> None:
        made = make_award(make_round())
        path, lead = f"/grants/awards/{made.id}/edit", visit(people.LEAD)
        opened, leaving = lead.get(path), lead.get(f"/grants/awards/{made.id}/withdraw")
        lead.send(path, {"amount": "200"})
        assert lead.send(opened, {"amount": "300"}).status_code == 409
        assert lead.send(leaving, {"why": "Too late"}).status_code == 409


class TestReading:
    def test_a_coordinator_reads_those_of_the_programme_and_changes_nothing(self, app: Flask, visit: Visit) -> None:
        found, other = make_round(), make_round(by=people.OTHER_LEAD, name="Elsewhere")
        make_award(found)
        cora = visit(people.COORDINATOR)
        listed, page = cora.get("/grants").text, cora.get(f"/grants/rounds/{found.id}").text
        assert "Wormholt and White City Big Local" in listed
        assert "Elsewhere" not in listed
        assert "£187 to Tiny Explorers" in page
        for words in ("Add an award", "Withdraw<", "Change the round"):
            assert words not in page
        assert cora.get(f"/grants/rounds/{other.id}").status_code == 404
        assert cora.get(f"/grants/rounds/{found.id}/awards/new").status_code == 403

    @pytest.mark.parametrize("office", [people.CASEWORKER, people.MANAGER])
    def test_an_office_has_none_of_it(self, app: Flask, visit: Visit, office: people.Someone) -> None:
        found = make_round()
        make_award(found)
        who = visit(office)
        for path in ("/grants", f"/grants/rounds/{found.id}", f"/grants/rounds/{found.id}/file/json"):
            assert who.get(path).status_code == 403
        assert visit().get(f"/grants/rounds/{found.id}").status_code in {302, 303}


class TestOpenData:
    def test_a_round_as_json_and_csv(self, app: Flask, visit: Visit) -> None:
        found = make_round()
        make_award(found)
        lead = visit(people.LEAD)
        answer = lead.get(f"/grants/rounds/{found.id}/file/json")
        assert answer.mimetype == "application/json"
        assert "small-grants.json" in answer.headers["Content-Disposition"]
        assert package_faults(answer.data) == []
        (line,) = csv.DictReader(io.StringIO(lead.get(f"/grants/rounds/{found.id}/file/csv").data.decode("utf-8-sig")))
        assert (line["Amount Awarded"], line["Title"]) == ("187.00", "Books and blocks")
        assert actions_recorded()[-2:] == ["grants.taken", "grants.taken"]

    def test_all_rounds_in_one_file(self, app: Flask, visit: Visit) -> None:
        for name in ("First", "Second"):
            make_award(make_round(name=name))
        make_award(make_round(by=people.OTHER_LEAD), by=people.OTHER_LEAD)
        content = visit(people.LEAD).get("/grants/file/json").data
        assert package_faults(content) == []
        assert [one["grantProgramme"][0]["title"] for one in json.loads(content)["grants"]] == ["First", "Second"]

    def test_of_nothing_there_is_no_file(self, app: Flask, visit: Visit) -> None:
        found = make_round()
        lead = visit(people.LEAD)
        assert lead.get(f"/grants/rounds/{found.id}/file/json").status_code == 404
        assert lead.get("/grants/file/json").status_code == 404
        make_award(found)
        assert lead.get(f"/grants/rounds/{found.id}/file/exe").status_code == 404

    def test_the_numbers_it_goes_out_under(self, app: Flask, visit: Visit) -> None:
        with transaction():
            load_lists()
        lead = visit(people.LEAD)
        assert "which nobody has registered" in lead.get("/grants/numbers").text
        wrong = lead.send("/grants/numbers", {"prefix": "whitecity", "charity_number": "x"})
        assert wrong.status_code == 422
        assert "A prefix of 360Giving begins with 360G-" in wrong.text
        assert (
            lead.send("/grants/numbers", {"prefix": "360G-whitecity", "charity_number": "1070468"}).location
            == "/grants"
        )
        assert "begin with 360G-whitecity." in lead.get("/grants/numbers").text
        make_award(make_round())
        (grant,) = json.loads(lead.get("/grants/file/json").data)["grants"]
        assert grant["id"].startswith("360G-whitecity-")
        assert grant["fundingOrganization"][0]["id"] == "GB-CHC-1070468"
