"""The catalogue of merge fields: what each is called, in which letters it may stand, and what it reads."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final

from referrals.casework.models import Outcome, Referral
from referrals.correspondence.letters import Audience, LetterKind
from referrals.correspondence.senders import Sender
from referrals.directory import lists
from referrals.foundation.clock import local_day


class Place(StrEnum):
    """Where what a field reads is filled in."""

    # The group knows it, or the resident: it is asked for.
    ASK = "ask"
    ACCEPTANCE = "acceptance"
    NEXT_ACTION = "next_action"
    OUTCOME = "outcome"
    CLOSING = "closing"
    ENQUIRY = "enquiry"
    LETTERHEAD = "letterhead"
    # Always known, or chosen with the letter.
    KNOWN = "known"


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What the fields of one letter read."""

    referral: Referral
    sender: Sender
    constituency: str
    group_name: str
    writer: str
    today: date
    agency_name: str = ""
    outcome: Outcome | None = None
    # Of the enquiry that the letter is about.
    enquiry_sent_on: date | None = None
    reply_due_on: date | None = None


@dataclass(frozen=True, slots=True)
class MergeField:
    """One field: the name that stands between double brackets, and how it is read; an empty text is nothing known."""

    name: str
    about: str
    reads: Callable[[Facts], str | None] = field(repr=False)
    place: Place = Place.KNOWN
    audiences: frozenset[Audience] = frozenset(Audience)

    @property
    def key(self) -> str:
        """Its name as it is compared: however it is written."""
        return self.name.casefold()


def written(day: date | datetime | None) -> str:
    """'3 March 2026'; nothing for nothing."""
    if day is None:
        return ""
    shown = local_day(day) if isinstance(day, datetime) else day
    return f"{shown.day} {shown:%B %Y}"


def _of_resident(name: str) -> Callable[[Facts], str | None]:
    def read(facts: Facts) -> str | None:
        resident: Any = facts.referral.resident
        return getattr(resident, name) if resident else None

    return read


def _address(facts: Facts) -> str:
    resident = facts.referral.resident
    return "\n".join(filter(None, (resident.address, resident.postcode))) if resident else ""


def _issue(facts: Facts) -> str:
    code = facts.referral.issue_type
    return lists.label("issue_types", code).lower() if code else ""


def _result(facts: Facts) -> str:
    return lists.label("resolutions", facts.outcome.resolution) if facts.outcome else ""


_AGENCY: Final = frozenset({Audience.AGENCY})
_OURS: Final = frozenset({Audience.RESIDENT, Audience.GROUP})

_ROWS: Final = (
    MergeField("today", "The day the letter is written", lambda facts: written(facts.today)),
    MergeField("reference", "The reference of the case", lambda facts: facts.referral.reference),
    MergeField("resident name", "The name of the person it is about", _of_resident("name"), Place.ASK),
    MergeField("resident address", "Their address and postcode", _address, Place.ASK, _AGENCY),
    MergeField("group name", "The group that sent the referral", lambda facts: facts.group_name),
    MergeField("issue", "What it is about, in the words of the list", _issue),
    MergeField("the story in one line", "The summary of the referral", lambda facts: facts.referral.summary, Place.ASK),
    MergeField("what is wanted", "What the person wants to happen", lambda facts: facts.referral.wanted, Place.ASK),
    MergeField(
        "waiting since",
        "The day since when the person has waited",
        lambda facts: written(facts.referral.waiting_since),
        Place.ASK,
    ),
    MergeField("sent on", "The day the group sent it", lambda facts: written(facts.referral.submitted_at)),
    MergeField(
        "accepted on",
        "The day the office took it on",
        lambda facts: written(facts.referral.accepted_at),
        Place.ACCEPTANCE,
        _OURS,
    ),
    MergeField(
        "next action", "What the office does next", lambda facts: facts.referral.next_action, Place.NEXT_ACTION, _OURS
    ),
    MergeField(
        "next action on",
        "The day of the next action",
        lambda facts: written(facts.referral.next_action_on),
        Place.NEXT_ACTION,
        _OURS,
    ),
    MergeField("agency name", "The body the letter is to", lambda facts: facts.agency_name, Place.KNOWN, _AGENCY),
    MergeField(
        "agency reference",
        "The reference the body itself has given the case",
        lambda facts: facts.referral.agency_reference,
        Place.ASK,
    ),
    MergeField(
        "enquiry sent on",
        "The day the office wrote to the body",
        lambda facts: written(facts.enquiry_sent_on),
        Place.ENQUIRY,
    ),
    MergeField(
        "reply due on", "The day by which an answer is due", lambda facts: written(facts.reply_due_on), Place.ENQUIRY
    ),
    MergeField("result", "How far it was resolved, in the words of the list", _result, Place.OUTCOME, _OURS),
    MergeField(
        "what came of it",
        "The result in the office’s words",
        lambda facts: facts.outcome.words if facts.outcome else "",
        Place.OUTCOME,
        _OURS,
    ),
    MergeField(
        "finished on",
        "The day the case was finished",
        lambda facts: written(facts.referral.ended_at),
        Place.CLOSING,
        _OURS,
    ),
    MergeField("MP name", "The name of the MP", lambda facts: facts.sender.member),
    MergeField("constituency", "The MP’s constituency", lambda facts: facts.constituency),
    MergeField("caseworker name", "Who writes the letter", lambda facts: facts.writer),
    MergeField("office name", "The name of the office", lambda facts: facts.sender.office, Place.LETTERHEAD),
    MergeField("office phone", "The office’s telephone number", lambda facts: facts.sender.phone, Place.LETTERHEAD),
    MergeField("office email", "The office’s email address", lambda facts: facts.sender.email, Place.LETTERHEAD),
)
FIELDS: Final[dict[str, MergeField]] = {row.key: row for row in _ROWS}


def fields_for(kind: LetterKind) -> list[MergeField]:
    """The fields that may stand in a kind of letter, in the order of the catalogue."""
    return [row for row in _ROWS if kind.audience in row.audiences]
