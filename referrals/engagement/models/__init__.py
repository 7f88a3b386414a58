"""The tables of an area's work with its MP, one file a noun."""

from referrals.engagement.models.contact import Contact, FollowUp

__all__ = ["Contact", "FollowUp"]
