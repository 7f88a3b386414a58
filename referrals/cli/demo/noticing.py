"""What the people of the demonstration have read of their notices, and how one of them wants mail to come."""

from typing import Final

from referrals.accounts.actions import choose_telling
from referrals.cli.demo.world import World
from referrals.notifications.actions import read_all
from referrals.notifications.queries import Wish, notices
from referrals.notifications.wishes import DAILY

# Everybody has read all but so many.
UNREAD: Final = 3
# An area lead looks in the evening, and at nothing at weekends.
PATIENT: Final = "lead@demo.example"
HER_WISH: Final = Wish(DAILY, digest_hour=18, quiet_from=20, quiet_until=7, quiet_weekends=True)


def settle_notices(world: World) -> None:
    """Leave the newest notices of each person unread, and let one get a digest; in the caller's transaction."""
    for viewer in world.viewers.values():
        found, _ = notices(viewer, limit=UNREAD + 1)
        if len(found) > UNREAD:
            read_all(found[UNREAD].id, by=viewer)
    choose_telling(HER_WISH, by=world.viewers[PATIENT])
