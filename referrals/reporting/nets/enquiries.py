"""The nets of enquiries to bodies, of people shown the way and of requests for advice: none has to do with another."""

from referrals.reporting.chains import ALL, Chain
from referrals.reporting.deduction import Edge
from referrals.reporting.nets.numbers import Numbers
from referrals.reporting.reports.agencies import counts as agencies
from referrals.reporting.reports.outcomes.beside import MEASURES, beside


def edges(numbers: Numbers) -> list[Edge]:
    """What was sent to each body by what came of it; what was promised by whether it was kept; and the others."""
    counted = [edge for measure in MEASURES for edge in _beside(numbers, measure)]
    return [*_sent(numbers), *_promised(numbers), *counted]


def _sent(numbers: Numbers) -> list[Edge]:
    bodies = numbers.names(agencies.SENT)
    chain = Chain(agencies.SENT)
    chain.across({(ALL, body): numbers.one(agencies.key(agencies.SENT, body)) for body in bodies})
    chain.across({(body, end): numbers.one(agencies.key(end, body)) for body in bodies for end in agencies.ENDS})
    chain.across({(end, ALL): numbers.one(agencies.key(end)) for end in agencies.ENDS})
    return chain.close(numbers.one(agencies.key(agencies.SENT)))


def _promised(numbers: Numbers) -> list[Edge]:
    kept, late = agencies.KEPT, agencies.LATE
    bodies = numbers.names(agencies.PROMISED)
    chain = Chain(agencies.PROMISED)
    chain.across({(ALL, body): numbers.one(agencies.key(agencies.PROMISED, body)) for body in bodies})
    chain.across(
        {(body, kept): numbers.one(agencies.key(kept, body)) for body in bodies}
        | {(body, late): numbers.unseen([agencies.key(late, body)]) for body in bodies}
    )
    chain.across({(kept, ALL): numbers.one(agencies.key(kept)), (late, ALL): numbers.unseen([agencies.key(late)])})
    return chain.close(numbers.one(agencies.key(agencies.PROMISED)))


def _beside(numbers: Numbers, measure: str) -> list[Edge]:
    chain = Chain(measure)
    chain.along(ALL, numbers.each(beside(measure, category) for category in numbers.names("beside", measure)))
    return chain.close(numbers.one(beside(measure)))
