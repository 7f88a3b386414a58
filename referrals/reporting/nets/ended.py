"""The net of what ended, and of the residents behind it: how it ended, in which area and month, and what they say."""

from referrals.reporting import monthly
from referrals.reporting.chains import ALL, Chain
from referrals.reporting.deduction import Edge
from referrals.reporting.nets.numbers import Numbers
from referrals.reporting.queries import CLOSING, LATER, RESOLVED
from referrals.reporting.reports.areas import counts as areas
from referrals.reporting.reports.outcomes.counts import CLOSED, closed_as, flow
from referrals.reporting.reports.residents_view import counts as residents

GOOD, OTHER = "good", "other"
# Ends of which only the category is told.
ENDS = ("declined", "returned", "withdrawn")


def edges(numbers: Numbers) -> list[Edge]:
    """The circle of what was closed, those of the other ends, and that of who was asked four weeks later."""
    return [*_closed(numbers), *(edge for end in ENDS for edge in _ended(numbers, end)), *_later(numbers)]


def _ended(numbers: Numbers, end: str) -> list[Edge]:
    chain = Chain(end)
    chain.along(ALL, numbers.each(flow(end, category) for category in numbers.names("flow", end)))
    return chain.close(numbers.one(flow(end)))


def _closed(numbers: Numbers) -> list[Edge]:
    chain = Chain(CLOSED)
    _said(chain, numbers, CLOSING)
    if numbers.names("month"):
        _areas_and_months(chain, numbers)
    else:
        chain.along(ALL, numbers.each(map(closed_as, numbers.names("closed_as"))))
        chain.along(ALL, numbers.each(flow(CLOSED, category) for category in numbers.names("flow", CLOSED)))
    return chain.close(numbers.one(flow(CLOSED)))


def _areas_and_months(chain: Chain, numbers: Numbers) -> None:
    """By area, result, month and category, each beside the one before: only a programme's figures tell of these."""
    _areas(chain, numbers)
    chain.along(GOOD, numbers.one(areas.of(areas.SOLVED)))
    for name, good in ((GOOD, True), (OTHER, False)):
        resolutions = [code for code in numbers.names("closed_as") if (code in RESOLVED) is good]
        chain.along(name, numbers.each(map(closed_as, resolutions)))
    months, categories = numbers.names("month"), numbers.names("flow", CLOSED)
    chain.across(
        {(GOOD, month): numbers.one(monthly.resolved(month)) for month in months}
        | {(OTHER, month): numbers.one(monthly.not_resolved(month)) for month in months}
    )
    for month in months:
        chain.along(month, numbers.one(monthly.closed(month)))
    chain.across(
        {(month, category): numbers.one(monthly.closed(month, category)) for month in months for category in categories}
    )
    chain.across({(category, ALL): numbers.one(flow(CLOSED, category)) for category in categories})


def _areas(chain: Chain, numbers: Numbers) -> None:
    """By area, and there by whether it was resolved."""
    codes = numbers.names("area", areas.CLOSED)
    closed = {code: numbers.one(areas.of(areas.CLOSED, code)) for code in codes}
    solved = {code: numbers.one(areas.of(areas.SOLVED, code)) for code in codes}
    chain.across({(ALL, code): part for code, part in closed.items()})
    chain.across(
        {(code, GOOD): part for code, part in solved.items()}
        | {
            (code, OTHER): numbers.rest(areas.of(areas.SOLVED, code), numbers[areas.of(areas.CLOSED, code)], part)
            for code, part in solved.items()
        }
    )


def _later(numbers: Numbers) -> list[Edge]:
    chain = Chain(LATER)
    _said(chain, numbers, LATER)
    return chain.close(numbers.one(residents.response(LATER, residents.EVERYBODY)))


def _said(chain: Chain, numbers: Numbers, moment: str) -> None:
    """What came of asking, then each question by its answers, one after the other."""
    everybody = numbers[residents.response(moment, residents.EVERYBODY)]
    asked = numbers.one(residents.response(moment, residents.ASKED))
    chain.beside(
        ALL,
        numbers.rest(("asked", moment), everybody, asked),
        numbers.each(residents.response(moment, which) for which in residents.SAID),
        asked,
    )
    for question in residents.QUESTIONS:
        answered = numbers.one(residents.said(moment, question, residents.ANSWERED))
        chain.beside(
            ALL,
            numbers.rest(("answered", moment, question), everybody, answered),
            numbers.each(residents.said(moment, question, answer) for answer in residents.ANSWERS),
            answered,
        )
