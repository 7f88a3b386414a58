"""Transfers in words: what is offered, by and to whom, where it stands, and where a postcode leads instead."""

from collections.abc import Mapping
from typing import Any, Final

from flask import url_for

from referrals.accounts.roles import Side
from referrals.accounts.viewer import Viewer
from referrals.casework import policy
from referrals.casework.intake import BY_POSTCODE
from referrals.casework.models import Referral
from referrals.casework.queries import Offer, Transfers
from referrals.casework.workflow import TRANSFERABLE, TRANSFERS
from referrals.directory.queries import Route, route
from referrals.foundation.clock import today
from referrals.web.filters import age, count, day
from referrals.web.presenting.case import Rows, label_of

STANDINGS: Final = {
    "offered": "Waiting for an answer",
    "accepted": "Taken on",
    "rejected": "Not taken on",
    "revoked": "Taken back",
    "lapsed": "Ended, because the referral had moved on",
}


def transfer_for(transfers: Transfers, referral: Referral, viewer: Viewer) -> dict[str, Any]:
    """What the referral's page says at its top: the offer that waits, or where the postcode leads instead."""
    waiting = transfers.on_offer
    if waiting is None:
        return {"waiting": None, "elsewhere": elsewhere_for(referral, viewer)}
    of_office = viewer.side is Side.OFFICE
    return {
        "waiting": {
            "office": transfers.offices[waiting.to_office_id],
            "reason": label_of("transfer_reasons", waiting.reason),
            "on": day(waiting.offered_at),
            "by": day(waiting.due_on),
            "late": waiting.due_on < today(),
            "href": url_for("transfers.show", transfer_id=waiting.id) if of_office else None,
        },
        "elsewhere": None,
    }


def elsewhere_for(referral: Referral, viewer: Viewer) -> dict[str, Any] | None:
    """Where the resident's postcode leads, where that is another seat than the office's.

    The group is told too, unless it chose the office by hand: then it knows.
    """
    postcode = referral.resident.postcode if referral.resident else None
    if not postcode or not _is_told_where(referral, viewer):
        return None
    found = route(postcode)
    if found is None or found.constituency.id == referral.constituency_id:
        return None
    return {
        "postcode": postcode,
        "seat": found.constituency.name,
        "member": found.member_name,
        "office": found.office.organisation.name if found.office else None,
        "offer": _offer_link(referral, viewer, found),
        "decline": _decline_link(referral, viewer),
        "chosen": label_of("routing_reasons", referral.routing) if referral.routing != BY_POSTCODE else "",
        "of_group": viewer.side is Side.GROUP,
        "agree": _agree_link(referral, viewer, found),
    }


def _is_told_where(referral: Referral, viewer: Viewer) -> bool:
    if viewer.side is Side.OFFICE:
        return referral.state in TRANSFERABLE
    # Not by the state, which a group that hears nothing would then read out of this.
    return policy.is_open(referral) and referral.submitted_at is not None and referral.routing == BY_POSTCODE


def _agree_link(referral: Referral, viewer: Viewer, found: Route) -> str | None:
    """Where a group records that the resident agrees to that office; None where it has, or may not."""
    office = found.office
    if office is None or not policy.may_agree_to_other(referral, viewer):
        return None
    if policy.given_to_other(referral, office.organisation_id, today()):
        return None
    return url_for("consents.transfer", reference=referral.reference, to=office.organisation_id)


def _offer_link(referral: Referral, viewer: Viewer, found: Route) -> str | None:
    if found.office is None or not policy.may_offer(referral, viewer):
        return None
    return url_for(
        "transfers.new", reference=referral.reference, to=found.office.organisation_id, reason="wrong_office"
    )


def _decline_link(referral: Referral, viewer: Viewer) -> str | None:
    if "decline" not in {row.name for row in policy.available_moves(referral, viewer)}:
        return None
    return url_for("moves.new", reference=referral.reference, transition="decline", reason="not_constituent")


def offer_row(offer: Offer) -> dict[str, Any]:
    """One offer as a line of a list."""
    return {
        "href": url_for("transfers.show", transfer_id=offer.id),
        "reference": offer.reference,
        "category": label_of("categories", offer.category),
        "urgency": offer.urgency,
        "area": offer.area,
        "office": offer.from_office if offer.incoming else offer.to_office,
        "reason": label_of("transfer_reasons", offer.reason),
        "due_on": offer.due_on,
        "overdue_days": offer.overdue_days,
        "standing": STANDINGS[offer.standing],
        "ended_on": offer.ended_on,
    }


def offer_rows(offer: Offer) -> Rows:
    """Everything that either office may know of an offer."""
    late = f"{day(offer.due_on)} ({count(offer.overdue_days, 'working day')} ago)" if offer.overdue_days else ""
    rows = [
        ("Offered by", offer.from_office),
        ("Offered to", offer.to_office),
        ("Why", label_of("transfer_reasons", offer.reason)),
        ("Area", offer.area),
        ("Category", label_of("categories", offer.category)),
        ("Urgency", label_of("urgencies", offer.urgency)),
        ("Age", age(offer.age_days) if offer.age_days else "Sent today"),
        ("Offered on", day(offer.offered_on)),
        ("Decide by", (late or day(offer.due_on)) if offer.standing == "offered" else ""),
        ("Where it stands", STANDINGS[offer.standing]),
        ("Since", day(offer.ended_on)),
        ("Their reason", label_of("transfer_rejections", offer.answer_reason)),
    ]
    return [{"key": key, "value": value} for key, value in rows if value]


def steps_of(offer: Offer, viewer: Viewer) -> list[Mapping[str, Any]]:
    """What the viewer can do with an offer now, the expected step first."""
    if offer.standing != "offered":
        return []
    side = "target" if offer.incoming else "source"
    return [
        {
            "text": step.label,
            "tone": step.tone,
            "href": url_for("transfers.answer", transfer_id=offer.id, step=step_slug(step.name)),
        }
        for step in TRANSFERS.values()
        if step.by == side and step.name != "offer_transfer" and viewer.may(step.permission)
    ]


def step_slug(name: str) -> str:
    """A step in an address: `accept`."""
    return name.removesuffix("_transfer")
