"""What really happened in a quarter, at random, and which of it each published number is the sum of.

Referrals are counted by all that they have at once: the smallest cells, which no table shows. Each number of a report,
and each that everybody can work out by taking one number from another, is a sum of some of these cells.
"""

import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product
from typing import Final

from referrals.reporting import monthly
from referrals.reporting.reports.agencies import counts as agencies
from referrals.reporting.reports.areas import counts as areas
from referrals.reporting.reports.decisions import counts as decisions
from referrals.reporting.reports.outcomes import counts
from referrals.reporting.reports.outcomes.beside import beside
from referrals.reporting.reports.residents_view import counts as residents
from referrals.reporting.reports.together import counts as together
from referrals.reporting.reports.waiting import counts as waiting

CATEGORIES: Final = ("housing", "health", "welfare")
AREAS: Final = ("north", "south", "west")
GOOD: Final = ("resolved_in_full", "resolved_in_part")
RESOLUTIONS: Final = (*GOOD, "not_resolved")
BANDS: Final = ("0", "1")
NOT_KNOWN: Final = "not known"
# How it was decided, and why.
DECIDED: Final = (
    ("taken_on", ""),
    ("declined", "no_capacity"),
    ("declined", "already_open"),
    ("undecided", ""),
)
# What came of asking a resident, and the answer to the only question that is asked here.
SAID: Final = (("answered", "yes"), ("answered", "no"), ("answered", ""), ("declined", ""), ("not asked", ""))
QUESTION: Final = residents.QUESTIONS[0]
# Who was asked for an answer; not every body has promised one by a day.
BODIES: Final = ("council", "landlord")
NOT_PROMISED: Final = "not promised"
REGIONS: Final = ("North East", "North West", "London", "South East")
CODES: Final = ("rehoused", "compensation")
WITH_CODES: Final = ((), ("rehoused",), ("compensation",), CODES)
Cell = tuple[object, ...]
Key = tuple[str, ...]


@dataclass(frozen=True)
class Circle:
    """One kind of what happens: by what it is divided, and what of it is published."""

    divided: tuple[tuple[object, ...], ...]
    # Each number with what must be true of a cell to count in it.
    published: dict[Key, Callable[..., bool]]
    # The same for numbers that nobody publishes and everybody can work out.
    implied: dict[Key, Callable[..., bool]]


def received(months: tuple[str, ...]) -> Circle:
    """What came in, by category, since when the resident waited, decision, month and area."""
    flow = counts.flow
    shown: dict[Key, Callable[..., bool]] = {
        flow("received"): lambda *_: True,
        counts.waited(): lambda c, w, d, m, a: w != NOT_KNOWN,
    }
    implied: dict[Key, Callable[..., bool]] = {
        (
            "implied",
            "not known",
        ): lambda c, w, d, m, a: w == NOT_KNOWN
    }
    for name in CATEGORIES:
        shown[flow("received", name)] = lambda c, w, d, m, a, name=name: c == name
        shown[counts.waited(name)] = lambda c, w, d, m, a, name=name: c == name and w != NOT_KNOWN
        implied["implied", "not known", name] = lambda c, w, d, m, a, name=name: c == name and w == NOT_KNOWN
    for band in BANDS:
        shown[waiting.band(int(band))] = lambda c, w, d, m, a, band=band: w == band
    return Circle((CATEGORIES, (*BANDS, NOT_KNOWN), DECIDED, months, AREAS), shown | _decided(months), implied)


def _decided(months: tuple[str, ...]) -> dict[Key, Callable[..., bool]]:
    """How it was decided, by category, reason, month; and the same for months and areas alone."""
    decided = decisions.decided
    shown: dict[Key, Callable[..., bool]] = {}
    for way in ("taken_on", "declined", "undecided"):
        shown[decided(way)] = lambda c, w, d, m, a, way=way: d[0] == way
        for name in CATEGORIES:
            shown[decided(way, name)] = lambda c, w, d, m, a, way=way, name=name: (c, d[0]) == (name, way)
        for month in months:
            shown[decisions.decided_in(way, month)] = lambda c, w, d, m, a, way=way, month=month: (
                (m, d[0])
                == (
                    month,
                    way,
                )
            )
    for way, reason in DECIDED[1:3]:
        shown[decisions.because(way, reason)] = lambda c, w, d, m, a, both=(way, reason): d == both
    for month in months:
        shown[monthly.received(month)] = lambda c, w, d, m, a, month=month: m == month
    for area in AREAS:
        shown[areas.of(areas.RECEIVED, area)] = lambda c, w, d, m, a, area=area: a == area
    return shown


