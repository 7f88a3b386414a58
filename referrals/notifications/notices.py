"""What each message is called as a notice in the app: more than mail may say, and still no name and no topic."""

from typing import Final, Protocol
from uuid import UUID

from referrals.notifications.messages import Message

# By the class in messages.py; account mail and the digest are no notices. Both sides read the same words.
WORDS: Final[dict[str, str]] = {
    "ReferralSubmitted": "A referral came in for your office to decide on",
    "UrgentReferralSubmitted": "An urgent referral came in. Please look at it today",
    "ReferralSeen": "The office has opened it",
    "ReferralAssigned": "It was assigned to you",
    "ReferralHandedOver": "It was given to you",
    "ReferralsHandedOver": "Referrals were given to you",
    "ReferralAccepted": "The office has taken it on",
    "ReferralDeclined": "The office cannot take it on, and says what to do instead",
    "RequestAnswered": "The office has answered your request for advice",
    "ReferralReturned": "The office sent it back with advice",
    "InformationRequested": "The office has a question for you",
    "InformationProvided": "The group has answered your question",
    "ReferralStarted": "The office has begun to work on it",
    "ReferralHeld": "The office has paused it until a later day",
    "ReferralResumed": "The office goes on with it",
    "MilestoneRecorded": "A step on the way was recorded",
    "NoteShared": "There is a new message",
    "NewsAsked": "The group asks whether there is any news",
    "NewsGiven": "The office says how things stand",
    "LaterAnswerDue": "Four weeks have passed. Please ask the person how things are now",
    "DocumentShared": "There is a document to look at",
    "LetterShared": "There is a letter to read",
    "OutcomeRecorded": "There is a result. Please check it",
    "OutcomeConfirmed": "The group has answered about the result, and it is finished",
    "OutcomeDisputed": "The group says that something about the result is wrong",
    "ReferralClosed": "It is finished",
    "ReferralWithdrawn": "It was withdrawn",
    "ReferralReopened": "It is open again",
    "ReferralEnteredInError": "It was sent by mistake, and is closed",
    "ChaserReady": "A body has not answered, and a chaser is ready to be sent",
    "PostcodeCorrected": "The group has corrected the postcode",
    "TransferAgreed": "The resident agrees that another office may have it",
    "TransferOffered": "Another office offers you a referral",
    "TransferProposed": "The office has offered it to another office",
    "TransferAccepted": "Another office has taken it on",
    "TransferRejected": "The other office did not take it on",
    "TransferRevoked": "It is no longer on offer to another office",
    "LimitNear": "A last day is at most seven days away, or has gone. Please look today",
    "ConsentWithdrawn": "The resident has taken an agreement back",
    "CaseStudyToApprove": "There is a case study for you to read and approve",
    "CaseStudyToAnswer": "There is a case study for you to read. You can object before it is published",
    "CaseStudyAnswered": "The other side has answered about the case study",
    "CaseStudySentBack": "The case study was sent back to be changed",
    "CaseStudyEnding": "The agreement for the published case study runs out soon",
    "ConsentApprovalAsked": "A referral needs your approval before it can go on",
    "ImpactReportToApprove": "An impact report is written and waits for approval",
    "BriefApprovalAsked": "A brief for an MP needs your approval before it can be sent",
    "BriefSent": "A brief for the MP came in",
    "BriefingsDrafted": "A quarter is over. A briefing for your MP is drafted and waits for you",
    "BriefingToApprove": "A briefing for your MP needs your approval before it can be sent",
    "BriefingSent": "A quarterly briefing of an area came in for the MP",
    "FollowUpDue": "Something agreed with your MP’s office is due today, or was due before",
    "MeetingPlanned": "You are invited to a meeting",
    "MeetingChanged": "A meeting that you are invited to has changed",
    "MeetingCancelled": "A meeting that you were invited to is cancelled",
    "MeetingSoon": "A meeting that you are invited to is tomorrow or today",
    "PermissionEnding": "A permission to show a quote or a picture runs out soon",
    "AnswerToCheck": "An answer to a request for advice waits to be checked before others can find it",
    "StanceDue": "It is time to look again at where you stand with your MP",
    "BriefAnswered": "The office says what the MP did with a brief",
}
# Of a message that there was once.
NO_WORDS: Final = "Something has happened"


class Holder(Protocol):
    """Whose notices: a person as one of an organisation. A viewer is one."""

    @property
    def person_id(self) -> UUID | None:
        """The person; None for the service itself, which has no notices."""

    @property
    def organisation_id(self) -> UUID | None:
        """The organisation they act for."""


def words_of(kind: str) -> str:
    """The sentence of a notice, by the name of its message."""
    return WORDS.get(kind, NO_WORDS)


def is_urgent(kind: str) -> bool:
    """Whether this message comes at once, whatever was chosen."""
    found = Message.kinds.get(kind)
    return found is not None and found.haste == "urgent"
