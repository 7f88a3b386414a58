"""The rights clock: which dates start which legal period, how each is counted, and what follows for one referral."""

from referrals.casework.deadlines.catalogue import (
    About,
    Counting,
    Kind,
    Rule,
    RuleFault,
    Trigger,
    Unit,
    rule,
    rules,
    rules_of,
    suggested,
    trigger,
    triggers,
    triggers_for,
)
from referrals.casework.deadlines.counting import Counted, Stop, counted
from referrals.casework.deadlines.following import NEAR_DAYS, Deadline, follow, nearest_limit

__all__ = [
    "NEAR_DAYS",
    "About",
    "Counted",
    "Counting",
    "Deadline",
    "Kind",
    "Rule",
    "RuleFault",
    "Stop",
    "Trigger",
    "Unit",
    "counted",
    "follow",
    "nearest_limit",
    "rule",
    "rules",
    "rules_of",
    "suggested",
    "trigger",
    "triggers",
    "triggers_for",
]
