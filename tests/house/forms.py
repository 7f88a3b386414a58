"""The fields of a form as its page shows them, and filling all of them in at once with something of one's own."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from werkzeug.test import TestResponse

from tests import markup

PARTS_OF_DAYS = ("-day", "-month", "-year")


@dataclass
class Shown:
    """The fields of one form by kind: carried along, to choose from, to type in."""

    hidden: dict[str, str] = field(default_factory=dict)
    choices: dict[str, list[str]] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    secrets: set[str] = field(default_factory=set)
    days: set[str] = field(default_factory=set)
    # Fields that only a choice brings up: its field and its value.
    revealed: dict[str, tuple[str, str]] = field(default_factory=dict)

    def is_up(self, name: str) -> bool:
        """Whether a field is there when the first of each choice is taken."""
        choice, value = self.revealed.get(name, ("", ""))
        return not choice or self.choices[choice][0] == value

    def names(self) -> list[str]:
        """Every field that a person fills in."""
        days = [day + part for day in sorted(self.days) for part in PARTS_OF_DAYS]
        return [*self.texts, *sorted(self.secrets), *self.choices, *days]

    def filled(self, text: str, day: date) -> dict[str, Any]:
        """The whole form: a text in each text, the first choice of each, and a day in each day."""
        return {
            **self.hidden,
            **dict.fromkeys([*self.texts, *self.secrets], text),
            **{name: values[0] for name, values in self.choices.items()},
            **{name + part: value for name in self.days for part, value in parts_of(day).items()},
        }


def parts_of(day: date) -> dict[str, str]:
    """A day as its three inputs send it."""
    return dict(zip(PARTS_OF_DAYS, (str(day.day), str(day.month), str(day.year)), strict=True))


def main_form(answer: TestResponse) -> Shown:
    """The last form in the middle of a page; empty when there is none."""
    forms = [
        one for one in markup.read(answer.text).one("main").iter("form") if one.get("method", "").lower() == "post"
    ]
    return shown_in(forms[-1:])


def shown_in(forms: Iterable[Any]) -> Shown:
    """The fields of these forms together."""
    shown = Shown()
    for form in forms:
        for element in inputs(form):
            take(shown, element)
        shown.revealed |= revealed_in(form)
    return shown


def revealed_in(form: Any) -> dict[str, tuple[str, str]]:
    """The fields that a choice brings up, each with the field and the value of that choice."""
    blocks = {element.get("id"): element for element in form.iter() if element.get("id")}
    choices = {one.get("data-aria-controls"): one for one in inputs(form) if one.get("data-aria-controls")}
    return {
        element.get("name"): (choice.get("name"), choice.get("value", ""))
        for place, choice in choices.items()
        for element in inputs(blocks[place])
    }


def inputs(form: Any) -> Iterator[Any]:
    """Everything in a form that has a name and is sent."""
    for element in form.iter():
        named = isinstance(element.tag, str) and element.get("name")
        if named and element.tag in {"input", "select", "textarea"} and element.get("type") not in {"submit", "file"}:
            yield element


def take(shown: Shown, element: Any) -> None:
    """Put one input where it belongs."""
    name, kind = element.get("name"), element.get("type", "text")
    if kind == "hidden":
        shown.hidden[name] = element.get("value", "")
    elif kind in {"radio", "checkbox"}:
        shown.choices.setdefault(name, []).append(element.get("value", ""))
    elif element.tag == "select":
        options = [option.get("value", "") for option in element.iter("option")]
        shown.choices[name] = [value for value in options if value] or [""]
    elif name.endswith(PARTS_OF_DAYS):
        shown.days.add(name.rpartition("-")[0])
    elif kind == "password":
        shown.secrets.add(name)
    else:
        shown.texts[name] = element.get("value") or "".join(element.itertext())
