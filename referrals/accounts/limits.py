"""How long things last: sessions, links and the pause after wrong passwords."""

from datetime import timedelta
from typing import Final

from referrals.accounts.roles import Role

# A phone lent at a kitchen table is left open sooner than a desk behind an office door.
IDLE: Final = {Role.VOLUNTEER: timedelta(minutes=15), Role.LEAD: timedelta(minutes=15)}
IDLE_OTHERS: Final = timedelta(minutes=30)
LONGEST_SESSION: Final = timedelta(hours=12)
# `seen_at` moves at most this often, so that reading pages hardly ever writes.
TOUCH_EVERY: Final = timedelta(minutes=1)

INVITATION: Final = timedelta(days=7)
RESET: Final = timedelta(hours=1)

# Wrong passwords for one address within the window, after which it waits; the wait ends by itself.
ATTEMPTS: Final = 10
ATTEMPTS_WINDOW: Final = timedelta(minutes=5)


def idle_limit(role: Role) -> timedelta:
    """After how long without a request a session of this role ends."""
    return IDLE.get(role, IDLE_OTHERS)
