"""The field for a time of day, as people write it."""

import re
from datetime import time
from typing import Any, Final

from wtforms.validators import StopValidation

from referrals.web.forms.text import Text

_WRITTEN: Final = re.compile(r"([0-9]{1,2})(?:[:.]?([0-9]{2}))?\s*(am|pm|a\.m\.|p\.m\.)?")
_WORDS: Final = {"midday": time(12), "noon": time(12), "midnight": time(0)}


class TimeOfDay(Text):
    """A time of day; `at` is the time, or None while nothing that can be read is typed."""

    def __init__(self, label: str, **kwargs: Any) -> None:
        super().__init__(label, longest=20, **kwargs)

    @property
    def at(self) -> time | None:
        """The time that was typed."""
        return time_in(self.data)

    def process_data(self, value: object) -> None:
        """Take a stored time, or words."""
        super().process_data(f"{value:%H:%M}" if isinstance(value, time) else value)

    def check(self, text: str) -> None:
        """Refuse what is no time."""
        if time_in(text) is None:
            raise StopValidation("Write the time like 2pm or 14:30")


def time_in(text: str) -> time | None:
    """The time that a text means: '2pm', '2.30 pm', '14:30', '1430' or 'midday'; None where it means none."""
    plain = text.strip().lower()
    if plain in _WORDS:
        return _WORDS[plain]
    found = _WRITTEN.fullmatch(plain)
    if found is None:
        return None
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "")[:1]
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    elif found[2] is None:
        # '2' alone may be night or afternoon.
        return None
    return time(hour, minute) if hour < 24 and minute < 60 else None
