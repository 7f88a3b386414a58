"""How a person can have ordinary mail come."""

from typing import Final

AT_ONCE: Final = "at_once"
DAILY: Final = "daily"
NEVER: Final = "never"
WAYS: Final = (AT_ONCE, DAILY, NEVER)
# The hour of a digest until somebody chooses another: before work begins.
DIGEST_HOUR: Final = 8
