"""What was sent: marked with its day and way, kept as it is from then on, and shown to the group where it is for it."""

from datetime import date
from typing import Any, Final
from uuid import UUID

from referrals.accounts.viewer import Viewer
from referrals.casework.actions.chasing import Reminder, chase_enquiry, usual_new_day
from referrals.casework.actions.enquiring import Question, send_enquiry
from referrals.casework.actions.telling import tell
from referrals.casework.queries import enquiry
from referrals.casework.workflow import Audience as Told
from referrals.correspondence import policy
from referrals.correspondence.actions.making import must_address, must_be_unsent, note
from referrals.correspondence.addressees import THROUGH_GROUP, Addressee
from referrals.correspondence.letters import KINDS, Audience, Channel
from referrals.correspondence.models import Letter
from referrals.directory.queries import agency
from referrals.foundation import clock
from referrals.foundation.errors import IllegalMove, Invalid, NotAllowed
from referrals.notifications.messages import LetterShared

# By which channels a letter to each audience can go. A resident's was chosen, and found safe, before it was written.
CHANNELS: Final[dict[Audience, tuple[Channel, ...]]] = {
    Audience.AGENCY: (Channel.EMAIL, Channel.POST, Channel.HANDED_OVER),
    Audience.GROUP: (Channel.ON_PAGE, Channel.EMAIL, Channel.POST, Channel.HANDED_OVER),
}

# What the record of an enquiry says, which the group may read: the letter itself is the office's until it is shared.
IN_A_LETTER: Final = "In a letter, which is kept with the letters."
# What the record of enquiries calls them.
_ENQUIRY_CHANNELS: Final = {Channel.EMAIL: "email", Channel.POST: "letter", Channel.HANDED_OVER: "in_person"}


def channels_for(letter: Letter) -> tuple[Channel, ...]:
    """The channels by which this letter can be sent."""
    if letter.audience == Audience.RESIDENT:
        return (Channel(letter.channel),) if letter.channel else ()
    return CHANNELS[Audience(letter.audience)]


def mark_sent(letter: Letter, channel: str, sent_on: date, *, by: Viewer) -> None:
    """Note how and on which day a letter was sent; from now on it stays as it is.

    What is safe and agreed is looked at again. A letter for the group, or for its hands, is shown to it, and the group
    is told. Raises NotFound, NotAllowed, IllegalMove, and Invalid under "channel" and "sent_on".
    """
    policy.must_be_own(letter, by)
    must_be_unsent(letter)
    must_address(letter.referral, KINDS[letter.kind], addressee_of(letter), by)
    errors = _faults(letter, channel, sent_on)
    if errors:
        raise Invalid(errors)
    for_group = letter.audience == Audience.GROUP or letter.through_group
    if for_group and not policy.reaches_group(letter.referral):
        raise NotAllowed(policy.NOT_TOLD)
    if letter.audience == Audience.AGENCY:
        letter.enquiry_id = _keep_with_enquiry(letter, channel, sent_on, by)
    moment = clock.now()
    letter.channel, letter.sent_on = channel, sent_on
    letter.sent_at, letter.sent_by_id = moment, by.person_id
    if for_group:
        letter.shared_at, letter.shared_by_id = moment, by.person_id
    note("letter.sent", letter, by, {"channel": channel, "sent_on": sent_on.isoformat()}, told=for_group)
    if for_group:
        tell(letter.referral, LetterShared, Told.GROUP, by=by)


def share_letter(letter: Letter, *, by: Viewer) -> None:
    """Let the group read a letter that was sent to somebody else; it cannot be taken back.

    Raises NotFound, NotAllowed, and IllegalMove for one that was not sent yet, or is shared already.
    """
    policy.must_be_own(letter, by)
    if letter.sent_at is None:
        raise IllegalMove("A letter can be shared when it was sent.")
    if letter.shared_at is not None:
        raise IllegalMove("This letter is shared already.")
    if not policy.reaches_group(letter.referral):
        raise NotAllowed(policy.NOT_TOLD)
    letter.shared_at, letter.shared_by_id = clock.now(), by.person_id
    note("letter.shared", letter, by, told=True)
    tell(letter.referral, LetterShared, Told.GROUP, by=by)


def addressee_of(letter: Letter) -> Addressee:
    """Whom a letter that was made is for."""
    audience = Audience(letter.audience)
    if audience is Audience.RESIDENT:
        code = THROUGH_GROUP if letter.through_group else str(letter.channel)
        return Addressee(code, audience, Channel(str(letter.channel)), letter.through_group)
    body = agency(letter.agency_id) if letter.agency_id else None
    return Addressee(body.code if body else audience.value, audience, agency=body)


def _keep_with_enquiry(letter: Letter, channel: str, sent_on: date, by: Viewer) -> UUID:
    """Note the enquiry that a letter to a body is, or that it was chased by it, and return its id."""
    assert letter.agency_id is not None
    how = _ENQUIRY_CHANNELS[Channel(channel)]
    if letter.enquiry_id is not None:
        chased = enquiry(letter.referral, letter.enquiry_id, by)
        reminder = Reminder(channel=how, words=IN_A_LETTER, sent_on=sent_on, due_on=usual_new_day(chased))
        chase_enquiry(chased, reminder, by=by)
        return letter.enquiry_id
    question = Question(
        agency_id=letter.agency_id,
        channel=how,
        asked=IN_A_LETTER,
        sent_on=sent_on,
        agency_reference=(letter.recipient or {}).get("reference", ""),
    )
    return send_enquiry(letter.referral, question, by=by).id


def _faults(letter: Letter, channel: str, sent_on: Any) -> dict[str, str]:
    errors = {}
    if channel not in channels_for(letter):
        errors["channel"] = "Choose how the letter was sent"
    if not isinstance(sent_on, date) or not clock.local_day(letter.made_at) <= sent_on <= clock.today():
        errors["sent_on"] = "Enter a day between the day the letter was made and today"
    return errors
