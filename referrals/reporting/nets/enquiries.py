"""The nets of enquiries to bodies, of people shown the way and of requests for advice: none has to do with another."""

from typing import Final

from referrals.reporting.chains import ALL, Chain, Count
from referrals.reporting.deduction import Edge
from referrals.reporting.nets.numbers import Numbers
from referrals.reporting.reports.agencies import counts as agencies
from referrals.reporting.reports.outcomes.beside import MEASURES, beside

# What nobody promised to answer by a day that has come.
UNPROMISED: Final = "unpromised"


def edges(numbers: Numbers) -> list[Edge]:
    """What was sent, by whether a promise was kept, by the body and by what came of it; and the others."""
    counted = [edge for measure in MEASURES for edge in _beside(numbers, measure)]
    return [*(_sent(numbers) if numbers.names(agencies.SENT) else []), *counted]


def _sent(numbers: Numbers) -> list[Edge]:
    """One circle, because those without a promise are what is left of those that were sent."""
    kept, late = agencies.KEPT, agencies.LATE
    bodies = numbers.names(agencies.SENT)
    chain = Chain(agencies.SENT)
    promised = numbers.one(agencies.key(agencies.PROMISED))
    chain.across({(ALL, agencies.PROMISED): promised, (ALL, UNPROMISED): _unpromised(numbers, agencies.TOTAL)})
    unpromised = chain.strands[UNPROMISED]
    chain.across(
        {
            (agencies.PROMISED, kept): numbers.one(agencies.key(kept)),
            (agencies.PROMISED, late): numbers.unseen([agencies.key(late)]),
        }
    )
    chain.across(
        {(kept, body): numbers.one(agencies.key(kept, body)) for body in bodies}
        | {(late, body): numbers.unseen([agencies.key(late, body)]) for body in bodies}
    )
    chain.strands[UNPROMISED] = unpromised
    chain.across(
        {(body, body): numbers.one(agencies.key(agencies.PROMISED, body)) for body in bodies}
        | {(UNPROMISED, body): _unpromised(numbers, body) for body in bodies}
    )
    for body in bodies:
        chain.along(body, numbers.one(agencies.key(agencies.SENT, body)))
    chain.across({(body, end): numbers.one(agencies.key(end, body)) for body in bodies for end in agencies.ENDS})
    chain.across({(end, ALL): numbers.one(agencies.key(end)) for end in agencies.ENDS})
    return chain.close(numbers.one(agencies.key(agencies.SENT)))


def _unpromised(numbers: Numbers, body: str) -> list[Count]:
    sent, promised = (agencies.key(measure, body) for measure in (agencies.SENT, agencies.PROMISED))
    return numbers.rest((UNPROMISED, body), numbers[sent], numbers.one(promised))


def _beside(numbers: Numbers, measure: str) -> list[Edge]:
    chain = Chain(measure)
    chain.along(ALL, numbers.each(beside(measure, category) for category in numbers.names("beside", measure)))
    return chain.close(numbers.one(beside(measure)))
