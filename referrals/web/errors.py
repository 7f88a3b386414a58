"""What people read when something goes wrong: one designed page for each kind, and nothing personal in the log."""

import logging
import secrets
import traceback
from typing import Any

from flask import Flask, current_app, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import BadRequest, HTTPException, InternalServerError

from referrals.foundation.errors import DomainError, NotAllowed, NotFound, Stale
from referrals.web.security import UnknownHost

logger = logging.getLogger(__name__)

PAGES = frozenset({400, 403, 404, 405, 413, 429, 500, 503})
# What each refusal of the domain answers; the first that fits counts.
CODES: tuple[tuple[type[DomainError], int], ...] = ((NotFound, 404), (NotAllowed, 403), (Stale, 409))

Answer = tuple[str, int] | tuple[str, int, dict[str, str]]


def handle(app: Flask) -> None:
    """Register the handlers; call once. A later registration for the same kind of error takes its place."""
    app.register_error_handler(UnknownHost, unknown_host)
    app.register_error_handler(CSRFError, token_refused)
    app.register_error_handler(DomainError, domain_refused)
    app.register_error_handler(HTTPException, http_error)
    if not app.debug:
        app.register_error_handler(Exception, fault)


def unknown_host(_: UnknownHost) -> Answer:
    """The request came under a name that is not ours: a plain page with nothing about anyone."""
    return bare("errors/400.html", reason="host"), 400


def token_refused(_: CSRFError) -> Answer:
    """A form came without its session's token: the page keeps what was typed, ready to send again.

    It keeps it only when the browser says that the form came from our own page; otherwise anybody could
    make this page say anything.
    """
    own = request.headers.get("Sec-Fetch-Site") == "same-origin"
    return page("errors/session_ended.html", kept=kept_fields() if own else [], action=own_address()), 400


def kept_fields() -> list[tuple[str, str]]:
    """What was typed, in order, without tokens and without anything that is a secret."""
    return [
        (name, value)
        for name, value in request.form.items(multi=True)
        if "csrf_token" not in name and "password" not in name.lower() and "code" not in name.lower().split("-")
    ]


def own_address() -> str:
    """The address that was asked for, as a path of this site."""
    return request.full_path.rstrip("?") if request.path.startswith("/") and not request.path.startswith("//") else "/"


def domain_refused(error: DomainError) -> Answer:
    """The domain said no and the view had no better page for it."""
    code = next((code for kind, code in CODES if isinstance(error, kind)), 409)
    if code in PAGES:
        return page(f"errors/{code}.html"), code
    return page("errors/409.html", message=error.message, stale=isinstance(error, Stale)), code


def http_error(error: HTTPException) -> Any:
    """Any other HTTP error: its own page, or the page of its family. Redirects pass through."""
    code = error.code or 500
    if code < 400:
        return error
    if code >= 500 and not isinstance(error, InternalServerError) and code not in PAGES:
        code = 503
    family = 400 if isinstance(error, BadRequest) or code < 500 else 500
    shown = code if code in PAGES else family
    kept = {name: value for name, value in error.get_headers() if name in {"Allow", "Retry-After"}}
    incident = report(error) if shown == 500 else None
    return page(f"errors/{shown}.html", incident=incident), code, kept


def fault(error: Exception) -> Answer:
    """A fault of ours: recorded without anything personal, and shown with a number to quote."""
    return page("errors/500.html", incident=report(error)), 500


def report(error: BaseException) -> str:
    """Log where a fault happened (kinds, files and lines, never messages or values); return its number."""
    incident = f"{secrets.token_hex(2)}-{secrets.token_hex(2)}".upper()
    cause = getattr(error, "original_exception", None) or error
    places = [f"{frame.filename}:{frame.lineno} in {frame.name}" for frame in traceback.extract_tb(cause.__traceback__)]
    # Where nobody's data is real the message helps; in production it could hold what somebody typed.
    whole = None if current_app.config.get("PRODUCTION") else cause
    where = "\n  ".join([str(request.endpoint), *places])
    logger.error("incident %s: %s at %s", incident, type(cause).__name__, where, exc_info=whole)
    return incident


def page(template: str, **context: Any) -> str:
    """The error page within the person's own frame, or bare when that frame is what fails."""
    try:
        return render_template(template, **context)
    except Exception as error:  # noqa: BLE001  whatever failed, the person still gets an answer
        report(error)
        return bare(template, **context)


def bare(template: str, **context: Any) -> str:
    """The error page with nothing about the person, asking nothing of the database."""
    return current_app.jinja_env.get_template(template).render(**context)
