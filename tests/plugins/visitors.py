"""Browsers without a screen: somebody of tests/people.py, signed in, who opens pages and sends forms.

Every page they are shown must be well formed and labelled.
"""

import hashlib
import re
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from typing import Any

import pytest
from flask import Flask, has_app_context
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse, encode_multipart

from referrals.accounts import actions, queries
from referrals.foundation.database import db, transaction
from tests import markup
from tests.people import Someone
from tests.plugins.run import run_folder


class Visitor:
    """One browser. Posts carry the token of its session, as a form of ours would."""

    def __init__(self, app: Flask, person: Someone | None = None) -> None:
        self.app = app
        self.client: FlaskClient = app.test_client()
        if person is not None:
            self.sign_in(person)

    def sign_in(self, person: Someone) -> None:
        """Begin a session on the server and put its cookie into this browser, without the slow page."""
        with self._context():
            with transaction():
                token = actions.start_session(person.membership_id)
            live = queries.session_for(token)
            assert live is not None
            db.session.rollback()
        with self.client.session_transaction() as cookie:
            cookie.clear()
            cookie["_user_id"] = token
            cookie["csrf_token"] = f"{live.id.hex}.for-tests"

    def _context(self) -> AbstractContextManager[object]:
        """The test's own application context, or a new one; a transaction the test left open is let go of."""
        if not has_app_context():
            return self.app.app_context()
        db.session.rollback()
        return nullcontext()

    def token(self) -> str:
        """The token that a form shown to this browser carries."""
        with self.client.session_transaction() as cookie:
            secret = cookie.setdefault("csrf_token", "nobody's")
        signer = URLSafeTimedSerializer(self.app.config["SECRET_KEY"], salt="wtf-csrf-token")
        return str(signer.dumps(secret))

    def get(self, path: str, **options: Any) -> TestResponse:
        """Open a page; a redirect is not followed unless asked."""
        with self._context():
            return _checked(self.client.get(path, **options))

    def post(self, path: str, data: Mapping[str, Any] | None = None, **options: Any) -> TestResponse:
        """Send a form with this session's token."""
        with self._context():
            return _checked(self.client.post(path, data={"csrf_token": self.token(), **(data or {})}, **options))

    def upload(self, path: str, data: Mapping[str, Any]) -> TestResponse:
        """Send a form with files, each a FileStorage, with this session's token."""
        # Encoded here, because the client would leave a large body behind in an open temporary file.
        boundary, body = encode_multipart(MultiDict({"csrf_token": self.token(), **data}))
        with self._context():
            return _checked(self.client.post(path, data=body, content_type=f"multipart/form-data; boundary={boundary}"))

    def send(self, page: TestResponse | str, data: Mapping[str, Any] | None = None, *, form: int = -1) -> TestResponse:
        """Fill in and send the form of a page (by default its last): what it holds already goes along."""
        answer = self.get(page) if isinstance(page, str) else page
        action, held = forms_of(answer)[form]
        path = action or answer.request.full_path.rstrip("?")
        with self._context():
            return _checked(self.client.post(path, data={**held, **(data or {})}))


def _checked(answer: TestResponse) -> TestResponse:
    if answer.mimetype == "text/html" and answer.status_code // 100 != 3:
        _look_over(answer.get_data(as_text=True))
    return answer


# What differs between two answers that are made alike: tokens and keys of forms, and the names of rows.
TOKENS = re.compile(r'value="[A-Za-z0-9_.-]{20,}"')
ROWS = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|R-[0-9A-Z]{4}-[0-9A-Z]{3}")


def alike(html: str) -> str:
    """The page with every row named by its turn, so that what is the same twice in one page stays the same twice."""
    turns: dict[str, str] = {}
    return ROWS.sub(lambda row: turns.setdefault(row[0], f"\0{len(turns)}\0"), TOKENS.sub('value=""', html))


def _look_over(html: str) -> None:
    """Fail where a page has a fault. Reading it takes longer than making it: those made alike are read once a run."""
    flawless = run_folder() / "flawless" / hashlib.sha256(alike(html).encode(errors="surrogatepass")).hexdigest()
    if not flawless.exists():
        assert markup.faults(html) == []
        flawless.parent.mkdir(exist_ok=True)
        flawless.touch()


def forms_of(page: TestResponse) -> list[tuple[str, dict[str, Any]]]:
    """Each posting form of the page in order: its action ("" for the page itself), and the fields it would send."""
    forms = markup.parsed(page.get_data(as_text=True)).all("form")
    posts = [form for form in forms if form.get("method", "").lower() == "post"]
    return [(form.get("action", ""), _fields(form)) for form in posts]


def _fields(form: Any) -> dict[str, Any]:
    fields: dict[str, list[str]] = {}
    for element in form.iter():
        name, value = element.get("name"), _value(element)
        if name and value is not None:
            fields.setdefault(name, []).append(value)
    return {name: found[0] if len(found) == 1 else found for name, found in fields.items()}


def _value(element: Any) -> str | None:
    kind = element.get("type", "text")
    if element.tag == "textarea":
        return "".join(element.itertext())
    if element.tag == "select":
        options = list(element.iter("option"))
        return next((option.get("value", "") for option in options if option.get("selected") is not None), "")
    if element.tag != "input" or (kind in {"radio", "checkbox"} and element.get("checked") is None):
        return None
    return None if kind in {"file", "submit"} else str(element.get("value", ""))


@pytest.fixture
def visit(app: Flask) -> Callable[..., Visitor]:
    """Make a browser: `visit()` for a stranger, `visit(people.LEAD)` for somebody signed in."""

    def make(person: Someone | None = None) -> Visitor:
        return Visitor(app, person)

    return make
