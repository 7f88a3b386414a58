"""The tables of what is published, one file a noun."""

from referrals.publishing.models.briefings import DRAFTED, TEXTS, Briefing, BriefingRound, SentBriefingChanged
from referrals.publishing.models.briefs import PARTS, Brief, BriefAnswer
from referrals.publishing.models.impact import ImpactFile, ImpactReport, IssuedReportChanged

__all__ = [
    "DRAFTED",
    "PARTS",
    "TEXTS",
    "Brief",
    "BriefAnswer",
    "Briefing",
    "BriefingRound",
    "ImpactFile",
    "ImpactReport",
    "IssuedReportChanged",
    "SentBriefingChanged",
]
