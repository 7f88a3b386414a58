"""How an MP stands towards an area is known to its leads and its programme alone: no page, form, report, export, mail
or notice of an MP's office, of a volunteer or of an administrator holds any of it.
"""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, text

from referrals.accounts.models import Membership
from referrals.accounts.roles import Role
from referrals.audit.actions import record
from referrals.audit.models import AuditEntry
from referrals.cli.worker import Worker
from referrals.directory import lists
from referrals.engagement import actions
from referrals.foundation.clock import clock_at, now, today
from referrals.foundation.database import db, transaction
from referrals.notifications import settings as mail
from referrals.reporting.catalogue import REPORTS
from referrals.reporting.formats import FORMATS
from tests import people
from tests.engagement.log import TERM
from tests.house.scene import Scene
from tests.house.test_access import walk
from tests.people import Someone
from tests.plugins.visitors import Visitor

# Words that stand nowhere else: what the lead goes by, and what each answer is called while this is tested.
EVIDENCE = "zanzibar marmalade bassoon"
ANSWER = "quicksilver"


@pytest.fixture
def assessed(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> Scene:
    """The world, with stances of the first group towards both of its MPs, under a word that is on no page."""
    told = lists.label
    monkeypatch.setattr(
        lists, "label", lambda name, code: f"{ANSWER} {told(name, code)}" if name == "stances" else told(name, code)
    )
    with transaction():
        for stance in ("negative", "supportive"):
            actions.assess_stance(TERM, stance, today(), f"They said: {EVIDENCE}.", by=people.LEAD.viewer)
    return scene


def join_an_office(who: Someone) -> None:
    """Let somebody work for an MP besides."""
    with transaction() as session:
        session.add(
            Membership(
                person_id=who.id,
                organisation_id=people.EALING.id,
                role=Role.CASEWORKER.value,
                created_at=now(),
            )
        )
        record("person.joined", by=people.OTHER_MANAGER.viewer, subject=("person", who.id))


def leaked(answer: bytes) -> list[str]:
    """What of it is in an answer."""
    found = answer.decode(errors="replace").lower()
    return [word for word in (*EVIDENCE.split(), ANSWER) if word in found]


@pytest.mark.only_on("sqlite")
@pytest.mark.parametrize(
    ("who", "method"),
    [(people.CASEWORKER, "GET"), (people.MANAGER, "GET"), (people.MANAGER, "POST")],
    ids=lambda one: getattr(one, "name", one),
)
def test_no_page_and_no_form_tells_an_office(assessed: Scene, scene_app: Flask, who: Someone, method: str) -> None:
    answers = walk(Visitor(scene_app, who), assessed, who, method)
    assert [f"{door}: {words}" for door, answer, _ in answers if (words := leaked(answer.data))] == []


def pages_about_it(visitor: Visitor) -> Iterator[bytes]:
    """Every page on which it stands for somebody, and its form."""
    for path in (f"/your-mp/mps/{TERM}", f"/your-mp/mps/{TERM}/stance", f"/areas/{people.WHITE_CITY.id}", "/areas"):
        yield visitor.client.get(path).data


@pytest.mark.parametrize("who", people.EVERYBODY, ids=lambda one: one.name)
def test_those_who_may_not_know_are_shown_none_of_it(assessed: Scene, scene_app: Flask, who: Someone) -> None:
    found = {word for page in pages_about_it(Visitor(scene_app, who)) for word in leaked(page)}
    knows = {people.LEAD: {*EVIDENCE.split(), ANSWER}, people.COORDINATOR: {ANSWER}}
    assert found == knows.get(who, set())


def test_no_report_and_no_export_tells_an_office(assessed: Scene, scene_app: Flask) -> None:
    visitor, told = Visitor(scene_app, people.MANAGER), []
    for report in REPORTS:
        paths = [f"/reports/{report}", *(f"/reports/{report}/download?format={one}" for one in FORMATS)]
        told += [path for path in paths if leaked(visitor.client.get(path).data)]
    assert told == []


def test_the_shares_of_a_programme_open_for_coordinators_alone(assessed: Scene, scene_app: Flask) -> None:
    """Not even as a file, and not for one who belongs to an MP's office besides."""
    paths = ["/reports/together", *(f"/reports/together/download?format={kind}" for kind in FORMATS)]

    def opened(who: Someone) -> set[str]:
        answers = [Visitor(scene_app, who).client.get(path) for path in paths]
        assert not [one for one in answers if one.status_code != 200 and leaked(one.data)]
        return {path for path, one in zip(paths, answers, strict=True) if one.status_code == 200}

    for who in (people.LEAD, people.VOLUNTEER, people.CASEWORKER, people.MANAGER, people.ADMINISTRATOR):
        assert opened(who) == set(), who.name
    assert opened(people.COORDINATOR) == set(paths)
    join_an_office(people.COORDINATOR)
    assert opened(people.COORDINATOR) == set()
    assert b"/reports/together" not in Visitor(scene_app, people.COORDINATOR).client.get("/reports").data


def test_no_mail_no_notice_and_no_book_tells_it(assessed: Scene, scene_app: Flask) -> None:
    with clock_at(now() + timedelta(days=200)):
        with transaction():
            assert actions.remind_of_stances() == 1
        with transaction():
            assert actions.remind_of_stances() == 0
        Worker(jobs=()).round()
    sent = [path.read_bytes() for path in mail.current().folder.glob("*")]
    assert any(f"/your-mp/mps/{TERM}".encode() in one for one in sent)
    assert [one for one in sent if leaked(one) or b"stance" in one] == []
    told = list(db.session.scalars(select(AuditEntry).where(AuditEntry.action.startswith("stance."))))
    assert len(told) == 3
    assert not {"negative", "supportive"} & {str(value) for one in told for value in one.facts.values()}


def test_a_stolen_database_shows_none_of_the_evidence(assessed: Scene, scene_app: Flask) -> None:
    with db.engine.connect() as connection:
        rows = [repr(tuple(row)).encode() for row in connection.execute(text("SELECT * FROM stances"))]
    assert len(rows) == 2
    assert not [row for row in rows if leaked(row)]


def test_who_also_works_for_an_mp_is_told_nothing(assessed: Scene, scene_app: Flask) -> None:
    """Whichever of their organisations they are acting for."""
    join_an_office(people.LEAD)
    lead = Visitor(scene_app, people.LEAD)
    assert [words for page in pages_about_it(lead) for words in leaked(page)] == []
    assert lead.client.get(f"/your-mp/mps/{TERM}").status_code == 200
    assert lead.client.get(f"/your-mp/mps/{TERM}/stance").status_code == 403
