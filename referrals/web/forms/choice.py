"""Fields for choosing: radios, checkboxes, one box to tick, a long list. Only what was offered is accepted."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from wtforms import BooleanField, RadioField, SelectChoice, SelectField, SelectMultipleField
from wtforms.validators import StopValidation

from referrals.web.forms import widgets
from referrals.web.forms.wording import Required, noun


@dataclass(frozen=True)
class Option:
    """One thing to choose: its value and words, a hint, and the field of the form it brings out when chosen.

    `divider` is a word put before it ("or"); `exclusive` unticks the other boxes ("None of these").
    """

    value: str
    text: str
    hint: str = ""
    reveals: str = ""
    divider: str = ""
    exclusive: bool = False


def as_options(choices: Iterable[Any]) -> list[Option]:
    """Options from options, (value, text) pairs, or list items with code, label and hint."""
    made = []
    for choice in choices:
        if isinstance(choice, Option):
            made.append(choice)
        elif isinstance(choice, tuple):
            made.append(Option(str(choice[0]), str(choice[1])))
        else:
            made.append(Option(choice.code, choice.label, getattr(choice, "hint", "") or ""))
    return made


class Chooses:
    """What all choosing fields share. `choices` may be a function, asked when the form is made."""

    options: list[Option]
    data: Any

    def _begin(
        self,
        label: str,
        choices: Sequence[Any] | Callable[[], Iterable[Any]],
        *,
        thing: str | None = None,
        required: bool | str = True,
        hint: str = "",
        look: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> dict[str, Any]:
        self.thing = thing or noun(label)
        self.look = look or {}
        self.options = as_options(choices() if callable(choices) else choices)
        self.form = kwargs.get("_form")
        if required:
            message = required if isinstance(required, str) else f"Select {self.thing}"
            kwargs["validators"] = [Required(message), *kwargs.get("validators", ())]
        offered = [SelectChoice(option.value, option.text) for option in self.options]
        return {"label": label, "description": hint, "choices": offered, "validate_choice": False, **kwargs}

    def offer(self, choices: Iterable[Any]) -> None:
        """Change what is offered, for a list known only to the view (people, for instance)."""
        self.options = as_options(choices)
        self.choices = [SelectChoice(option.value, option.text) for option in self.options]

    def revealed(self) -> dict[str, bool]:
        """The fields this one can bring out, each with whether it now does."""
        picked = self.data if isinstance(self.data, list) else [self.data]
        return {option.reveals: option.value in picked for option in self.options if option.reveals}

    def refuse_unoffered(self, values: Iterable[str]) -> None:
        """Raise StopValidation for a value that was never offered."""
        if set(values) - {option.value for option in self.options}:
            raise StopValidation(f"Select {self.thing} from the list")


class Radios(Chooses, RadioField):
    """One choice of several; `data` is its value, or None."""

    widget: Any = widgets.RadioGroup()

    def __init__(self, label: str, choices: Sequence[Any] | Callable[[], Iterable[Any]], **kwargs: Any) -> None:
        super().__init__(**self._begin(label, choices, **kwargs))

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Take the first value sent; none is no answer."""
        self.data = valuelist[0] if valuelist and isinstance(valuelist[0], str) and valuelist[0] else None

    def pre_validate(self, form: Any) -> None:
        """Only what was offered."""
        self.refuse_unoffered([] if self.data is None else [self.data])


class Select(Chooses, SelectField):
    """One choice of a long list, empty at first; `data` is its value, or None."""

    widget: Any = widgets.DropDown()

    def __init__(
        self,
        label: str,
        choices: Sequence[Any] | Callable[[], Iterable[Any]],
        *,
        nothing: str = "Choose one",
        **kwargs: Any,
    ) -> None:
        """`nothing` is the first line: what it means that nothing is chosen."""
        super().__init__(**self._begin(label, choices, **kwargs))
        self.nothing = nothing
        self.offer(self.options)

    def offer(self, choices: Iterable[Any]) -> None:
        """Change what is offered; the first line says that nothing is chosen."""
        super().offer(choices)
        self.choices = [SelectChoice("", self.nothing), *self.choices]

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Take the first value sent; none is no answer."""
        self.data = valuelist[0] if valuelist and isinstance(valuelist[0], str) and valuelist[0] else None

    def pre_validate(self, form: Any) -> None:
        """Only what was offered."""
        self.refuse_unoffered([] if self.data is None else [self.data])


class Checkboxes(Chooses, SelectMultipleField):
    """Any number of choices; `data` is a list of values, each once, in the order they were offered."""

    widget: Any = widgets.CheckboxGroup()

    def __init__(self, label: str, choices: Sequence[Any] | Callable[[], Iterable[Any]], **kwargs: Any) -> None:
        super().__init__(**self._begin(label, choices, **kwargs))

    def process_data(self, value: Iterable[str] | None) -> None:
        """Take what is stored; nothing becomes an empty list."""
        self.data = [str(one) for one in value or ()]

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Take every value sent, once."""
        sent = [value for value in valuelist if isinstance(value, str) and value]
        order = {option.value: place for place, option in enumerate(self.options)}
        self.data = sorted(set(sent), key=lambda value: (order.get(value, len(order)), value))

    def pre_validate(self, form: Any) -> None:
        """Only what was offered."""
        self.refuse_unoffered(self.data)


class Checkbox(BooleanField):
    """One box to tick; `data` is True or False. `required` is the message when it must be ticked."""

    widget: Any = widgets.SingleCheckbox()

    def __init__(self, label: str, *, required: str | None = None, hint: str = "", **kwargs: Any) -> None:
        self.look: dict[str, Any] = {}
        if required:
            kwargs["validators"] = [Required(required), *kwargs.get("validators", ())]
        super().__init__(label, description=hint, **kwargs)

    def _value(self) -> str:
        """What the ticked box sends, whatever was sent before."""
        return "y"
