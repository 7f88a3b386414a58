"""Which page of a long list an address asks for."""

from typing import Final

from flask import request

# Whatever is asked for beyond it is answered like this one: nothing is there.
LAST_PAGE: Final = 9_999


def page_asked_for() -> int:
    """The number in `?page=`, from 1 on; the first page where there is none, or none that is a number."""
    return min(max(request.args.get("page", 1, type=int), 1), LAST_PAGE)
