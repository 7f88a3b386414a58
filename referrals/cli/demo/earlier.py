"""What the areas of the demonstration had finished besides its stories: copies of these, many, up to the other week.

Figures of a past quarter are shown from ten residents up, so without these a report for a funder would say nothing.
They are finished, and told in words that no search of a story finds: today's queues and searches stay readable.
"""

import tomllib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cache
from itertools import cycle
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from referrals.accounts.roles import Role
from referrals.casework.copies.books import Books
from referrals.casework.copies.finding import TokenRows
from referrals.casework.copies.pattern import Pattern, PatternEvent
from referrals.casework.copies.remaking import Change, Copier
from referrals.casework.copies.writing import chunk_of, heads_of, references_in_use, write_chunk
from referrals.cli.demo.bulk import new_references
from referrals.cli.demo.crowd import Circle, Office, Staff
from referrals.cli.demo.dice import dice
from referrals.cli.demo.plan import MINUTES_EARLIER, People, Planned, changes, people_in
from referrals.cli.demo.world import World, postcodes_by_seat
from referrals.directory import queries
from referrals.foundation import clock, sealing
from referrals.foundation.bulk import encoder_for
from referrals.foundation.database import db

FILE: Final = Path(__file__).with_name("earlier.toml")
SEED: Final = "earlier"
A_QUARTER: Final = timedelta(days=91)
# Sent from so long before the last calendar year on, so that a year begins with what is finished in it; and finished
# by so many days before today, so that what is newest are the stories.
BEFORE_THE_YEAR: Final = timedelta(days=60)
QUIET: Final = timedelta(days=14)
# What takes long to finish cannot be sent and finished in so few days: what is quick was sent more often in them.
LATELY: Final = timedelta(days=45)

# What a copy has of its pattern, and the events that tell of it.
KEPT_ROWS: Final = frozenset(
    {"referrals", "residents", "consents", "outcomes", "outcome_codes", "money_rows", "later_answers", "moves"}
)
KEPT_EVENTS: Final = frozenset({"referral", "consent", "outcome", "later"})
# Each page of the form leaves one of these.
TOO_MANY: Final = "referral.draft_saved"
# What is asked four weeks after closing, which a copy that was closed lately has nothing of.
ASKED_ROWS: Final = frozenset({"later_answers"})
ASKED_EVENTS: Final = frozenset({"later"})


@cache
def _content() -> dict[str, Any]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def begins(present: datetime) -> date:
    """The day on which the first of them was sent."""
    return date(clock.local_day(present).year - 1, 1, 1) - BEFORE_THE_YEAR


def stories_wanted() -> set[str]:
    """The keys of the stories that copies are made of."""
    return {course["story"] for course in _content()["courses"]}


def summaries() -> set[str]:
    """What they are called, which no story is."""
    return {course["summary"] for course in _content()["courses"]}


@dataclass(frozen=True, slots=True)
class _Place:
    """A group with the offices it writes to, and the people who act there."""

    circle: Circle
    # What decides when each of its referrals was sent.
    seed: str


def tell_earlier(patterns: Mapping[str, Pattern], world: World, present: datetime) -> None:
    """Make them all in the caller's transaction; `patterns` are by the keys of their stories."""
    session = db.session()
    session.flush()
    encoder = encoder_for(db.engine.dialect.name)
    chance, token_rows, vault = dice(SEED), TokenRows(encoder), sealing.vault()
    people = people_in(list(patterns.values()))
    short = {key: _in_short(pattern) for key, pattern in patterns.items()}
    lately = {key: _without(pattern, ASKED_ROWS, ASKED_EVENTS) for key, pattern in short.items()}
    copiers = {
        (key, asked): Copier(pattern, encoder, token_rows, vault, chance)
        for asked, found in ((True, short), (False, lately))
        for key, pattern in found.items()
    }
    organisations: list[UUID | None] = [None, *world.groups.values(), *world.offices.values()]
    books = Books(heads_of(organisations, session), encoder)
    rows, number = [], 0
    last = clock.local_day(present) - QUIET
    for key, change in _changes(lately, people, world, (begins(present), last), references_in_use(session)):
        asked = _last_day(short[key]) + timedelta(days=change.days) <= last
        copy = copiers[key, asked].copy(change)
        rows += copy.rows
        books.expect(copy.happenings)
        number += 1
    write_chunk(chunk_of(number, rows, books.enter(None), [], encoder), session)
    # The books have grown past what the session knows of them.
    session.expire_all()


