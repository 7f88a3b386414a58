"""The net of results: by category, kind, what the group says and evidence; and their outcomes, and money."""

from referrals.reporting.chains import ALL, Chain
from referrals.reporting.deduction import Edge
from referrals.reporting.nets.numbers import Numbers
from referrals.reporting.reports.outcomes import counts


def edges(numbers: Numbers) -> list[Edge]:
    """The circle of all results of the quarter."""
    categories, resolutions = numbers.names("result", counts.TOTAL), numbers.names("standing", counts.CONFIRMED)
    chain = Chain("result")
    chain.across({(ALL, name): numbers.one(counts.result(category=name)) for name in categories})
    chain.across(
        {
            (category, name): numbers.one(counts.result(name, category))
            for category in categories
            for name in resolutions
        }
    )
    for name in resolutions:
        chain.along(name, numbers.one(counts.result(name)))
    chain.across(
        {(name, which): numbers.one(counts.standing(which, name)) for name in resolutions for which in counts.STANDINGS}
    )
    chain.across({(which, ALL): numbers.one(counts.standing(which)) for which in counts.STANDINGS})
    whole = numbers[counts.result()]
    evidenced = numbers.one(counts.standing(counts.EVIDENCED))
    chain.along(ALL, [*evidenced, *numbers.rest(counts.standing(counts.EVIDENCED), whole, evidenced)])
    for name in numbers.names("code"):
        _code(chain, numbers, name, whole)
    for kind in numbers.names("money"):
        for basis in numbers.names("money", kind):
            behind = numbers.one(("money", kind, basis))
            chain.along(ALL, [*behind, *numbers.rest(("money", kind, basis), whole, behind)])
    return chain.close(numbers.one(counts.result()))


def _code(chain: Chain, numbers: Numbers, name: str, whole: int) -> None:
    """One outcome by what the group says, and by evidence, beside the results without it."""
    own = numbers.one(counts.code(name))
    evidenced = numbers.one(counts.code(name, counts.EVIDENCED))
    answered = numbers.each(counts.code(name, which) for which in (counts.CONFIRMED, counts.DISPUTED))
    silent = numbers.unseen([counts.code(name, counts.NOT_ANSWERED)])
    chain.beside(
        ALL,
        numbers.rest(counts.code(name), whole, own),
        own,
        [*answered, *silent],
        [*evidenced, *numbers.rest(counts.code(name, counts.EVIDENCED), numbers[counts.code(name)], evidenced)],
    )
