"""Making facts general: lengths of time instead of dates, a kind of body instead of its name, sums rounded.

What is made here is where a writer begins, so it says less than is known: never an age, a name, a street or a branch.
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from referrals.directory import lists

MONTH: Final = Decimal("30.44")
_NUMBERS: Final = (
    *("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
)
_YEARS_FROM: Final = 24
_WEEKS_TO: Final = 60
# The kinds of body of the list agency_kinds, as one speaks of one of them.
_BODIES: Final = {
    "government_department": "a government department",
    "council": "the council",
    "nhs_body": "the health service",
    "housing_association": "a housing association",
    "private_landlord": "a private landlord",
    "ombudsman": "an ombudsman",
    "court_or_tribunal": "a court or tribunal",
    "police": "the police",
    "school": "a school or college",
    "utility": "a supplier",
    "charity": "a charity",
}
_PROBLEMS: Final = {
    "welfare": "a benefit",
    "housing": "a safe home",
    "health": "care",
}
_KINDS_OF_MONEY: Final = {
    "recurring": "{sum} a year in regular payments",
    "one_off": "{sum} in a single payment",
    "debt_written_off": "{sum} of debt written off",
    "debt_rescheduled": "{sum} of debt put on a plan that can be paid",
    "compensation": "{sum} in compensation",
}


@dataclass(frozen=True, kw_only=True)
class Sum:
    """One sum of an outcome: a code of money_kinds, pounds (of a year, where it is regular), and how sure it is."""

    kind: str
    pounds: Decimal
    confirmed: bool


@dataclass(frozen=True, kw_only=True)
class Known:
    """What is known of a referral in codes, days and sums: nothing of it is anybody's words."""

    area: str
    category: str
    body_kind: str | None
    # Days from the beginning of the wait to the referral, and from there to the result.
    waited_before: int | None
    worked_on: int | None
    enquiries: int
    # Codes of the lists milestones and outcomes, in their order.
    milestones: tuple[str, ...]
    outcomes: tuple[str, ...]
    sums: tuple[Sum, ...]


def length_of(days: int) -> str:
    """'over nine months' for 282; weeks below two months, years from two years on."""
    months = int(days / MONTH)
    if days < _WEEKS_TO:
        return "a few days" if days < 14 else "a few weeks"
    if months >= _YEARS_FROM:
        return f"over {_number(months // 12)} years"
    return f"over {_number(months)} months"


def sum_of(pounds: Decimal) -> str:
    """'about £9,700' for 9,747.40: two figures are kept; below £100 only that it was less."""
    if pounds < 100:
        return "less than £100"
    step = Decimal(10) ** (pounds.adjusted() - 1)
    rounded = (pounds / step).quantize(Decimal(1), ROUND_HALF_UP) * step
    return f"about £{int(rounded):,}"


def body_of(kind: str | None) -> str:
    """One body of that kind, named by its kind alone."""
    return _BODIES.get(kind or "", "a public body")


def problem_of(category: str) -> str:
    """What the person waited for, as general as its category."""
    return _PROBLEMS.get(category, "an answer")


def first_words(known: Known) -> dict[str, str]:
    """Where each section begins, by its code; nothing where only the writer can know."""
    waited, body, problem = known.waited_before, body_of(known.body_kind), problem_of(known.category)
    wait = length_of(waited) if waited else "some time"
    asked = f"{_number(known.enquiries)} times" if known.enquiries > 1 else "once"
    return {
        "title": f"{_capital(wait)} of waiting for {problem}",
        "situation": f"A resident in {known.area} had waited {wait} for {problem}.",
        "group": "A volunteer of the group sat down with the person, wrote down what had happened, and sent it to the "
        "MP’s office with their agreement.",
        "mp": f"The MP’s office took it on and wrote to {body} {asked}." if known.enquiries else "",
        "changed": _changed(known),
    }


def facts_of(known: Known) -> dict[str, tuple[str, str]]:
    """The facts that can stand beside the story, each a label and a text, by a code."""
    found: dict[str, tuple[str, str]] = {}
    if known.waited_before:
        found["before"] = ("Waited before the referral", _capital(length_of(known.waited_before)))
    if known.worked_on:
        found["worked_on"] = ("From the referral to the result", _capital(length_of(known.worked_on)))
    if known.milestones:
        found["steps"] = ("Steps on the way", _listed("milestones", known.milestones, " – "))
    if known.outcomes:
        found["outcomes"] = ("What came of it", _listed("outcomes", known.outcomes, "; "))
    if known.sums:
        found["money"] = ("Money", _capital("; ".join(_sum_in_words(one) for one in known.sums)))
    return found


def _changed(known: Known) -> str:
    steps = [_small(lists.label("milestones", code)) for code in known.milestones]
    told = f"Step by step: {', then '.join(steps)}." if steps else ""
    sums = [_sum_in_words(one) for one in known.sums]
    money = f"It came to {' and '.join(sums)}." if sums else ""
    return "\n\n".join(part for part in (told, money) if part)


def _sum_in_words(one: Sum) -> str:
    words = _KINDS_OF_MONEY[one.kind].format(sum=sum_of(one.pounds))
    return words if one.confirmed else f"{words} (expected)"


def _listed(list_code: str, codes: tuple[str, ...], between: str) -> str:
    words = [lists.label(list_code, code) for code in codes]
    return between.join([words[0], *map(_small, words[1:])])


def _number(number: int) -> str:
    return _NUMBERS[number] if number < len(_NUMBERS) else str(number)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _small(words: str) -> str:
    return words[:1].lower() + words[1:]
