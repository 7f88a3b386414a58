"""The first draft of a report: its figures, and a text for each section made from them. It only reads."""

from dataclasses import dataclass
from typing import Any

from referrals.accounts.viewer import Viewer
from referrals.publishing.drafting.counting import count, scope_outside
from referrals.publishing.drafting.sections import sections_of
from referrals.publishing.drafting.words import first_words
from referrals.publishing.policy import impact as policy
from referrals.reporting.periods import Period
from referrals.reporting.scope import scope_of


@dataclass(frozen=True, slots=True)
class Draft:
    """What a report begins with: figures as `counting.count` makes them, and the text of each section by its key."""

    figures: dict[str, Any]
    words: dict[str, str]


def draft(period: Period, viewer: Viewer) -> Draft:
    """Take the figures of the viewer's own organisation and write a first text.

    Raises NotAllowed, and IllegalMove where the figures are not kept yet (`actions.keep_figures`).
    """
    policy.publisher(viewer)
    counted = count(scope_outside(scope_of(viewer)), period)
    written = first_words(counted, period)
    keys = [section.key for section in sections_of(counted.plain)]
    return Draft(counted.plain, {key: written.get(key, "") for key in keys})
