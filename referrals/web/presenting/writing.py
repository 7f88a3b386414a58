"""Writing a letter, in words: the kinds there are, who may be written to and who not, and fields without an answer."""

from typing import Any, Final

from flask import url_for

from referrals.accounts.roles import Permission, Side
from referrals.accounts.viewer import Viewer
from referrals.casework.models import Referral
from referrals.casework.policy import available_moves, is_about_a_resident, is_open
from referrals.casework.queries import enquiries_of
from referrals.correspondence import policy, safety
from referrals.correspondence.addressees import THROUGH_GROUP, Addressee, envelope_of, fault_of, resident_by
from referrals.correspondence.fields import MergeField, Place
from referrals.correspondence.letters import KINDS, Audience, LetterKind
from referrals.correspondence.merging import fields_in, merge
from referrals.correspondence.queries import facts_for, first_address
from referrals.directory import lists
from referrals.directory.queries import agencies
from referrals.web.filters import day
from referrals.web.forms.choice import Option
from referrals.web.presenting.case import safe_contact_advice
from referrals.web.presenting.referral import sides_of
from referrals.web.presenting.strip import slug

GROUPS: Final = {
    Audience.RESIDENT: "To the person",
    Audience.GROUP: "To the group",
    Audience.AGENCY: "To a body",
}
THROUGH: Final = Option(
    THROUGH_GROUP, "Through the group", "The group can read and print it, and hands it to them in person"
)
_MOVES: Final = {
    Place.ASK: ("Ask the group for it", "request_information"),
    Place.ACCEPTANCE: ("Accept the referral", "accept"),
    Place.OUTCOME: ("Record the outcome", "record_outcome"),
    Place.CLOSING: ("Close the referral", "close"),
}


def offered(referral: Referral) -> list[dict[str, Any]]:
    """The kinds of letter that can be written about a referral, under whom they are for."""
    groups = []
    for audience, title in GROUPS.items():
        if audience is Audience.RESIDENT and not is_about_a_resident(referral):
            continue
        kinds = [kind for kind in KINDS.values() if kind.audience is audience]
        groups.append({"title": title, "kinds": [_kind_link(kind, referral) for kind in kinds]})
    return groups


def choice_of(referral: Referral, kind: LetterKind, who: Viewer) -> dict[str, Any]:
    """To whom a letter of this kind can go: {offered, refused: [{text, why}], advice}."""
    if kind.chases:
        waiting = [line for line in enquiries_of(referral, who) if line.is_open]
        asked = [Option(str(line.id), line.agency, f"Asked on {day(line.sent_on)}") for line in waiting]
        return {"offered": asked, "refused": [], "advice": []}
    if kind.audience is Audience.AGENCY:
        bodies = [Option(body.code, body.name) for body in agencies(referral.category)]
        return {"offered": bodies, "refused": [], "advice": []}
    if kind.audience is Audience.GROUP or referral.resident is None:
        return {"offered": [], "refused": [], "advice": []}
    reaches, options, refused = policy.reaches_group(referral), [], []
    labels = [(resident_by(channel), lists.label("letter_channels", channel)) for channel in safety.TO_RESIDENT]
    for to, label in labels:
        fault = fault_of(referral, to, reaches_group=reaches)
        if fault:
            refused.append({"text": label, "why": fault})
        else:
            options.append(Option(to.code, label))
    if reaches:
        options.append(THROUGH)
    else:
        refused.append({"text": THROUGH.text, "why": "The resident has not agreed that the group sees letters"})
    return {"offered": options, "refused": refused, "advice": safe_contact_advice(referral.resident)}


def first_values(referral: Referral, kind: LetterKind, to: Addressee, who: Viewer, text: str) -> dict[str, str]:
    """What the form of a letter begins with."""
    values = {"words": merge(text, kind, facts_for(referral, kind, to, who)).text}
    if to.is_typed:
        values["name"], values["address"] = first_address(referral, to, who)
    if to.agency is not None:
        values["reference"] = referral.agency_reference or ""
    return values


def page_of(referral: Referral, kind: LetterKind, to: Addressee, who: Viewer, words: str) -> dict[str, Any]:
    """What the page of a letter shows around its form; a resident's address is given only after the advice."""
    facts = facts_for(referral, kind, to, who)
    empty = [row for row in fields_in(words, kind) if not row.reads(facts)]
    shown: dict[str, Any] = {"gaps": [_gap(row, referral, who) for row in empty], "advice": [], "envelope": None}
    if to.audience is Audience.RESIDENT and referral.resident is not None:
        name, address = envelope_of(referral, to, sides_of(referral)[Side.GROUP])
        shown["advice"] = safe_contact_advice(referral.resident)
        shown["envelope"] = "\n".join(filter(None, (name, address)))
        shown["how"] = THROUGH.text if to.through_group else lists.label("letter_channels", to.code)
    return shown


def _kind_link(kind: LetterKind, referral: Referral) -> dict[str, str]:
    href = url_for("writing.to", reference=referral.reference, kind=kind.code)
    return {"text": kind.title, "hint": kind.hint, "href": href}


def _gap(row: MergeField, referral: Referral, viewer: Viewer) -> dict[str, str | None]:
    """A field of which nothing is known: its name, and where it is filled in."""
    return {"name": row.name, "about": row.about, **_place(row.place, referral, viewer)}


def _place(place: Place, referral: Referral, viewer: Viewer) -> dict[str, str | None]:
    where: dict[str, Any] = {"reference": referral.reference}
    if place is Place.LETTERHEAD:
        if viewer.may(Permission.STATIONERY_KEEP):
            return {"text": "Fill in the letterhead", "href": url_for("stationery.letterhead")}
        return {"text": "Ask your office manager to fill in the letterhead", "href": None}
    if place is Place.ENQUIRY:
        return {"text": "Write the enquiry first", "href": url_for("writing.to", **where, kind="enquiry")}
    if place is Place.NEXT_ACTION and is_open(referral):
        return {"text": "Say what you do next", "href": url_for("milestones.next_action", **where)}
    # Only what can be done now leads somewhere: an outcome is not recorded before the case is accepted.
    text, name = _MOVES.get(place, ("", ""))
    for move in available_moves(referral, viewer):
        if move.name == name:
            return {"text": text, "href": url_for("moves.new", **where, transition=slug(move))}
    return {"text": "Nothing is known. Write it yourself, or take it out", "href": None}
