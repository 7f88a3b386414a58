"""The tables of residents' answers, from counts that are ready to be shown: both moments stand side by side."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from referrals.reporting import phrases
from referrals.reporting.categories import category_labels
from referrals.reporting.cells import COULD_BE_ASKED, WAS_ASKED, Cell
from referrals.reporting.deduction import Key
from referrals.reporting.disclosure import Profile
from referrals.reporting.queries import CLOSING, LATER, Answered
from referrals.reporting.report import Column, Row, Table, Unit, Value
from referrals.reporting.reports.residents_view.counts import (
    ANSWERED,
    ANSWERS,
    ASKED,
    EVERYBODY,
    MOMENTS,
    QUESTIONS,
    SAID,
    number,
    response,
    said,
)
from referrals.reporting.summaries import measures

MEASURES: Final = {CLOSING: measures.AT_CLOSING, LATER: measures.LATER_ON}
WORDS: Final = {
    "helped_forward": "Did it help you find a way forward?",
    "is_solved": "Is it solved?",
    "less_worried": "Are you less worried?",
}
_MOMENTS: Final = {CLOSING: "When it was closed", LATER: "Four weeks later"}
_RATE: Final = Column("Response rate", Unit.PERCENT)


def _people(label: str) -> Column:
    return Column(label, Unit.PEOPLE)


@dataclass(frozen=True, slots=True)
class Ready:
    """What the tables are filled from."""

    shown: Mapping[Key, int | None]
    profile: Profile

    def rate(self, moment: str, question: str) -> int | None:
        """How many of a hundred who could be asked answered a question, from the numbers that are shown."""
        return self.profile.percentage(
            self.shown[said(moment, question, ANSWERED)], self.shown[response(moment, EVERYBODY)]
        )


def responses(ready: Ready) -> Table:
    """What came of asking at all."""

    def row(moment: str) -> Row:
        everybody, asked, *rest = (ready.shown[response(moment, which)] for which in (EVERYBODY, ASKED, *SAID))
        cells = (
            Cell(MEASURES[moment], aspect=COULD_BE_ASKED),
            Cell(MEASURES[moment], aspect=WAS_ASKED),
            *(Cell(MEASURES[moment], aspect=which) for which in SAID),
        )
        share = ready.profile.percentage(rest[0], everybody)
        return Row(_MOMENTS[moment], (everybody, asked, *rest, share), cells=cells)

    return Table(
        key="responses",
        title="How many answered",
        first="Asked",
        columns=(
            _people("Could be asked"),
            _people("Asked"),
            _people("Answered"),
            _people("Did not want to"),
            _people("Not reached"),
            _RATE,
        ),
        rows=tuple(map(row, MOMENTS)),
    )


def questions(ready: Ready) -> list[Table]:
    """One table a question: both moments beside each other, each with its own response rate."""

    def row(moment: str, question: str) -> Row:
        given = tuple(ready.shown[said(moment, question, answer)] for answer in (*ANSWERS, ANSWERED))
        measure = measures.answered(MEASURES[moment], question)
        cells = (*(Cell(measure, code=answer) for answer in ANSWERS), Cell(measure))
        return Row(_MOMENTS[moment], (*given, ready.rate(moment, question)), cells=cells)

    return [
        Table(
            key=question,
            title=words,
            first="Asked",
            columns=(*map(_people, ("Yes", "Partly", "No", "Answered")), _RATE),
            rows=tuple(row(moment, question) for moment in MOMENTS),
            charted=(0, 1, 2),
        )
        for question, words in WORDS.items()
    ]


def categories(found: Sequence[Answered]) -> tuple[Table, ...]:
    """The yes of each question by category; as it is, so for owners only."""
    alive = [one for one in found if one.said != "died"]
    return tuple(_by_category(moment, [one for one in alive if one.moment == moment]) for moment in MOMENTS)


def _by_category(moment: str, found: Sequence[Answered]) -> Table:
    present = {one.category for one in found}

    def row(label: str, category: str | None, mine: Sequence[Answered]) -> Row:
        whole = sum(one.number for one in mine)
        answered = sum(one.number for one in mine if one.said == ANSWERED)
        values: list[Value] = [number(mine, question, "yes") for question in QUESTIONS]
        measure = MEASURES[moment]
        cells = (
            *(Cell(measures.answered(measure, question), category, "yes") for question in QUESTIONS),
            Cell(measure, category, aspect=ANSWERED),
            Cell(measure, category, aspect=COULD_BE_ASKED),
        )
        return Row(label, (*values, answered, whole, phrases.percent(answered, whole)), cells=cells)

    labels = {category: label for category, label in category_labels().items() if category in present}
    return Table(
        key=f"categories-{moment}",
        title=f"{_MOMENTS[moment]}: who said yes, by category",
        first="Category",
        columns=(
            *map(_people, ("Found a way forward", "Say it is solved", "Less worried", "Answered", "Could be asked")),
            _RATE,
        ),
        rows=tuple(
            row(label, category, [one for one in found if one.category == category])
            for category, label in labels.items()
        ),
        total=row("All categories", None, found) if found else None,
        empty="Nobody could be asked in this period yet.",
    )