def _changes(
    patterns: Mapping[str, Pattern], people: People, world: World, days: tuple[date, date], in_use: set[str]
) -> Iterator[tuple[str, Change]]:
    content, (first, last) = _content(), days
    references = new_references(10_000, 0, in_use)
    here = cycle([_place(content["first"], world)])
    others = cycle([_place(code, world) for code in content["others"]])
    for course in content["courses"]:
        pattern = patterns[course["story"]]
        for when, begin in (("often", first), ("lately", last - LATELY)):
            for places, often in zip((here, others), course.get(when, (0, 0)), strict=True):
                for number, by in enumerate(_days(pattern, often, begin, last, f"{course['story']} {often}")):
                    place = next(places)
                    seed = f"{place.seed} {course['story']} {number}{begin if when == 'lately' else ''}"
                    plan = _planned(pattern, by, len(place.circle.pairs), seed)
                    (change,) = changes([plan], [pattern], place.circle, people, references)
                    yield course["story"], replace(change, words={**change.words, **_words(course)})


def _in_short(pattern: Pattern) -> Pattern:
    """The pattern without what was said on the way, which takes most of the time to seal, and without a question that
    somebody is still to ask: for a copy that day is long gone.
    """
    rows = [
        row
        for row in pattern.rows
        if row.table in KEPT_ROWS and (row.table, row.plain.get("standing")) != ("later_answers", "waiting")
    ]
    events = [event for event in pattern.events if _about(event) in KEPT_EVENTS and event.action != TOO_MANY]
    return replace(pattern, rows=tuple(rows), events=tuple(events))


def _without(pattern: Pattern, tables: Collection[str], subjects: Collection[str]) -> Pattern:
    """The pattern without these rows and events, and as if nothing had touched it since."""
    events = [event for event in pattern.events if _about(event) not in subjects]
    touched = {"updated_at": max(event.at for event in events)}
    rows = [
        replace(row, plain=row.plain | touched) if row.table == "referrals" else row
        for row in pattern.rows
        if row.table not in tables
    ]
    return replace(pattern, rows=tuple(rows), events=tuple(events))


def _about(event: PatternEvent) -> str:
    return event.action.split(".")[0]


def _days(pattern: Pattern, often: int, first: date, last: date, seed: str) -> Iterator[int]:
    """By how many days each is earlier than its pattern: so many a quarter, each somewhere in its part of it."""
    if not often:
        return
    chance, step = dice(f"{SEED} {seed}"), A_QUARTER / often
    sent, ended = _sent(pattern), _last_day(pattern)
    for number in range(int((last - first) / step)):
        day = first + step * number + timedelta(days=chance.random() * step.days)
        days = (day - sent).days
        if ended + timedelta(days=days) <= last:
            # Whole weeks, so that nothing happens on a Sunday that happened on a Monday.
            yield days // 7 * 7


def _sent(pattern: Pattern) -> date:
    return next(event.at for event in pattern.events if event.action == "referral.submitted").date()


def _last_day(pattern: Pattern) -> date:
    return max(event.at for event in pattern.events).date()


def _planned(pattern: Pattern, days: int, pairs: int, seed: str) -> Planned:
    chance = dice(seed)
    minutes = -chance.randrange(MINUTES_EARLIER)
    return Planned(pattern.created_at + timedelta(days=days), 0, days, minutes, chance.randrange(pairs), seed)


def _words(course: Mapping[str, Any]) -> dict[tuple[str, str], str]:
    words = {**_content()["words"], "summary": course["summary"]}
    return {("referrals", f"{name}_sealed"): text for name, text in words.items()}


def _place(code: str, world: World) -> _Place:
    group_id = world.groups[code]
    group = queries.group_of(group_id)
    seats = [seat for seat in (group.constituencies if group else []) if seat.gss_code in world.offices]
    offices = tuple(
        Office(
            world.offices[seat.gss_code],
            seat.id,
            tuple(postcodes_by_seat()[seat.gss_code]),
            _staff(world, world.offices[seat.gss_code], (Role.CASEWORKER, Role.MANAGER)),
        )
        for seat in seats
    )
    groups = {group_id: _staff(world, group_id, (Role.VOLUNTEER, Role.LEAD))}
    pairs = tuple((group_id, number) for number in range(len(offices)))
    return _Place(Circle(offices, groups, pairs), code)


def _staff(world: World, organisation_id: UUID, roles: Sequence[Role]) -> Staff:
    """The people of an organisation by role; where it has none of one, those of the other do that too."""
    here = [viewer for viewer in world.viewers.values() if viewer.organisation_id == organisation_id]
    found = {
        role: tuple(viewer.person_id for viewer in here if viewer.role is role and viewer.person_id) for role in roles
    }
    anybody = tuple(viewer.person_id for viewer in here if viewer.person_id)
    return {role: there or anybody for role, there in found.items()}
