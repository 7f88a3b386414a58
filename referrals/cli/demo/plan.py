"""Planning a bulk load: which referral copies which story, when it began, and between whom. The seed alone decides."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Final
from uuid import UUID

from referrals.accounts.queries.demo import demo_viewers
from referrals.accounts.roles import Role
from referrals.casework.copies.pattern import Pattern
from referrals.casework.copies.remaking import Change
from referrals.cli.demo.crowd import Circle, Staff, invented_name, words
from referrals.cli.demo.dice import dice
from referrals.directory import queries

# Of a hundred referrals so many are still under way; the others began in the year and a half before.
OPEN_SHARE: Final = 0.08
WEEKS_BACK: Final = 80
WEEKS_BACK_OPEN: Final = 5
# Earlier in the day by up to so many minutes, so that not everything happens at nine.
MINUTES_EARLIER: Final = 90
COUNCIL: Final = "council"
OTHER_COUNCIL: Final = "other_council"


@dataclass(frozen=True, slots=True)
class Planned:
    """One referral to be made: of which pattern, by how many weeks earlier, and between which group and office."""

    began: datetime
    pattern: int
    days: int
    minutes: int
    pair: int
    # What decides everything else about it.
    seed: str


@dataclass(frozen=True, slots=True)
class People:
    """Who acted in a pattern and in which role, and the other bodies a copy can be about."""

    roles: Mapping[UUID, Role]
    # Councils belong to a place: elsewhere another one stands in.
    local_bodies: frozenset[UUID]
    other_council: UUID


def people_in(patterns: Sequence[Pattern]) -> People:
    """Who acted in the patterns, and what stands in for the bodies of their places elsewhere."""
    roles: dict[UUID, Role] = {
        viewer.person_id: viewer.role for viewer in demo_viewers().values() if viewer.person_id and viewer.role
    }
    bodies = {body.id: body for body in queries.agencies()}
    used = {pattern.agency_id for pattern in patterns if pattern.agency_id}
    return People(
        roles=roles,
        local_bodies=frozenset(body_id for body_id in used if bodies[body_id].kind == COUNCIL),
        other_council=next(body.id for body in bodies.values() if body.code == OTHER_COUNCIL),
    )


def planned(patterns: Sequence[Pattern], pairs: int, count: int, seed: str) -> list[Planned]:
    """What is made for one circle, in order of its beginning."""
    chance = dice(seed)
    under_way = [index for index, pattern in enumerate(patterns) if pattern.is_open]
    ended = [index for index, pattern in enumerate(patterns) if not pattern.is_open]
    found = []
    for number in range(count):
        if chance.random() < OPEN_SHARE:
            index, weeks = chance.choice(under_way), chance.randrange(WEEKS_BACK_OPEN)
        else:
            index, weeks = chance.choice(ended), int(WEEKS_BACK * chance.random() ** 1.3)
        began = patterns[index].created_at - timedelta(
            weeks=weeks, minutes=(earlier := chance.randrange(MINUTES_EARLIER))
        )
        found.append(Planned(began, index, -7 * weeks, -earlier, chance.randrange(pairs), f"{seed} {number}"))
    return sorted(found, key=lambda one: (one.began, one.seed))


def changes(
    plan: Sequence[Planned], patterns: Sequence[Pattern], circle: Circle, people: People, references: Iterator[str]
) -> Iterator[Change]:
    """What is different in each copy, in the order of the plan."""
    for one in plan:
        yield _change(one, patterns[one.pattern], circle, people, references)


def _change(one: Planned, pattern: Pattern, circle: Circle, people: People, references: Iterator[str]) -> Change:
    chance = dice(one.seed)
    group_id, place = circle.pairs[one.pair]
    office = circle.offices[place]
    stand_ins = {pattern.group_id: group_id, **_staff(pattern, people, circle.groups[group_id], office.staff, chance)}
    if pattern.office_id is not None:
        stand_ins[pattern.office_id] = office.id
    if pattern.constituency_id is not None:
        stand_ins[pattern.constituency_id] = office.constituency_id
        if pattern.constituency_id != office.constituency_id and pattern.agency_id in people.local_bodies:
            stand_ins[pattern.agency_id] = people.other_council
    sent = any(event.action == "referral.submitted" for event in pattern.events)
    return Change(
        reference=next(references) if sent else None,
        days=one.days,
        minutes=one.minutes,
        stand_ins=stand_ins,
        words=_words(pattern, office.postcodes, chance),
    )


def _staff(pattern: Pattern, people: People, group: Staff, office: Staff, chance: Random) -> dict[UUID, UUID]:
    """Somebody of the same role for everybody of the pattern, two for two."""
    found: dict[UUID, UUID] = {}
    hired = {role: chance.sample(there, len(there)) for side in (group, office) for role, there in side.items()}
    actors = {event.actor_id: None for event in pattern.events if event.actor_id}
    for person_id in actors:
        role = people.roles[person_id]
        here = hired[role]
        found[person_id] = here[sum(people.roles[other] is role for other in found) % len(here)]
    return found


def _words(pattern: Pattern, postcodes: Sequence[str], chance: Random) -> dict[tuple[str, str], str]:
    """Another resident, somewhere else, and a story that goes on with details of their own."""
    story = next((row.words.get("story_sealed", "") for row in pattern.rows if row.table == "referrals"), "")
    details = [chance.choice(words()[kind]) for kind in ("homes", "households", "circumstances")]
    chance.shuffle(details)
    return {
        ("referrals", "story_sealed"): " ".join([story, *details]),
        ("referrals", "agency_reference_sealed"): f"{chance.randrange(10**8):08}",
        ("enquiries", "agency_reference_sealed"): f"{chance.randrange(10**6):06} {chance.randrange(100):02}",
        ("residents", "name_sealed"): invented_name(chance),
        # Ofcom keeps this range free for invented numbers.
        ("residents", "phone_sealed"): f"07700 900{chance.randrange(1000):03}",
        ("residents", "postcode_sealed"): chance.choice(postcodes),
        ("residents", "address_sealed"): f"{chance.randrange(1, 180)} {chance.choice(words()['streets'])}",
    }
