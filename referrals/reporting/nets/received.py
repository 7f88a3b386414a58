"""The net of what came in: by how long residents had waited, category, decision, reason, month and area."""

from referrals.reporting import monthly
from referrals.reporting.chains import ALL, Chain
from referrals.reporting.deduction import Edge
from referrals.reporting.nets.numbers import Numbers
from referrals.reporting.queries import DECISIONS
from referrals.reporting.reports.areas import counts as areas
from referrals.reporting.reports.decisions import counts as decisions
from referrals.reporting.reports.outcomes.counts import ACCEPTED, RECEIVED, flow, waited
from referrals.reporting.reports.waiting import counts as waiting

KNOWN, UNKNOWN = "known", "unknown"


def edges(numbers: Numbers) -> list[Edge]:
    """The circle of what came in, and that of what was taken on."""
    return [*_received(numbers), *_accepted(numbers)]


def _received(numbers: Numbers) -> list[Edge]:
    categories = numbers.names("flow", RECEIVED)
    chain = Chain(RECEIVED)
    _since(chain, numbers, categories)
    if numbers.names("decided"):
        for category in categories:
            chain.along(category, numbers.one(flow(RECEIVED, category)))
        _decided(chain, numbers, categories)
    else:
        chain.across({(category, ALL): numbers.one(flow(RECEIVED, category)) for category in categories})
    chain.along(ALL, numbers.each(areas.of(areas.RECEIVED, code) for code in numbers.names("area", areas.RECEIVED)))
    return chain.close(numbers.one(flow(RECEIVED)))


def _since(chain: Chain, numbers: Numbers, categories: list[str]) -> None:
    """Those of whom it is known since when they waited, by how long; everybody can take these from all."""
    known = numbers.one(waited())
    chain.across(
        {
            (ALL, KNOWN): known,
            (ALL, UNKNOWN): numbers.rest(waited(), numbers[flow(RECEIVED)], known),
        }
    )
    chain.along(KNOWN, numbers.each(waiting.band(int(place)) for place in numbers.names("band")))
    parts = {category: numbers.one(waited(category)) for category in categories}
    chain.across(
        {(KNOWN, category): part for category, part in parts.items()}
        | {
            (UNKNOWN, category): numbers.rest(waited(category), numbers[flow(RECEIVED, category)], part)
            for category, part in parts.items()
        }
    )


def _decided(chain: Chain, numbers: Numbers, categories: list[str]) -> None:
    names = DECISIONS
    chain.across(
        {(category, name): numbers.one(decisions.decided(name, category)) for category in categories for name in names}
    )
    for name in names:
        chain.along(name, numbers.one(decisions.decided(name)))
        chain.along(name, numbers.each(decisions.because(name, code) for code in numbers.names("because", name)))
    months = numbers.names("month")
    chain.across({(name, month): numbers.one(decisions.decided_in(name, month)) for name in names for month in months})
    chain.across({(month, ALL): numbers.one(monthly.received(month)) for month in months})


def _accepted(numbers: Numbers) -> list[Edge]:
    chain = Chain(ACCEPTED)
    chain.along(ALL, numbers.each(flow(ACCEPTED, category) for category in numbers.names("flow", ACCEPTED)))
    chain.along(ALL, numbers.each(areas.of(areas.TAKEN_ON, code) for code in numbers.names("area", areas.TAKEN_ON)))
    return chain.close(numbers.one(flow(ACCEPTED)))
