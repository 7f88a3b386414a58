"""A letter as a tagged PDF on the office's letterhead."""

from typing import Final

from referrals.correspondence.letters import TEMPLATES
from referrals.correspondence.rendering.sheet import Sheet
from referrals.foundation.printing import to_pdf

TEMPLATE: Final = TEMPLATES / "letters" / "letter.typ"


def to_printed(sheet: Sheet) -> bytes:
    """The PDF (PDF/UA-1); its texts are data, whatever is in them."""
    return to_pdf(TEMPLATE, sheet.plain())
