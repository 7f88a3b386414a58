"""The navigation: one list of where each role can go, and the account menu."""

from dataclasses import dataclass
from typing import Any

from flask import Flask, request, url_for

from referrals.accounts.roles import ROLES, Permission, Side
from referrals.accounts.viewer import Viewer
from referrals.directory import queries
from referrals.notifications.queries import COUNTED_TO
from referrals.web.access import viewer_or_none
from referrals.web.meanwhile import meanwhile
from referrals.web.presenting.presence import here_on_this_page
from referrals.web.sign_in_state import live_session, unread


@dataclass(frozen=True, slots=True)
class Link:
    """One entry of the navigation: its words, its endpoint, whose it is, and what it takes."""

    text: str
    endpoint: str
    sides: frozenset[Side]
    needs: tuple[Permission, ...] = ()
    # Blueprints whose pages lie behind it too.
    also: tuple[str, ...] = ()

    def is_here(self, blueprint: str | None) -> bool:
        """Whether a page of that blueprint is one of its own."""
        return blueprint in {self.endpoint.split(".")[0], *self.also}

    def shown_to(self, viewer: Viewer) -> bool:
        """Whether this viewer can use it."""
        return viewer.side in self.sides and (not self.needs or any(viewer.may(p) for p in self.needs))


GROUP, OFFICE = frozenset({Side.GROUP}), frozenset({Side.OFFICE})
REPORTS = (Permission.REPORT_AREA, Permission.REPORT_OFFICE, Permission.REPORT_PROGRAMME)
WITH_MP = ("briefings", "follow_ups", "grants", "known_people", "members", "mp_letters", "pieces", "publicity")
LINKS: tuple[Link, ...] = (
    Link("Referrals", "mine.index", GROUP),
    Link("Queue", "queue.index", OFFICE),
    Link("Enquiries", "enquiries.index", OFFICE),
    Link("Offers", "transfers.index", OFFICE),
    Link("Find", "find.show", GROUP | OFFICE),
    Link("Reports", "reports.index", frozenset(Side), REPORTS),
    Link("Case studies", "stories.index", GROUP | OFFICE, (Permission.STORY_WRITE,)),
    Link("Briefs", "briefs.index", GROUP | frozenset({Side.PROGRAMME}), (Permission.BRIEF_READ,)),
    Link("Briefs", "briefs.index", OFFICE, (Permission.BRIEF_READ,), ("briefings",)),
    Link("Answers", "knowledge.index", GROUP | OFFICE, (Permission.KNOWLEDGE_WRITE,)),
    Link("Your MP", "contacts.index", GROUP, (Permission.ENGAGEMENT_WRITE,), WITH_MP),
    Link("Areas and MPs", "areas.index", frozenset({Side.PROGRAMME}), (Permission.ENGAGEMENT_READ,), WITH_MP),
    Link("Letters", "stationery.index", OFFICE, (Permission.STATIONERY_KEEP,)),
    Link("People", "people.index", GROUP | OFFICE, (Permission.PEOPLE_MANAGE,)),
    Link("Organisations", "organisations.index", frozenset({Side.SERVICE})),
    Link("Outbox", "outbox.index", frozenset({Side.SERVICE})),
    Link("Health", "health.service", frozenset({Side.SERVICE})),
)


def set_up(app: Flask) -> None:
    """Give every page its navigation and account menu."""
    app.context_processor(frame)


def frame() -> dict[str, Any]:
    """What the skeleton of a page shows around it: nothing but the name for people not signed in."""
    viewer = viewer_or_none()
    if viewer is None:
        return {"navigation": [], "account": None}
    here = request.blueprint
    return {
        "navigation": [
            {"text": link.text, "href": url_for(link.endpoint), "active": link.is_here(here)}
            for link in LINKS
            if link.shown_to(viewer)
        ],
        "account": account_menu(viewer),
        "demonstration": is_demonstration(),
        "notices": notices_link(viewer),
        "here": here_on_this_page,
        "meanwhile": meanwhile,
        "search_url": url_for("find.show") if viewer.may(Permission.REFERRAL_READ) else None,
    }


def notices_link(viewer: Viewer) -> dict[str, Any] | None:
    """The way to the person's notices, and how many are unread; None for who never has any."""
    if not viewer.may(Permission.REFERRAL_READ):
        return None
    number = unread()
    few = str(number) if number <= COUNTED_TO else f"{COUNTED_TO}+"
    here = request.blueprint == "notices"
    return {"href": url_for("notices.index"), "count": few if number else "", "active": here}


def is_demonstration() -> bool:
    """Whether an invented person is signed in, so that nobody takes what they see for real."""
    live = live_session()
    return live is not None and live.is_demo


def account_menu(viewer: Viewer) -> dict[str, Any]:
    """Who is signed in, for whom, and the way out."""
    name = queries.names_of([viewer.organisation_id]).get(viewer.organisation_id) if viewer.organisation_id else None
    return {
        "name": viewer.name,
        "role": ROLES[viewer.role].label if viewer.role else "",
        "organisation": name or "",
        "items": [{"text": "Your account", "href": "/account"}],
        "sign_out_url": "/sign-out",
    }
