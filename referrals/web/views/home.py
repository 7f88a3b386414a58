"""The front door: each person goes to where their work is; strangers learn what this is."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from referrals.accounts.roles import Side
from referrals.web.access import public, viewer_or_none

blueprint = Blueprint("home", __name__)

# Where the day begins for each kind of organisation.
DESKS: dict[Side, str] = {
    Side.GROUP: "mine.index",
    Side.OFFICE: "queue.index",
    Side.PROGRAMME: "reports.index",
    Side.SERVICE: "organisations.index",
}


@blueprint.get("/")
@public
def show() -> ResponseReturnValue:
    """Send people on to their desk, and greet everybody else."""
    viewer = viewer_or_none()
    if viewer is None:
        return render_template("home/show.html")
    return redirect(url_for(DESKS[viewer.side]), 303)
