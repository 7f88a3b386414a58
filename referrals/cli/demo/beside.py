"""What the people of the demonstration do beside referrals: signposts counted, news seen, views of the queue saved."""

from datetime import datetime, timedelta
from typing import Final

from referrals.casework.actions.news import mark_news_seen
from referrals.casework.actions.saving_views import save_view
from referrals.casework.actions.signposting import count_signpost
from referrals.casework.queries import Narrowed
from referrals.cli.demo.world import World
from referrals.foundation import clock

# Who told how many people to go where, and so many days ago.
SIGNPOSTS: Final = (
    ("volunteer@demo.example", "welfare", "citizens_advice", 0, 2),
    ("volunteer@demo.example", "welfare", "food_bank", 1, 4),
    ("volunteer@demo.example", "housing", "council", 3, 3),
    ("volunteer@demo.example", "health", "nhs_111", 6, 1),
    ("volunteer@demo.example", "other", "law_centre", 9, 1),
    ("volunteer@demo.example", "welfare", "dwp", 27, 3),
    ("lead@demo.example", "housing", "landlord", 2, 5),
    ("lead@demo.example", "health", "gp", 12, 2),
    ("lead@demo.example", "welfare", "food_bank", 29, 6),
)
# When each of them last said that they had seen all news, in days ago.
LAST_LOOKED: Final = {"volunteer@demo.example": 6, "lead@demo.example": 3}

# Who saved which view of the queue: its name, tab, order and filters, and whether the office has it.
VIEWS: Final[tuple[tuple[str, str, str, str, Narrowed, bool], ...]] = (
    ("caseworker@demo.example", "My housing cases", "mine", "due", {"category": ("housing",)}, False),
    ("manager@demo.example", "Housing by urgency", "team", "urgency", {"category": ("housing",)}, True),
)


def live_beside(world: World, present: datetime) -> None:
    """Count the signposts, save the views and set the marks, in the caller's transaction, each at its own moment."""
    for email, category, destination, days, number in SIGNPOSTS:
        moment = present - timedelta(days=days, minutes=20)
        with clock.clock_at(moment):
            day = clock.today()
            count_signpost(category, destination, day, number, by=world.viewers[email])
    for email, name, tab, sort, narrow, shared in VIEWS:
        save_view(name, tab, sort, narrow, shared=shared, by=world.viewers[email])
    for email, days in LAST_LOOKED.items():
        mark_news_seen(present - timedelta(days=days), by=world.viewers[email])