def closed(months: tuple[str, ...]) -> Circle:
    """What was closed, by category, month, result, area and what the resident said."""
    flow, of, said, response = counts.flow, areas.of, residents.said, residents.response
    shown: dict[Key, Callable[..., bool]] = {
        flow("closed"): lambda *_: True,
        of(areas.SOLVED): lambda c, m, r, a, s: r in GOOD,
        response("closing", residents.ASKED): lambda c, m, r, a, s: s[0] != "not asked",
        said("closing", QUESTION, residents.ANSWERED): lambda c, m, r, a, s: bool(s[1]),
    }
    implied: dict[Key, Callable[..., bool]] = {
        (
            "implied",
            "not asked",
        ): lambda c, m, r, a, s: s[0] == "not asked",
        (
            "implied",
            "not answered",
        ): lambda c, m, r, a, s: not s[1],
    }
    for came in ("answered", "declined"):
        shown[response("closing", came)] = lambda c, m, r, a, s, came=came: s[0] == came
    for answer in ("yes", "no"):
        shown[said("closing", QUESTION, answer)] = lambda c, m, r, a, s, answer=answer: s[1] == answer
    for resolution in RESOLUTIONS:
        shown[counts.closed_as(resolution)] = lambda c, m, r, a, s, one=resolution: r == one
    for name in CATEGORIES:
        shown[flow("closed", name)] = lambda c, m, r, a, s, name=name: c == name
    for month in months:
        shown[monthly.closed(month)] = lambda c, m, r, a, s, month=month: m == month
        shown[monthly.resolved(month)] = lambda c, m, r, a, s, month=month: m == month and r in GOOD
        implied[monthly.not_resolved(month)] = lambda c, m, r, a, s, month=month: m == month and r not in GOOD
        for name in CATEGORIES:
            shown[monthly.closed(month, name)] = lambda c, m, r, a, s, both=(name, month): (c, m) == both
    for area in AREAS:
        shown[of(areas.CLOSED, area)] = lambda c, m, r, a, s, area=area: a == area
        shown[of(areas.SOLVED, area)] = lambda c, m, r, a, s, area=area: a == area and r in GOOD
        implied["implied", "not solved", area] = lambda c, m, r, a, s, area=area: a == area and r not in GOOD
    return Circle((CATEGORIES, months, RESOLUTIONS, AREAS, SAID), shown, implied)


def results() -> Circle:
    """Results, by category, kind, what the group says, evidence, outcome codes, and whether there was money."""
    result, standing, code = counts.result, counts.standing, counts.code
    shown: dict[Key, Callable[..., bool]] = {
        result(): lambda *_: True,
        standing(counts.EVIDENCED): lambda c, r, s, e, k, p: e,
        ("money", "one_off", "confirmed"): lambda c, r, s, e, k, p: p,
    }
    implied: dict[Key, Callable[..., bool]] = {
        (
            "implied",
            "no evidence",
        ): lambda c, r, s, e, k, p: not e,
        (
            "implied",
            "no money",
        ): lambda c, r, s, e, k, p: not p,
    }
    for name in CATEGORIES:
        shown[result(category=name)] = lambda c, r, s, e, k, p, name=name: c == name
        for resolution in RESOLUTIONS:
            shown[result(resolution, name)] = lambda c, r, s, e, k, p, both=(name, resolution): (c, r) == both
    for resolution in RESOLUTIONS:
        shown[result(resolution)] = lambda c, r, s, e, k, p, one=resolution: r == one
        for which in counts.STANDINGS:
            shown[standing(which, resolution)] = lambda c, r, s, e, k, p, both=(resolution, which): (r, s) == both
    for which in counts.STANDINGS:
        shown[standing(which)] = lambda c, r, s, e, k, p, which=which: s == which
    for name in CODES:
        shown[code(name)] = lambda c, r, s, e, k, p, name=name: name in k
        shown[code(name, counts.EVIDENCED)] = lambda c, r, s, e, k, p, name=name: name in k and e
        implied["implied", "without", name] = lambda c, r, s, e, k, p, name=name: name not in k
        implied["implied", "without evidence", name] = lambda c, r, s, e, k, p, name=name: name in k and not e
        for which in (counts.CONFIRMED, counts.DISPUTED):
            shown[code(name, which)] = lambda c, r, s, e, k, p, both=(name, which): both[0] in k and s == both[1]
        rest = code(name, counts.NOT_ANSWERED)
        implied[rest] = lambda c, r, s, e, k, p, name=name: name in k and s == counts.NOT_ANSWERED
    return Circle((CATEGORIES, RESOLUTIONS, counts.STANDINGS, (True, False), WITH_CODES, (True, False)), shown, implied)


