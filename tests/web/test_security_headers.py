"""Every answer carries the policy; hosts, bodies and other sites are held at the door; faults tell nothing personal."""

import io
import logging
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from referrals.web.security import HEADERS, safe_next
from tests import markup
from tests.web import sample

MEGABYTE = 1024 * 1024


@pytest.fixture
def app() -> Flask:
    return sample.make_app()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def stylesheet(client: FlaskClient) -> str:
    """The address of the style sheet that pages name."""
    return str(markup.read(client.get("/").text).one("link", rel="stylesheet").get("href"))


ANSWERS: dict[str, tuple[int, dict[str, Any]]] = {
    "page": (200, {"path": "/"}),
    "redirect": (302, {"path": "/moved"}),
    "missing": (404, {"path": "/missing"}),
    "wrong method": (405, {"path": "/", "method": "DELETE"}),
    "options": (200, {"path": "/form", "method": "OPTIONS"}),
    "fault": (500, {"path": "/fault"}),
    "stale": (409, {"path": "/stale"}),
    "no token": (400, {"path": "/form", "method": "POST"}),
    "unknown host": (400, {"path": "/", "headers": {"Host": "evil.example"}}),
    "too large": (413, {"path": "/form", "method": "POST", "data": b"x" * (2 * MEGABYTE)}),
    "icon": (200, {"path": "/favicon.ico"}),
    "no such file": (404, {"path": "/assets/none.css"}),
}


@pytest.mark.parametrize("kind", ANSWERS)
def test_every_answer_carries_the_policy(client: FlaskClient, kind: str) -> None:
    code, how = ANSWERS[kind]
    answer = client.open(**how)
    assert answer.status_code == code
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
    if kind != "icon":
        assert answer.headers["Cache-Control"] == "no-store"
    if answer.mimetype == "text/html" and kind not in {"redirect", "options"}:
        assert markup.faults(answer.text) == []


def test_the_policy_allows_nothing_inline_and_no_other_site() -> None:
    policy = HEADERS["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; ")
    # Scripts may ask this service, for what is kept while somebody types, and nobody else.
    assert "; connect-src 'self'; " in policy
    assert not any(word in policy for word in ("unsafe", "*", "http", "data:", "nonce", "sha256"))
    assert "frame-ancestors 'none'" in policy
    assert "base-uri 'none'" in policy


def test_browsers_are_told_to_use_https_in_production_only(client: FlaskClient) -> None:
    assert "Strict-Transport-Security" not in client.get("/").headers
    production = sample.make_app(PRODUCTION=True).test_client()
    for path in ("/", "/missing", stylesheet(production)):
        assert production.get(path).headers["Strict-Transport-Security"].startswith("max-age=63072000")


def test_files_are_kept_for_a_year_under_the_digest_of_their_content(client: FlaskClient) -> None:
    address = stylesheet(client)
    answer = client.get(address, headers={"Accept-Encoding": "gzip"})
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["Content-Encoding"] == "gzip"
    assert len(answer.data) < 30_000
    assert "Set-Cookie" not in answer.headers
    plain = client.get(address)
    assert "Content-Encoding" not in plain.headers
    assert plain.headers["Vary"] == "Accept-Encoding"
    assert b"GDS Transport" not in plain.data
    assert b"url(" not in plain.data
    again = client.get(address, headers={"If-None-Match": plain.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_an_old_or_bare_address_of_a_file_works_but_is_not_kept(client: FlaskClient) -> None:
    for address in ("/assets/app.css", "/assets/000000000000/app.css"):
        answer = client.get(address)
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "public, max-age=60"


@pytest.mark.parametrize(
    "name", ["../web/assets.py", "%2e%2e/web/assets.py", "vendor/README.md", "styles/10-brand.css", ""]
)
def test_only_the_files_of_pages_are_served(client: FlaskClient, name: str) -> None:
    assert client.get(f"/assets/{name}").status_code == 404


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_files_are_only_read(client: FlaskClient, method: str) -> None:
    assert client.open("/assets/app.css", method=method).status_code in {400, 404, 405}


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "localhost@evil.example", "", "a b", "ümlaut", "[::1"]
)
def test_only_our_own_names_are_answered(client: FlaskClient, host: str) -> None:
    answer = client.get("/", environ_overrides={"HTTP_HOST": host.encode().decode("latin-1")})
    assert answer.status_code == 400 or not host
    assert "evil.example" not in answer.text


@pytest.mark.parametrize("host", ["localhost", "localhost:8000", "127.0.0.1:5"])
def test_a_port_changes_nothing(client: FlaskClient, host: str) -> None:
    assert client.get("/", headers={"Host": host}).status_code == 200


def test_names_below_one_of_ours_can_be_allowed() -> None:
    client = sample.make_app(ALLOWED_HOSTS=(".example.org",)).test_client()
    assert client.get("/", headers={"Host": "area.example.org"}).status_code == 200
    assert client.get("/", headers={"Host": "example.com"}).status_code == 400


KINDS = (
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "application/json",
    "text/plain",
    "application/octet-stream",
)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("path", ["/form", "/unread", "/missing"])
def test_ten_megabytes_of_any_kind_get_the_designed_answer(client: FlaskClient, kind: str, path: str) -> None:
    answer = client.post(path, data=b"x" * (10 * MEGABYTE), content_type=kind)
    assert answer.status_code == 413
    assert "That is too large to send" in answer.text


