"""Every answer carries the policy and stays light: pages, refusals, redirects, files; and every cookie is closed."""

import re
from http.cookies import SimpleCookie
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.test import TestResponse

import config
from referrals.app import flask_settings
from referrals.documents.cleaning.kinds import MEDIA_TYPES
from referrals.web import downloads
from referrals.web.security import HEADERS
from tests import markup, people
from tests.house.endpoints import DOORS, Door
from tests.house.scene import Scene
from tests.people import Someone
from tests.plugins.visitors import Visitor

ROOMS = sorted({door.endpoint.partition(".")[0] for door in DOORS})
TOKENS = re.compile(r'value="[A-Za-z0-9_.-]{20,}"')
METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "DELETE")
# The most that a page may weigh, in bytes.
HEAVIEST = 60_000
pytestmark = pytest.mark.only_on("sqlite")


def faults(answer: TestResponse, seen: set[str] | None = None) -> list[str]:
    """What an answer lacks, and what a page should not have; pages in `seen` are not parsed again."""
    wanted = dict(HEADERS)
    taken_away = "attachment" in answer.headers.get("Content-Disposition", "")
    if answer.status_code == 200 and (taken_away or answer.mimetype in MEDIA_TYPES.values()):
        # A file, whoever made it and whatever it holds, is powerless besides.
        wanted["Content-Security-Policy"] = downloads.POLICY
    found = [f"{name}: {answer.headers.get(name)}" for name in wanted if answer.headers.get(name) != wanted[name]]
    if answer.headers.get("Cache-Control") != "no-store":
        found.append("may be stored")
    if "Server" in answer.headers or "X-Powered-By" in answer.headers:
        found.append("says what made it")
    if answer.mimetype == "text/html" and answer.status_code // 100 != 3 and answer.data:
        page = TOKENS.sub("", answer.text)
        found += [] if seen and page in seen else markup.faults(answer.text)
        if seen is not None:
            seen.add(page)
    if answer.mimetype == "text/html" and len(answer.data) > HEAVIEST:
        found.append(f"too heavy: {len(answer.data)} bytes")
    if answer.status_code >= 500:
        found.append(f"a fault: {answer.status_code}")
    return found + cookie_faults(answer)


def cookie_faults(answer: TestResponse, *, production: bool = False) -> list[str]:
    """What is wrong with the cookies of an answer."""
    found = []
    for line in answer.headers.getlist("Set-Cookie"):
        for name, morsel in SimpleCookie(line).items():
            if not (morsel["httponly"] and morsel["samesite"] == "Lax" and morsel["path"] == "/"):
                found.append(f"open cookie: {name}")
            if morsel["domain"] or (production and not (morsel["secure"] and name.startswith("__Host-"))):
                found.append(f"loose cookie: {name}")
    return found


def askers(door: Door) -> list[Someone | None]:
    """Somebody who is let in, somebody it is hidden from, somebody who is refused, and nobody."""
    kinds = {door.expected(who): who for who in (*people.EVERYBODY, None)}
    return list(kinds.values())


@pytest.mark.parametrize("room", ROOMS)
def test_every_answer_of_every_page_carries_the_policy(scene: Scene, scene_app: Flask, room: str) -> None:
    wrong, seen = [], set[str]()
    for door in DOORS:
        if door.endpoint.partition(".")[0] != room:
            continue
        for number, who in enumerate(askers(door)):
            visitor = Visitor(scene_app, who)
            # What the methods of no page are answered is the same for all.
            for method in METHODS if number == 0 else door.methods:
                sent = {"csrf_token": visitor.token()} if method == "POST" else None
                answer = visitor.client.open(scene.path(door.address, who), method=method, data=sent)
                where = f"{method} {door} by {who.name if who else 'nobody'}"
                wrong += [f"{where}: {fault}" for fault in faults(answer, seen)]
    assert not wrong, "\n".join(wrong)


ODD = {
    "nothing there": {"path": "/nothing"},
    "a name that is not ours": {"path": "/", "headers": {"Host": "elsewhere.example"}},
    "from another site": {"path": "/sign-in", "method": "POST", "headers": {"Sec-Fetch-Site": "cross-site"}},
    "too large": {"path": "/sign-in", "method": "POST", "data": b"x" * 2_000_000},
    "an odd method": {"path": "/sign-in", "method": "BREW"},
    "a slash too many": {"path": "/queue/"},
    "two slashes": {"path": "//queue//x"},
    "no file": {"path": "/assets/none.css"},
    "a path that is not text": {"path": "/%ff%00"},
}


@pytest.mark.parametrize("kind", ODD)
def test_what_goes_wrong_before_a_page_carries_it_too(scene_app: Flask, kind: str) -> None:
    assert faults(scene_app.test_client().open(**ODD[kind])) == []


def test_files_carry_it_and_bring_no_cookie(scene_app: Flask) -> None:
    browser = scene_app.test_client()
    page = markup.read(browser.get("/").text)
    named = [one.get("href") for one in page.all("link")] + [one.get("src") for one in page.all("script")]
    assert len(named) > 2
    for address in [*named, "/favicon.ico"]:
        answer = browser.get(address)
        assert answer.status_code == 200, address
        assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
        assert "Set-Cookie" not in answer.headers


def test_a_session_that_begins_gets_a_closed_cookie(scene: Scene, scene_app: Flask) -> None:
    visitor = Visitor(scene_app)
    answer = visitor.send("/sign-in", {"email": people.LEAD.email, "password": people.PASSWORD})
    assert answer.status_code == 303
    assert "Set-Cookie" in answer.headers
    assert cookie_faults(answer) == []


def test_in_production_cookies_are_bound_to_the_host_and_browsers_to_https(
    scene: Scene, scene_app: Flask, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "keyring.json").touch()
    environ = {
        "REFERRALS_ENV": "production",
        "SECRET_KEY": scene_app.config["SECRET_KEY"],
        "DATABASE_URL": "postgresql+psycopg://referrals@localhost/referrals",
        "KEY_RING_FILE": str(tmp_path / "keyring.json"),
        "ALLOWED_HOSTS": "localhost",
        "BASE_URL": "https://localhost",
        "MAIL_TRANSPORT": "smtp",
    }
    for name, value in flask_settings(config.load(environ)).items():
        if name == "PRODUCTION" or name.startswith("SESSION_COOKIE"):
            monkeypatch.setitem(scene_app.config, name, value)
    visitor = Visitor(scene_app)
    page = visitor.get("/sign-in", base_url="https://localhost")
    assert "Set-Cookie" in page.headers
    for answer in (page, visitor.get("/nothing"), visitor.get("/queue"), visitor.get("/favicon.ico")):
        assert cookie_faults(answer, production=True) == []
        assert answer.headers["Strict-Transport-Security"].startswith("max-age=63072000")
