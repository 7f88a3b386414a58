"""Carrying out a sent form: once, in one transaction, and then on to a page that can be reloaded."""

import re
import secrets
from collections.abc import Callable

from flask import redirect
from werkzeug.wrappers import Response

from referrals.foundation.receipts import carry_out_once
from referrals.web import keeping
from referrals.web.access import viewer

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
