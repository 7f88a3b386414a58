"""The numbers behind reports: a few grouped queries each, over codes and dates only."""

from referrals.reporting.queries.answers import CLOSING, LATER, Answered, Response, answers, response
from referrals.reporting.queries.beside import Asked, asked_for_advice, shown_the_way
from referrals.reporting.queries.decisions import ANY, DECISIONS, Decided, decision_days, decisions
from referrals.reporting.queries.flows import Flow, flows
from referrals.reporting.queries.in_hand import Held, held_by_category, held_by_person, held_by_turn
from referrals.reporting.queries.patterns import DAYS, Pattern, patterns
from referrals.reporting.queries.replies import REPLY, STILL, Lasted, Replies, lasted, replies
from referrals.reporting.queries.results import Code, Result, codes, results
from referrals.reporting.queries.spreads import Spread, spreads
from referrals.reporting.queries.stages import STAGES, WHOLE, Took, stages
from referrals.reporting.queries.sums import Sums, sums
from referrals.reporting.queries.waits import AFTER, BEFORE, Wait, waits

__all__ = [
    "AFTER",
    "ANY",
    "BEFORE",
    "CLOSING",
    "DAYS",
    "DECISIONS",
    "LATER",
    "REPLY",
    "STAGES",
    "STILL",
    "WHOLE",
    "Answered",
    "Asked",
    "Code",
    "Decided",
    "Flow",
    "Held",
    "Lasted",
    "Pattern",
    "Replies",
    "Response",
    "Result",
    "Spread",
    "Sums",
    "Took",
    "Wait",
    "answers",
    "asked_for_advice",
    "codes",
    "decision_days",
    "decisions",
    "flows",
    "held_by_category",
    "held_by_person",
    "held_by_turn",
    "lasted",
    "patterns",
    "replies",
    "response",
    "results",
    "shown_the_way",
    "spreads",
    "stages",
    "sums",
    "waits",
]
