"""Every page for everybody: who gets in, who is refused, who is told that there is nothing, and what nobody may do."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from referrals.casework.workflow import TRANSITIONS
from referrals.web import access
from tests import people
from tests.casework import cases
from tests.house.contents import changed, contents, events
from tests.house.endpoints import BOTH, DOORS, MOVES, Door
from tests.house.scene import DOCUMENT, Scene
from tests.people import Someone
from tests.plugins.visitors import Visitor

VISITORS = [pytest.param(who, id=who.name.replace(" ", "_")) for who in people.EVERYBODY] + [
    pytest.param(None, id="Nobody")
]
# One of each kind, for the second database.
SOME = [pytest.param(who, id=who.name.replace(" ", "_")) for who in (people.OTHER_LEAD, people.MANAGER)]
# Tokens and keys of forms, different in every answer.
TOKENS = re.compile(r'value="[A-Za-z0-9_.-]{20,}"')
# The one line about a referral that lists show; reading a list is not reading the record.
ON_LISTS = "Nine months without"
# Of the resident of the scene, and of what was written about them.
WORDS = (cases.NAME, cases.PHONE, cases.POSTCODE, "lost his leg", ON_LISTS, "The group's own", DOCUMENT)


def test_the_table_names_every_page(scene_app: Flask) -> None:
    there = {(rule.endpoint, method) for rule in scene_app.url_map.iter_rules() for method in rule.methods or ()}
    there = {(endpoint, method) for endpoint, method in there if method not in {"HEAD", "OPTIONS"}}
    named = {(door.endpoint, method) for door in DOORS for method in door.methods}
    assert there - named == set(), "add rows for these to tests/house/endpoints.py, saying who may open them"
    assert named - there == set(), "these rows of tests/house/endpoints.py name no page"


def test_the_table_names_every_transition() -> None:
    # Sending a draft is done on its own page, and so is taking on what another office offers.
    assert set(TRANSITIONS) - {"submit", "accept_transfer"} == set(MOVES), (
        "say in MOVES of tests/house/endpoints.py who may make it"
    )
    assert [name for name, (state, _) in MOVES.items() if state not in (*TRANSITIONS[name].sources, "advice")] == []


def answered(answer: TestResponse, door: Door) -> str:
    """What an answer means, in the words of the table."""
    code = answer.status_code
    if code == 401 or (code == 303 and "/sign-in" in answer.location and not door.public and not door.ends_session):
        return "sign in"
    if code in {200, 204, 302, 303, 409, 422}:
        return "in"
    return {403: "refused", 404: "hidden"}.get(code, str(code))


def body_of(answer: TestResponse) -> str:
    """The page, without what is different in every answer."""
    return TOKENS.sub('value=""', answer.get_data().decode(errors="replace"))


def somebody(door: Door, but: Someone | None = None) -> Someone | None:
    """The first, always the same, of those who may go through a door; of those it is hidden from, when nobody may."""
    return min((door.may or door.hidden) - {but}, key=lambda one: one.name, default=None)


def ask(visitor: Visitor, method: str, path: str, data: dict[str, str]) -> TestResponse:
    """Open or send a page, and forget what the next page would tell of it. Its form is looked at elsewhere."""
    sent = {"csrf_token": visitor.token(), **data} if method == "POST" else None
    answer = visitor.client.open(path, method=method, data=sent)
    if "Set-Cookie" in answer.headers:
        with visitor.client.session_transaction() as cookie:
            cookie.pop("_flashes", None)
    return answer


def walk(visitor: Visitor, scene: Scene, who: Someone | None, method: str) -> Iterator[tuple[Door, TestResponse, str]]:
    """Try every door with a method; where there should be nothing, with the page for a thing that does not exist."""
    for door in DOORS:
        if method not in door.methods:
            continue
        nothing = ""
        if door.expected(who) == "hidden":
            data = {name: value.format(**scene.nothing) for name, value in door.data.items()}
            nothing = body_of(ask(visitor, method, scene.path_to_nothing(door.address), data))
        data = {name: value.format(**scene.names) for name, value in door.data.items()}
        answer = ask(visitor, method, scene.path(door.address, who), data)
        if door.ends_session and who:
            visitor.sign_in(who)
        yield door, answer, nothing


def faults(door: Door, who: Someone | None, answer: TestResponse, nothing: str) -> Iterator[str]:
    """What is wrong with an answer."""
    expected, found = door.expected(who), answered(answer, door)
    page = body_of(answer)
    if found != expected:
        yield f"{door}: expected {expected}, was {found} ({answer.status_code})"
    elif expected == "hidden" and page != nothing:
        yield f"{door}: the answer differs from that for nothing"
    if who not in BOTH and who not in door.tells:
        yield from (f"{door}: tells {word}" for word in WORDS if word in page)


def must_answer_by_the_table(app: Flask, scene: Scene, who: Someone | None, method: str) -> None:
    """Walk along the whole table as one person.

    Reading must change nothing, and leave an event exactly where a resident's words were shown.
    """
    visitor = Visitor(app, who)
    wrong, before, number = [], contents(), events()
    for door, answer, nothing in walk(visitor, scene, who, method):
        wrong += faults(door, who, answer, nothing)
        if method == "GET":
            earlier, number = number, events()
            if number > earlier and not access.declaration(app, door.endpoint).writes:
                wrong.append(f"{door}: leaves an event, and is not declared with writes=True")
            if number == earlier and any(word in body_of(answer) for word in WORDS if word != ON_LISTS):
                wrong.append(f"{door}: shows a resident's words, and leaves no event")
    if method == "GET":
        wrong += [f"reading changed {what}" for what in changed(before)]
    assert not wrong, "\n".join(wrong)


@pytest.mark.only_on("sqlite")
@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("who", VISITORS)
def test_everybody_is_answered_by_the_table(scene: Scene, scene_app: Flask, who: Someone | None, method: str) -> None:
    must_answer_by_the_table(scene_app, scene, who, method)


@pytest.mark.only_on("postgresql")
@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("who", SOME)
def test_on_the_other_database_too(scene: Scene, scene_app: Flask, who: Someone, method: str) -> None:
    must_answer_by_the_table(scene_app, scene, who, method)


# Anybody who is first to ask for the figures of a month has them kept: they are of nobody, and nobody is known.
KEEPING = {"figures.show", "figures.download"}


@pytest.mark.only_on("sqlite")
def test_what_is_declared_as_writing_leaves_an_event(scene: Scene, scene_app: Flask) -> None:
    declared = {door.endpoint: door for door in DOORS if access.declaration(scene_app, door.endpoint).writes}
    silent = set(declared)
    for door in DOORS:
        if door.endpoint not in silent or "GET" not in door.methods or not door.may:
            continue
        who = somebody(door)
        visitor = Visitor(scene_app, who)
        before = events()
        visitor.client.get(scene.path(door.address, who))
        if events() > before:
            silent.remove(door.endpoint)
    assert silent == KEEPING, "these are declared with writes=True, and opening them leaves no event"


@pytest.mark.only_on("sqlite")
@pytest.mark.parametrize("token", [None, "", "nonsense", "of another session"])
def test_no_form_is_taken_without_the_token_of_its_session(scene: Scene, scene_app: Flask, token: str | None) -> None:
    if token == "of another session":
        token = Visitor(scene_app, people.SECOND_CASEWORKER).token()
    before, recorded, wrong = contents(), events(), []
    for door in DOORS:
        if "POST" not in door.methods:
            continue
        who = somebody(door, but=people.SECOND_CASEWORKER)
        with scene_app.test_client() as browser:
            visitor = Visitor(scene_app, who)
            visitor.client = browser if who is None else visitor.client
            data = {name: value.format(**scene.names) for name, value in door.data.items()}
            data |= {} if token is None else {"csrf_token": token}
            answer = visitor.client.post(scene.path(door.address, who), data=data)
        if answer.status_code not in {400, 401}:
            wrong.append(f"{door}: {answer.status_code}")
    assert not wrong, "\n".join(wrong)
    assert changed(before) == []
    # Signing in to ask is all that was recorded.
    assert events() <= recorded + len(DOORS) + 1
