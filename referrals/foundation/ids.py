"""Identifiers: UUID version 7, so that keys sort by the time they were made and indexes stay compact."""

import secrets
from datetime import datetime
from uuid import UUID

from referrals.foundation import clock


def new_id(at: datetime | None = None) -> UUID:
    """A new UUIDv7 (RFC 9562 section 5.7): 48 bits of Unix milliseconds, version, 74 random bits, variant."""
    moment = at or clock.now()
    milliseconds = int(moment.timestamp() * 1000) & 0xFFFF_FFFF_FFFF
    random_a = secrets.randbits(12)
    random_b = secrets.randbits(62)
    return UUID(int=(milliseconds << 80) | (0x7 << 76) | (random_a << 64) | (0b10 << 62) | random_b)
