"""Carrying out a sent form: once, in one transaction, and then on to a page that can be reloaded."""

import re
import secrets
from collections.abc import Callable, Mapping
from functools import partial

from flask import flash, redirect
from werkzeug.wrappers import Response

from referrals.foundation.errors import DomainError, IllegalMove, Invalid, NotAllowed, Stale
from referrals.foundation.receipts import carry_out_once
from referrals.web import keeping
from referrals.web.access import viewer
from referrals.web.forms.base import GovForm

_FORM_KEY = re.compile(r"[A-Za-z0-9_-]{16,64}")


def new_form_key() -> str:
    """A fresh key for a form about to be shown; every sending of that form carries it."""
    return secrets.token_urlsafe(24)


def carry_out(form_key: str | None, action: Callable[[], str]) -> Response:
    """Run `action`, which returns the location to go to, and redirect there with 303.

    The same form sent again, also at the same moment, is not carried out again and goes to the same place. What the
    action raises (Invalid, Stale, IllegalMove, ...) undoes everything and is the view's to show.
    """
    person_id = viewer().person_id
    if person_id is None:
        raise RuntimeError("forms are sent by people")
    # A form without a usable key came from no page of ours: it is carried out, but nothing can tell its copies apart.
    key = form_key if form_key and _FORM_KEY.fullmatch(form_key) else new_form_key()

    def carried() -> str:
        location = action()
        keeping.forget_sent()
        return location

    return redirect(carry_out_once(key, person_id, carried), 303)


def answer_to(form: GovForm, action: Callable[[], str], done: str) -> Response | None:
    """Carry out a sent form and say what was done; None when it was refused, with the reason in the form.

    For forms that are shown again as they were sent, also to somebody before whom somebody else was. Raises NotFound,
    NotAllowed and whatever else the form has no place for.
    """
    try:
        answer = carry_out(form.form_key.data, action)
    except Invalid as refused:
        form.take_errors(refused.errors)
        return None
    except IllegalMove as refused:
        form.form_errors.append(refused.message)
        return None
    except Stale as refused:
        form.take_stale(refused.message)
        return None
    flash(done, "success")
    return answer


def answer_if_allowed(form: GovForm, action: Callable[[], str], done: str) -> Response | None:
    """The same, where what is not allowed is a reason to show in the form too, and not an answer of its own."""
    try:
        return answer_to(form, action, done)
    except NotAllowed as refused:
        form.form_errors.append(refused.message)
        return None


def carry_out_each(form_key: str | None, parts: Mapping[str, Callable[[], None]]) -> dict[str, DomainError]:
    """Carry out each part of one sent form in a transaction of its own; those that were refused, with the reason.

    A part that was carried out stays so whatever becomes of the others, and is not repeated by the same form.
    """
    refused: dict[str, DomainError] = {}
    for name, act in parts.items():
        try:
            carry_out(f"{(form_key or new_form_key())[:40]}-{name}", partial(_at_home, act))
        except DomainError as reason:
            refused[name] = reason
    return refused


def _at_home(act: Callable[[], None]) -> str:
    act()
    return "/"


def why_not(refused: DomainError) -> str:
    """Why something was refused, as sentences, where there is no field to show them beside."""
    messages = dict.fromkeys(refused.errors.values()) if isinstance(refused, Invalid) else [refused.message]
    return " ".join(message if message.endswith(".") else f"{message}." for message in messages)
