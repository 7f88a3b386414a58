"""The two answers of an outcome that are more than a field: its codes by category, and its rows of money."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, Final

from wtforms import FieldList, FormField

from referrals.casework.actions.money import PAYMENTS_A_YEAR, RECURRING, annualised
from referrals.directory import lists
from referrals.web.filters import pounds
from referrals.web.forms.base import Subform
from referrals.web.forms.choice import Checkboxes, Option, Select
from referrals.web.forms.dates import Day
from referrals.web.forms.money import Money

MOST_AMOUNTS: Final = 6
CODES_PREFIX: Final = "codes_"
# Every field of a row of money, in the order it is asked and under the names that the domain reads.
MONEY_FIELDS: Final = ("kind", "amount", "frequency", "basis", "evidence", "happened_on")


class Amount(Subform):
    """One row of money. It may be left empty as a whole; what a filled row needs is checked by its list."""

    kind = Select("Kind of money", lambda: lists.current("money_kinds"), thing="the kind of money", required=False)
    amount = Money("Amount", thing="the amount", required=False)
    frequency = Select(
        "How often",
        lambda: lists.current("frequencies"),
        thing="how often it is paid",
        required=False,
        hint="Only for a regular payment",
    )
    basis = Select("How sure is it?", lambda: lists.current("money_bases"), thing="how sure it is", required=False)
    evidence = Select("Evidence", lambda: lists.current("evidence_kinds"), thing="the evidence", required=False)
    happened_on = Day("Date paid or decided", thing="the date paid or decided", required=False)

    def year_words(self) -> str:
        """What a regular payment comes to in a year, in a sentence; empty while that cannot be said."""
        amount, frequency = self.amount.data, self.frequency.data
        if amount is None or frequency not in PAYMENTS_A_YEAR or self.kind.data not in (None, RECURRING):
            return ""
        often = lists.label("frequencies", frequency)
        yearly = pounds(annualised(amount, frequency))
        return f"{pounds(amount)} {often[:1].lower()}{often[1:]} is {yearly} a year"

    def is_empty(self) -> bool:
        """Whether nothing at all was answered in this row."""
        return not any(field.data or (field.raw_data and any(field.raw_data)) for field in self)


class Amounts(FieldList):
    """Up to six rows of money; `rows()` is what the domain takes. Names of rows that no page sent are passed over."""

    # What the page's script counts a year with: the domain's own figures.
    payments = PAYMENTS_A_YEAR
    recurring = RECURRING

    def __init__(self, label: str, **kwargs: Any) -> None:
        super().__init__(FormField(Amount), label, min_entries=1, max_entries=MOST_AMOUNTS, **kwargs)

    def _extract_indices(self, prefix: str, formdata: Iterable[str]) -> Iterator[int]:
        """The numbers of the rows sent: one digit each, whatever else a name may hold."""
        for name in formdata:
            number = name.removeprefix(f"{prefix}-").partition("-")[0]
            if name.startswith(f"{prefix}-") and len(number) == 1 and number in "0123456789":
                yield int(number)

    def _iter_descendants(self, field: Any) -> Iterator[Any]:
        """The inputs of one row, which have none below them; our choosing fields know their form, which misleads."""
        yield from field.form

    def filled(self) -> list[Any]:
        """The rows in which something was answered."""
        return [entry for entry in self.entries if not entry.form.is_empty()]

    def rows(self) -> list[dict[str, Any]]:
        """The filled rows, each a value for every name of MONEY_FIELDS."""
        return [{name: entry.form[name].data for name in MONEY_FIELDS} for entry in self.filled()]

    def add(self) -> None:
        """Show one empty row more, unless there are already as many as there may be."""
        if len(self.entries) < MOST_AMOUNTS:
            self.append_entry()

    def remove(self, number: int) -> None:
        """Leave out the row of this number; the last one left is emptied."""
        if 0 <= number < len(self.entries):
            del self.entries[number]
            self._compact_indices()
        if not self.entries:
            self.append_entry()

    def take_error(self, place: str, message: str) -> bool:
        """Show what the domain refused in one row (`place` is "0.amount" or "0-amount"); False when there is none."""
        number, _, name = place.replace(".", "-").partition("-")
        rows = self.filled()
        if not (number.isascii() and number.isdigit()) or int(number) >= len(rows) or name not in MONEY_FIELDS:
            return False
        field = rows[int(number)].form[name]
        field.errors = [*field.errors, message]
        return True


class Codes(Checkboxes):
    """Outcome codes of one category, of which a part can be drawn in one place of the page and the rest in another."""

    def has_any(self, codes: Collection[str]) -> bool:
        """Whether any of these is one of them."""
        return any(option.value in codes for option in self.options)

    def without(self, codes: Collection[str]) -> list[str]:
        """All but these."""
        return [option.value for option in self.options if option.value not in codes]


def code_fields(category: str | None) -> dict[str, Any]:
    """A field of checkboxes for each category's outcome codes: the referral's own, what fits any, and the rest.

    An issue about benefits may well end in a medical assessment, so none is left out.
    """
    own = [entry.code for entry in lists.current("categories") if entry.code == category]
    rest = [entry.code for entry in lists.current("categories") if entry.code != category]
    fields = {}
    for group in (*own, lists.ANY_PARENT, *rest):
        offered = [entry for entry in lists.current("outcomes") if entry.parent == group]
        if offered:
            title = "For any kind of issue" if group == lists.ANY_PARENT else lists.label("categories", group)
            options = [Option(entry.code, entry.label, entry.hint or "") for entry in offered]
            fields[f"{CODES_PREFIX}{group}"] = Codes(title, options, thing="a result", required=False)
    return fields


def chosen_codes(fields: Mapping[str, Any]) -> list[str]:
    """The outcome codes ticked in all the fields together, in the order of the page."""
    return [code for name, value in fields.items() if name.startswith(CODES_PREFIX) for code in value or ()]
