"""The one catalogue of messages: a class for each, named after what happened, with a template of the same name.

What each is called as a notice in the app stands beside it, in notices.py.
"""

import re
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, ClassVar
from uuid import UUID

# One leading slash: two would make the rest of it another host.
_PATH = re.compile(r"/(?!/)[A-Za-z0-9/_.~%?=&-]{0,300}")
_NUMBER = re.compile(r"[0-9]{1,6}")
_REFERENCE = re.compile(r"[A-Z0-9]{1,4}(-[A-Z0-9]{2,6}){1,3}")


class Haste(StrEnum):
    """How a message comes to a person who can choose how mail comes."""

    # Of the account itself, and the digest: always by mail, at once, and never a notice.
    ACCOUNT = "account"
    # A notice, and mail at once, whatever the person chose and whatever the hour.
    URGENT = "urgent"
    # A notice, and mail as the person chose.
    ORDINARY = "ordinary"


@dataclass(frozen=True, slots=True)
class Recipient:
    """One address to write to; and with an account whose it is, and as one of which organisation they are told."""

    email: str
    person_id: UUID | None = None
    organisation_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class Message:
    """What every message carries: the path of a page to open, from `/` on. Nothing else may be told by mail."""

    path: str
    haste: ClassVar[Haste] = Haste.ORDINARY
    # Every class below, by the name it is stored under.
    kinds: ClassVar[dict[str, type["Message"]]] = {}

    def __init_subclass__(cls, *, abstract: bool = False) -> None:
        if not abstract:
            Message.kinds[cls.__name__] = cls

    def __post_init__(self) -> None:
        """Refuse a path that is none of the service's own, so that no words of a person can travel in it."""
        if not _PATH.fullmatch(self.path):
            raise ValueError(f"{type(self).__name__} was given something else than the path of a page")

    @classmethod
    def template(cls) -> str:
        """The file under `templates/email/` that holds its words: `ReferralAccepted` is `referral_accepted.txt`."""
        return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", cls.__name__).lower() + ".txt"

    def params(self) -> dict[str, str]:
        """The fields by name, as they are sealed into the outbox."""
        return asdict(self)

    def words(self, base_url: str) -> dict[str, Any]:
        """What its template reads: its fields, but a whole link in place of the path."""
        fields = {name: value for name, value in self.params().items() if name != "path"}
        return fields | {"link": base_url + self.path}


@dataclass(frozen=True, kw_only=True)
class ReferralMessage(Message, abstract=True):
    """A message about one referral, named only by its reference."""

    reference: str

    def __post_init__(self) -> None:
        """Refuse what is no reference, as with the path."""
        super().__post_init__()
        if not _REFERENCE.fullmatch(self.reference):
            raise ValueError(f"{type(self).__name__} was given something else than a reference")


class Invited(Message):
    """To somebody who was invited: the link to join."""

    haste = Haste.ACCOUNT


class PasswordResetRequested(Message):
    """To a person who asked for it: the link to choose a new password."""

    haste = Haste.ACCOUNT


class PasswordChanged(Message):
    """To a person whose password was changed, in case it was not them."""

    haste = Haste.ACCOUNT


@dataclass(frozen=True, kw_only=True)
class Digest(Message):
    """To a person who chose one mail a day: how much is unread, of which referrals, and the way to it."""

    haste = Haste.ACCOUNT
    number: str
    # `R-7K3F-92X:2 ...`: each reference, and how often it was told of.
    references: str
    # How many more referrals there are than are named.
    further: str

    def __post_init__(self) -> None:
        """Refuse anything but numbers and references."""
        super().__post_init__()
        parts = [part.partition(":") for part in self.references.split(" ")] if self.references else []
        numbers = [self.number, self.further, *(number for _, _, number in parts)]
        named = all(_REFERENCE.fullmatch(reference) for reference, _, _ in parts)
        if not named or not all(_NUMBER.fullmatch(one) for one in numbers):
            raise ValueError(f"{type(self).__name__} was given something else than numbers and references")

    def words(self, base_url: str) -> dict[str, Any]:
        """The numbers as such, and each reference with its number and a link."""
        parts = [part.partition(":") for part in self.references.split()]
        lines = [(name, int(number), f"{base_url}/referrals/{name}") for name, _, number in parts]
        return super().words(base_url) | {"number": int(self.number), "lines": lines, "further": int(self.further)}


class ReferralSubmitted(ReferralMessage):
    """To the people of the office: a new referral, or one sent again."""


class RequestAnswered(ReferralMessage):
    """To the referrer: the office has answered their request for advice."""


class UrgentReferralSubmitted(ReferralMessage):
    """The same, of one that the group marked as urgent."""

    haste = Haste.URGENT


class ReferralSeen(ReferralMessage):
    """To the referrer, once: the office has opened it."""


class ReferralAssigned(ReferralMessage):
    """To the person it was assigned to."""


class ReferralHandedOver(ReferralMessage):
    """To somebody of the group: a lead has given them a referral of somebody else."""


@dataclass(frozen=True, kw_only=True)
class ReferralsHandedOver(Message):
    """To somebody who was given several at once, told once: how many."""

    number: str

    def __post_init__(self) -> None:
        """Refuse what is no number."""
        super().__post_init__()
        if not _NUMBER.fullmatch(self.number):
            raise ValueError("ReferralsHandedOver was given something else than a number")


