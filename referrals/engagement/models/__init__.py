"""The tables of an area's work with its MP, one file a noun."""

from referrals.engagement.models.contact import Contact, FollowUp
from referrals.engagement.models.grants import GrantAward, GrantGiver, GrantRound, GrantTheme
from referrals.engagement.models.publicity import (
    KINDS,
    PICTURE,
    QUOTE,
    Publicity,
    PublicityPermission,
    PublicityPiece,
)

__all__ = [
    "KINDS",
    "PICTURE",
    "QUOTE",
    "Contact",
    "FollowUp",
    "GrantAward",
    "GrantGiver",
    "GrantRound",
    "GrantTheme",
    "Publicity",
    "PublicityPermission",
    "PublicityPiece",
]
