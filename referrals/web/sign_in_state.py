"""Who is signed in: the browser's signed cookie holds an opaque token, and the server holds the session behind it."""

from collections.abc import Callable
from typing import Any, Final, TypeVar
from uuid import UUID

from flask import Flask, current_app, g, request, session
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user

from referrals.accounts import actions, queries, tokens
from referrals.accounts.queries import LiveSession
from referrals.accounts.viewer import Viewer
from referrals.foundation.database import db, only_reading, promise_to_read, reading, transaction

login_manager = LoginManager()
View = TypeVar("View", bound=Callable[..., Any])
_QUIET: Final = "_quiet"


class SignedIn(UserMixin):
    """What flask-login keeps for the length of a request."""

    def __init__(self, token: str, live: LiveSession) -> None:
        self.token = token
        self.live = live
        # Notices that lie unread, as the head of the page counts them.
        self.unread = live.unread

    def get_id(self) -> str:
        """What goes into the cookie: the token of the session, never the person's id."""
        return self.token


def set_up(app: Flask) -> None:
    """Attach flask-login; call once, before the access rules."""
    # Its own protection ties a session to the browser's address, which changes on a train; ours is on the server.
    app.config["SESSION_PROTECTION"] = None
    login_manager.init_app(app)
    login_manager.user_loader(load)
    app.teardown_request(forget)


def quiet(view: View) -> View:
    """Mark a view that a page asks by itself, without its reader: a session does not go on because of it."""
    setattr(view, _QUIET, True)
    return view


def load(token: str) -> SignedIn | None:
    """The session behind a cookie's token, marked as used now and then."""
    with only_reading():
        live = queries.session_for(token)
    if live is None:
        return None
    asked_by_nobody = getattr(current_app.view_functions.get(request.endpoint or ""), _QUIET, False)
    if live.to_be_touched() and not asked_by_nobody:
        before = reading()
        db.session.rollback()
        promise_to_read(only=False)
        with transaction():
            actions.touch_session(live.id)
        promise_to_read(only=before)
    return SignedIn(token, live)


def live_session() -> LiveSession | None:
    """The session of this request, or None for somebody not signed in."""
    user = current_user._get_current_object()  # noqa: SLF001 - how werkzeug's proxies are opened
    return user.live if isinstance(user, SignedIn) else None


def unread() -> int:
    """How many notices the person of this request has not read, up to 100; 0 for somebody not signed in."""
    user = current_user._get_current_object()  # noqa: SLF001 - how werkzeug's proxies are opened
    return user.unread if isinstance(user, SignedIn) else 0


def has_read(number: int) -> None:
    """Count so many notices less at the head of the page that is being made."""
    user = current_user._get_current_object()  # noqa: SLF001 - how werkzeug's proxies are opened
    if isinstance(user, SignedIn):
        user.unread = max(0, user.unread - number)


def current_viewer() -> Viewer | None:
    """The viewer of this request, or None for somebody not signed in."""
    live = live_session()
    return live.viewer if live else None


def remember(token: str) -> Viewer:
    """Give this browser a session just begun, in place of whatever it had before; return whose it is."""
    session.clear()
    # flask-wtf's cache of the token that belonged to the session before.
    g.pop("csrf_token", None)
    user = load(token)
    if user is None:
        raise RuntimeError("a session just begun does not stand")
    # The secret behind the form tokens names the session: a form sent too late still says whose it was.
    session["csrf_token"] = f"{user.live.id.hex}.{tokens.new_token()}"
    login_user(user)
    return user.live.viewer


def drop() -> None:
    """Make this browser forget its session; ending it on the server is the actions' business."""
    logout_user()
    session.clear()
    g.pop("csrf_token", None)


def session_named_by(secret: str) -> UUID | None:
    """The id of the session that a form token's secret names, or None when it names none."""
    name, dot, _ = secret.partition(".")
    try:
        return UUID(hex=name) if dot else None
    except ValueError:
        return None


def forget(_error: BaseException | None) -> None:
    """Leave nothing of this request's person behind, and let whoever works next write."""
    for name in ("_login_user", "csrf_token", "csrf_valid"):
        g.pop(name, None)
    # A transaction that promised only to read must not be carried on by somebody who writes.
    if db.session.registry.has():
        db.session.rollback()
    promise_to_read(only=False)
