"""Bands of days as the rows of a table: what each is called, in their order, the empty ones too."""

import itertools
from collections.abc import Sequence


def band_labels(bands: Sequence[int]) -> tuple[str, ...]:
    """Like "Up to 7 days", "8 to 14 days" and "More than 14 days", for bands up to and including each number."""
    between = [f"{before + 1} to {most} days" for before, most in itertools.pairwise(bands)]
    return f"Up to {bands[0]} days", *between, f"More than {bands[-1]} days"
