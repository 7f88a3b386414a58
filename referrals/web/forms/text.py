"""Fields for words: a line, a story, an email address, a telephone number, a postcode, a password."""

import re
import unicodedata
from typing import Any, ClassVar

from wtforms import Field, StringField
from wtforms.validators import StopValidation

from referrals.web.forms import widgets
from referrals.web.forms.wording import Required, capital, noun

# Characters that change how the text around them is read, and so may hide what is written.
OVERRIDES = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
INVISIBLE = "\u200b\ufeff"
EMAIL = re.compile(r"[^@\s]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z][A-Za-z0-9-]{1,62}")
POSTCODE = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]?[0-9][A-Z]{2}")


def is_refused(character: str) -> bool:
    """Whether a character has no place in text: control characters but tab and newline, overrides, halves of pairs."""
    return (unicodedata.category(character) in {"Cc", "Cs"} and character not in "\n\t") or character in OVERRIDES


def tidy(text: str, *, lines: bool) -> str:
    """The text in one normal form, without the space around it; on a single line unless `lines`."""
    text = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    text = text if lines else re.sub(r"[\n\t]+", " ", text)
    return text.strip().strip(INVISIBLE).strip()


class Words(StringField):
    """What all fields for words share; `data` is always a tidy string, empty when nothing was typed."""

    lines: ClassVar[bool] = False

    def __init__(
        self,
        label: str,
        *,
        thing: str | None = None,
        required: bool | str = True,
        longest: int = 200,
        hint: str = "",
        look: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> None:
        """`thing` is how messages name what is asked ("the person's name"); `longest` counts characters."""
        self.thing = thing or noun(label)
        self.longest = longest
        self.look = look or {}
        if required:
            kwargs["validators"] = [
                Required(required if isinstance(required, str) else f"Enter {self.thing}"),
                *kwargs.get("validators", ()),
            ]
        super().__init__(label, description=hint, **kwargs)

    def process_data(self, value: object) -> None:
        """Take what is stored; nothing becomes an empty string."""
        self.data = "" if value is None else str(value)

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Take what was typed; ValueError names characters that have no place in it."""
        typed = valuelist[0] if valuelist and isinstance(valuelist[0], str) else ""
        text = tidy(typed, lines=self.lines)
        self.data = "".join(character for character in text if not is_refused(character))
        if self.data != text:
            raise ValueError(f"{capital(self.thing)} must not include characters that cannot be seen. Type it again")

    def pre_validate(self, form: Any) -> None:
        """Refuse text that is too long, and then what the kind of field refuses."""
        if self.process_errors:
            raise StopValidation
        if len(self.data) > self.longest:
            raise StopValidation(f"{capital(self.thing)} must be {self.longest:,} characters or fewer")
        if self.data:
            self.check(self.data)

    def check(self, text: str) -> None:
        """Raise StopValidation for text that is not of this kind; anything goes here."""


class Text(Words):
    """One line of text."""

    widget: Any = widgets.TextBox()


class LongText(Words):
    """Several lines, with a count of the characters left."""

    lines = True
    widget: Any = widgets.CountedTextArea()

    def __init__(self, label: str, *, longest: int = 4000, rows: int = 5, **kwargs: Any) -> None:
        look = {"maxlength": longest, "rows": rows} | kwargs.pop("look", {})
        super().__init__(label, longest=longest, look=look, **kwargs)


class Email(Words):
    """An email address, checked for its shape only."""

    widget: Any = widgets.EmailBox()

    def __init__(self, label: str = "Email address", **kwargs: Any) -> None:
        look = {"autocomplete": "email", "spellcheck": False} | kwargs.pop("look", {})
        super().__init__(label, longest=254, look=look, **{"thing": "an email address", **kwargs})

    def check(self, text: str) -> None:
        """Refuse what no mail server would take."""
        if not EMAIL.fullmatch(text):
            raise StopValidation("Enter an email address in the correct format, like name@example.com")


class Telephone(Words):
    """A telephone number as people write it: spaces, brackets, +44 and an extension are fine."""

    widget: Any = widgets.TelephoneBox()

    def __init__(self, label: str = "Telephone number", **kwargs: Any) -> None:
        look = {"autocomplete": "tel", "classes": "govuk-input--width-20"} | kwargs.pop("look", {})
        super().__init__(label, longest=40, look=look, **{"thing": "a telephone number", **kwargs})

    def check(self, text: str) -> None:
        """Refuse a number with letters in it or with too few or too many digits."""
        number = re.split(r"\s*(?:ext\.?|extension|x)\s*", text, maxsplit=1, flags=re.IGNORECASE)[0]
        digits = re.sub(r"[\s().-]", "", number).removeprefix("+")
        if not re.fullmatch(r"[0-9]{10,15}", digits):
            raise StopValidation("Enter a telephone number, like 01632 960 001, 07700 900 982 or +44 808 157 0192")


class Postcode(Words):
    """A UK postcode; `data` is upper case with its space, like 'OX49 5NU'."""

    widget: Any = widgets.TextBox()

    def __init__(self, label: str = "Postcode", **kwargs: Any) -> None:
        look = {"autocomplete": "postal-code", "classes": "govuk-input--width-10"} | kwargs.pop("look", {})
        super().__init__(label, longest=12, look=look, **{"thing": "a postcode", **kwargs})

    def check(self, text: str) -> None:
        """Refuse what does not have the shape of a postcode; whether it exists is for the directory to say."""
        compact = re.sub(r"[\s.-]", "", text).upper()
        if not POSTCODE.fullmatch(compact):
            raise StopValidation("Enter a full UK postcode, like OX49 5NU")
        self.data = f"{compact[:-3]} {compact[-3:]}"


class Password(Words):
    """A password, kept exactly as typed but for its Unicode form, and never sent back to the page."""

    widget: Any = widgets.PasswordBox()

    def __init__(self, label: str = "Password", *, new: bool = False, **kwargs: Any) -> None:
        """`new` tells password managers to offer a fresh one."""
        look = {"autocomplete": "new-password" if new else "current-password"}
        super().__init__(label, longest=1024, look=look, **{"thing": "your password", **kwargs})

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Take what was typed, spaces and all."""
        typed = valuelist[0] if valuelist and isinstance(valuelist[0], str) else ""
        self.data = unicodedata.normalize("NFC", typed)
        if "\0" in self.data:
            raise ValueError(f"{capital(self.thing)} must not include characters that cannot be seen. Type it again")


def typed_text(field: Field) -> str:
    """What a person typed into a field that reads it as something else, safe to show again."""
    values = [value for value in field.raw_data or [] if isinstance(value, str)]
    return "".join(character for character in (values or [""])[0][:200] if not is_refused(character))
