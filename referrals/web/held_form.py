"""Nothing typed is lost: a form that arrives after its session ended is carried, sealed, through signing in again."""

import base64
import binascii
import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from flask import Flask, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from itsdangerous import BadData, URLSafeTimedSerializer

from referrals.accounts import queries
from referrals.foundation import clock
from referrals.foundation.database import only_reading
from referrals.foundation.sealing import SealError, vault
from referrals.web import errors, sign_in_state
from referrals.web.forms.sign_in import SignInForm
from referrals.web.security import SAFE_METHODS, safe_next

KEPT_FOR: Final = timedelta(hours=12)
# Characters of JSON; sealed and encoded they still pass the limit of a body.
LONGEST: Final = 500_000
# What the seal is bound to, beside the person: no table, only this use.
_TABLE: Final = "held_forms"
_COLUMN: Final = "fields"

Fields = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class HeldForm:
    """A form on its way back: where it was sent to, and its fields in order."""

    path: str
    fields: Fields


def set_up(app: Flask) -> None:
    """Answer forms whose token is not that of the session; in place of the general page for it."""
    app.register_error_handler(CSRFError, on_wrong_token)


def turn_away() -> ResponseReturnValue:
    """The answer to somebody who must sign in first; what they typed travels on the sign-in page."""
    if request.method in SAFE_METHODS:
        return redirect(url_for("sessions.sign_in", next=errors.own_address()), 303)
    owner = owner_of_posted_form()
    form = SignInForm(formdata=None, data={"next": _address_to_read(), "held": hold(owner) if owner else ""})
    return render_template("sessions/sign_in.html", form=form, ended=True), 401


def on_wrong_token(error: CSRFError) -> ResponseReturnValue:
    """A form with another session's token, or none: let its person go on, and nobody else."""
    viewer = sign_in_state.current_viewer()
    if request.endpoint == "sessions.sign_in":
        return _sign_in_again()
    owner = owner_of_posted_form()
    if viewer is None and owner is not None:
        return turn_away()
    if viewer is not None and owner == viewer.person_id:
        return continue_page(HeldForm(errors.own_address(), errors.kept_fields()))
    if owner is not None:
        # Somebody else is signed in here by now: they neither see nor send what was typed.
        return errors.page("errors/session_ended.html", kept=[], action="/"), 400
    return errors.token_refused(error)


def hold(person_id: UUID) -> str:
    """The fields just posted, sealed for that person and good for 12 hours; empty when they are too much."""
    until = (clock.now() + KEPT_FOR).isoformat()
    content = {"path": errors.own_address(), "fields": errors.kept_fields(), "until": until}
    text = json.dumps(content, ensure_ascii=False)
    if len(text) > LONGEST:
        return ""
    sealed = vault().seal_service(text, table=_TABLE, column=_COLUMN, row_id=person_id)
    return base64.urlsafe_b64encode(sealed).decode("ascii")


def open_for(person_id: UUID | None, sealed: str) -> HeldForm | None:
    """What `hold` sealed for this person, or None when it was somebody else's, is too old, or was tampered with."""
    if not sealed or person_id is None:
        return None
    try:
        blob = base64.urlsafe_b64decode(sealed.encode("ascii"))
        content = json.loads(vault().open_service(blob, table=_TABLE, column=_COLUMN, row_id=person_id))
    except (SealError, ValueError, binascii.Error):
        return None
    if datetime.fromisoformat(content["until"]) < clock.now():
        return None
    return HeldForm(safe_next(content["path"]), [(name, value) for name, value in content["fields"]])


def continue_page(held: HeldForm) -> str:
    """The page that offers to send a form again, now that its person is signed in."""
    return render_template("sessions/continue.html", held=held)


def owner_of_posted_form() -> UUID | None:
    """Whose session the posted form was made in.

    Its token is signed by us and names the session, so nobody can pass off a form of their own as another person's.
    """
    signer = URLSafeTimedSerializer(current_app.secret_key or "", salt="wtf-csrf-token")
    try:
        secret = signer.loads(request.form.get("csrf_token", ""))
    except BadData:
        return None
    session_id = sign_in_state.session_named_by(secret) if isinstance(secret, str) else None
    if session_id is None:
        return None
    with only_reading():
        return queries.session_person(session_id)


def _sign_in_again() -> ResponseReturnValue:
    """The sign-in form was open too long, or its person has signed in beside it."""
    sent = request.form
    target, sealed = sent.get("next", ""), sent.get("held", "")
    viewer = sign_in_state.current_viewer()
    if viewer is not None:
        held = open_for(viewer.person_id, sealed)
        return continue_page(held) if held else redirect(safe_next(target), 303)
    form = SignInForm(formdata=None, data={"email": sent.get("email", ""), "next": target, "held": sealed})
    form.form_errors.append("This page was open for too long. Enter your password again")
    return render_template("sessions/sign_in.html", form=form), 400


def _address_to_read() -> str:
    """Where to go after signing in when nothing is left to send: the page itself, or the start."""
    methods = request.url_rule.methods if request.url_rule else None
    return errors.own_address() if methods and "GET" in methods else "/"
