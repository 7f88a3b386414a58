"""Any number of areas that say how their MPs stand, in the proportions of the seed article: a programme of its own.

Everything goes through the ordinary actions, each on its day and by the lead of its area, so that books, dates and
rules hold as they do for people. The same number gives the same areas.
"""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, Final
from uuid import UUID

from referrals.accounts.actions.demo import add_demo_person
from referrals.accounts.passwords import hasher
from referrals.accounts.roles import Role
from referrals.accounts.viewer import SERVICE, Viewer
from referrals.cli.demo.crowd import invented_name
from referrals.cli.demo.crowd import words as crowd_words
from referrals.cli.demo.dice import dice
from referrals.directory import actions as directory
from referrals.directory.queries import organisation_by_code
from referrals.engagement import actions
from referrals.foundation import clock
from referrals.foundation.database import transaction
from referrals.reporting import periods

FILE: Final = Path(__file__).with_name("areas.toml")
# The first of the ONS codes that these seats take; they are given to no seat.
FIRST_CODE: Final = 14_700_001
# When a stance was said: days before the quarter was over that is looked at. Each area says it up to a month earlier.
ROUNDS: Final = (640, 455, 270, 85)
TYPES: Final = ("informing", "publicity", "working_together")
STAGE_OF: Final = ("no_contact", *TYPES)
BEGIN: Final = timedelta(days=900)


@dataclass(frozen=True, slots=True)
class Area:
    """One of them: who leads it, the MP it has, and what is to be told of it."""

    number: int
    region: str
    stance: str
    types: int
    lead: Viewer
    term_id: UUID


@dataclass(frozen=True, slots=True)
class Event:
    """Something that an area writes down, so many days before the end of the quarter: a stance, a stage, a contact."""

    days: int
    kind: str
    code: str


@cache
def _content() -> dict[str, Any]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def coordinator() -> str:
    """The address of whoever coordinates these areas."""
    return str(_content()["coordinator"])


def add_areas(number: int, password: str) -> bool:
    """Make so many areas unless there are some; whether they were made. The demonstration is there already."""
    content = _content()
    with transaction():
        if organisation_by_code(content["code"]) is not None:
            return False
        end = periods.fixed_choices(clock.today())[0].last
        for area in _areas(number, hasher().hash(password), clock.today() - BEGIN):
            for event in _events(area):
                _tell(area, event, end)
    return True


def dealt(shares: Mapping[str, int], number: int) -> list[str]:
    """So many names, each as often as its share of a hundred says; what is left over goes to the largest remainders."""
    parts = {name: divmod(share * number, sum(shares.values())) for name, share in shares.items()}
    found = {name: whole for name, (whole, _) in parts.items()}
    left = sorted(parts, key=lambda name: -parts[name][1])[: number - sum(found.values())]
    return [name for name, whole in found.items() for _ in range(whole + (name in left))]


def _shuffled(name: str, number: int) -> list[str]:
    names = dealt(_content()[name], number)
    dice(f"areas {name}").shuffle(names)
    return names


def _areas(number: int, password_hash: str, begins_on: date) -> Iterator[Area]:
    content = _content()
    programme = directory.add_programme(name=content["programme"], code=content["code"], by=SERVICE).organisation_id
    add_demo_person(
        email=content["coordinator"],
        name=content["coordinator_name"],
        role=Role.COORDINATOR,
        organisation_id=programme,
        password_hash=password_hash,
    )
    drawn = zip(*(_shuffled(name, number) for name in ("regions", "stances", "types")), strict=True)
    for place, (region, stance, types) in enumerate(drawn):
        chance = dice(f"area {place}")
        term_id, seat_id, name = _seat(place, region, begins_on, chance)
        group = directory.add_group(
            name=f"{name} Big Local",
            code=f"article-area-{place + 1}",
            programme_id=programme,
            region=region,
            trusted_body_name="Community foundation (demo)",
            trusted_body_kind="charity",
            constituency_ids=[seat_id],
            begins_on=begins_on,
            by=SERVICE,
        )
        lead = add_demo_person(
            email=f"lead.area{place + 1}@demo.example",
            name=invented_name(chance),
            role=Role.LEAD,
            organisation_id=group.organisation_id,
            password_hash=password_hash,
        )
        yield Area(place, region, stance, int(types), lead, term_id)


def _seat(place: int, region: str, begins_on: date, chance: Random) -> tuple[UUID, UUID, str]:
    """The term and the seat of one area, and the place that both are called after."""
    beginnings, endings = crowd_words()["seat_beginnings"], crowd_words()["seat_endings"]
    again, pair = divmod(place * 13, len(beginnings) * len(endings))
    first, second = beginnings[pair % len(beginnings)], endings[pair // len(beginnings)]
    name = f"{second}{f' {again + 1}' if again else ''}"
    seat = directory.add_constituency(
        gss_code=f"E{FIRST_CODE + place}", name=f"{name} with {first}", region=region, by=SERVICE
    )
    member = directory.add_member(name=invented_name(chance), by=SERVICE)
    # A few are known to go: their areas have a change ahead of them.
    ends_on = clock.today() + timedelta(days=120) if place % 13 == 5 else None
    term = directory.add_term(
        member_id=member.id, constituency_id=seat.id, begins_on=begins_on, ends_on=ends_on, by=SERVICE
    )
    return term.id, seat.id, f"{first} and {second}" if not again else f"{first} and {name}"


def _events(area: Area) -> list[Event]:
    """What an area writes down, the oldest first, as a book must have it."""
    early = dice(f"area {area.number} days").randrange(0, 30)
    events = [Event(days + early, "stance", code) for days, code in zip(ROUNDS, _course(area), strict=True)]
    if area.number % 3:
        # Most had not come so far a year before.
        rank = max(0, area.types - (area.number % 4 != 1))
        events.append(Event(560 + early, "stage", STAGE_OF[rank]))
        events.append(Event(150 + early, "stage", STAGE_OF[area.types]))
    quiet = area.number % 5 == 0
    events += [
        Event((200 if quiet else 40) + 30 * place + early, "contact", kind) for place, kind in enumerate(_types(area))
    ]
    return sorted(events, key=lambda event: -event.days)


def _types(area: Area) -> Sequence[str]:
    first = area.number % len(TYPES)
    return [TYPES[(first + step) % len(TYPES)] for step in range(area.types)]


def _course(area: Area) -> list[str]:
    """How a stance came to be what it is: most MPs begin as neutral, and few change back."""
    turn = area.number % len(ROUNDS)
    before = "negative" if area.stance == "neutral" and area.number % 9 == 0 else "neutral"
    return [before if place < turn else area.stance for place in range(len(ROUNDS))]


def _tell(area: Area, event: Event, end: date) -> None:
    day = end - timedelta(days=event.days)
    noon = datetime.combine(day, time(12, area.number % 60), clock.LONDON)
    words = _content()
    with clock.clock_at(noon, step=timedelta(milliseconds=1)):
        if event.kind == "stance":
            evidence = words["evidence"][event.code]
            said = evidence[(area.number + event.days) % len(evidence)]
            actions.assess_stance(area.term_id, event.code, day, said, by=area.lead)
        elif event.kind == "stage":
            actions.set_stage(area.term_id, event.code, day, by=area.lead)
        else:
            subjects = words["subjects"][event.code]
            actions.log_contact(
                actions.Told(
                    term_id=area.term_id,
                    happened_on=day,
                    channel=words["channels"][event.code],
                    types=[event.code],
                    subject=subjects[area.number % len(subjects)],
                    member_there=event.code == "publicity",
                ),
                by=area.lead,
            )
