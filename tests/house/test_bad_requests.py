"""Requests that no page of ours would send: odd bodies, odd addresses, odd names. Each has its designed answer."""

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

import pytest
from flask import Flask
from werkzeug.routing import Rule

from tests import markup, people
from tests.house.desk import ONE_OF_EACH, Desk, faults, sender_of
from tests.house.endpoints import DOORS, Door
from tests.house.scene import Scene, Set
from tests.plugins.visitors import Visitor

pytestmark = pytest.mark.only_on("sqlite")

MEGABYTE = 1024 * 1024
BOUNDARY = b"--x\r\nContent-Disposition: form-data; name="
TAKE_FILES = {"documents.add"}
NAMES = (
    "money-0-amount-0",
    "money-99999999999999999999-amount",
    "a[b][c]",
    "",
    "csrf_token-0",
    "\0",
    "é" * 500,
    "__class__",
)


def escaped(desk: Desk, ending: bytes) -> bytes:
    """The form as a browser writes it, with the same bytes at the end of every field."""
    names = [name.encode() for name in desk.form.names() or ["a"]]
    return b"&".join([urlencode({"csrf_token": desk.token}).encode(), *(name + b"=" + ending for name in names)])


def in_parts(desk: Desk, ending: bytes, more: bytes = b"") -> bytes:
    """The same as the parts of a multipart body; `more` stands behind the name of each field."""
    parts = [BOUNDARY + b'"csrf_token"\r\n\r\n' + desk.token.encode()]
    parts += [
        BOUNDARY + b'"' + name.encode() + b'"' + more + b"\r\n\r\n" + ending for name in desk.form.names() or ["a"]
    ]
    return b"\r\n".join([*parts, b"--x--\r\n"])


FORM, PARTS = "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"
BODIES: dict[str, tuple[str, Callable[[Desk], bytes]]] = {
    "bytes that are no text": (FORM, lambda desk: escaped(desk, b"%ff%fe%c3%28")),
    "raw bytes that are no text": (FORM, lambda desk: escaped(desk, b"\xff\xfe")),
    "half a character": (FORM, lambda desk: escaped(desk, b"%e2%82")),
    "no real escapes": (FORM, lambda desk: escaped(desk, b"%zz%")),
    "half of a pair": (FORM, lambda desk: escaped(desk, b"%ed%a0%80")),
    "parts that are no text": (PARTS, lambda desk: in_parts(desk, b"\xff\xfe\0")),
    "files in place of words": (PARTS, lambda desk: in_parts(desk, b"x", b'; filename="a.txt"')),
    "parts without an end": (PARTS, lambda desk: in_parts(desk, b"x")[:-10]),
    "no parts": (PARTS, lambda desk: b"nothing of the kind"),
    "parts without their sign": ("multipart/form-data", lambda desk: in_parts(desk, b"x")),
    "JSON": ("application/json", lambda desk: json.dumps(desk.form.filled("x", people.LONG_AGO.date())).encode()),
    "broken JSON": ("application/json", lambda desk: b"{"),
    "plain text": ("text/plain", lambda desk: b"csrf_token=x"),
    "an unknown alphabet": (f"{FORM}; charset=no-such", lambda desk: escaped(desk, b"x")),
    "no kind": ("", lambda desk: escaped(desk, b"x")),
    "odd names": (FORM, lambda desk: urlencode({"csrf_token": desk.token} | dict.fromkeys(NAMES, "x")).encode()),
}


@pytest.mark.parametrize("door", ONE_OF_EACH, ids=str)
def test_odd_bodies(world: Set, door: Door) -> None:
    with world.stage.app.app_context():
        desk, wrong = Desk(world, door), []
        for name, (kind, make) in BODIES.items():
            # With the token in a header too, so that what is no form comes as far as the page.
            how: dict[str, Any] = {"content_type": kind, "headers": {"X-CSRFToken": desk.token}}
            wrong += [f"{name}: {fault}" for fault in faults(desk.send(make(desk), **how))]
        large = desk.send(b"a=" + b"x" * (10 * MEGABYTE), content_type=FORM)
        # Where files are sent, so much may come; then it is no form.
        fits = door.endpoint in TAKE_FILES and large.status_code == 400
        wrong += [] if large.status_code == 413 or fits else [f"ten megabytes: {large.status_code}"]
        many = desk.send("&".join(f"f{number}=x" for number in range(20_000)), content_type=FORM)
        wrong += [] if many.status_code in {400, 401, 413} else [f"twenty thousand fields: {many.status_code}"]
    assert not wrong, "\n".join(wrong)


