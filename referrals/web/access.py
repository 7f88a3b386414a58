"""Who may enter: what every view declares, and the hook that enforces it before the view runs."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, Final, TypeVar, overload

from flask import Flask, abort, current_app, request
from flask.typing import ResponseReturnValue

from referrals.accounts.roles import Permission
from referrals.accounts.viewer import Viewer
from referrals.foundation.database import promise_to_read
from referrals.web import held_form, sign_in_state
from referrals.web.security import SAFE_METHODS

View = TypeVar("View", bound=Callable[..., Any])

_MARK: Final = "_access"


@dataclass(frozen=True, slots=True)
class Access:
    """What a view asks of those who enter. With several permissions, one of them is enough."""

    signed_in: bool
    permissions: tuple[Permission, ...] = ()
    # A page that leaves an audit event when read; other pages cannot write at all.
    writes: bool = False


class Undeclared(RuntimeError):
    """A view does not say who may enter: a fault in the code, found at start."""


@overload
def public(view: View) -> View: ...
@overload
def public(*, writes: bool) -> Callable[[View], View]: ...
def public(view: View | None = None, *, writes: bool = False) -> Any:
    """Let everybody in. Used bare (`@public`) or with `writes=True` where a GET changes something."""
    return _declared(view, Access(signed_in=False, writes=writes))


def signed_in(view: View | None = None, *, writes: bool = False) -> Any:
    """Let everybody in who is signed in, whatever their role."""
    return _declared(view, Access(signed_in=True, writes=writes))


def needs(*permissions: Permission, writes: bool = False) -> Callable[[View], View]:
    """Let in whose role carries at least one of these permissions; others get the page "You cannot do this"."""
    if not permissions:
        raise ValueError("needs() names at least one permission")
    return partial(_mark, access=Access(signed_in=True, permissions=permissions, writes=writes))


def viewer() -> Viewer:
    """The viewer of this request; only for views that are not public."""
    found = sign_in_state.current_viewer()
    if found is None:
        raise RuntimeError("a public view asked for the viewer")
    return found


def viewer_or_none() -> Viewer | None:
    """The viewer of this request, or None: for public views that greet people who are signed in."""
    return sign_in_state.current_viewer()


def declaration(app: Flask, endpoint: str) -> Access:
    """What the endpoint's view declares; raises Undeclared."""
    access = getattr(app.view_functions[endpoint], _MARK, None)
    if not isinstance(access, Access):
        raise Undeclared(f"The view {endpoint} does not say who may enter: add @public, @signed_in or @needs.")
    return access


def check_every_endpoint(app: Flask) -> None:
    """Refuse to start with a view that does not say who may enter; call when all views are registered."""
    for endpoint in app.view_functions:
        declaration(app, endpoint)


def set_up(app: Flask) -> None:
    """Attach sign-in and the rule to every request; call after the other guards, so that they come first."""
    sign_in_state.set_up(app)
    held_form.set_up(app)
    app.before_request(enforce)


def enforce() -> ResponseReturnValue | None:
    """Before every view: find who asks, hold pages to reading, and turn away who may not enter."""
    # No page was found: the error page only reads.
    access = declaration(current_app, request.endpoint) if request.endpoint else Access(signed_in=False)
    promise_to_read(only=request.method in SAFE_METHODS and not access.writes)
    found = sign_in_state.current_viewer()
    if not access.signed_in:
        return None
    if found is None:
        return held_form.turn_away()
    if access.permissions and not any(found.may(permission) for permission in access.permissions):
        abort(403)
    return None


def _declared(view: View | None, access: Access) -> Any:
    return partial(_mark, access=access) if view is None else _mark(view, access)


def _mark(view: View, access: Access) -> View:
    setattr(view, _MARK, access)
    return view
