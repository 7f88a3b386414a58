"""Sums of money of an outcome: read from a form, and what a recurring one comes to in a year."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from referrals.directory import lists
from referrals.foundation.clock import today
from referrals.foundation.errors import Invalid

# Payments in a year as reports count it: 52 weeks, or 12 months (DOMAIN section 5).
PAYMENTS_A_YEAR: Final[dict[str, int]] = {
    "weekly": 52,
    "fortnightly": 26,
    "four_weekly": 13,
    "monthly": 12,
    "yearly": 1,
}
RECURRING: Final = "recurring"
# Debt is never income: these kinds are never added to any other.
DEBT_KINDS: Final = ("debt_written_off", "debt_rescheduled")
LARGEST: Final = Decimal(10_000_000)
MOST_ROWS: Final = 20
# The fields of one row of a form: `money-0-kind`, `money-0-amount` and so on.
FIELDS: Final = ("kind", "amount", "frequency", "basis", "evidence", "happened_on")
_LISTS: Final = {"kind": "money_kinds", "basis": "money_bases", "evidence": "evidence_kinds"}
_MISSING: Final = {
    "kind": "Choose the kind of money",
    "basis": "Say how sure the amount is",
    "evidence": "Choose the evidence, or none",
}


@dataclass(frozen=True, slots=True)
class Sum:
    """One checked row. `amount` in pounds; `frequency` only for recurring sums."""

    kind: str
    amount: Decimal
    frequency: str | None
    basis: str
    evidence: str
    happened_on: date

    @property
    def annual_amount(self) -> Decimal | None:
        """Pounds in a year for a recurring sum, None for any other."""
        return annualised(self.amount, self.frequency) if self.frequency else None


def annualised(amount: Decimal, frequency: str) -> Decimal:
    """What a recurring amount comes to in a year of 52 weeks or 12 months. Raises KeyError for no frequency of ours."""
    return amount * PAYMENTS_A_YEAR[frequency]


def checked(rows: Any) -> list[Sum]:
    """The sums of a form's rows, without the empty ones. Raises Invalid with faults named `money-<row>-<field>`."""
    if not isinstance(rows, list | tuple) or not all(isinstance(row, Mapping) for row in rows):
        raise Invalid({"money": "Enter each sum in a row of its own"})
    filled = [(index, row) for index, row in enumerate(rows) if any(row.get(name) for name in FIELDS)]
    if len(filled) > MOST_ROWS:
        raise Invalid({"money": f"Enter at most {MOST_ROWS} sums"})
    errors: dict[str, str] = {}
    sums = [_sum(index, row, errors) for index, row in filled]
    if errors:
        raise Invalid(errors)
    return [found for found in sums if found is not None]


def _sum(index: int, row: Mapping[str, Any], errors: dict[str, str]) -> Sum | None:
    faults: dict[str, str] = {}
    for name, list_code in _LISTS.items():
        if row.get(name) not in lists.codes(list_code):
            faults[name] = _MISSING[name]
    recurring = row.get("kind") == RECURRING
    frequency = row.get("frequency") if recurring else None
    if recurring and frequency not in PAYMENTS_A_YEAR:
        faults["frequency"] = "Say how often it is paid"
    amount = _amount(row.get("amount"), faults)
    day = _day(row.get("happened_on"), faults)
    errors.update({f"money-{index}-{name}": message for name, message in faults.items()})
    if faults or amount is None or day is None:
        return None
    return Sum(row["kind"], amount, frequency, row["basis"], row["evidence"], day)


def _amount(given: Any, faults: dict[str, str]) -> Decimal | None:
    try:
        amount = Decimal(str(given).replace("£", "").replace(",", "").strip())
    except InvalidOperation:
        faults["amount"] = "Enter an amount in pounds, like 87.30"
        return None
    if not amount.is_finite() or not 0 < amount <= LARGEST:
        faults["amount"] = "Enter an amount between £0.01 and £10,000,000"
    elif amount != amount.quantize(Decimal("0.01")):
        faults["amount"] = "Enter an amount with at most two decimal places"
    return amount


def _day(given: Any, faults: dict[str, str]) -> date | None:
    try:
        # A moment is no day, though Python takes it for one.
        day = given if type(given) is date else date.fromisoformat(str(given))
    except ValueError:
        faults["happened_on"] = "Enter the date of the payment or decision, like 27 3 2026"
        return None
    if not date(2000, 1, 1) <= day <= today():
        faults["happened_on"] = "Enter today’s date or one in the past"
    return day
