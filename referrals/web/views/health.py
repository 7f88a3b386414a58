"""Whether the service is well: one word for what watches over it, and figures for the administrator."""

from flask import Blueprint, Response, render_template

from referrals.accounts.roles import Permission
from referrals.audit import queries as audit
from referrals.foundation.database import ping
from referrals.notifications import queries as notifications
from referrals.web.access import needs, public

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
@public
def show() -> Response:
    """Answer "ok" when the web server runs and the database answers; a fault answers 500 by itself."""
    ping()
    return Response("ok\n", content_type="text/plain; charset=utf-8")


@blueprint.get("/service-health")
@needs(Permission.SERVICE_TEND)
def service() -> str:
    """How the outbox and the audit books stand; no resident is in any of it."""
    counts = notifications.counts()
    return render_template(
        "health/service.html",
        waiting=counts.get("waiting", 0) + counts.get("leased", 0),
        dead=counts.get("dead", 0),
        failed=notifications.papers_failed() if counts.get("dead") else 0,
        sent=counts.get("sent", 0),
        waiting_since=notifications.waiting_since(),
        books=audit.totals(),
    )
