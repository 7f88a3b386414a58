"""Guides that anybody may read: contacting an MP, working with one, and, for MPs' staff, working with groups."""

from dataclasses import dataclass
from typing import Final

from flask import Blueprint, render_template

from referrals.accounts.roles import Permission
from referrals.foundation.errors import NotFound
from referrals.web.access import public, viewer_or_none

blueprint = Blueprint("guides", __name__, url_prefix="/guides")


@dataclass(frozen=True, slots=True)
class Guide:
    """One guide: the last part of its address, what it is called, for whom, and its page."""

    name: str
    title: str
    hint: str
    page: str


_ROWS: Final = (
    Guide(
        "contacting-your-mp",
        "Contacting your MP",
        "For groups that are not in touch yet: whom to write to, what to write, and what to expect.",
        "guides/contacting_your_mp.html",
    ),
    Guide(
        "working-with-your-mp",
        "Working with your MP",
        "For groups that are: keeping in touch, being seen together, and working on an issue.",
        "guides/working_with_your_mp.html",
    ),
    Guide(
        "working-with-community-groups",
        "Working with community groups",
        "For MPs and their staff: what a group can do for an office, and how to answer without more work.",
        "guides/working_with_community_groups.html",
    ),
)
GUIDES: Final[dict[str, Guide]] = {row.name: row for row in _ROWS}


@blueprint.get("")
@public
def index() -> str:
    """Which guides there are."""
    return render_template("guides/index.html", guides=_ROWS)


@blueprint.get("/<name>")
@public
def show(name: str) -> str:
    """One guide."""
    if name not in GUIDES:
        raise NotFound
    guide, who = GUIDES[name], viewer_or_none()
    return render_template(
        guide.page,
        guide=guide,
        others=[one for one in _ROWS if one is not guide],
        writes_letters=who is not None and who.may(Permission.ENGAGEMENT_WRITE),
    )
