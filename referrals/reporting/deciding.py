"""What each decision about a referral is called, in the order in which people ask for them."""

from collections.abc import Mapping
from typing import Final

LABELS: Final[Mapping[str, str]] = {
    "taken_on": "Taken on",
    "declined": "Declined",
    "returned_with_advice": "Sent back with advice",
    "withdrawn": "Withdrawn before a decision",
    "undecided": "Not decided yet",
}
