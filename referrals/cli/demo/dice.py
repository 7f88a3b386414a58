"""Chance for the demonstration: seeded, so that the same seed tells the same stories. Never for secrets."""

from random import Random


def dice(seed: str | int) -> Random:
    """Dice that fall the same way whenever they are made with the same seed."""
    return Random(seed)  # nosec B311 - invented people, not secrets
