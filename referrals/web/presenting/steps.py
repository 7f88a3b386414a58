"""Dates that may have been steps on the way, each with its buttons."""

from typing import Any

from flask import url_for

from referrals.accounts.viewer import Viewer
from referrals.casework import queries
from referrals.casework.models import Referral
from referrals.casework.queries import Dated
from referrals.directory import lists


def steps_for(dated: Dated, referral: Referral, viewer: Viewer) -> list[dict[str, Any]]:
    """What `referrals/_steps.html` reads: [{label, day, href, choices: [{code, text}]}]."""
    return [
        {
            "label": one.label,
            "day": one.day,
            "href": url_for("milestones.from_date", reference=referral.reference, event_id=one.event_id),
            "choices": [{"code": code, "text": lists.label("milestones", code)} for code in one.codes],
        }
        for one in queries.offered_steps(referral, dated.standing, viewer)
    ]
