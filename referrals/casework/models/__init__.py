"""The tables of casework, one file a noun."""

from referrals.casework.models.any_news import NewsRequest
from referrals.casework.models.attention import KeptText, Presence, Reading
from referrals.casework.models.consent import Consent
from referrals.casework.models.deadlines import DatedEvent, DeadlineDecision, LimitNotice
from referrals.casework.models.enquiry import Chaser, Enquiry
from referrals.casework.models.journey import Milestone, Move, Note
from referrals.casework.models.later import LaterAnswer
from referrals.casework.models.links import ReferralLink
from referrals.casework.models.news import NewsMark
from referrals.casework.models.outcome import MoneyRow, Outcome, OutcomeCode
from referrals.casework.models.referral import LIES_ELSEWHERE, OfReferral, Referral, Resident
from referrals.casework.models.saved_view import SavedView
from referrals.casework.models.search import MatchToken, SearchEntry, SearchToken
from referrals.casework.models.signposts import Signpost
from referrals.casework.models.transfer import Transfer

__all__ = [
    "LIES_ELSEWHERE",
    "Chaser",
    "Consent",
    "DatedEvent",
    "DeadlineDecision",
    "Enquiry",
    "KeptText",
    "LaterAnswer",
    "LimitNotice",
    "MatchToken",
    "Milestone",
    "MoneyRow",
    "Move",
    "NewsMark",
    "NewsRequest",
    "Note",
    "OfReferral",
    "Outcome",
    "OutcomeCode",
    "Presence",
    "Reading",
    "Referral",
    "ReferralLink",
    "Resident",
    "SavedView",
    "SearchEntry",
    "SearchToken",
    "Signpost",
    "Transfer",
]
