"""Every path by which a private note could reach the other side: one of each side is planted, and then looked for."""

from collections.abc import Callable, Iterator
from io import BytesIO
from zipfile import ZipFile

import pytest
from flask import Flask
from sqlalchemy import select

from referrals.casework import actions, queries
from referrals.casework.models import SearchToken
from referrals.cli.worker import Worker
from referrals.foundation.database import db, transaction
from referrals.foundation.sealing import indexer
from referrals.notifications import settings as mail
from tests import people
from tests.house.scene import Scene
from tests.house.test_access import walk
from tests.people import Someone
from tests.plugins.visitors import Visitor, forms_of

GROUP, OFFICE = people.VOLUNTEER, people.CASEWORKER
# Words that stand nowhere else; what the other side is answered must hold none of them.
CANARIES = {GROUP: "zanzibar marmalade bassoon", OFFICE: "quicksilver tortoise pagoda"}
SIDES = [pytest.param(GROUP, OFFICE, id="the group reads"), pytest.param(OFFICE, GROUP, id="the office reads")]
READERS = {GROUP: (people.VOLUNTEER, people.LEAD), OFFICE: (people.CASEWORKER, people.MANAGER)}


@pytest.fixture
def planted(scene: Scene) -> Scene:
    """The world, with a private note of each side wherever there can be one, and one of each that is being written."""
    for writer, canary in CANARIES.items():
        for name in ("submitted", "information_requested", "in_progress", "outcome_recorded", "closed"):
            with transaction():
                referral = queries.referral(scene.names[name], writer.viewer)
                actions.write_note(referral, f"They said: {canary}.", shared=False, by=writer.viewer)
                actions.keep_text(referral, "notes/private", {"body": f"Not sent: {canary}"}, by=writer.viewer)
                actions.keep_text(referral, "notes/message", {"body": f"Not sent: {canary}"}, by=writer.viewer)
    return scene


def leaked(answer: bytes, writer: Someone) -> list[str]:
    """The words of a side's private note that are in an answer."""
    text = answer.decode(errors="replace").lower()
    return [word for word in CANARIES[writer].split() if word in text]


# Each path gives everything that the reader is answered on it.
Path = Callable[[Visitor, Scene, Someone], Iterator[bytes]]


def the_page(visitor: Visitor, scene: Scene, writer: Someone) -> Iterator[bytes]:
    for name in ("submitted", "in_progress", "closed"):
        yield visitor.get(f"/referrals/{scene.names[name]}").data


def the_history(visitor: Visitor, scene: Scene, writer: Someone) -> Iterator[bytes]:
    yield visitor.get(f"/referrals/{scene.names['in_progress']}/history").data


def the_search(visitor: Visitor, scene: Scene, writer: Someone) -> Iterator[bytes]:
    for word in (*CANARIES[writer].split(), CANARIES[writer]):
        found = visitor.post("/find", {"text": word}).data.replace(word.encode(), b"")
        yield found
        assert not any(scene.names[name].encode() in found for name in ("submitted", "in_progress", "closed"))


def the_case_as_a_file(visitor: Visitor, scene: Scene, writer: Someone) -> Iterator[bytes]:
    path = f"/referrals/{scene.names['in_progress']}/pack"
    form = dict(forms_of(visitor.get(path))[-1][1])
    # What stands in the printed one comes from the same pack as the table; its own test looks into that.
    parts = ["story", "person", "contact", "timeline", "private", "outcome", "documents", "consents"]
    for kind in ("pdf", "json", "csv", "zip"):
        content = visitor.post(path, {**form, "file": kind, "chosen": parts}).data
        yield content
        if content.startswith(b"PK"):
            with ZipFile(BytesIO(content)) as packed:
                for name in packed.namelist():
                    yield name.encode() + packed.read(name)


def a_form_that_comes_too_late(visitor: Visitor, scene: Scene, writer: Someone) -> Iterator[bytes]:
    by_group = writer is OFFICE
    name, move = ("information_requested", "provide-information") if by_group else ("in_progress", "hold")
    path = f"/referrals/{scene.names[name]}/{move}"
    sent = {"version": "1", "opened": "2020-01-01T00:00:00+00:00", "answer": "x", "reason": "agency_reply"}
    late = visitor.post(path, sent | {"review_on-day": "1", "review_on-month": "12", "review_on-year": "2027"})
    assert late.status_code == 409
    assert "What changed" in late.text
    yield late.data
    wrong = visitor.post(f"/referrals/{scene.names['closed']}/{move}", sent)
    yield wrong.data


