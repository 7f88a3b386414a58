"""Every transition, a row each: where it leads, who may, what it asks, what it does to the clock, whom it tells.

The rows lie beside, by what they are for; their order here is that of buttons and of the diagram in the README.
"""

from typing import Final

from referrals.casework.workflow.changing_hands import HAND_OVER
from referrals.casework.workflow.correcting import CORRECT_POSTCODE
from referrals.casework.workflow.deciding import DECIDING
from referrals.casework.workflow.finishing import FINISHING
from referrals.casework.workflow.leaving import LEAVING
from referrals.casework.workflow.sending import SENDING
from referrals.casework.workflow.taking_on import TAKE_ON
from referrals.casework.workflow.transition import Transition
from referrals.casework.workflow.working import WORKING

_ALL = (*SENDING, *DECIDING, *WORKING, HAND_OVER, TAKE_ON, CORRECT_POSTCODE, *FINISHING, *LEAVING)

TRANSITIONS: Final[dict[str, Transition]] = {transition.name: transition for transition in _ALL}
