"""Somebody else was first: what changed on a referral while a form of it was open, shown in the same way above each."""

from datetime import datetime
from typing import Any

from flask import g, request

from referrals.casework import actions
from referrals.casework.models import Referral
from referrals.foundation.clock import now
from referrals.foundation.database import transaction
from referrals.web.access import viewer, viewer_or_none
from referrals.web.forms.base import GovForm
from referrals.web.presenting.referral import changes_since


def must_be_as_shown(form: GovForm, referral: Referral) -> None:
    """Raise Stale when something on the referral has changed since the form was opened; part of the action it sends."""
    actions.must_be_unchanged(referral, since=moment_of(form.opened.data), by=viewer())


def meanwhile(form: GovForm) -> list[dict[str, Any]] | None:
    """What others did since a form was opened that was sent and not carried out; None when nobody was first.

    Asked by the skeleton of every page. What it gives is a reading of the record, which leaves its event; the answer's
    status is noted, and the form can be sent again over what has been seen now.
    """
    reference, who = (request.view_args or {}).get("reference"), viewer_or_none()
    if request.method != "POST" or not reference or who is None or not isinstance(form, GovForm):
        return None
    opened = moment_of(form.opened.data)
    with transaction():
        referral = actions.open_referral(reference, by=who)
        changes = [one for one in changes_since(referral, opened, who) if one["who"] != who.name]
        # What cannot be done any more because of somebody may leave no line of its own.
        moved_on = bool(form.form_errors) and referral.updated_at > opened
    if not changes and not form.stale and not moved_on:
        return None
    form.opened.data = now().isoformat()
    g.page_is_stale = True
    return changes


def moment_of(text: str | None) -> datetime:
    """When a form was opened, as it says itself; now for anything that is no moment."""
    try:
        found = datetime.fromisoformat((text or "")[:40])
    except ValueError:
        return now()
    return found if found.tzinfo else now()
