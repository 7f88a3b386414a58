"""Enquiries in words: who was asked, by when an answer is due, and what came of it, for either side."""

from collections.abc import Sequence
from typing import Any, Final

from flask import url_for

from referrals.accounts.roles import Side
from referrals.accounts.viewer import Viewer
from referrals.casework import asking
from referrals.casework.models import Enquiry, Referral
from referrals.casework.queries import EnquiryLine, OpenEnquiries, OpenEnquiry
from referrals.casework.queries.enquiries import ChaserLine
from referrals.casework.queries.lines import COUNTED_TO
from referrals.directory import queries as directory
from referrals.directory.models import Agency
from referrals.foundation.clock import today
from referrals.web.filters import count, day
from referrals.web.presenting.case import label_of, small
from referrals.web.presenting.strip import NO_SUMMARY

NOT_YET: Final = "No body has been asked yet. When you write to one or phone it, note it here: we watch the day."
NOT_TOLD: Final = "The office has asked nobody yet."


def enquiries_for(
    lines: Sequence[EnquiryLine], referral: Referral, viewer: Viewer, body: Agency | None
) -> dict[str, Any]:
    """What `referrals/_enquiries.html` reads; nothing at all for a group that may not be told of them.

    `body` is the one that the referral is about.
    """
    office = viewer.side is Side.OFFICE
    cards = [card(line, referral, viewer) for line in lines]
    return {
        "open": [one for one in cards if one["open"]],
        "over": [one for one in cards if not one["open"]],
        "shown": bool(cards) or office,
        "ask": _ask(referral, body) if asking.may_ask(referral, viewer) else None,
        "none": NOT_YET if office else NOT_TOLD,
    }


def card(line: EnquiryLine, referral: Referral, viewer: Viewer) -> dict[str, Any]:
    """One enquiry as its macro reads it."""
    office = viewer.side is Side.OFFICE
    return {
        "id": anchor(line.id),
        "title": line.agency,
        "open": line.is_open,
        "late": line.overdue_days > 0,
        "ready": line.draft is not None and line.is_open,
        "tag": _tag(line),
        "sentence": sentence(line, office=office),
        "facts": facts(line),
        "asked": line.asked,
        "reply": line.reply,
        "links": _links(line, referral) if office else [],
    }


def sentence(line: EnquiryLine, *, office: bool) -> str:
    """Who asked on which day, and by when an answer is due or on which day it came."""
    who = "You" if office and line.own else "The office" if line.own or not office else "Another office"
    asked = f"{who} asked on {day(line.sent_on)}"
    if line.is_open:
        if not line.overdue_days:
            return f"{asked}. An answer is due by {day(line.due_on)}."
        late = count(line.overdue_days, "working day")
        return f"{asked}. An answer was due by {day(line.due_on)}, {late} ago."
    if line.answered:
        waited = (line.ended_on - line.sent_on).days if line.ended_on else 0
        after = f", after {count(waited, 'day')}" if waited else ", the same day"
        return f"{asked}. An answer came on {day(line.ended_on)}{after}."
    return f"{asked}. Since {day(line.ended_on)} no answer is waited for."


def facts(line: EnquiryLine) -> list[dict[str, str]]:
    """How it was asked, the body's reference, every chaser, and what came of it, as rows."""
    rows = [
        ("How", label_of("enquiry_channels", line.channel)),
        ("Their reference", line.agency_reference or ""),
        ("Chased", "; ".join(_chased(chaser) for chaser in line.chasers)),
        ("What came of it", label_of("enquiry_results", line.result)),
    ]
    return [{"key": key, "value": value} for key, value in rows if value]


def anchor(enquiry_id: Any) -> str:
    """Where on the page it stands."""
    return f"enquiry-{enquiry_id}"


def offered(referral: Referral) -> list[dict[str, Any]]:
    """Every body that can be asked: the one the referral is about first, then those of its category, then others."""
    bodies = directory.agencies(referral.category)
    named = [body for body in bodies if body.id == referral.agency_id]
    agreed = [body for body in bodies if body not in named and asking.agreement_for(referral, body.id, today())]
    rest = [body for body in bodies if body not in named and body not in agreed]
    groups = [("Named in this referral", named), ("The resident has agreed to these", agreed), ("All bodies", rest)]
    return [
        {"title": title, "bodies": [{"text": body.name, "href": to_ask(referral, body)} for body in found]}
        for title, found in groups
        if found
    ]


