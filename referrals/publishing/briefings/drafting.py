"""What a briefing begins with: figures as people outside are shown them, and first texts made from those alone."""

from typing import Any, Final

from referrals.publishing.drafting import sections
from referrals.publishing.drafting.counting import count
from referrals.publishing.drafting.numbers import NOT_SHOWN
from referrals.publishing.drafting.words import first_words
from referrals.reporting.periods import Period
from referrals.reporting.scope import Scope

# Two pages hold no more.
MOST_NUMBERS: Final = 4
# Which first texts of an impact report make each text of a briefing.
_MADE_OF: Final = {
    "summary": (sections.SUMMARY,),
    "themes": (sections.RECEIVED,),
    "results": (sections.RESULTS, sections.WAITING),
}


def figures_of(scope: Scope, period: Period) -> dict[str, Any]:
    """The figures of an area over a finished quarter, as JSON; `scope` is that of readers outside.

    They are those of the kept outcome report: a briefing shows no number that such a report does not show, and so no
    two papers can be subtracted. Raises IllegalMove where nothing is kept yet (`actions.figures.keep_figures_of`).
    """
    counted = count(scope, period)
    plain, words = counted.plain, first_words(counted, period)
    return {
        "about": plain["about"],
        "side": plain["side"],
        "counted_on": plain["counted_on"],
        "threshold": plain["threshold"],
        "is_empty": plain["is_empty"],
        "numbers": [one for one in plain["numbers"] if one["value"] != NOT_SHOWN][:MOST_NUMBERS],
        "drafted": {part: _text(words, keys, period) for part, keys in _MADE_OF.items()},
    }


def _text(words: dict[str, str], keys: tuple[str, ...], period: Period) -> str:
    # What an impact report asks of its writers has a place of its own here.
    texts = (words[key].split("((")[0].strip() for key in keys)
    # The briefing says once of which quarter it is.
    return " ".join(text for text in texts if text).removeprefix(f"{period.label}. ")
