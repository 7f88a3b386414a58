"""What a calendar link can hold."""

from typing import Final

# The referrals that are assigned to the person, or that they sent; or everything their office works on.
MINE: Final = "mine"
ALL: Final = "all"
COVERS: Final = (MINE, ALL)
