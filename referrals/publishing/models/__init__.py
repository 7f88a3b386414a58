"""The tables of what is published, one file a noun."""

from referrals.publishing.models.briefs import PARTS, Brief, BriefAnswer

__all__ = ["PARTS", "Brief", "BriefAnswer"]
