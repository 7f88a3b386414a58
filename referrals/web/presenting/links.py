"""Other referrals about the same person, in words: those linked, those that may be the same, and whether elsewhere."""

from collections.abc import Sequence
from typing import Any, Final

from flask import url_for

from referrals.accounts.roles import Side
from referrals.accounts.viewer import Viewer
from referrals.casework import policy, queries
from referrals.casework.models import Referral
from referrals.casework.queries import Other
from referrals.casework.workflow import STATES
from referrals.web.presenting.case import label_of

# How two referrals are alike; the first word of a sentence is made large.
ALIKE: Final = {
    "name": "the same name, or nearly",
    "name_and_place": "a name that sounds alike, at the same postcode",
    "place": "the same postcode",
    "phone": "the same telephone number",
    "case": "the same reference number of the agency",
}
PLACE_ALONE: Final = "the same postcode and the same kind of issue"
ELSEWHERE: Final = {
    Side.OFFICE: "Another office may hold a referral about the same person.",
    Side.GROUP: "Another group or office may hold a referral about the same person.",
}


def alike_in(reasons: Sequence[str]) -> str:
    """Why it is taken for the same: "The same name, or nearly; the same postcode"."""
    words = [ALIKE[reason] for reason in reasons] if list(reasons) != ["place"] else [PLACE_ALONE]
    said = "; ".join(words)
    return said[:1].upper() + said[1:]


def others_for(referral: Referral, viewer: Viewer) -> dict[str, Any]:
    """What the page shows beside the referral; one query."""
    found = queries.others(referral, viewer)
    may_link = policy.may_link(referral, viewer)
    return {
        "linked": [_linked(one, referral, viewer) for one in found.linked],
        "told_apart": [_linked(one, referral, viewer) for one in found.told_apart],
        "possible": [_row(one, viewer) | _possible(one, referral, may_link=may_link) for one in found.possible],
        "elsewhere": ELSEWHERE[viewer.side] if found.elsewhere else "",
        "add": url_for("links.new", reference=referral.reference) if may_link else None,
    }


def _row(one: Other, viewer: Viewer) -> dict[str, Any]:
    state = STATES[one.state]
    return {
        "reference": one.reference,
        "href": url_for("referrals.show", reference=one.reference),
        "state": one.state,
        "tag": state.tag_referrer if viewer.side is Side.GROUP else state.label_office,
        "sent_at": one.sent_at,
    }


def _possible(one: Other, referral: Referral, *, may_link: bool) -> dict[str, Any]:
    link = url_for("links.new", reference=referral.reference, other=one.reference)
    return {"why": alike_in(one.reasons), "link": link if may_link else None}


def _linked(one: Other, referral: Referral, viewer: Viewer) -> dict[str, Any]:
    own = one.organisation_id == viewer.organisation_id and policy.may_link(referral, viewer)
    remove = url_for("links.remove", reference=referral.reference, link_id=one.link_id)
    return _row(one, viewer) | {"said": label_of("link_kinds", one.kind), "remove": remove if own else None}
