"""The pages that anybody may read: how it works, privacy, accessibility."""

from flask import Blueprint, render_template

from referrals.web.access import public

blueprint = Blueprint("pages", __name__)


@blueprint.get("/how-it-works")
@public
def how_it_works() -> str:
    """What the service is, for whom, and what happens to a referral."""
    return render_template("pages/how_it_works.html")


@blueprint.get("/privacy")
@public
def privacy() -> str:
    """Who holds what about whom, and what people can ask for."""
    return render_template("pages/privacy.html")


@blueprint.get("/accessibility")
@public
def accessibility() -> str:
    """How accessible the service is, and whom to tell of a barrier."""
    return render_template("pages/accessibility.html")
