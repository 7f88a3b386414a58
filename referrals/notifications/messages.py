"""The one catalogue of messages: a class for each, named after what happened, with a template of the same name."""

import re
from dataclasses import asdict, dataclass
from typing import ClassVar
from uuid import UUID

# One leading slash: two would make the rest of it another host.
_PATH = re.compile(r"/(?!/)[A-Za-z0-9/_.~%?=&-]{0,300}")
_REFERENCE = re.compile(r"[A-Z0-9]{1,4}(-[A-Z0-9]{2,6}){1,3}")


@dataclass(frozen=True, slots=True)
class Recipient:
    """One address to write to, and whose it is when they have an account."""

    email: str
    person_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class Message:
    """What every message carries: the path of a page to open, from `/` on. Nothing else may be told by mail."""

    path: str
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


class PasswordResetRequested(Message):
    """To a person who asked for it: the link to choose a new password."""


class PasswordChanged(Message):
    """To a person whose password was changed, in case it was not them."""


class ReferralSubmitted(ReferralMessage):
    """To the people of the office: a new referral, or one sent again."""


class RequestAnswered(ReferralMessage):
    """To the referrer: the office has answered their request for advice."""


class ReferralSeen(ReferralMessage):
    """To the referrer, once: the office has opened it."""


class ReferralAssigned(ReferralMessage):
    """To the person it was assigned to."""


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


class DocumentShared(ReferralMessage):
    """To the other side: there is a document to look at."""


class LetterShared(ReferralMessage):
    """To the referrer: there is a letter to read."""


class OutcomeRecorded(ReferralMessage):
    """To the referrer: there is a result to check."""


class OutcomeConfirmed(ReferralMessage):
    """To the office: the group has answered, and the referral is finished."""


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


class ChaserReady(ReferralMessage):
    """To who works on it: a body has not answered, and a chaser is ready to be sent."""


class ConsentWithdrawn(ReferralMessage):
    """To the other side: an agreement of the resident was taken back."""


class ConsentApprovalAsked(Message):
    """To the leads of the group: a referral, perhaps a draft, rests on a ground that they must approve."""
