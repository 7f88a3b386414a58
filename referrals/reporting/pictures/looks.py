"""The looks of what is drawn, by name: as attributes for a picture that stands alone.

On a page the same names are classes (`app-drawn--bar-1`), so that print and a reader's own colours can decide:
`static/styles/50-charts.css` and `90-modes.css`. Nothing is told by colour alone: every look differs in how dark it is,
how its line is broken or how it is filled.
"""

from typing import Final

TEAL: Final = "#0b5c63"
DARK: Final = "#08454a"
PALE: Final = "#a9d3d4"
WASH: Final = "#dcebec"
INK: Final = "#14201f"
QUIET: Final = "#46524f"
LINE: Final = "#ccd5d4"
PAPER: Final = "#ffffff"

Look = dict[str, str]

_EDGE: Final = {"stroke": DARK, "stroke-width": "1.5"}
_LINE: Final = {"fill": "none", "stroke-width": "3", "stroke-linejoin": "round"}
_SIGN: Final = {"stroke-width": "2"}
_HALO: Final = {"stroke": PAPER, "stroke-width": "5", "stroke-linejoin": "round", "paint-order": "stroke"}

LOOKS: Final[dict[str, Look]] = {
    "label": {"fill": INK},
    "value": {"fill": INK},
    "over": {"fill": INK, **_HALO},
    "tick": {"fill": QUIET},
    "note": {"fill": INK},
    "axis": {"fill": "none", "stroke": INK, "stroke-width": "1.5"},
    "grid": {"fill": "none", "stroke": LINE, "stroke-width": "1"},
    "bar-1": {"fill": TEAL, **_EDGE},
    "bar-2": {"fill": PALE, **_EDGE},
    "bar-3": {"fill": PAPER, **_EDGE, "stroke-dasharray": "4 3"},
    "line-1": {"stroke": TEAL, **_LINE},
    "line-2": {"stroke": INK, **_LINE, "stroke-dasharray": "9 5"},
    "line-3": {"stroke": "#7a4b00", **_LINE, "stroke-dasharray": "2 5"},
    "line-4": {"stroke": "#54319f", **_LINE, "stroke-dasharray": "12 4 2 4"},
    "sign-1": {"fill": TEAL, "stroke": TEAL, **_SIGN},
    "sign-2": {"fill": PAPER, "stroke": INK, **_SIGN},
    "sign-3": {"fill": "#7a4b00", "stroke": "#7a4b00", **_SIGN},
    "sign-4": {"fill": PAPER, "stroke": "#54319f", **_SIGN},
    "mark-1": {"fill": "none", "stroke": INK, "stroke-width": "2.5"},
    "mark-2": {"fill": "none", "stroke": INK, "stroke-width": "2.5", "stroke-dasharray": "6 4"},
    "node": {"fill": DARK, "stroke": "none"},
    "band-1": {"fill": PALE, "stroke": TEAL, "stroke-width": "1"},
    "band-2": {"fill": WASH, "stroke": TEAL, "stroke-width": "1"},
}

# The size of words by their look, in the units of the picture; and which of them are bold.
SIZES: Final = {"label": 16, "value": 16, "over": 16, "tick": 14, "note": 14}
BOLD: Final = frozenset({"value", "over"})
