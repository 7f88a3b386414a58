"""All that is shown of one quarter as one net of counts, so that no two of its tables or reports give a number away."""

from referrals.reporting.nets.quarter import net_of

__all__ = ["net_of"]
