"""Guards every request and marks every answer: hosts, body sizes, cross-site posts, and the policy headers."""

import re
from collections.abc import Callable, Sequence
from typing import Any, Final, TypeVar

from flask import Flask, Response, current_app, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError, CSRFProtect
from werkzeug.exceptions import BadRequest, RequestEntityTooLarge
from werkzeug.sansio.utils import host_is_trusted

from referrals.web.sign_in_state import current_viewer

# Nothing is allowed but our own files and forms, and what our scripts ask of ourselves: no inline script or style, no
# frames, no other sites.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
TWO_YEARS = "max-age=63072000; includeSubDomains"
LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
# A path of this site: one slash, then only characters that no browser reads as another host.
OWN_PATH = re.compile(r"/(?!/)[A-Za-z0-9_.~!$&'()*+,;=:@%/?#\[\]-]{0,1999}")
MEGABYTE = 1024 * 1024
# A refused body is still read this far, so that the browser gets to see the answer and not a broken connection.
PATIENCE = 32 * MEGABYTE

View = TypeVar("View", bound=Callable[..., Any])
_LARGEST_BODY: Final = "_largest_body"

csrf = CSRFProtect()


class UnknownHost(BadRequest):
    """The request was sent to a name this service does not answer to."""


def protect(app: Flask) -> None:
    """Put every guard in place; call once, before anything else that looks at requests.

    Settings read: PRODUCTION (bool), ALLOWED_HOSTS (host names, ".example.org" for all below it; empty means this
    machine only), MAX_CONTENT_LENGTH (bytes).
    """
    app.config.setdefault("ALLOWED_HOSTS", ())
    limit = app.config.get("MAX_CONTENT_LENGTH") or MEGABYTE
    app.config.update(MAX_CONTENT_LENGTH=limit, MAX_FORM_MEMORY_SIZE=limit, MAX_FORM_PARTS=1000)
    # A token lives as long as its session. The Referer check is off because our pages send no Referer at all;
    # refuse_other_sites() does its work.
    app.config.update(WTF_CSRF_TIME_LIMIT=None, WTF_CSRF_SSL_STRICT=False)
    for guard in (refuse_unknown_hosts, bound_the_body, refuse_other_sites):
        app.before_request(guard)
    csrf.init_app(app)
    app.after_request(mark)


def refuse_unknown_hosts() -> None:
    """Answer only to the names in the settings: links in mail are made from the name."""
    allowed: Sequence[str] = current_app.config["ALLOWED_HOSTS"] or LOOPBACK
    if not host_is_trusted(request.environ.get("HTTP_HOST") or request.environ.get("SERVER_NAME", ""), allowed):
        raise UnknownHost


def takes_bodies_of(most: int) -> Callable[[View], View]:
    """Let people who are signed in send this view up to `most` bytes at once; write it under the view's `@needs`."""

    def mark_view(view: View) -> View:
        setattr(view, _LARGEST_BODY, most)
        return view

    return mark_view


def bound_the_body() -> ResponseReturnValue | None:
    """Refuse a body over the limit whatever its content type, and a body of unknown length as soon as it passes it.

    A view's own limit counts only for somebody who is signed in; whoever is no longer is sent to sign in again.
    """
    own = getattr(current_app.view_functions.get(request.endpoint or ""), _LARGEST_BODY, None)
    if own is not None and request.method not in SAFE_METHODS:
        if current_viewer() is None:
            read_to_the_end(request.content_length or PATIENCE)
            flash("You were signed out, so nothing was sent. Files cannot be kept: sign in, and choose them again.")
            return redirect(url_for("sessions.sign_in", next=request.path), 303)
        request.max_content_length = own
    limit_the_body(request.max_content_length or MEGABYTE)
    return None


def limit_the_body(limit: int) -> None:
    """Refuse a body of more than `limit` bytes, and read it to its end so that the answer is seen."""
    if request.content_length is not None:
        if request.content_length > limit:
            read_to_the_end(request.content_length)
            raise RequestEntityTooLarge
    elif request.environ.get("wsgi.input_terminated"):
        try:
            request.get_data(parse_form_data=True)
        except RequestEntityTooLarge:
            read_to_the_end(PATIENCE)
            raise
        # Werkzeug cuts what is not a form at the limit without a word.
        if read_to_the_end(PATIENCE):
            raise RequestEntityTooLarge


def read_to_the_end(length: int) -> int:
    """Take what is still coming, up to our patience, and forget it; return how many bytes that was."""
    taken, most = 0, min(length, PATIENCE)
    while taken < most:
        block: bytes = request.environ["wsgi.input"].read(min(most - taken, 65536))
        if not block:
            break
        taken += len(block)
    return taken


def refuse_other_sites() -> None:
    """Refuse a change that the browser says another site began; old browsers say nothing and have the token alone."""
    if request.method not in SAFE_METHODS and request.headers.get("Sec-Fetch-Site") in {"cross-site", "same-site"}:
        raise CSRFError("This form was sent from another site.")


def mark(response: Response) -> Response:
    """Put the policy headers on an answer; pages are never stored unless the view said otherwise."""
    for name, value in headers(current_app).items():
        response.headers.setdefault(name, value)
    response.headers.setdefault("Cache-Control", "no-store")
    return response


def headers(app: Flask) -> dict[str, str]:
    """The headers of every answer, files included; in production browsers are told to use https only."""
    return {**HEADERS, "Strict-Transport-Security": TWO_YEARS} if app.config.get("PRODUCTION") else HEADERS


def safe_next(target: str | None, otherwise: str = "/") -> str:
    """Where to go after signing in: `target` when it is a path of this site, `otherwise` for anything else."""
    return target if target and OWN_PATH.fullmatch(target) else otherwise
