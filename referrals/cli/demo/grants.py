"""Small grants and publicity of the demonstration: grants.toml, each step at its own moment."""

import tomllib
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from referrals.accounts.viewer import Viewer
from referrals.cli.demo.world import World
from referrals.engagement.actions import granting, permitting, publicising
from referrals.engagement.actions.giver import Numbers, number_giver
from referrals.engagement.actions.permitting import Permitted
from referrals.engagement.giving import Award, Round, as_pence
from referrals.engagement.models import GrantTheme, Publicity, PublicityPiece
from referrals.engagement.queries import latest_contacts
from referrals.engagement.queries.grants import themes_of
from referrals.foundation import clock

FILE: Final = Path(__file__).with_name("grants.toml")
LEAD: Final = "lead@demo.example"


def give_and_tell(world: World, present: datetime) -> None:
    """Keep both registers of the lead's area, in the caller's transaction."""
    told, lead = tomllib.loads(FILE.read_text(encoding="utf-8")), world.viewers[LEAD]
    numbers = Numbers(prefix=told["giver"]["prefix"], charity_number=told["giver"]["charity_number"], company_number="")
    with clock.clock_at(present - timedelta(days=160)):
        number_giver(numbers, by=lead, version=None)
    for row in told["rounds"]:
        _give(row, present, lead)
    for row in told["publicity"]:
        _tell(row, present, lead)


def _day(days: int, present: datetime) -> date:
    return clock.local_day(present - timedelta(days=days))


def _give(row: dict[str, Any], present: datetime, lead: Viewer) -> None:
    with clock.clock_at(present - timedelta(days=row["opens"])):
        made = granting.open_round(
            Round(
                name=row["name"],
                opens_on=_day(row["opens"], present),
                closes_on=_day(row["closes"], present),
                total_pence=as_pence(Decimal(row["total"])),
                themes=dict(enumerate(row["themes"], 1)),
            ),
            by=lead,
        )
    if "awards" not in row:
        return
    themes = {theme.place: theme for theme in themes_of([made.id])}
    with clock.clock_at(present - timedelta(days=row["decided"]), step=timedelta(minutes=1)):
        for award in row["awards"]:
            told = _award(award, row, themes[award["theme"]], _day(row["presented"], present))
            granting.enter_award(made, told, by=lead)


def _award(award: dict[str, Any], row: dict[str, Any], theme: GrantTheme, presented_on: date) -> Award:
    return Award(
        theme_id=theme.id,
        recipient=award["recipient"],
        recipient_kind=award["kind"],
        recipient_number=award.get("number", ""),
        project=award["project"],
        purpose=award["purpose"],
        amount_pence=as_pence(Decimal(str(award["pounds"]))),
        awarded_on=clock.today(),
        presenter=row["presenter"],
        event=row["event"],
        presented_on=presented_on,
    )


def _tell(row: dict[str, Any], present: datetime, lead: Viewer) -> None:
    with clock.clock_at(present - timedelta(days=row["days"]), step=timedelta(minutes=1)):
        told = publicising.Told(
            kind=row["kind"],
            title=row["title"],
            happened_on=clock.today(),
            channel=row["channel"],
            link=row.get("link", ""),
            reach=row.get("reach"),
            reach_way=row.get("reach_way"),
            words=row.get("words", ""),
            contact_id=_contact(row.get("came_of"), lead),
        )
        made = publicising.log_publicity(told, by=lead)
        pieces = [(one, _piece(one, made, lead)) for one in row.get("pieces", ())]
    for one, piece in pieces:
        for permission in one.get("permissions", ()):
            _permit(permission, piece, present, lead)


def _contact(subject: str | None, lead: Viewer) -> UUID | None:
    return next(one.id for one in latest_contacts(lead) if one.subject == subject) if subject else None


def _piece(one: dict[str, Any], made: Publicity, lead: Viewer) -> PublicityPiece:
    return permitting.add_piece(made, one["kind"], one["words"], one["whose"], one.get("link", ""), by=lead)


def _permit(row: dict[str, Any], piece: PublicityPiece, present: datetime, lead: Viewer) -> None:
    told = Permitted(
        whose=row["whose"],
        uses=row["uses"],
        way=row["way"],
        given_on=_day(row["given"], present),
        ends_on=_day(row["ends"], present),
    )
    with clock.clock_at(present - timedelta(days=row["given"])):
        made = permitting.permit(piece, told, by=lead)
    if "taken_back" in row:
        with clock.clock_at(present - timedelta(days=row["taken_back"])):
            permitting.take_back(made, by=lead)