def a_note_that_is_named(visitor: Visitor, scene: Scene, writer: Someone) -> Iterator[bytes]:
    note = scene.names["group_note" if writer is GROUP else "office_note"]
    for method in (visitor.get, visitor.post):
        answer = method(f"/referrals/{scene.names['in_progress']}/notes/{note}/share")
        assert answer.status_code == 404
        yield answer.data


def what_was_being_written(visitor: Visitor, scene: Scene, writer: Someone) -> Iterator[bytes]:
    for kind in ("private", "message"):
        yield visitor.get(f"/referrals/{scene.names['in_progress']}/notes/{kind}?kept=use").data


def a_form_held_through_signing_in(visitor: Visitor, scene: Scene, writer: Someone) -> Iterator[bytes]:
    path = f"/referrals/{scene.names['in_progress']}/notes/private"
    theirs = Visitor(visitor.app, writer)
    page = theirs.get(path)
    theirs.post("/sign-out")
    turned_away = theirs.send(page, {"body": f"Not saved: {CANARIES[writer]}"})
    assert turned_away.status_code == 401
    reader = next(one for one in people.EVERYBODY if one.place is not writer.place and one in (GROUP, OFFICE))
    yield turned_away.data
    answer = theirs.send(turned_away, {"email": reader.email, "password": people.PASSWORD})
    yield answer.data
    yield theirs.get(path).data


def mail_and_notices(visitor: Visitor, scene: Scene, writer: Someone) -> Iterator[bytes]:
    folder = mail.current().folder
    Worker(jobs=()).round()
    for path in folder.glob("*"):
        yield path.read_bytes()
    yield visitor.get("/").data


def reports_and_lists(visitor: Visitor, scene: Scene, writer: Someone) -> Iterator[bytes]:
    lists = ["/queue", "/queue?tab=team", "/queue?tab=ended", "/referrals", "/referrals?list=finished"]
    for path in (*lists, "/reports/outcomes", "/reports/outcomes/download"):
        yield visitor.get(path).data


def pages_of_errors(visitor: Visitor, scene: Scene, writer: Someone) -> Iterator[bytes]:
    path = f"/referrals/{scene.names['in_progress']}/notes/private"
    yield visitor.client.post(path, data={"body": "no token"}).data
    yield visitor.client.delete(path).data
    yield visitor.get(f"{path}/nothing").data
    yield visitor.post(path, {"body": ""}).data


PATHS: list[Path] = [
    the_page,
    the_history,
    the_search,
    the_case_as_a_file,
    a_form_that_comes_too_late,
    a_note_that_is_named,
    what_was_being_written,
    a_form_held_through_signing_in,
    mail_and_notices,
    reports_and_lists,
    pages_of_errors,
]


@pytest.mark.parametrize(("reader", "writer"), SIDES)
@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.__name__)
def test_no_path_leads_to_a_private_note(
    planted: Scene, scene_app: Flask, path: Path, reader: Someone, writer: Someone
) -> None:
    answers = list(path(Visitor(scene_app, reader), planted, writer))
    assert answers
    assert [words for answer in answers if (words := leaked(answer, writer))] == []


@pytest.mark.only_on("sqlite")
@pytest.mark.parametrize(("side", "writer"), SIDES)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_no_page_at_all_tells_it(planted: Scene, scene_app: Flask, side: Someone, writer: Someone, method: str) -> None:
    wrong = [
        f"{who.name}: {door}: {words}"
        for who in READERS[side]
        for door, answer, _ in walk(Visitor(scene_app, who), planted, who, method)
        if (words := leaked(answer.data, writer))
    ]
    assert wrong == []


def test_the_index_of_neither_side_holds_it(planted: Scene, scene_app: Flask) -> None:
    held = {(row.organisation_id, row.token) for row in db.session.scalars(select(SearchToken))}
    for place in (people.WHITE_CITY, people.HAMMERSMITH):
        for canary in CANARIES.values():
            tokens = [token for found in indexer().query_tokens(place.id, canary).values() for token in found]
            assert tokens
            assert not {(place.id, token) for token in tokens} & held


def test_its_own_side_does_read_it(planted: Scene, scene_app: Flask) -> None:
    """So that the tests above look for what is there."""
    for writer, canary in CANARIES.items():
        for who in READERS[writer]:
            assert canary in Visitor(scene_app, who).get(f"/referrals/{planted.names['in_progress']}").text
    packed = list(the_case_as_a_file(Visitor(scene_app, OFFICE), planted, OFFICE))
    assert any(leaked(content, OFFICE) for content in packed)