def to_ask(referral: Referral, body: Agency) -> str:
    """The address of the form for a question to a body."""
    return url_for("enquiries.new", reference=referral.reference, agency=body.code)


def agreement_words(referral: Referral, body: Agency) -> str:
    """That the resident has agreed to this body being contacted; empty where there is nobody to agree."""
    found = asking.agreement_for(referral, body.id, today())
    if found is None:
        return ""
    how = small(label_of("consent_methods", found.method))
    return f"Agreed on {day(found.given_on)} ({small(label_of('consent_capacities', found.given_by))}, {how})."


def about(enquiry: Enquiry, body: Agency) -> dict[str, Any]:
    """What the pages of one enquiry say of it above their forms."""
    return {
        "agency": body.name,
        "asked": enquiry.asked or "",
        "how": f"{label_of('enquiry_channels', enquiry.channel)}, {day(enquiry.sent_on)}",
        "reference": enquiry.agency_reference or "",
        "due": day(enquiry.due_on),
    }


def row(one: OpenEnquiry) -> dict[str, Any]:
    """One line of the office's list of what it waits for."""
    return {
        "agency": one.agency,
        "href": url_for("referrals.show", reference=one.referral.reference, _anchor=anchor(one.id)),
        "reference": one.referral.reference,
        "summary": one.referral.summary or NO_SUMMARY,
        "urgency": one.referral.urgency,
        "sent_on": one.sent_on,
        "due_on": one.due_on,
        "overdue_days": one.overdue_days,
        "chased": {0: "Not yet", 1: "Once", 2: "Twice"}.get(one.chased, f"{one.chased} times"),
        "chase": url_for("enquiries.chase", reference=one.referral.reference, enquiry_id=one.id) if one.ready else None,
        "assignee": one.referral.assignee_name,
    }


def summary_of(page: OpenEnquiries) -> str:
    """How many there are and how many of them are late, in a sentence."""
    late = {0: "none is overdue", 1: "1 is overdue"}.get(page.overdue, f"{_counted(page.overdue)} are overdue")
    if page.open == 1:
        return "1 enquiry waits for an answer" + (", and it is overdue." if page.overdue else ".")
    return f"{_counted(page.open)} enquiries wait for an answer, and {late}."


def _counted(number: int) -> str:
    return f"more than {COUNTED_TO}" if number > COUNTED_TO else str(number)


def _ask(referral: Referral, body: Agency | None) -> dict[str, str]:
    choose = url_for("enquiries.choose", reference=referral.reference)
    return {
        "text": f"New enquiry to {body.name}" if body else "New enquiry to a body",
        "href": to_ask(referral, body) if body else choose,
        "other": choose if body else "",
    }


def _tag(line: EnquiryLine) -> tuple[str, str]:
    """A word for where it stands, and its tone."""
    if not line.is_open:
        return ("Answered", "green") if line.answered else ("Given up", "grey")
    if line.overdue_days:
        return "Overdue", "red"
    return "Waiting", "teal"


def _chased(chaser: ChaserLine) -> str:
    how = f", {small(label_of('enquiry_channels', chaser.channel))}" if chaser.channel else ""
    return f"{day(chaser.sent_on)}{how}"


def _links(line: EnquiryLine, referral: Referral) -> list[dict[str, str]]:
    found = []
    if line.may_be_answered:
        words = "Record the answer" if line.is_open else "An answer came after all"
        found.append(_link(words, "enquiries.answer", line, referral))
    if line.is_open:
        found.append(
            _link("Chase now" if line.draft or line.overdue_days else "Chase", "enquiries.chase", line, referral)
        )
        found.append(_link("Change the day or their reference", "enquiries.change", line, referral))
    return found


def _link(text: str, endpoint: str, line: EnquiryLine, referral: Referral) -> dict[str, str]:
    return {"text": text, "href": url_for(endpoint, reference=referral.reference, enquiry_id=line.id)}
