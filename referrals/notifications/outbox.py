"""Delivery: a worker claims a message for a while, sends it, and writes down what became of it."""

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from enum import StrEnum
from typing import Any, Final, cast
from uuid import UUID

from jinja2 import TemplateError
from sqlalchemy import ColumnElement, Table, and_, or_, select, update

from referrals.foundation import clock
from referrals.foundation.database import db, only_reading
from referrals.foundation.sealing import KeyMissing, SealBroken, vault
from referrals.notifications import papers, settings
from referrals.notifications.models import PAPER_FAILED, OutboxMessage
from referrals.notifications.rendering import CannotRender, compose, compose_paper, render
from referrals.notifications.transports import Carrier, Refused, RefusedForGood, ServerAway

# Longer than any conversation with a mail server takes at its usual timeouts.
LEASE: Final = timedelta(minutes=5)
MOST_ATTEMPTS: Final = 8
# One minute, three, nine ... the last comes after twelve hours, eighteen hours after the first.
FIRST_PAUSE: Final = timedelta(minutes=1)
PAUSE_GROWS_BY: Final = 3
JITTER: Final = 0.2

_OUTBOX = cast(Table, OutboxMessage.__table__)


class State(StrEnum):
    """Where a message stands."""

    WAITING = "waiting"
    LEASED = "leased"
    SENT = "sent"
    DEAD = "dead"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Parcel:
    """A claimed message, ready to be sent by the worker that claimed it."""

    id: UUID
    worker: str
    message_id: str
    kind: str
    to_address: str
    # Opened only to send it, so that a message that does not open stops no other.
    params_sealed: bytes | None
    attempts: int
    # When it was queued, or since when it could go.
    at: datetime


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one attempt; `why` is the class of failure and a code, None when it was sent."""

    state: State
    why: str | None = None
    # Nobody was there to take it: it is not the message's fault, and the next would fare no better.
    away: bool = False


def new_worker() -> str:
    """A name for a worker, by which it knows its own leases."""
    return f"worker-{secrets.token_hex(8)}"


def claim(worker: str) -> Parcel | None:
    """Take the message that has been due longest, for the time of a lease; None when nothing is due.

    One guarded UPDATE: of two workers only one gets it. A worker that died loses its lease, and the message is due
    again; after eight such deaths it is dead itself.
    """
    moment = clock.now()
    lost = and_(_OUTBOX.c.state == State.LEASED, _OUTBOX.c.leased_until <= moment)
    worn_out = update(_OUTBOX).where(lost, _OUTBOX.c.attempts >= MOST_ATTEMPTS)
    db.session.execute(worn_out.values(state=State.DEAD, last_error="LeaseExpired", leased_by=None, leased_until=None))
    due = or_(and_(_OUTBOX.c.state == State.WAITING, _OUTBOX.c.due_at <= moment), lost)
    oldest = select(_OUTBOX.c.id).where(due).order_by(_OUTBOX.c.due_at).limit(1).with_for_update(skip_locked=True)
    taken = (
        update(_OUTBOX)
        .where(_OUTBOX.c.id == oldest.scalar_subquery(), due)
        .values(state=State.LEASED, leased_by=worker, leased_until=moment + LEASE, attempts=_OUTBOX.c.attempts + 1)
        .returning(_OUTBOX.c.id)
    )
    found = db.session.execute(taken).scalar_one_or_none()
    return None if found is None else _parcel(found, worker)


def _parcel(message_id: UUID, worker: str) -> Parcel:
    row = db.session.get_one(OutboxMessage, message_id, populate_existing=True)
    sealed, attempts = row.params_sealed, row.attempts
    at = row.not_before or row.created_at
    return Parcel(row.id, worker, row.message_id, row.kind, row.to_address, sealed, attempts, at)


def send(parcel: Parcel, carrier: Carrier) -> Verdict:
    """Render a claimed message and hand it to the carrier. Belongs outside a transaction: it may take long."""
    try:
        carrier.send(_mail(parcel), parcel.to_address)
    except (CannotRender, TemplateError, SealBroken) as fault:
        return Verdict(State.DEAD, type(fault).__name__)
    except papers.PaperFailed as fault:
        # Set aside: it would fail again, and whoever tends the service reads of it there.
        return Verdict(State.DEAD, f"{PAPER_FAILED} {fault}")
    except KeyMissing as fault:
        # Whoever looks after the key ring can still bring it back.
        return Verdict(State.WAITING, type(fault).__name__)
    except Refused as fault:
        for_good = isinstance(fault, RefusedForGood)
        return Verdict(State.DEAD if for_good else State.WAITING, fault.why, away=isinstance(fault, ServerAway))
    return Verdict(State.SENT)


def _mail(parcel: Parcel) -> EmailMessage:
    current, params = settings.current(), _params(parcel)
    stamp: dict[str, Any] = {
        "to": parcel.to_address,
        "message_id": parcel.message_id,
        "at": parcel.at,
        "settings": current,
    }
    if not papers.is_paper(parcel.kind):
        return compose(render(parcel.kind, params, current), **stamp)
    with only_reading():
        found = papers.paper(parcel.kind, UUID(params["id"]))
    if found is None:
        raise CannotRender(f"there is no {parcel.kind} to send")
    return compose_paper(found, **stamp)


def _params(parcel: Parcel) -> Mapping[str, str]:
    if parcel.params_sealed is None:
        return {}
    place = {"table": OutboxMessage.__tablename__, "column": "params_sealed"}
    params: dict[str, str] = json.loads(vault().open_service(parcel.params_sealed, row_id=parcel.id, **place))
    return params


def settle(parcel: Parcel, verdict: Verdict) -> None:
    """Write down what became of a claimed message, unless another worker has since taken it over and settled it."""
    moment = clock.now()
    if verdict.state is State.SENT:
        # Sent is sent, whoever holds the lease by now. What the link was is nobody's business any more.
        values: dict[str, Any] = {"sent_at": moment, "params_sealed": None}
        mine: ColumnElement[bool] = _OUTBOX.c.state != State.SENT
    else:
        values = _another_time(parcel, verdict, moment)
        mine = and_(_OUTBOX.c.state == State.LEASED, _OUTBOX.c.leased_by == parcel.worker)
    values = {"state": verdict.state, "last_error": verdict.why, "leased_by": None, "leased_until": None} | values
    db.session.execute(update(_OUTBOX).where(_OUTBOX.c.id == parcel.id, mine).values(values))


def _another_time(parcel: Parcel, verdict: Verdict, moment: datetime) -> dict[str, Any]:
    if verdict.state is State.DEAD:
        return {}
    if verdict.away:
        # It was no attempt at this message: a server that is down for a week must not bring it nearer to its death.
        return {"attempts": parcel.attempts - 1, "due_at": moment + pause(1)}
    if parcel.attempts >= MOST_ATTEMPTS:
        return {"state": State.DEAD}
    return {"due_at": moment + pause(parcel.attempts)}


def pause(attempts: int) -> timedelta:
    """How long to wait after so many attempts: growing threefold from a minute, with a fifth more or less by chance."""
    chance: float = 1 - JITTER + 2 * JITTER * secrets.randbelow(1001) / 1000
    return timedelta(seconds=FIRST_PAUSE.total_seconds() * chance * PAUSE_GROWS_BY ** (attempts - 1))
