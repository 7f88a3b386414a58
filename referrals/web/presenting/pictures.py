"""The picture of a table as parts of a page: one for a desk and one for a phone, of which styles show one."""

from typing import Final

from markupsafe import Markup

from referrals.reporting import pictures
from referrals.reporting.pictures import Layout
from referrals.reporting.report import Picture, Table

# Bars stand beside their table, where there is no more room than on a phone.
_LAYOUTS: Final = {Picture.BARS: (Layout.NARROW,)}
_BOTH: Final = (Layout.WIDE, Layout.NARROW)


def drawn(table: Table, missing: str) -> list[Markup]:
    """Its picture in each layout that a page needs; none where it would say nothing."""
    layouts = _LAYOUTS.get(table.picture, _BOTH)
    found = [(layout, pictures.draw(table, layout, missing)) for layout in layouts]
    return [
        # Made of numbers and escaped words, never of markup that somebody wrote.
        Markup(pictures.for_page(drawing, f"drawn-{table.key}-{layout}", _classes(layout, layouts)))  # nosec B704
        for layout, drawing in found
        if drawing
    ]


def _classes(layout: Layout, layouts: tuple[Layout, ...]) -> str:
    which = f" app-chart__picture--{layout}" if len(layouts) > 1 else ""
    return f"app-chart__picture{which}"
