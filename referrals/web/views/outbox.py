"""The outbox as the administrator tends it: what waits, what was sent, and what could not be delivered."""

import re
from uuid import UUID

from flask import Blueprint, current_app, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue

from referrals.accounts.roles import Permission
from referrals.audit.actions import record
from referrals.foundation.errors import NotFound
from referrals.notifications import actions, queries
from referrals.notifications.queries import FolderMail
from referrals.web.access import needs, viewer
from referrals.web.forms.people import ConfirmForm
from referrals.web.posting import carry_out

blueprint = Blueprint("outbox", __name__, url_prefix="/outbox")

PAGE_SIZE = 40
STATES = {
    "waiting": "Waiting",
    "leased": "Being sent",
    "sent": "Sent",
    "dead": "Not delivered",
    "cancelled": "Cancelled",
}


@blueprint.get("")
@needs(Permission.OUTBOX_READ)
def index() -> str:
    """Messages in one state, newest first: to whom and when, never what they say."""
    state = request.args.get("state", "waiting")
    state = state if state in STATES else "waiting"
    found = queries.messages(state, before=_id_from(request.args.get("before", "")), limit=PAGE_SIZE + 1)
    return render_template(
        "outbox/index.html",
        messages=found[:PAGE_SIZE],
        more=found[PAGE_SIZE - 1].id if len(found) > PAGE_SIZE else None,
        state=state,
        state_words=STATES,
        kind_words=kind_words,
        tabs=_tabs(state),
        mails=_mails(),
        wide=True,
    )


@blueprint.get("/mails/<name>")
@needs(Permission.OUTBOX_READ)
def show(name: str) -> str:
    """One mail of the development folder in full; there is no such page in production, because links carry tokens."""
    mail = next((mail for mail in _mails() if mail.name == name), None)
    if mail is None:
        raise NotFound
    return render_template("outbox/show.html", mail=mail, back_link=url_for("outbox.index"))


@blueprint.post("/<uuid:message_id>/retry")
@needs(Permission.OUTBOX_READ)
def retry(message_id: UUID) -> ResponseReturnValue:
    """Put a message that could not be delivered back among those that wait."""

    def put_back() -> str:
        actions.retry(message_id)
        record("outbox.retried", by=viewer(), subject=("outbox", message_id))
        return url_for("outbox.index", state="dead")

    answer = carry_out(ConfirmForm().form_key.data, put_back)
    flash("The message is tried again now.", "success")
    return answer


@blueprint.post("/<uuid:message_id>/cancel")
@needs(Permission.OUTBOX_READ)
def cancel(message_id: UUID) -> ResponseReturnValue:
    """Give a message up; nobody will get it."""

    def give_up() -> str:
        actions.cancel(message_id)
        record("outbox.cancelled", by=viewer(), subject=("outbox", message_id))
        return url_for("outbox.index", state="cancelled")

    answer = carry_out(ConfirmForm().form_key.data, give_up)
    flash("The message is given up.", "success")
    return answer


def kind_words(kind: str) -> str:
    """The kind of a message as words: ReferralAccepted is "Referral accepted"."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", kind).capitalize()


def _tabs(state: str) -> list[dict[str, object]]:
    counts = queries.counts()
    return [
        {"text": words, "href": url_for("outbox.index", state=code), "count": counts.get(code), "active": code == state}
        for code, words in STATES.items()
    ]


def _mails() -> list[FolderMail]:
    return [] if current_app.config.get("PRODUCTION") else queries.folder_mails()


def _id_from(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return None