# What addresses of ours carry behind the question mark, all of it at once.
ASKED = ("tab", "after", "before", "page", "list", "state", "kind", "name", "period", "next", "change", "nothing")
ODD = {
    "nothing": "",
    "a byte that ends texts": "%00",
    "no text": "%ff%fe",
    "other scripts": quote("👩🏽‍🦽 مرحبا"),
    "markup": quote('"><script>alert(1)</script>{{ 7 * 7 }}'),
    "a huge number": "9" * 60,
    "a negative number": "-1",
    "an id": str(people.OTHER_CASEWORKER.id),
    "long": "x" * 50_000,
    "a place to read on from": quote("2026-01-01|00000000-0000-0000-0000-000000000000"),
    "base64": "eyJhIjogWzEsMl19",
}


@pytest.mark.parametrize("room", sorted({door.endpoint.partition(".")[0] for door in DOORS}))
def test_odd_questions(scene: Scene, scene_app: Flask, room: str) -> None:
    wrong, doors = [], {door.endpoint: door for door in DOORS if "GET" in door.methods and (door.may or door.public)}
    for door in doors.values():
        if door.endpoint.partition(".")[0] != room:
            continue
        visitor = Visitor(scene_app, sender_of(door))
        path = scene.path(door.address, sender_of(door)).partition("?")[0]
        for name, value in ODD.items():
            for question in ("&".join(f"{asked}={value}" for asked in ASKED), f"tab=team&list=finished&after={value}"):
                answer = visitor.client.get(f"{path}?{question}")
                page = markup.read(answer.text) if name == "markup" and answer.mimetype == "text/html" else None
                wrong += [f"{door} {name}: {fault}" for fault in faults(answer, page=page) if "not a page" not in fault]
    assert not wrong, "\n".join(wrong)


GARBAGE = (
    "x", "-1", "%00", "%ff%fe", "%2e%2e", "R-7K3F-92Y", "x" * 4_000, "%7B%7B7*7%7D%7D", "a%0d%0aSet-Cookie:%20a=b",
    quote("👩🏽‍🦽"),
)  # fmt: skip


def addresses(rule: Rule, scene: Scene) -> list[str]:
    """The address of a rule with garbage in one place after another, and something real in the others."""
    real = {
        "reference": scene.names["in_progress"],
        "draft_id": scene.names["draft"],
        "membership_id": scene.names["volunteer"],
        "transition": "assign",
        "page": "story",
    }
    names = [name for converter, name in parts_of(rule) if converter]
    found = []
    for place in names:
        for garbage in GARBAGE:
            values = {name: garbage if name == place else real.get(name, people.id_of("nothing")) for name in names}
            found.append("".join(str(values[part]) if kind else part for kind, part in parts_of(rule)))
    return found


def parts_of(rule: Rule) -> list[tuple[bool, str]]:
    """The parts of a rule's address: fixed words (False) and names of what changes (True)."""
    pieces = rule.rule.replace(">", "<").split("<")
    return [(number % 2 == 1, piece.rpartition(":")[2]) for number, piece in enumerate(pieces) if piece]


@pytest.mark.parametrize("who", [people.LEAD, people.MANAGER, people.ADMINISTRATOR], ids=lambda who: who.role.value)
def test_garbage_in_an_address_is_nothing(scene: Scene, scene_app: Flask, who: people.Someone) -> None:
    visitor, wrong, tried = Visitor(scene_app, who), [], 0
    # Each rule is tried by those whom its view lets in; the others do not come as far.
    open_to = {door.endpoint for door in DOORS if who in door.may or door.public}
    for rule in scene_app.url_map.iter_rules():
        for address in addresses(rule, scene) if rule.endpoint in open_to else ():
            method = "POST" if "GET" not in (rule.methods or ()) else "GET"
            sent = {"csrf_token": visitor.token()} if method == "POST" else None
            answer = visitor.client.open(address, method=method, data=sent)
            tried += 1
            wrong += [] if answer.status_code == 404 else [f"{method} {address}: {answer.status_code}"]
    assert tried > 50
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("address", ["/referrals/%2f%2fevil.example", "//evil.example", "/%5cevil.example", "/queue//"])
def test_no_address_leads_to_another_site(scene_app: Flask, address: str) -> None:
    answer = Visitor(scene_app, people.MANAGER).client.get(address)
    assert answer.status_code in {303, 308, 400, 404}
    assert urlsplit(answer.headers.get("Location", "")).netloc in {"", "localhost"}
