"""The parts that a report is made of, as plain JSON; an empty one is no part at all."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from referrals.publishing.drafting.numbers import NOT_SHOWN
from referrals.publishing.drafting.sections import has_prompt
from referrals.publishing.rendering.pictured import drawing_of

Blocks = list[dict[str, Any]]
TOO_FEW: Final = "Too few to show here without pointing at somebody."
LEFT_OUT: Final = "Lines with too few referrals are left out."


def text(section: str, words: str, *, even_empty: bool = False) -> Blocks:
    """Words that people wrote in a section; `open` says that they still ask for an answer."""
    if not words and not even_empty:
        return []
    return [{"kind": "text", "section": section, "text": words, "open": has_prompt(words)}]


def heading(words: str) -> Blocks:
    """A heading inside a part."""
    return [{"kind": "heading", "text": words}]


def note(words: str) -> Blocks:
    """Something about the report that nobody wrote."""
    return [{"kind": "note", "text": words}] if words else []


def items(found: Sequence[Mapping[str, str]]) -> Blocks:
    """Single things, each with its "title" and "words" about it."""
    return [{"kind": "items", "items": [dict(one) for one in found]}] if found else []


def numbers(found: Sequence[Mapping[str, str]]) -> Blocks:
    """Large numbers, each with what it is; those that may not be shown are left out."""
    shown = [dict(one) for one in found if one["value"] != NOT_SHOWN]
    return [{"kind": "numbers", "numbers": shown}] if shown else []


def definitions(found: Sequence[Mapping[str, str]]) -> Blocks:
    """Terms and what they mean."""
    return [{"kind": "definitions", "definitions": [dict(one) for one in found]}] if found else []


def drawn(key: str, found: Mapping[str, Any]) -> Blocks:
    """A table with its picture before it, where more than one line has something to draw."""
    lines = [row for row in found["rows"] if any(row["bars"])]
    if len(lines) < 2:
        return table(key, found)
    # What nothing may be shown of is in the table, and needs no place in the picture.
    places = [place for place in range(len(found["series"])) if any(row["bars"][place] for row in lines)]
    picture: dict[str, Any] = {
        "kind": "chart",
        "key": key,
        "title": found["title"],
        "series": [found["series"][place] for place in places],
        "rows": [_drawn_line(found, row, places) for row in lines],
    }
    drawing = drawing_of(picture)
    return [{**picture, "description": drawing.description}, *table(key, found)] if drawing else table(key, found)


def table(key: str, found: Mapping[str, Any]) -> Blocks:
    """A table without the lines and columns that may show nothing; where no line is left, a note that says so."""
    rows = [row for row in found["rows"] if _shows(row)]
    if not rows:
        return note(f"{found['title']}. {TOO_FEW if found['rows'] else found['empty']}")
    lines = [*rows, *([found["total"]] if found["total"] else [])]
    places = [place for place in range(len(found["columns"])) if any(row["cells"][place] != NOT_SHOWN for row in lines)]
    return [
        {
            "kind": "table",
            "key": key,
            "title": found["title"],
            "first": found["first"],
            "columns": [found["columns"][place] for place in places],
            "rows": [_line(row, places) for row in rows],
            "total": _line(found["total"], places) if found["total"] else None,
            "note": f"{found['note']} {LEFT_OUT if len(rows) < len(found['rows']) else ''}".strip(),
        }
    ]


def _shows(row: Mapping[str, Any]) -> bool:
    return any(cell != NOT_SHOWN for cell in row["cells"])


def _line(row: Mapping[str, Any], places: Sequence[int]) -> dict[str, Any]:
    return {"label": row["label"], "cells": [row["cells"][place] for place in places]}


def _drawn_line(found: Mapping[str, Any], row: Mapping[str, Any], places: Sequence[int]) -> dict[str, Any]:
    columns = [found["columns"].index(found["series"][place]) for place in places]
    return {
        "label": row["label"],
        "bars": [row["bars"][place] for place in places],
        "cells": [row["cells"][column] for column in columns],
    }
