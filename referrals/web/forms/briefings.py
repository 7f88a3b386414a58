"""The forms of a quarterly briefing: what is written in it, the approval, and to whom it goes."""

from datetime import date
from typing import Any, Final

from referrals.publishing.actions.briefings import LONGEST_ASK, LONGEST_TEXT, LONGEST_WHOM, MOST_ASKS, Ask, Writing
from referrals.publishing.models import DRAFTED, TEXTS, Briefing
from referrals.web.forms.base import GovForm
from referrals.web.forms.choice import Checkbox, Checkboxes
from referrals.web.forms.dates import Day
from referrals.web.forms.text import LongText, Text

ROWS: Final = tuple(range(1, MOST_ASKS + 1))
SMALL: Final = {"classes": "govuk-checkboxes--small"}
LEAVE_OUT: Final = {
    "summary": "Leave out the first text of “The quarter in short”",
    "themes": "Leave out the first text of “What keeps coming”",
    "results": "Leave out the first text of “What came of it”",
}


def words(label: str, hint: str = "") -> LongText:
    """A field for what is written beside a first text."""
    return LongText(label, thing="what you write", required=False, longest=LONGEST_TEXT, rows=3, hint=hint)


def became() -> LongText:
    """The field that says what became of an earlier ask."""
    return LongText(
        "What became of it? (optional)", thing="what became of it", required=False, longest=LONGEST_TEXT, rows=2
    )


def what() -> Text:
    """The field for one ask."""
    return Text("What do you ask?", thing="what you ask", required=False, longest=LONGEST_ASK)


def whom() -> Text:
    """The field for who is asked."""
    return Text("Of whom, if not of the MP? (optional)", thing="who is asked", required=False, longest=LONGEST_WHOM)


def by_when() -> Day:
    """The field for the day by which."""
    return Day("By when? (optional)", thing="the day", required=False, future=True)


class BriefingForm(GovForm):
    """Everything that people write in a briefing, on one page."""

    opening = words("What do you want to say first? (optional)", "A thank you, or why this quarter mattered.")
    summary = words("What was behind these numbers? (optional)")
    themes = words("What keeps coming, in your words? (optional)")
    results = words("What came of it, in your words? (optional)")
    stories = words("A line above the stories (optional)")
    left_out = Checkboxes(
        "Does one of the first texts not belong in it? (optional)", list(LEAVE_OUT.items()), required=False, look=SMALL
    )
    slugs = Checkboxes(
        "Which case studies go with it? (optional)",
        (),
        required=False,
        look=SMALL,
        hint="At most two, published, which the person has agreed may be named. What is taken back is left out.",
    )
    became_1 = became()
    became_2 = became()
    became_3 = became()
    became_4 = became()
    what_1 = what()
    whom_1 = whom()
    by_1 = by_when()
    what_2 = what()
    whom_2 = whom()
    by_2 = by_when()
    what_3 = what()
    whom_3 = whom()
    by_3 = by_when()
    what_4 = what()
    whom_4 = whom()
    by_4 = by_when()

    def writing(self, past: int) -> Writing:
        """What is written, as the action takes it; `past` is how many earlier asks there are."""
        asks = {
            row: Ask(what=self[f"what_{row}"].data, whom=self[f"whom_{row}"].data, by=self[f"by_{row}"].data)
            for row in ROWS
            if self[f"what_{row}"].data or self[f"whom_{row}"].data or self[f"by_{row}"].data
        }
        return Writing(
            texts={part: self[part].data for part in TEXTS},
            left_out=[part for part in DRAFTED if part in self.left_out.data],
            slugs=self.slugs.data,
            became=[self[f"became_{row}"].data for row in ROWS[:past]],
            asks=asks,
        )


def as_written(briefing: Briefing) -> dict[str, Any]:
    """What stands in a briefing, by the names of its form's fields."""
    kept = briefing.words
    found: dict[str, Any] = {part: kept[part] for part in TEXTS}
    found |= {f"became_{row}": ask["became"] for row, ask in enumerate(kept["past"], 1)}
    for row, ask in enumerate(kept["asks"], 1):
        found |= {
            f"what_{row}": ask["what"],
            f"whom_{row}": ask["whom"],
            f"by_{row}": date.fromisoformat(ask["by"]) if ask["by"] else None,
        }
    return {**found, "left_out": briefing.left_out, "slugs": briefing.slugs, "version": briefing.version}


class ApproveForm(GovForm):
    """That somebody has read it as a stranger would."""

    looked = Checkbox(
        "I have read every word. Nobody can be recognised in it who has not agreed to be told of.",
        required="Tick the box when you have read every word",
    )


class SendForm(GovForm):
    """To whom it goes."""

    addresses = Checkboxes("Who gets it?", (), required="Choose who gets it", look=SMALL)