def enquiries() -> Circle:
    """Enquiries, by the body that was asked, what came of it, and whether the day it had promised was kept."""
    key = agencies.key
    fates = [(end, promise) for end in agencies.ENDS for promise in (agencies.KEPT, agencies.LATE, NOT_PROMISED)]
    # Only an answer keeps a promise.
    fates = [(end, promise) for end, promise in fates if promise != agencies.KEPT or end == agencies.ANSWERED]
    shown: dict[Key, Callable[..., bool]] = {}
    implied: dict[Key, Callable[..., bool]] = {}
    for name in (agencies.TOTAL, *BODIES):
        asked = {name} if name != agencies.TOTAL else set(BODIES)
        shown[key(agencies.SENT, name)] = lambda b, f, asked=asked: b in asked
        for end in agencies.ENDS:
            shown[key(end, name)] = lambda b, f, asked=asked, end=end: b in asked and f[0] == end
        shown[key(agencies.PROMISED, name)] = lambda b, f, asked=asked: b in asked and f[1] != NOT_PROMISED
        shown[key(agencies.KEPT, name)] = lambda b, f, asked=asked: b in asked and f[1] == agencies.KEPT
        implied[key(agencies.LATE, name)] = lambda b, f, asked=asked: b in asked and f[1] == agencies.LATE
        implied["implied", "not promised", name] = lambda b, f, asked=asked: b in asked and f[1] == NOT_PROMISED
    return Circle((BODIES, fates), shown, implied)


def later() -> Circle:
    """Residents who could be asked four weeks later, by what came of it and what they said."""
    said, response = residents.said, residents.response
    shown: dict[Key, Callable[..., bool]] = {
        response("later", residents.EVERYBODY): lambda s: True,
        response("later", residents.ASKED): lambda s: s[0] != "not asked",
        said("later", QUESTION, residents.ANSWERED): lambda s: bool(s[1]),
    }
    implied: dict[Key, Callable[..., bool]] = {
        ("implied", "later", "not asked"): lambda s: s[0] == "not asked",
        ("implied", "later", "not answered"): lambda s: not s[1],
    }
    for came in ("answered", "declined"):
        shown[response("later", came)] = lambda s, came=came: s[0] == came
    for answer in ("yes", "no"):
        shown[said("later", QUESTION, answer)] = lambda s, answer=answer: s[1] == answer
    return Circle((SAID,), shown, implied)


def aside(measure: str) -> Circle:
    """People who were shown the way, or requests for advice, by category: they are no referrals."""
    shown: dict[Key, Callable[..., bool]] = {beside(measure): lambda c: True}
    for name in CATEGORIES:
        shown[beside(measure, name)] = lambda c, name=name: c == name
    return Circle((CATEGORIES,), shown, {})


def accepted() -> Circle:
    """What was taken on, by category and area."""
    flow, of = counts.flow, areas.of
    shown: dict[Key, Callable[..., bool]] = {flow("accepted"): lambda *_: True}
    for name in CATEGORIES:
        shown[flow("accepted", name)] = lambda c, a, name=name: c == name
    for area in AREAS:
        shown[of(areas.TAKEN_ON, area)] = lambda c, a, area=area: a == area
    return Circle((CATEGORIES, AREAS), shown, {})


