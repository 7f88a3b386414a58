"""Random referrals with all that reports count, written straight into the tables, and the same in plain Python."""

import random
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from referrals.casework.models import MoneyRow, Outcome, OutcomeCode, Referral
from referrals.casework.workflow import states
from referrals.directory import lists
from referrals.foundation.database import db, transaction
from referrals.foundation.ids import new_id
from referrals.reporting.summaries import keeping
from tests import people
from tests.people import Place

BEGIN = datetime(2025, 1, 1, tzinfo=UTC)
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
CATEGORIES = ["housing", "health", "welfare", "other"]
ENDED = (states.CLOSED, states.DECLINED, states.RETURNED_WITH_ADVICE, states.WITHDRAWN, states.ENTERED_IN_ERROR)
STATES = ("submitted", "accepted", "in_progress", "outcome_recorded", *ENDED)
WITH_RESULT = ("in_progress", "outcome_recorded", states.CLOSED)
RESOLUTIONS = [item.code for item in lists.items("resolutions")]
CODES = [item.code for item in lists.items("outcomes")]
KINDS = [item.code for item in lists.items("money_kinds")]
BASES = [item.code for item in lists.items("money_bases")]
EVIDENCE = [item.code for item in lists.items("evidence_kinds")]
STANDINGS = ("claimed", "confirmed", "disputed", "unanswered")


@dataclass
class Made:
    """The rows that were written, as dictionaries."""

    referrals: list[dict[str, Any]] = field(default_factory=list)
    outcomes: list[dict[str, Any]] = field(default_factory=list)
    codes: list[dict[str, Any]] = field(default_factory=list)
    money: list[dict[str, Any]] = field(default_factory=list)

    def write(self) -> "Made":
        """Into the database, in one transaction."""
        # What the test read so far may hold SQLite's only write lock.
        db.session.rollback()
        with db.engine.begin() as connection:
            for model, rows in (
                (Referral, self.referrals),
                (Outcome, self.outcomes),
                (OutcomeCode, self.codes),
                (MoneyRow, self.money),
            ):
                if rows:
                    connection.execute(model.__table__.insert(), rows)  # type: ignore[attr-defined]
        count_from_nothing()
        return self


def count_from_nothing(a_step: int = keeping.A_STEP) -> int:
    """Count what was written into the tables past every action, as `flask reports rebuild` does; gives how many."""
    db.session.rollback()
    counted = 0
    with transaction():
        keeping.begin()
    while True:
        with transaction():
            counted += keeping.step(a_step)
            if not keeping.is_under_way():
                return counted


def scatter(
    count: int,
    seed: int,
    groups: tuple[Place, ...] = (people.WHITE_CITY, people.THURCROFT),
    offices: tuple[Place, ...] = (people.HAMMERSMITH, people.EALING),
) -> Made:
    """That many referrals of random groups to random offices, at random times of two years."""
    chance, made = random.Random(seed), Made()
    for _ in range(count):
        _referral(made, chance, chance.choice(groups).id, chance.choice(offices).id)
    return made


def _moment(chance: random.Random, after: datetime, days: int) -> datetime:
    # Hours near midnight are likely, because that is where London and UTC disagree about the day.
    hour = chance.choice((0, 9, 14, 22, 23, 23))
    moment = after + timedelta(days=chance.randint(0, days))
    moment = moment.replace(hour=hour, minute=chance.randint(0, 59), second=chance.randint(0, 59), microsecond=7)
    # Nothing has happened that is still to come.
    return min(moment, NOW)


def _referral(made: Made, chance: random.Random, group: UUID, office: UUID) -> None:
    state = chance.choices((states.DRAFT, *STATES), (1, 2, 2, 3, 2, 8, 1, 1, 1, 1))[0]
    sent = None if state == states.DRAFT else _moment(chance, BEGIN, 640)
    row = {
        "id": new_id(),
        "group_id": group,
        "office_id": None if sent is None else office,
        "created_by_id": people.VOLUNTEER.id,
        "state": state,
        "category": chance.choices((*CATEGORIES, None), (9, 5, 7, 1, 0.2))[0],
        "waiting_since": _since(chance, sent),
        "submitted_at": sent,
        "accepted_at": (sent and state not in ("submitted", "declined") and _moment(chance, sent, 9)) or None,
        "ended_at": _moment(chance, sent, 200) if sent and state in ENDED else None,
        "created_at": sent or BEGIN,
        "updated_at": sent or BEGIN,
        "trusted_body_conflict": False,
        "version": 1,
    }
    made.referrals.append(row)
    if sent and state in WITH_RESULT:
        if chance.random() < 0.2:
            _outcome(made, chance, row, replaced=True)
        if chance.random() < 0.9 or state == states.CLOSED:
            _outcome(made, chance, row)


def _since(chance: random.Random, sent: datetime | None) -> date | None:
    if sent is None or chance.random() < 0.15:
        return None
    return sent.date() - timedelta(days=int(chance.expovariate(1 / 120)))


def _outcome(made: Made, chance: random.Random, referral: dict[str, Any], *, replaced: bool = False) -> None:
    recorded = _moment(chance, referral["submitted_at"], 150)
    outcome = {
        "id": new_id(),
        "referral_id": referral["id"],
        "recorded_by_id": people.CASEWORKER.id,
        "recorded_at": recorded,
        "superseded_at": recorded + timedelta(days=3) if replaced else None,
        "resolution": chance.choices(RESOLUTIONS, (10, 6, 4, 2, 1))[0],
        "contribution": "contributed",
        "standing": chance.choices(STANDINGS, (2, 6, 1, 2))[0],
        "evidenced": chance.random() < 0.6,
    }
    made.outcomes.append(outcome)
    child = {"outcome_id": outcome["id"], "referral_id": referral["id"]}
    for position, code in enumerate(chance.sample(CODES, chance.randint(0, 3))):
        made.codes.append({"id": new_id(), **child, "code": code, "position": position})
    for position in range(chance.choice((0, 0, 1, 2, 3))):
        made.money.append({"id": new_id(), **child, "position": position, **_money(chance, recorded)})


def _money(chance: random.Random, recorded: datetime) -> dict[str, Any]:
    kind = chance.choice(KINDS)
    amount = Decimal(chance.randint(1, 300_000)) / 100
    recurring = kind == "recurring"
    return {
        "kind": kind,
        "amount": amount,
        "frequency": "weekly" if recurring else None,
        "annual_amount": amount * 52 if recurring else None,
        "basis": chance.choice(BASES),
        "evidence": chance.choice(EVIDENCE),
        "happened_on": recorded.date(),
    }
