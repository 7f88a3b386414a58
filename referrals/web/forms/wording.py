"""How messages about answers are worded, so that every field says it the same way."""

from typing import Any

from wtforms import Field
from wtforms.validators import StopValidation


def noun(label: str) -> str:
    """How a message names what a label asks for: 'Full name' becomes 'full name'."""
    words = label.strip().rstrip("?").strip()
    keep = len(words) > 1 and words[1].isupper()
    return words if keep else words[:1].lower() + words[1:]


def capital(words: str) -> str:
    """The same words to begin a sentence with."""
    return words[:1].upper() + words[1:]


class Required:
    """Refuses an empty answer with a message that says what to enter; adds no browser check."""

    def __init__(self, message: str) -> None:
        self.message = message

    def __call__(self, form: Any, field: Field) -> None:
        """Raise StopValidation when nothing was answered; zero and 'no' are answers."""
        if field.data is None or field.data in ("", []) or field.data is False:
            raise StopValidation(self.message)
