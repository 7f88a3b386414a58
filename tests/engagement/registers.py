"""Small grants and publicity for tests, made by the real verbs."""

from datetime import timedelta
from typing import Any

from referrals.directory.lists import load_lists
from referrals.engagement.actions import granting, permitting, publicising
from referrals.engagement.actions.permitting import Permitted
from referrals.engagement.giving import Award, Round
from referrals.engagement.models import GrantAward, GrantRound, Publicity, PublicityPermission, PublicityPiece
from referrals.engagement.queries.grants import themes_of
from referrals.foundation.clock import today
from referrals.foundation.database import transaction
from tests import people
from tests.people import Someone

MONTH = timedelta(days=30)


def make_round(by: Someone = people.LEAD, **more: Any) -> GrantRound:
    """A round of £1,000 under two themes that is open now."""
    told: dict[str, Any] = {
        "name": "Spring round",
        "opens_on": today() - MONTH,
        "closes_on": today() + MONTH,
        "total_pence": 100_000,
        "themes": {1: "Growing up well", 2: "Good neighbours"},
    }
    with transaction():
        load_lists()
        return granting.open_round(Round(**told | more), by=by.viewer)


def told_award(found: GrantRound, **more: Any) -> Award:
    """An award of £187 to a group, as a form gives it."""
    told: dict[str, Any] = {
        "theme_id": themes_of([found.id])[0].id,
        "recipient": "Tiny Explorers",
        "recipient_kind": "community_group",
        "project": "Books and blocks",
        "purpose": "A morning for toddlers and their parents.",
        "amount_pence": 18_700,
        "awarded_on": today(),
    }
    return Award(**told | more)


def make_award(found: GrantRound, by: Someone = people.LEAD, **more: Any) -> GrantAward:
    """An award in a round."""
    with transaction():
        return granting.enter_award(found, told_award(found, **more), by=by.viewer)


def make_publicity(by: Someone = people.LEAD, **more: Any) -> Publicity:
    """An article on the group's own website."""
    told: dict[str, Any] = {
        "kind": "article",
        "title": "A kitchen for everybody",
        "happened_on": today(),
        "channel": "own_website",
        "words": "Our new kitchen is open.",
        "link": "https://area.example/kitchen",
    }
    with transaction():
        load_lists()
        return publicising.log_publicity(publicising.Told(**told | more), by=by.viewer)


def make_piece(entry: Publicity, kind: str = "quote", words: str = "It smells of bread.") -> PublicityPiece:
    """A quote or a picture that nobody has permitted yet."""
    with transaction():
        return permitting.add_piece(entry, kind, words, "A neighbour", "", by=people.LEAD.viewer)


def told_permission(**more: Any) -> Permitted:
    """What somebody permits for a year, as a form gives it."""
    told: dict[str, Any] = {
        "whose": "Amal Haddad",
        "uses": ["own_website", "press"],
        "way": "signed",
        "given_on": today(),
        "ends_on": today() + 12 * MONTH,
    }
    return Permitted(**told | more)


def make_permission(piece: PublicityPiece, **more: Any) -> PublicityPermission:
    """The permission of one person."""
    with transaction():
        return permitting.permit(piece, told_permission(**more), by=people.LEAD.viewer)
