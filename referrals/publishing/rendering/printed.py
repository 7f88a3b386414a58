"""An impact report as a tagged PDF (PDF/UA-1), with its charts as drawings that are described in words."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from referrals.foundation.printing import to_pdf
from referrals.publishing.rendering.pictured import drawing_of
from referrals.reporting import pictures

TEMPLATE: Final = Path(__file__).parents[3] / "templates" / "impact" / "report.typ"


def to_printed(sheet: Mapping[str, Any]) -> bytes:
    """The PDF; its texts are data, whatever is in them."""
    parts = [{**part, "blocks": [_with_drawing(block) for block in part["blocks"]]} for part in sheet["parts"]]
    return to_pdf(TEMPLATE, {**sheet, "parts": parts})


def _with_drawing(block: Mapping[str, Any]) -> Mapping[str, Any]:
    drawing = drawing_of(block) if block["kind"] == "chart" else None
    return {**block, "svg": pictures.standing_alone(drawing)} if drawing else block
