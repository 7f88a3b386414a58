"""The paper form of the intake, to fill in by hand where there is no screen."""

from flask import Blueprint, Response, request

from referrals.accounts.roles import Permission
from referrals.directory.queries import names_of
from referrals.foundation.database import only_reading
from referrals.web.access import needs, viewer
from referrals.web.downloads import download
from referrals.web.presenting.paper import SIZES, paper_form

blueprint = Blueprint("paper", __name__)


@blueprint.get("/paper-form")
@needs(Permission.REFERRAL_DRAFT)
def form() -> Response:
    """The empty form as a PDF, in the size asked for; it holds nothing of anybody."""
    size = request.args.get("size", "")
    with only_reading():
        group_id = viewer().organisation_id
        name = names_of([group_id]).get(group_id, "our group") if group_id else "our group"
        content = paper_form(name, size if size in SIZES else "normal")
    return download(content, "referral-form.pdf", "application/pdf")
