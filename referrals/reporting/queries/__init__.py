"""The numbers behind reports: a few grouped queries each, over codes and dates only."""

from referrals.reporting.queries.ages import AGES, open_by_age
from referrals.reporting.queries.answers import CLOSING, LATER, Answered, Response, answers, response
from referrals.reporting.queries.became import LEFT, NO_RESULT_YET, Became, became
from referrals.reporting.queries.before import WAITED, waited_before, waited_in_bands
from referrals.reporting.queries.beside import Asked, asked_for_advice, shown_the_way
from referrals.reporting.queries.closings import RESOLVED, Closing, closings
from referrals.reporting.queries.consents import (
    SINCE_DECLINED,
    SOON,
    Agreed,
    Ground,
    agreed_by_month,
    agreements,
    erased,
    grounds,
    since_declined,
    withdrawn_by_month,
)
from referrals.reporting.queries.decisions import ANY, DECISIONS, TAKEN_ON, Decided, decision_days, decisions
from referrals.reporting.queries.ends import days_to_the_end
from referrals.reporting.queries.flows import Flow, flows
from referrals.reporting.queries.gains import Gain, gains_by_category, gains_by_code, together
from referrals.reporting.queries.groups import OfGroup, days_of_groups, group_names, of_groups
from referrals.reporting.queries.in_hand import Held, held_by_category, held_by_person, held_by_turn
from referrals.reporting.queries.monthly import came_in, went_out
from referrals.reporting.queries.months import received_and_closed
from referrals.reporting.queries.pairs import Pair, who_writes_to_whom
from referrals.reporting.queries.patterns import DAYS, Pattern, patterns
from referrals.reporting.queries.replies import REPLY, STILL, Lasted, Replies, lasted, replies
from referrals.reporting.queries.results import Code, Result, codes, results
from referrals.reporting.queries.spreads import Spread, spreads
from referrals.reporting.queries.stages import STAGES, WHOLE, Took, stages
from referrals.reporting.queries.sums import Sums, sums, sums_by_category
from referrals.reporting.queries.turns import turns_now, turns_over
from referrals.reporting.queries.waits import AFTER, BEFORE, Wait, waits

__all__ = [
    "AFTER",
    "AGES",
    "ANY",
    "BEFORE",
    "CLOSING",
    "DAYS",
    "DECISIONS",
    "LATER",
    "LEFT",
    "NO_RESULT_YET",
    "REPLY",
    "RESOLVED",
    "SINCE_DECLINED",
    "SOON",
    "STAGES",
    "STILL",
    "TAKEN_ON",
    "WAITED",
    "WHOLE",
    "Agreed",
    "Answered",
    "Asked",
    "Became",
    "Closing",
    "Code",
    "Decided",
    "Flow",
    "Gain",
    "Ground",
    "Held",
    "Lasted",
    "OfGroup",
    "Pair",
    "Pattern",
    "Replies",
    "Response",
    "Result",
    "Spread",
    "Sums",
    "Took",
    "Wait",
    "agreed_by_month",
    "agreements",
    "answers",
    "asked_for_advice",
    "became",
    "came_in",
    "closings",
    "codes",
    "days_of_groups",
    "days_to_the_end",
    "decision_days",
    "decisions",
    "erased",
    "flows",
    "gains_by_category",
    "gains_by_code",
    "grounds",
    "group_names",
    "held_by_category",
    "held_by_person",
    "held_by_turn",
    "lasted",
    "of_groups",
    "open_by_age",
    "patterns",
    "received_and_closed",
    "replies",
    "response",
    "results",
    "shown_the_way",
    "since_declined",
    "spreads",
    "stages",
    "sums",
    "sums_by_category",
    "together",
    "turns_now",
    "turns_over",
    "waited_before",
    "waited_in_bands",
    "waits",
    "went_out",
    "who_writes_to_whom",
    "withdrawn_by_month",
]
