"""Forms for the workflow: one built from what a transition asks, so that a new row needs no form of its own."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, Protocol
from uuid import UUID

from wtforms import Field

from referrals.accounts.roles import Side
from referrals.casework.intake import ADVICE
from referrals.casework.workflow import Ask, AskKind, When
from referrals.directory import lists
from referrals.web.forms.base import GovForm
from referrals.web.forms.choice import Checkboxes, Option, Radios, Select
from referrals.web.forms.dates import Day
from referrals.web.forms.outcome import CODES_PREFIX, Amounts, chosen_codes, code_fields
from referrals.web.forms.text import LongText, Text

# More choices than these are easier to find in a list that opens.
MOST_RADIOS: Final = 14
# So few short answers fit beside each other.
MOST_INLINE: Final = 4
YES, NO = "yes", "no"
# The question whether there is evidence, and the field beside it that says which documents are.
EVIDENCED, DOCUMENTS = "evidenced", "documents"
People = Iterable[tuple[str, str]]


class Asking(Protocol):
    """What asks something of a side: a transition, or a step of a transfer."""

    def asked_of(self, side: Side, /) -> tuple[Ask, ...]:
        """The asks that a person of this side answers."""


class MoveForm(GovForm):
    """What the form of every transition shares."""

    def drawn(self, transition: Asking, side: Side) -> list[tuple[Ask, list[Field]]]:
        """The fields in the order of the page, each with the kind of its ask; codes are several fields of one ask."""
        found = []
        for ask in transition.asked_of(side):
            if ask.kind is AskKind.CODES:
                found.append((ask, [field for field in self if field.name.startswith(CODES_PREFIX)]))
            else:
                found.append((ask, [self[ask.name]]))
        return found

    def take_errors(self, errors: Mapping[str, str]) -> None:
        """Show what the domain refused beside its field, also where an answer is several fields of the page."""
        super().take_errors({name: words for name, words in errors.items() if not self._take_part(name, words)})

    def chosen_documents(self) -> list[UUID]:
        """The documents that were chosen as evidence."""
        return [UUID(one) for one in self[DOCUMENTS].data] if DOCUMENTS in self else []

    def settle_evidence(self) -> None:
        """Who chooses a document has said that there is evidence."""
        if DOCUMENTS in self and self[DOCUMENTS].data:
            self[EVIDENCED].data = YES

    def _take_part(self, name: str, message: str) -> bool:
        if name == "codes":
            first = next((field for field in self if field.name.startswith(CODES_PREFIX)), None)
            if first is not None:
                first.errors = [*first.errors, message]
                return True
        whole, _, place = name.replace(".", "-").partition("-")
        return whole == "money" and "money" in self and bool(place) and self["money"].take_error(place, message)


def move_form(
    transition: Asking, side: Side, *, category: str | None, people: People, documents: People = ()
) -> type[MoveForm]:
    """The form class for one side's part of a transition.

    `category` is the referral's own, `people` are (id, name) of those who may be chosen,
    `documents` those of the documents that can be evidence where the form asks for it.
    """
    fields: dict[str, Any] = {}
    for ask in transition.asked_of(side):
        if ask.kind is AskKind.CODES:
            fields |= code_fields(category)
        else:
            fields[ask.name] = FIELDS[ask.kind](ask, people)
        if ask.name == EVIDENCED and documents:
            fields[DOCUMENTS] = _documents(documents)
    return type("TransitionForm", (MoveForm,), fields)


def answers_of(form: GovForm, transition: Asking, side: Side) -> dict[str, Any]:
    """What was answered, by the name of each ask and in the shape that `move()` takes; nothing for an empty answer."""
    found: dict[str, Any] = {}
    for ask in transition.asked_of(side):
        if ask.kind is AskKind.CODES:
            found[ask.name] = chosen_codes(form.data)
        elif ask.kind is AskKind.MONEY:
            found[ask.name] = form[ask.name].rows()
        elif ask.kind is AskKind.YESNO:
            found[ask.name] = None if form[ask.name].data is None else form[ask.name].data == YES
        else:
            found[ask.name] = form[ask.name].data or None
    return found


def _documents(documents: People) -> Any:
    look = {"classes": "govuk-checkboxes--small"}
    return Checkboxes(
        "Which documents here show it?",
        list(documents),
        thing="a document",
        required=False,
        look=look,
        hint="Leave this empty when none does.",
    )


def _required(ask: Ask) -> str | bool:
    return ask.missing if ask.required else False


def _text(ask: Ask, _: People) -> Any:
    return Text(ask.label, required=_required(ask), longest=ask.max_length or 200, hint=ask.hint)


def _long_text(ask: Ask, _: People) -> Any:
    return LongText(ask.label, required=_required(ask), longest=ask.max_length or 5000, hint=ask.hint)


def _day(ask: Ask, _: People) -> Any:
    past, future = ask.when is When.PAST, ask.when in {When.FUTURE, When.FROM_TODAY}
    return Day(ask.label, thing="the date", required=_required(ask), hint=ask.hint, past=past, future=future)


def _choice(ask: Ask, _: People) -> Any:
    options = _options(ask)
    kind = Radios if len(options) <= MOST_RADIOS else Select
    hint = ask.hint or ("" if ask.required else "You can leave this out.")
    return kind(
        ask.label,
        options,
        thing="an answer",
        required=_required(ask),
        hint=hint,
        look=_small(options) if kind is Radios else {},
    )


def _small(options: list[Option]) -> dict[str, str]:
    """How a few short answers lie side by side, and many lie close together."""
    if len(options) <= MOST_INLINE and not any(option.hint for option in options):
        return {"classes": "govuk-radios--inline govuk-radios--small"}
    return {"classes": "govuk-radios--small"}


def _options(ask: Ask) -> list[Option]:
    """What can be chosen from the ask's list; where it hangs on another answer each is named with its parent."""
    listed = lists.current(ask.list_code or "")
    if ask.parent is None:
        return [Option(entry.code, entry.label, entry.hint or "") for entry in listed]
    return named_with_parents(listed)


def named_with_parents(types: Iterable[lists.Item]) -> list[Option]:
    """Types of issue under their categories; without the one that has no resident, which nothing else turns into."""
    titles = dict(lists.choices("categories"))
    return [
        Option(entry.code, f"{titles.get(entry.parent or '', 'Any')}: {entry.label}")
        for entry in types
        if entry.code != ADVICE
    ]


def _person(ask: Ask, people: People) -> Any:
    offered = [Option(value, name) for value, name in people]
    kind = Radios if len(offered) <= MOST_RADIOS else Select
    look = {"classes": "govuk-radios--small"} if kind is Radios else {}
    return kind(ask.label, offered, thing="a person", required=_required(ask), hint=ask.hint, look=look)


def _yes_or_no(ask: Ask, _: People) -> Any:
    look = {"classes": "govuk-radios--inline govuk-radios--small"}
    options = [(YES, "Yes"), (NO, "No")]
    return Radios(ask.label, options, thing="yes or no", required=_required(ask), hint=ask.hint, look=look)


def _money(ask: Ask, _: People) -> Any:
    return Amounts(ask.label, description=ask.hint)


FIELDS: Final[dict[AskKind, Callable[[Ask, People], Any]]] = {
    AskKind.TEXT: _text,
    AskKind.LONGTEXT: _long_text,
    AskKind.DATE: _day,
    AskKind.CHOICE: _choice,
    AskKind.PERSON: _person,
    AskKind.YESNO: _yes_or_no,
    AskKind.MONEY: _money,
}
