"""Building the report of residents' answers: two queries, and every figure with how many answered beside it."""

from typing import Final

from referrals.foundation.clock import today
from referrals.reporting import queries
from referrals.reporting.periods import Period
from referrals.reporting.queries import CLOSING, LATER
from referrals.reporting.report import Figure, Report, Unit
from referrals.reporting.reports.residents_view import counts, tables, words
from referrals.reporting.reports.residents_view.counts import ANSWERED, EVERYBODY, MOMENTS, response, said
from referrals.reporting.reports.residents_view.tables import Ready
from referrals.reporting.scope import Scope

# What a question is called as a figure, for those who said yes.
_LABELS: Final = {
    "helped_forward": "Found a way forward",
    "is_solved": "Say it is solved",
    "less_worried": "Less worried",
}
_WHEN: Final = {CLOSING: "when it was closed", LATER: "four weeks later"}


def build(scope: Scope, period: Period) -> Report:
    """The report of a scope for a period."""
    found = queries.answers(scope, period)
    ready = Ready(scope.profile.counts(counts.edges_of(found)), scope.profile)
    # By category each answer is of few, so only those whose referrals they are read that.
    divided = tables.categories(found) if scope.profile.is_exact else ()
    return Report(
        name="residents_view",
        title="What residents say",
        about=scope.name,
        period=period,
        headline=words.headline(ready),
        figures=_figures(ready),
        tables=(tables.responses(ready), *tables.questions(ready), *divided),
        definitions=words.DEFINITIONS,
        counted_on=today(),
        precision=scope.profile.precision(),
        warning=scope.profile.warning(),
        is_empty=not any(ready.shown[response(moment, EVERYBODY)] for moment in MOMENTS),
    )


def _figures(ready: Ready) -> tuple[Figure, ...]:
    def figure(moment: str, question: str) -> Figure:
        yes, answered = ready.shown[said(moment, question, "yes")], ready.shown[said(moment, question, ANSWERED)]
        rate = ready.rate(moment, question)
        of = "" if answered is None or rate is None else f", yes of {answered:,} answers ({rate}% answered)"
        return Figure(_LABELS[question], yes, Unit.PEOPLE, f"{_WHEN[moment]}{of}")

    return tuple(figure(moment, question) for moment in MOMENTS for question in _LABELS)