def ended(end: str) -> Circle:
    """What was declined, sent back or withdrawn, by category."""
    shown: dict[Key, Callable[..., bool]] = {counts.flow(end): lambda c: True}
    for name in CATEGORIES:
        shown[counts.flow(end, name)] = lambda c, name=name: c == name
    return Circle((CATEGORIES,), shown, {})


def closed_of_one() -> Circle:
    """What one group or office closed, by category, result and what the resident said: it has no areas or months."""
    whole = closed(())

    def of(meets: Callable[..., bool]) -> Callable[..., bool]:
        return lambda c, r, s: meets(c, "", r, "", s)

    shown = {key: of(meets) for key, meets in whole.published.items() if key[0] != "area"}
    implied = {key: of(meets) for key, meets in whole.implied.items() if len(key) == 2}
    return Circle((CATEGORIES, RESOLUTIONS, SAID), shown, implied)


def areas_with_mps() -> Circle:
    """Areas, by region, by whether they were quiet, and by how many kinds of work they do with their MP."""
    shown: dict[Key, Callable[..., bool]] = {
        together.key(together.TYPES, number): lambda r, q, t, number=number: t == number for number in together.NUMBERS
    }
    implied: dict[Key, Callable[..., bool]] = {}
    for name, here in _places():
        shown[together.key(together.AREAS, name)] = lambda r, q, t, here=here: r in here
        shown[together.key(together.QUIET, name)] = lambda r, q, t, here=here: r in here and q
        implied[together.key(together.IN_TOUCH, name)] = lambda r, q, t, here=here: r in here and not q
    return Circle((REGIONS, (True, False), together.NUMBERS), shown, implied)


def stances() -> Circle:
    """Areas and MPs whose stance was said, by region and by whether it is supportive."""
    shown: dict[Key, Callable[..., bool]] = {}
    implied: dict[Key, Callable[..., bool]] = {}
    for name, here in _places():
        shown[together.key(together.ASSESSED, name)] = lambda r, s, here=here: r in here
        shown[together.key(together.SUPPORTIVE, name)] = lambda r, s, here=here: r in here and s
        implied[together.key(together.REST, name)] = lambda r, s, here=here: r in here and not s
    return Circle((REGIONS, (True, False)), shown, implied)


def _places() -> Iterator[tuple[str, tuple[str, ...]]]:
    """All regions, the parts of the country, and each region, as the keys of the report name them."""
    yield together.TOTAL, REGIONS
    for part, here in together.in_parts(REGIONS).items():
        yield together.of_part("", part)[2], tuple(here)
    yield from ((region, (region,)) for region in REGIONS)


class World:
    """One circle as it really was: how many there are of each of its smallest cells."""

    def __init__(self, chance: random.Random, circle: Circle) -> None:
        self.circle = circle
        self.places: list[Cell] = list(product(*circle.divided))
        likely = [{part: chance.choice((0.05, 0.3, 1)) for part in parts} for parts in circle.divided]
        weights = [_product(likely, place) for place in self.places]
        number = chance.choice((40, 90, 200, 500))
        self.number = Counter(chance.choices(self.places, weights, k=number))

    def cells(self, key: Key) -> Iterator[Cell]:
        """The cells that a number is the sum of."""
        counts_in = self.circle.published.get(key) or self.circle.implied[key]
        return (place for place in self.places if counts_in(*place))

    def exact(self) -> dict[Key, int]:
        """Each number that reports ask for as it is, shown or not."""
        return {key: self.sum(key) for key in (*self.circle.published, *self.circle.implied) if key[0] != "implied"}

    def sum(self, key: Key) -> int:
        """One number as it is."""
        return sum(self.number[place] for place in self.cells(key))


def _product(likely: list[dict[object, float]], place: Cell) -> float:
    weight = 1.0
    for chances, part in zip(likely, place, strict=True):
        weight *= chances[part]
    return weight
