"""What somebody is still typing: kept while they type, and thrown away when they say so."""

from collections.abc import Collection
from typing import Any, Final
from uuid import UUID

from flask import Blueprint, Response, current_app, flash, redirect, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from referrals.accounts.roles import Permission
from referrals.accounts.viewer import Viewer
from referrals.casework import actions, queries
from referrals.casework.intake import BY_CODE
from referrals.casework.models import Referral
from referrals.casework.workflow import TRANSITIONS
from referrals.foundation import clock
from referrals.foundation.database import transaction
from referrals.foundation.errors import Invalid, NotFound
from referrals.foundation.receipts import receipt_for
from referrals.stories import queries as stories
from referrals.stories.sections import SECTIONS
from referrals.stories.workflow import STEPS
from referrals.web.access import needs, viewer
from referrals.web.filters import clock as time_of_day
from referrals.web.throttle import unhurried

blueprint = Blueprint("kept", __name__)

# What a form carries along besides what is typed.
NOT_TYPED: Final = frozenset({"csrf_token", "form_key", "version", "opened", "seen"})
LONGEST_NAME: Final = 60
LONGEST_ADDRESS: Final = 120
# The parts of addresses that are codes, and which there are: of moves, of intake pages, and of case studies.
_CODES: Final[dict[str, Collection[str]]] = {
    "transition": TRANSITIONS,
    "page": BY_CODE,
    "code": SECTIONS,
    "step": STEPS,
}
_WRITERS: Final = (Permission.REFERRAL_READ, Permission.REFERRAL_DRAFT)


@blueprint.post("/referrals/<reference>/kept/<path:form>")
@blueprint.post("/drafts/<uuid:draft_id>/kept/<path:form>")
@blueprint.post("/stories/<uuid:study_id>/kept/<path:form>")
@unhurried
@needs(*_WRITERS)
def save(form: str, **where: Any) -> ResponseReturnValue:
    """Keep what has been typed into a form so far, for nobody but who types it, and say when it was kept."""
    who = viewer()
    try:
        with transaction():
            referral, name = find(form, who, **where)
            words = typed()
            # What comes after its own form was sent is old.
            if who.person_id and receipt_for(request.form.get("form_key", "")[:64], who.person_id):
                words = {}
            actions.keep_text(referral, name, words, by=who)
    except Invalid:
        return Response("This is too long to keep.", 422, mimetype="text/plain")
    answer = f"Kept at {time_of_day(clock.now())}." if any(text.strip() for text in words.values()) else ""
    return Response(answer, 200 if answer else 204, mimetype="text/plain")


@blueprint.post("/referrals/<reference>/forget/<path:form>")
@blueprint.post("/drafts/<uuid:draft_id>/forget/<path:form>")
@blueprint.post("/stories/<uuid:study_id>/forget/<path:form>")
@needs(*_WRITERS)
def forget(form: str, **where: Any) -> ResponseReturnValue:
    """Throw away what was kept of a form, and show the form again."""
    who = viewer()
    with transaction():
        referral, name = find(form, who, **where)
        actions.forget_text(referral.id, name, by=who)
    flash("What you had typed is thrown away.", "success")
    return redirect(request.path.replace("/forget/", "/", 1), 303)


def find(
    form: str, who: Viewer, reference: str = "", draft_id: UUID | None = None, study_id: UUID | None = None
) -> tuple[Referral, str]:
    """The referral or draft, and what the form is called there, when there can be such a form. Raises NotFound."""
    if study_id:
        study = stories.study(study_id, who)
        _must_be_there(f"/{study.forms}{form}", form)
        return study.referral, study.forms + form
    found = queries.draft(draft_id, who) if draft_id else queries.referral(reference, who)
    _must_be_there(f"/drafts/{draft_id}/{form}" if draft_id else f"/referrals/{reference}/{form}", form)
    return found, form


def _must_be_there(address: str, form: str) -> None:
    try:
        endpoint, args = current_app.url_map.bind("").match(address, method="POST")
    except (HTTPException, RequestRedirect):
        raise NotFound from None
    unknown = any(name in args and args[name].replace("-", "_") not in codes for name, codes in _CODES.items())
    if unknown or len(form) > LONGEST_ADDRESS or endpoint.split(".")[0] in {blueprint.name, "presence"}:
        raise NotFound


def typed() -> dict[str, str]:
    """The texts that were sent, by the names of their fields."""
    return {name[:LONGEST_NAME]: text.replace("\0", "") for name, text in request.form.items() if name not in NOT_TYPED}
