"""The areas of a programme and their MPs, for its coordinators: who is in touch, how, and about what."""

from collections.abc import Callable, Container
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from flask import Blueprint, render_template, request, url_for

from referrals.accounts.roles import Permission
from referrals.directory import queries as directory
from referrals.engagement import policy, queries
from referrals.engagement.queries import AreaLine
from referrals.web.access import needs, viewer
from referrals.web.paging import page_asked_for
from referrals.web.presenting import contacts as presenting
from referrals.web.presenting.meetings import ahead_of
from referrals.web.presenting.members import standing_of


@dataclass(frozen=True, slots=True)
class Situation:
    """What a coordinator may want to see of all areas, and which areas are in it."""

    label: str
    holds: Callable[[AreaLine], bool]


SITUATIONS: Final = {
    "": Situation("All of them", lambda _line: True),
    "quiet": Situation("No contact in six months", lambda line: line.is_quiet),
    "change": Situation("A change of MP ahead", lambda line: line.is_changing),
}

blueprint = Blueprint("areas", __name__, url_prefix="/areas")


@blueprint.get("")
@needs(Permission.ENGAGEMENT_READ)
def index() -> str:
    """The areas of the programme, those longest without a contact first: all, or of a region, or in one situation."""
    who = viewer()
    lines = queries.areas(who)
    regions = sorted({line.region for line in lines if line.region})
    region = _one_of(regions, request.args.get("region"))
    situation = _one_of(SITUATIONS, request.args.get("show"))
    shown = [line for line in lines if region in ("", line.region) and SITUATIONS[situation].holds(line)]
    return render_template(
        "areas/index.html",
        areas=presenting.areas_of(shown),
        number=len(lines),
        regions=regions,
        region=region,
        situations=[(code, one.label) for code, one in SITUATIONS.items()],
        situation=situation,
        shares=policy.may_know_shares(who),
    )


def _one_of(known: Container[str], asked: str | None) -> str:
    return asked if asked is not None and asked in known else ""


@blueprint.get("/<uuid:organisation_id>")
@needs(Permission.ENGAGEMENT_READ)
def show(organisation_id: UUID) -> str:
    """The stories of one area, each contact by what it was about."""
    who = viewer()
    policy.must_read_log(organisation_id, who)
    page = page_asked_for()
    found, pages = queries.stories(organisation_id, who, page=page)
    terms = queries.members_of(organisation_id)
    return render_template(
        "areas/show.html",
        area=directory.organisation(organisation_id),
        members=presenting.members_of(terms),
        standing=standing_of(organisation_id, terms, who),
        meetings=ahead_of(organisation_id, who),
        stories=presenting.outlines_of(found),
        back_link=url_for(".index"),
        page=page,
        pages=pages,
    )
