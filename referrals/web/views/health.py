"""Whether the service is well, for what watches over it; it tells nothing else."""

from flask import Blueprint, Response

from referrals.foundation.database import ping
from referrals.web.access import public

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
@public
def show() -> Response:
    """Answer "ok" when the web server runs and the database answers; a fault answers 500 by itself."""
    ping()
    return Response("ok\n", content_type="text/plain; charset=utf-8")
