"""Bands of days as the rows of a table: what each is called, in their order, the empty ones too."""

import itertools
from collections.abc import Sequence


def band_labels(bands: Sequence[int]) -> tuple[str, ...]:
    """Like "Up to 7", "8 to 14" and "More than 14", for bands of days up to and including each number.

    So short because a picture writes them under its bars; what they count stands over them.
    """
    between = [f"{before + 1} to {most}" for before, most in itertools.pairwise(bands)]
    return f"Up to {bands[0]}", *between, f"More than {bands[-1]}"