class ReferralAccepted(ReferralMessage):
    """To the referrer: the office has taken it on."""


class ReferralDeclined(ReferralMessage):
    """To the referrer: the office cannot take it on, and says what to do instead."""


class ReferralReturned(ReferralMessage):
    """To the referrer: sent back with advice."""


class InformationRequested(ReferralMessage):
    """To the referrer: the office has a question, and the clock stands still."""


class InformationProvided(ReferralMessage):
    """To the office: the question was answered, and the clock runs again."""


class ReferralStarted(ReferralMessage):
    """To the referrer: work has begun."""


class ReferralHeld(ReferralMessage):
    """To the referrer: paused until a date."""


class ReferralResumed(ReferralMessage):
    """To the referrer: work goes on."""


class MilestoneRecorded(ReferralMessage):
    """To the other side: a step on the way was recorded."""


class NoteShared(ReferralMessage):
    """To the other side: there is a new message or a note that was shared."""


class NewsAsked(ReferralMessage):
    """To the office: the group asks how things stand."""


class NewsGiven(ReferralMessage):
    """To the referrer: the office says how things stand."""


class LaterAnswerDue(ReferralMessage):
    """To the referrer: four weeks have passed, and it is time to ask how things are now."""


class DocumentShared(ReferralMessage):
    """To the other side: there is a document to look at."""


class LetterShared(ReferralMessage):
    """To the referrer: there is a letter to read."""


class OutcomeRecorded(ReferralMessage):
    """To the referrer: there is a result to check."""


class OutcomeConfirmed(ReferralMessage):
    """To the office: the group has answered, and the referral is finished."""


class PostcodeCorrected(ReferralMessage):
    """To the office: the group has corrected the postcode."""


class TransferAgreed(ReferralMessage):
    """To the office: the group has recorded that the resident agrees to another office having it."""


class OutcomeDisputed(ReferralMessage):
    """To the office: the group says the result is not right."""


class ReferralClosed(ReferralMessage):
    """To the referrer: finished."""


class ReferralWithdrawn(ReferralMessage):
    """To the other side: withdrawn."""


class ReferralReopened(ReferralMessage):
    """To the other side: open again."""


class ReferralEnteredInError(ReferralMessage):
    """To the other side: it was sent by mistake."""


class TransferOffered(ReferralMessage):
    """To the people of another office: a referral is offered to them."""

    haste = Haste.URGENT


class TransferProposed(ReferralMessage):
    """To the referrer: the office has offered the referral to another office."""


class TransferAccepted(ReferralMessage):
    """To the referrer and to the office that had offered it: the other office has taken it on."""


class TransferRejected(ReferralMessage):
    """To the referrer and to the office that had offered it: the other office did not take it on."""


class TransferRevoked(ReferralMessage):
    """To the referrer and to the other office: it is no longer on offer."""


class LimitNear(ReferralMessage):
    """To the office, once for each: a last day that cannot be missed is at most seven days away, or gone."""

    haste = Haste.URGENT


class ChaserReady(ReferralMessage):
    """To who works on it: a body has not answered, and a chaser is ready to be sent."""


class ConsentWithdrawn(ReferralMessage):
    """To the other side: an agreement of the resident was taken back."""


class CaseStudyToApprove(ReferralMessage):
    """To those who may approve it: somebody of their organisation has written a case study."""


class CaseStudyToAnswer(ReferralMessage):
    """To the other side: a case study was approved, and they can object before it is published."""


class CaseStudyAnswered(ReferralMessage):
    """To those who wrote and approved it: the other side has said what it thinks of a case study."""


class CaseStudySentBack(ReferralMessage):
    """To those who wrote it: a case study was not approved as it is."""


class CaseStudyEnding(ReferralMessage):
    """To those who wrote and approved it: the agreement that a published case study rests on runs out soon."""


class ConsentApprovalAsked(Message):
    """To the leads of the group: a referral, perhaps a draft, rests on a ground that they must approve."""


class ImpactReportToApprove(Message):
    """To the others who may approve an impact report of their organisation: it is written, and waits for them."""


class BriefApprovalAsked(Message):
    """To those who may approve a brief for an MP: it waits for them."""


class BriefSent(Message):
    """To the people of an office: a brief for their MP came in."""


class FollowUpDue(Message):
    """To who is to do it, once: something agreed with an MP's office is due."""


class MeetingPlanned(Message):
    """To the people of a group who are invited to a meeting with their MP."""


class MeetingChanged(Message):
    """To the same: when or where it is has changed."""


class MeetingCancelled(Message):
    """To the same: it will not be held."""


class MeetingSoon(Message):
    """To the same, once: it is tomorrow or today."""


class PermissionEnding(Message):
    """To who keeps it, once: what somebody permits of their quote or picture runs out within a month."""


class BriefingsDrafted(Message):
    """To the leads of a group, once a quarter: their briefings to their MPs are drafted."""


class BriefingToApprove(Message):
    """To the other leads of a group: a briefing is written and waits for a second person."""


class BriefingSent(Message):
    """To the people of an MP's office: a briefing of an area came in."""


class AnswerToCheck(Message):
    """To those of an area and an office who may put an answer on the page, but for who wrote it."""


class StanceDue(Message):
    """To the leads of a group, once: what they wrote down half a year ago is due to be looked at again."""


class BriefAnswered(Message):
    """To those who write briefs where it came from: the office says what the MP did with it."""
