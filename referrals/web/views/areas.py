"""The areas of a programme and their MPs, for its coordinators: who is in touch, how, and about what."""

from uuid import UUID

from flask import Blueprint, render_template, request, url_for

from referrals.accounts.roles import Permission
from referrals.directory import queries as directory
from referrals.engagement import policy, queries
from referrals.web.access import needs, viewer
from referrals.web.presenting import contacts as presenting
from referrals.web.presenting.meetings import ahead_of
from referrals.web.presenting.members import standing_of

blueprint = Blueprint("areas", __name__, url_prefix="/areas")


@blueprint.get("")
@needs(Permission.ENGAGEMENT_READ)
def index() -> str:
    """The areas of the programme, those longest without a contact first."""
    return render_template("areas/index.html", areas=presenting.areas_of(queries.areas(viewer())))


@blueprint.get("/<uuid:organisation_id>")
@needs(Permission.ENGAGEMENT_READ)
def show(organisation_id: UUID) -> str:
    """The stories of one area, each contact by what it was about."""
    who = viewer()
    policy.must_read_log(organisation_id, who)
    text = request.args.get("page", "1")
    page = int(text) if text.isascii() and text.isdigit() and 0 < len(text) < 5 and int(text) else 1
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
