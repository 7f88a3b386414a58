"""The life of a transfer: how an office offers a referral to another one, and how that ends, a row each.

A transfer is a thing of its own, beside the referral, because its steps are made by another office, which sees only the
offer. While it is offered the referral stays where it is and goes on. Accepting it is also the transition
`accept_transfer` of the referral: that alone changes its state and its office.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from referrals.accounts.roles import Permission, Side
from referrals.casework.workflow import asks
from referrals.casework.workflow.asks import Ask
from referrals.casework.workflow.taking_on import TAKE_ON
from referrals.casework.workflow.transition import Tone
from referrals.notifications import messages
from referrals.notifications.messages import ReferralMessage

OFFERED: Final = "offered"
ACCEPTED: Final = "accepted"
REJECTED: Final = "rejected"
REVOKED: Final = "revoked"
LAPSED: Final = "lapsed"


class Party(StrEnum):
    """Who has to do with a transfer."""

    GROUP = "group"
    SOURCE = "source"  # the office that offers
    TARGET = "target"  # the office it is offered to


@dataclass(frozen=True, slots=True)
class TransferStep:
    """One row: who makes it with which permission, what it asks, how the transfer stands then, and who is told."""

    name: str
    label: str
    # The audit action is `transfer.<past>`.
    past: str
    standing: str
    by: Party
    permission: Permission
    tells: Mapping[Party, type[ReferralMessage]]
    asks: tuple[Ask, ...] = ()
    tone: Tone = Tone.SECONDARY
    explains: str = ""

    def asked_of(self, _side: Side) -> tuple[Ask, ...]:
        """The asks, in the shape that the forms of transitions have."""
        return self.asks


_TAKING: Final = TAKE_ON
# The states of a referral in which another office can take it on.
TRANSFERABLE: Final = _TAKING.sources

_ALL = (
    TransferStep(
        name="offer_transfer",
        label="Offer to another office",
        past="offered",
        standing=OFFERED,
        by=Party.SOURCE,
        permission=Permission.REFERRAL_TRANSFER,
        asks=(
            asks.choice("reason", "Why should another office have this?", "transfer_reasons", "Choose a reason"),
            asks.longtext(
                "words",
                "What should the other office know before it decides? (optional)",
                hint="They read this before anything else. Leave out the person’s name, and what happened to them.",
                required=False,
            ),
        ),
        tells={Party.TARGET: messages.TransferOffered, Party.GROUP: messages.TransferProposed},
        explains="The other office sees the area, the category, how urgent and how old it is, your reason and your "
        "words. It sees neither the person nor the story until it takes this on. Until then you go on with it.",
    ),
    TransferStep(
        name="accept_transfer",
        label=_TAKING.label,
        past="accepted",
        standing=ACCEPTED,
        by=Party.TARGET,
        permission=_TAKING.ways[Side.OFFICE],
        asks=_TAKING.asks,
        tells={Party.SOURCE: messages.TransferAccepted, Party.GROUP: messages.TransferAccepted},
        tone=_TAKING.tone,
        explains=_TAKING.explains,
    ),
    TransferStep(
        name="reject_transfer",
        label="Do not take this on",
        past="rejected",
        standing=REJECTED,
        by=Party.TARGET,
        permission=Permission.REFERRAL_WORK,
        asks=(
            asks.choice("reason", "Why can your office not take it on?", "transfer_rejections", "Choose a reason"),
            asks.longtext(
                "answer",
                "What should they know?",
                "Say what they should know",
                "The office that offered it reads this. The group reads only the reason.",
            ),
        ),
        tells={Party.SOURCE: messages.TransferRejected, Party.GROUP: messages.TransferRejected},
        explains="It stays with the office that offered it. Your office sees nothing more of it.",
    ),
    TransferStep(
        name="revoke_transfer",
        label="Take the offer back",
        past="revoked",
        standing=REVOKED,
        by=Party.SOURCE,
        permission=Permission.REFERRAL_TRANSFER,
        tells={Party.TARGET: messages.TransferRevoked, Party.GROUP: messages.TransferRevoked},
        tone=Tone.WARNING,
        explains="The other office sees nothing more of it, and you go on with it.",
    ),
)

TRANSFERS: Final[dict[str, TransferStep]] = {step.name: step for step in _ALL}
