"""The counts of areas and MPs, by the keys under which they are known, and how they add up."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final

from referrals.engagement.queries import YEAR
from referrals.reporting.deduction import Edge, Key, Node, alone
from referrals.reporting.periods import Period
from referrals.reporting.reports.together.then import MOVES, Record

NAME: Final = "together"
TOTAL: Final = "total"
AREAS: Final = "areas"
QUIET: Final = "quiet"
IN_TOUCH: Final = "in_touch"
# Areas and MPs whose stance was said, and of these the supportive ones. The rest is never shown by region.
ASSESSED: Final = "assessed"
SUPPORTIVE: Final = "supportive"
REST: Final = "rest"
TYPES: Final = "types"
MOVED: Final = "moved"
PAIRS: Final = "pairs"
AHEAD: Final = "ahead"
NUMBERS: Final = ("0", "1", "2", "3")
# The nine regions of the ONS in three parts, because one alone often has too few areas to show anything of.
PARTS: Final[Mapping[str, tuple[str, ...]]] = {
    "North": ("North East", "North West", "Yorkshire and The Humber"),
    "Midlands and East": ("East Midlands", "West Midlands", "East of England"),
    "South": ("London", "South East", "South West"),
}
ELSEWHERE: Final = "Elsewhere"


def key(measure: str, place: str = TOTAL) -> Key:
    """The key of a measure: of a region, of a part of the country, of one line of a table, or of all."""
    return NAME, measure, place


def part_of(region: str) -> str:
    """The part of the country that a region lies in."""
    return next((part for part, regions in PARTS.items() if region in regions), ELSEWHERE)


def in_parts(regions: Iterable[str]) -> dict[str, list[str]]:
    """The parts that some regions lie in, each with those regions, in their order."""
    names, found = sorted(set(regions)), dict[str, list[str]]()
    for part in (*PARTS, ELSEWHERE):
        here = [region for region in names if part_of(region) == part]
        if here:
            found[part] = here
    return found


def numbers(record: Record, period: Period) -> dict[Key, int]:
    """Every count of the report as it is."""
    day, until = period.last, period.ends
    quiet, types = record.quiet_on(day), record.types_on(day)
    found = Counter[Key]()
    for area, region in record.areas.items():
        measures = {AREAS: 1, QUIET: area in quiet, IN_TOUCH: area not in quiet}
        _add(found, region, measures)
        found[key(TYPES, str(types[area]))] += 1
    for (area, _), stance in record.stances_on(day, until).items():
        supportive = stance == SUPPORTIVE
        _add(found, record.areas[area], {ASSESSED: 1, SUPPORTIVE: supportive, REST: not supportive})
    moves = record.moves((day - YEAR, until), (day, until))
    found.update(key(MOVED, move) for move in moves.values())
    found[key(PAIRS)] = len(moves)
    found[key(AHEAD)] = len(record.changing_on(day, YEAR))
    return dict(found)


def _add(found: "Counter[Key]", region: str, measures: Mapping[str, int]) -> None:
    for measure, value in measures.items():
        for place in (TOTAL, _part(part_of(region)), region):
            found[key(measure, place)] += value


def _part(name: str) -> str:
    return f"part {name}"


def of_part(measure: str, part: str) -> Key:
    """The key of a measure of one part of the country."""
    return key(measure, _part(part))


def edges_of(exact: Mapping[Key, int]) -> list[Edge]:
    """All of them as they add up: areas by how many types they have, and by where they are; stances; and movement."""
    regions = in_parts(name for _, measure, name in exact if measure == AREAS and _is_region(name))
    start, middle = (NAME, "start"), (NAME, "middle")
    edges = [_edge(exact, key(TYPES, number), start, middle) for number in NUMBERS]
    edges += _places(exact, AREAS, (IN_TOUCH, QUIET), regions, (middle, start))
    edges += _places(exact, ASSESSED, (SUPPORTIVE, REST), regions, ((NAME, "said"), (NAME, "said")))
    moved, pairs = (NAME, "moved"), (NAME, "pairs")
    edges += [_edge(exact, key(MOVED, move), pairs, moved) for move in MOVES]
    return [*edges, _edge(exact, key(PAIRS), moved, pairs), alone(key(AHEAD), exact.get(key(AHEAD), 0))]


def _is_region(name: str) -> bool:
    return name != TOTAL and not name.startswith(_part(""))


def _places(
    exact: Mapping[Key, int],
    whole: str,
    split: tuple[str, str],
    regions: Mapping[str, list[str]],
    ends: tuple[Node, Node],
) -> list[Edge]:
    """From the total to parts and regions, and from there by one side or the other to the end again."""
    begin, end = ends
    top = (NAME, whole, "all")
    edges: list[Edge] = []
    for part, here in regions.items():
        for region in here:
            edges += [_edge(exact, key(side, region), (whole, region), (side, _part(part))) for side in split]
            edges.append(_edge(exact, key(whole, region), (whole, _part(part)), (whole, region)))
        edges += [_edge(exact, of_part(side, part), (side, _part(part)), (side, TOTAL)) for side in split]
        edges.append(_edge(exact, of_part(whole, part), top, (whole, _part(part))))
    edges += [_edge(exact, key(side), (side, TOTAL), end) for side in split]
    return [*edges, _edge(exact, key(whole), begin, top)]


def _edge(exact: Mapping[Key, int], name: Key, tail: Node, head: Node) -> Edge:
    # What stands in no table, and everybody can work out.
    implied = name[1] in (IN_TOUCH, REST)
    return Edge(name, tail, head, exact.get(name, 0), shown=not implied)
