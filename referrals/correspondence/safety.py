"""Safe contact, obeyed: by which channels a resident may be written to, and why not by the others.

What the group said when it sent the referral decides. Nothing said means nothing safe. "Through the volunteer" rules
out every channel. A letter by post needs "letter" among the safe channels, an email needs "email", and each an address
to go to. Paper in the hand needs that meeting is safe, or that paper at home is: whoever may get post may carry it.
Whether a message may be left and which times are good are about calls: they forbid no letter, and are shown with the
advice.
"""

from typing import Any, Final

from referrals.casework.models import Referral
from referrals.casework.policy import is_about_a_resident
from referrals.correspondence.letters import Channel

# Each channel of a letter, the ways of the list contact_channels that make it safe, and how it is said.
_NEEDS: Final = {
    Channel.POST: (frozenset({"letter"}), "Post is not a safe way to reach them"),
    Channel.EMAIL: (frozenset({"email"}), "Email is not a safe way to reach them"),
    Channel.HANDED_OVER: (frozenset({"in_person", "letter"}), "Nobody has said that it is safe to hand them a letter"),
}
TO_RESIDENT: Final = tuple(_NEEDS)
NOTHING_SAID: Final = "Nobody has said how it is safe to reach them"
THROUGH_VOLUNTEER: Final = "They are not to be contacted themselves, only through the volunteer"
VOLUNTEER: Final = "volunteer"


def fault_of(referral: Referral, channel: Channel) -> str | None:
    """Why the resident may not be written to by this channel; None when they may."""
    resident = referral.resident
    if resident is None or not is_about_a_resident(referral):
        return "This referral is not about a resident"
    advice: dict[str, Any] = resident.safe_contact or {}
    if not advice:
        return NOTHING_SAID
    if advice.get("through") == VOLUNTEER:
        return THROUGH_VOLUNTEER
    safe, fault = _NEEDS[channel]
    if not safe & set(advice.get("channels") or ()):
        return fault
    return None if address_for(referral, channel) is not None else _MISSING[channel]


def address_for(referral: Referral, channel: Channel) -> str | None:
    """What stands below the resident's name on a letter by this channel; None where there is no way to send it."""
    resident = referral.resident
    if resident is None:
        return None
    if channel is Channel.EMAIL:
        return resident.email
    if channel is Channel.HANDED_OVER:
        return ""
    return "\n".join(filter(None, (resident.address, resident.postcode))) if resident.address else None


_MISSING: Final = {
    Channel.POST: "Their address is not known",
    Channel.EMAIL: "Their email address is not known",
}
