"""To whom a letter goes: the part of an address that says it, and what stands on the envelope."""

from dataclasses import dataclass
from typing import Final

from referrals.casework.models import Enquiry, Referral
from referrals.casework.policy import is_about_a_resident
from referrals.correspondence import safety
from referrals.correspondence.letters import Audience, Channel
from referrals.directory.models import Agency
from referrals.foundation.errors import NotFound

GROUP: Final = "group"
THROUGH_GROUP: Final = "through-group"
# Entries of the list of bodies that stand for many: where they live differs from case to case.
_ANY: Final = ("A ", "An ", "Another ")


@dataclass(frozen=True, slots=True)
class Addressee:
    """Whom one letter is for, and how it reaches them; `code` is its part of a page's address."""

    code: str
    audience: Audience
    # Where only a certain way is safe.
    channel: Channel | None = None
    through_group: bool = False
    agency: Agency | None = None
    # That a chaser is about.
    enquiry: Enquiry | None = None

    @property
    def is_typed(self) -> bool:
        """Whether name and address are typed; a resident's are taken from the referral and nowhere else."""
        return self.audience is not Audience.RESIDENT


def resident_by(code: str) -> Addressee:
    """The resident, by the way that the code names. Raises NotFound for none of them."""
    if code == THROUGH_GROUP:
        return Addressee(code, Audience.RESIDENT, Channel.HANDED_OVER, through_group=True)
    if code not in safety.TO_RESIDENT:
        raise NotFound
    return Addressee(code, Audience.RESIDENT, Channel(code))


def is_one_body(agency: Agency) -> bool:
    """Whether the entry is one body with one address, and not a kind of body."""
    return not agency.name.startswith(_ANY)


def envelope_of(referral: Referral, to: Addressee, group_name: str) -> tuple[str, str]:
    """Name and address of a resident's letter, from the referral alone; the group's hands need no address."""
    name = (referral.resident and referral.resident.name) or ""
    if to.through_group:
        return name, f"By hand of {group_name}"
    return name, safety.address_for(referral, Channel(to.code)) or ""


def fault_of(referral: Referral, to: Addressee, *, reaches_group: bool) -> str | None:
    """Why a resident's letter may not go this way; None when it may, or when it is not for the resident."""
    if to.audience is not Audience.RESIDENT:
        return None
    if to.through_group and is_about_a_resident(referral):
        return None if reaches_group else "The resident has not agreed that the group sees letters"
    return safety.fault_of(referral, to.channel or Channel.POST)
