"""The tables of what is published, one file a noun."""

from referrals.publishing.models.briefs import PARTS, Brief, BriefAnswer
from referrals.publishing.models.impact import ImpactFile, ImpactReport, IssuedReportChanged

__all__ = ["PARTS", "Brief", "BriefAnswer", "ImpactFile", "ImpactReport", "IssuedReportChanged"]