@pytest.mark.parametrize("kind", KINDS)
def test_a_body_that_does_not_say_its_length_is_bounded_too(client: FlaskClient, kind: str) -> None:
    stream = io.BytesIO(b"x" * (3 * MEGABYTE))
    answer = client.post(
        "/unread",
        input_stream=stream,
        content_type=kind,
        environ_overrides={"wsgi.input_terminated": True, "HTTP_TRANSFER_ENCODING": "chunked"},
    )
    assert answer.status_code == 413
    assert stream.read() == b"", "what was left unread would break the connection before the answer is seen"


def test_ten_thousand_parts_are_refused(client: FlaskClient) -> None:
    parts = b"".join(b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n\r\n' for _ in range(10_000)) + b"--x--"
    assert client.post("/form", data=parts, content_type="multipart/form-data; boundary=x").status_code == 413


def post_with_token(client: FlaskClient, **how: Any) -> Any:
    """Post the form with the token its page gave."""
    token = markup.read(client.get("/form").text).all("input", name="csrf_token")[0].get("value")
    data = how.pop("data", {}) | {"csrf_token": token}
    return client.post("/form", data=data, **how)


def test_a_form_without_its_token_changes_nothing(client: FlaskClient) -> None:
    assert client.post("/form").status_code == 400
    assert post_with_token(client).status_code == 422


@pytest.mark.parametrize("where", ["cross-site", "same-site"])
def test_a_form_from_another_site_is_refused_even_with_a_token(client: FlaskClient, where: str) -> None:
    answer = post_with_token(client, data={"name": "Call 0900 now"}, headers={"Sec-Fetch-Site": where})
    assert answer.status_code == 400
    assert "0900" not in answer.text


def test_what_was_typed_survives_an_ended_session(client: FlaskClient) -> None:
    typed = {"name": "Alex", "story": 'Two\n"lines"', "password": "secret words", "csrf_token": "old"}
    answer = client.post("/form?a=b", data=typed, headers={"Sec-Fetch-Site": "same-origin"})
    assert answer.status_code == 400
    assert "secret words" not in answer.text
    page = markup.read(answer.text)
    assert page.faults == []
    assert page.one("form").get("action") == "/form?a=b"
    kept = {one.get("name"): one.get("value") for one in page.all("input")}
    assert (kept["name"], kept["story"]) == ("Alex", 'Two\n"lines"')
    again = client.post("/form", data=kept)
    assert again.status_code == 422
    assert markup.read(again.text).one("input", id="name").get("value") == "Alex"


def test_what_another_site_typed_is_not_shown(client: FlaskClient) -> None:
    answer = client.post("/form", data={"name": "Alex"})
    assert "Alex" not in answer.text
    assert "back button" in answer.text


def test_a_fault_shows_a_number_and_the_log_holds_nothing_personal(caplog: pytest.LogCaptureFixture) -> None:
    client = sample.make_app(PRODUCTION=True).test_client()
    with caplog.at_level(logging.ERROR):
        answer = client.get("/fault?name=Example")
    assert answer.status_code == 500
    number = markup.text_of(markup.read(answer.text).one("strong", class_="app-reference"))
    assert f"incident {number}: RuntimeError" in caplog.text
    assert "sample.py" in caplog.text
    assert "Example" not in caplog.text
    assert "Example" not in answer.text


def test_a_page_s_frame_that_fails_does_not_take_the_error_page_with_it(app: Flask) -> None:
    def broken() -> dict[str, Any]:
        raise RuntimeError("the database is gone")

    app.context_processor(broken)
    answer = app.test_client().get("/missing")
    assert answer.status_code == 404
    assert "Page not found" in answer.text
    assert markup.faults(answer.text) == []


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (400, "could not read that"),
        (403, "do not have permission"),
        (404, "Page not found"),
        (418, "could not read that"),
        (429, "Too many tries"),
        (500, "problem with the service"),
        (502, "not available just now"),
        (503, "not available just now"),
    ],
)
def test_each_kind_of_error_has_its_page(client: FlaskClient, code: int, words: str) -> None:
    answer = client.get(f"/abort/{code}")
    assert words in answer.text
    assert markup.faults(answer.text) == []


def test_a_wrong_method_names_the_right_ones(client: FlaskClient) -> None:
    assert set(client.delete("/form").headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS", "POST"}


@pytest.mark.parametrize("target", ["/", "/queue?page=2", "/referrals/R-7K3F-92X#notes", "/a%20b", "/x?next=/y"])
def test_a_path_of_ours_can_come_next(target: str) -> None:
    assert safe_next(target) == target


@pytest.mark.parametrize(
    "target",
    [
        None, "", "queue", "//evil.example", "///evil.example", "/\\evil.example", "\\\\evil.example",
        "/\t/evil.example", "\t//evil.example", "https://evil.example",
        "http:evil.example", "javascript:alert(1)", "/\n/evil.example",
        "/ü", " /queue", "/queue\r\nSet-Cookie: a=b", "/" + "x" * 3000,
    ],
)  # fmt: skip
def test_nothing_else_can_come_next(target: str | None) -> None:
    assert safe_next(target, "/start") == "/start"
