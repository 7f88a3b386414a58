"""A case study as a tagged PDF."""

from pathlib import Path
from typing import Final

from referrals.foundation.printing import to_pdf
from referrals.stories.rendering.sheet import Sheet

TEMPLATE: Final = Path(__file__).parents[3] / "templates" / "case_studies" / "case_study.typ"


def to_printed(sheet: Sheet) -> bytes:
    """The PDF (PDF/UA-1); its texts are data, whatever is in them."""
    return to_pdf(TEMPLATE, sheet.plain())
