"""What each recorded action is called on a history page, in plain English."""

from typing import Final

LABELS: Final[dict[str, str]] = {
    # A referral on its way: `referral.` and the past of a transition.
    "referral.drafted": "Started a draft",
    "referral.draft_saved": "Saved a page of the draft",
    "referral.draft_read": "Read the draft",
    "referral.draft_discarded": "Threw the draft away",
    "referral.submitted": "Sent the referral",
    "referral.resubmitted": "Sent the referral again",
    "referral.seen": "Opened the referral for the first time",
    "referral.assigned": "Assigned the referral",
    "referral.accepted": "Accepted the referral",
    "referral.information_requested": "Asked for information",
    "referral.information_provided": "Answered the question",
    "referral.returned_with_advice": "Sent the referral back with advice",
    "referral.declined": "Declined the referral",
    "referral.started": "Started work",
    "referral.held": "Paused the referral",
    "referral.resumed": "Went on with the referral",
    "referral.outcome_recorded": "Recorded the outcome",
    "referral.outcome_confirmed": "Confirmed the result",
    "referral.outcome_disputed": "Said that something about the result is wrong",
    "referral.closed": "Closed the referral",
    "referral.withdrawn": "Withdrew the referral",
    "referral.reopened": "Reopened the referral",
    "referral.entered_in_error": "Marked the referral as sent by mistake",
    "referral.turn_given": "Said whose turn it is",
    "referral.next_action_planned": "Planned the next action",
    "referral.closed_to_office": "Closed the words to the office that had declined",
    # Looking at a resident's record.
    "referral.read": "Read the referral",
    "referral.card_printed": "Opened the card for the resident",
    # What is written along the way.
    "note.written": "Wrote a private note",
    "note.sent": "Wrote to the other side",
    "note.shared": "Shared a note with the other side",
    "milestone.recorded": "Recorded a step on the way",
    "consent.recorded": "Recorded an agreement of the resident",
    "consent.approved": "Approved the ground for going on without an agreement",
    "consent.withdrawn": "Recorded that an agreement was taken back",
    # Reports.
    "report.read": "Read a report",
    "report.exported": "Downloaded a report",
    # People and how they come in.
    "person.invited": "Invited a person",
    "person.joined": "Joined",
    "person.disabled": "Switched off a person’s account",
    "person.enabled": "Switched a person’s account on again",
    "person.role_changed": "Changed a person’s role",
    "person.renamed": "Changed their own name",
    "person.left": "Ended a person’s membership",
    "person.password_rehashed": "Stored the password more safely",
    "person.password_changed": "Changed the password",
    "person.password_reset": "Chose a new password by a mailed link",
    "person.password_reset_requested": "Asked for a link to choose a new password",
    "invitation.resent": "Sent an invitation again",
    "invitation.accepted": "Took up an invitation",
    "invitation.revoked": "Took back an invitation",
    "session.started": "Signed in",
    "session.refused": "Failed to sign in",
    "session.ended": "Signed out",
    "session.all_ended": "Signed out everywhere",
    "session.switched": "Changed to another organisation",
    # Organisations and places.
    "organisation.added": "Added an organisation",
    "organisation.closed": "Closed an organisation",
    "constituency.added": "Added a constituency",
    "member.added": "Added an MP",
    "member.corrected": "Corrected an MP’s details",
    "constituencies.imported": "Brought in constituencies",
    "postcodes.imported": "Brought in postcodes",
    "term.added": "Added an MP’s term",
    "term.ended": "Ended an MP’s term",
    # The service.
    "outbox.retried": "Put a message that had failed back into the outbox",
    "outbox.cancelled": "Cancelled a message",
    "keys.rotated": "Changed the key that personal data is sealed with",
}


def label(action: str) -> str:
    """The words for an action; one that is not in the list above reads as its own name in words."""
    return LABELS.get(action) or action.replace(".", ": ").replace("_", " ").capitalize()
