"""Reads of correspondence: every one takes the viewer, and what is not theirs is not there."""

from referrals.correspondence.queries.facts import addressee, facts_for, first_address
from referrals.correspondence.queries.made import Letters, letter, letters_of
from referrals.correspondence.queries.stationery import (
    TextInUse,
    Version,
    letterhead,
    letterhead_version,
    sender_of,
    text_in_use,
    texts_in_use,
    versions_of,
)

__all__ = [
    "Letters",
    "TextInUse",
    "Version",
    "addressee",
    "facts_for",
    "first_address",
    "letter",
    "letterhead",
    "letterhead_version",
    "letters_of",
    "sender_of",
    "text_in_use",
    "texts_in_use",
    "versions_of",
]
