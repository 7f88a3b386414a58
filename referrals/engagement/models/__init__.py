"""The tables of an area's work with its MP, one file a noun."""

from referrals.engagement.models.contact import Contact, FollowUp
from referrals.engagement.models.grants import GrantAward, GrantGiver, GrantRound, GrantTheme
from referrals.engagement.models.known import ContactDetail, Interest, KnownPerson
from referrals.engagement.models.meeting import AgendaItem, Meeting
from referrals.engagement.models.publicity import (
    KINDS,
    PICTURE,
    QUOTE,
    Publicity,
    PublicityPermission,
    PublicityPiece,
)
from referrals.engagement.models.standing import Stage, Stance

__all__ = [
    "KINDS",
    "PICTURE",
    "QUOTE",
    "AgendaItem",
    "Contact",
    "ContactDetail",
    "FollowUp",
    "GrantAward",
    "GrantGiver",
    "GrantRound",
    "GrantTheme",
    "Interest",
    "KnownPerson",
    "Meeting",
    "Publicity",
    "PublicityPermission",
    "PublicityPiece",
    "Stage",
    "Stance",
]
