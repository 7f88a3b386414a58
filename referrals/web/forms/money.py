"""The field for an amount of money in pounds."""

import re
from decimal import Decimal
from typing import Any

from wtforms import Field
from wtforms.validators import StopValidation

from referrals.web.forms.text import typed_text
from referrals.web.forms.widgets import TextBox
from referrals.web.forms.wording import Required, capital, noun

AMOUNT = re.compile(r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]{1,2})?")
LOOK = {"prefix": {"text": "£"}, "classes": "govuk-input--width-10", "inputmode": "decimal", "spellcheck": False}


class Money(Field):
    """An amount of pounds; `data` is a Decimal with two places, or None. '£1,234.50' and '1234.5' are the same."""

    widget: Any = TextBox()

    def __init__(
        self,
        label: str,
        *,
        thing: str | None = None,
        required: bool | str = True,
        hint: str = "",
        least: Decimal = Decimal("0.01"),
        most: Decimal = Decimal(1_000_000),
        **kwargs: Any,
    ) -> None:
        self.thing = thing or noun(label)
        self.least, self.most = least, most
        self.look = dict(LOOK)
        if required:
            kwargs["validators"] = [Required(required if isinstance(required, str) else f"Enter {self.thing}")]
        super().__init__(label, description=hint, **kwargs)

    def _value(self) -> str:
        if self.raw_data is not None:
            return typed_text(self)
        return "" if self.data is None else f"{self.data:,.2f}".removesuffix(".00")

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read the amount; ValueError when it is not one."""
        self.data = None
        text = re.sub(r"[\s£]", "", typed_text(self))
        if not text:
            return
        if not AMOUNT.fullmatch(text) or len(text) > 20:
            raise ValueError(f"{capital(self.thing)} must be an amount of money, like 1,234.50")
        self.data = Decimal(text.replace(",", "")).quantize(Decimal("0.01"))

    def pre_validate(self, form: Any) -> None:
        """Refuse amounts out of bounds."""
        if self.process_errors:
            raise StopValidation
        if self.data is not None and not self.least <= self.data <= self.most:
            low, high = (f"{bound:,.2f}".removesuffix(".00") for bound in (self.least, self.most))
            raise StopValidation(f"{capital(self.thing)} must be between £{low} and £{high}")
