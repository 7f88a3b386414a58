"""Areas and their MPs, for a programme: shares of stance over time, what they do together, and how far they have come.

A stance is what an area thinks of its MP. No MP's office ever reads this report, and what leaves the house in it must
not let an MP know what their own area said: so there are shares of the whole programme only where many areas are behind
them (`Profile.shares`), and beside regions nothing but how many see their MP as supportive.
"""

from referrals.reporting.reports.together.building import build

NAME = "together"
TITLE = "Areas and their MPs"
SUMMARY = (
    "How MPs stand towards areas, what areas and MPs do together, how far they have come, and who is out of touch."
)

__all__ = ["NAME", "SUMMARY", "TITLE", "build"]
