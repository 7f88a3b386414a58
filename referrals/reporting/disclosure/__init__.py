"""Disclosure control: what each kind of reader may see of counts, shares, sums of money and medians.

A report asks the profile of its scope for everything it shows, and never decides by itself what to hide.
"""

from referrals.reporting.disclosure.counts import (
    MONEY_ROUND_TO,
    ROUND_TO,
    Shown,
    exact,
    guarded,
    known,
    percentage,
    rounded,
    rounded_pounds,
)
from referrals.reporting.disclosure.profiles import (
    FEWEST_RESIDENTS,
    OF_SHARES,
    OWNER,
    PROFILES,
    Given,
    Held,
    Listening,
    Name,
    Profile,
    Rules,
    profile_of,
)

__all__ = [
    "FEWEST_RESIDENTS",
    "MONEY_ROUND_TO",
    "OF_SHARES",
    "OWNER",
    "PROFILES",
    "ROUND_TO",
    "Given",
    "Held",
    "Listening",
    "Name",
    "Profile",
    "Rules",
    "Shown",
    "exact",
    "guarded",
    "known",
    "percentage",
    "profile_of",
    "rounded",
    "rounded_pounds",
]
