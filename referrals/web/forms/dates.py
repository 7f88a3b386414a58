"""The field for a day, asked as day, month and year."""

import re
from datetime import date
from typing import Any

from govuk_frontend_wtf.wtforms_widgets import GovDateInput
from wtforms import Field
from wtforms.validators import StopValidation

from referrals.foundation.clock import today
from referrals.web.forms.text import is_refused
from referrals.web.forms.widgets import Dressed, Params
from referrals.web.forms.wording import Required, capital, noun

PARTS = ("day", "month", "year")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
EARLIEST, LATEST = date(1900, 1, 1), date(2199, 12, 31)


class DayBoxes(Dressed, GovDateInput):
    """Three boxes; only those that are wrong are marked, and each part has its own name."""

    def map_gov_params(self, field: Any, **kwargs: Any) -> Params:
        """The parameters of the component's macro."""
        kwargs.pop("value", None)
        # The widget underneath takes exactly three values or fails: it is shown none, and its boxes are replaced.
        raw, field.raw_data = field.raw_data, [None, None, None]
        try:
            params = super().map_gov_params(field, **kwargs)
        finally:
            field.raw_data = raw
        wrong = field.wrong_parts if field.errors else ()
        params["items"] = [self._box(field, part, part in wrong) for part in PARTS]
        params["fieldset"]["role"] = "group"
        return params

    @staticmethod
    def _box(field: Any, part: str, wrong: bool) -> dict[str, Any]:
        width = "govuk-input--width-4" if part == "year" else "govuk-input--width-2"
        return {
            "label": part.capitalize(),
            "id": f"{field.id}-{part}",
            "name": f"{field.name}-{part}",
            "classes": f"{width} govuk-input--error" if wrong else width,
            "value": field.typed.get(part, ""),
        }


class Day(Field):
    """A date; `data` is a date or None. Posted as <name>-day, <name>-month and <name>-year; months may be words."""

    widget: Any = DayBoxes()

    def __init__(
        self,
        label: str,
        *,
        thing: str | None = None,
        required: bool | str = True,
        hint: str = "",
        past: bool = False,
        future: bool = False,
        **kwargs: Any,
    ) -> None:
        """`past` refuses days after today, `future` days before today; today is always fine."""
        self.thing = thing or noun(label)
        self.past, self.future = past, future
        self.look: dict[str, Any] = {}
        self.typed: dict[str, str] = {}
        self.wrong_parts: tuple[str, ...] = PARTS
        if required:
            kwargs["validators"] = [Required(required if isinstance(required, str) else f"Enter {self.thing}")]
        super().__init__(label, description=hint, **kwargs)

    def _value(self) -> str:
        return ""

    @property
    def focus_id(self) -> str:
        """The box to go to when this answer is wrong."""
        return f"{self.id}-{self.wrong_parts[0]}"

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        """Take the stored day, then what was sent in its three parts; missing or extra parts are simply that."""
        super().process(None, data=data if data is not None else self.default, extra_filters=extra_filters)
        if isinstance(self.data, date):
            self.typed = {"day": str(self.data.day), "month": str(self.data.month), "year": str(self.data.year)}
        if formdata is None:
            return
        sent = {part: formdata.get(f"{self.name}-{part}", "") for part in PARTS}
        self.typed = {part: clean(value) for part, value in sent.items()}
        self.raw_data = list(self.typed.values())
        self.data = None
        try:
            self.data = self._read()
        except ValueError as error:
            self.process_errors = (*self.process_errors, str(error))

    def _read(self) -> date | None:
        """The day that was typed; ValueError says what is missing or wrong."""
        missing = tuple(part for part in PARTS if not self.typed[part])
        if len(missing) == len(PARTS):
            return None
        if missing:
            self.wrong_parts = missing
            raise ValueError(f"{capital(self.thing)} must include a {' and '.join(missing)}")
        day, month, year = self.typed["day"], month_number(self.typed["month"]), self.typed["year"]
        if not re.fullmatch(r"[0-9]{4}", year):
            self.wrong_parts = ("year",)
            raise ValueError(f"{capital(self.thing)} must have a year with 4 numbers, like {today().year}")
        try:
            return date(int(year), int(month), int(day) if re.fullmatch(r"[0-9]{1,2}", day) else 0)
        except ValueError:
            raise ValueError(f"{capital(self.thing)} must be a real date, like 27 3 {today().year}") from None

    def pre_validate(self, form: Any) -> None:
        """Refuse days on the wrong side of today, and days that are plainly slips of the keyboard."""
        if self.process_errors:
            raise StopValidation
        if self.data is None:
            return
        if self.past and self.data > today():
            raise StopValidation(f"{capital(self.thing)} must be today or in the past")
        if self.future and self.data < today():
            raise StopValidation(f"{capital(self.thing)} must be today or in the future")
        if not EARLIEST <= self.data <= LATEST:
            raise StopValidation(f"{capital(self.thing)} must be between {EARLIEST.year} and {LATEST.year}")


def clean(value: object) -> str:
    """One typed part, short and printable."""
    text = value[:20] if isinstance(value, str) else ""
    return "".join(character for character in text if not is_refused(character)).strip()


def month_number(text: str) -> str:
    """'3' for '3', '03', 'mar' or 'March'; '0' for anything else."""
    if re.fullmatch(r"[0-9]{1,2}", text):
        return text
    start = text.lower()[:3]
    return str(MONTHS.index(start) + 1) if start in MONTHS and text.isalpha() else "0"
