"""Being there: what the page of a referral asks by itself while somebody has it open."""

from flask import Blueprint, Response
from flask.typing import ResponseReturnValue

from referrals.accounts.roles import Permission
from referrals.casework import actions, queries
from referrals.foundation.database import transaction
from referrals.web.access import needs, viewer
from referrals.web.presenting.presence import here_words
from referrals.web.sign_in_state import quiet
from referrals.web.throttle import unhurried

blueprint = Blueprint("presence", __name__)


@blueprint.post("/referrals/<reference>/here")
@unhurried
@needs(Permission.REFERRAL_READ)
@quiet
def here(reference: str) -> ResponseReturnValue:
    """Note that the viewer has it open, and say in a sentence who else has; nothing when nobody has."""
    who = viewer()
    with transaction():
        referral = queries.referral(reference, who)
        actions.be_here(referral, by=who)
        words = here_words(queries.others_here(reference, who))
    return Response(words, 200 if words else 204, mimetype="text/plain")
