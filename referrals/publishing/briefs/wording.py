"""The first text of a brief, in plain sentences made from its figures; people then make it their own."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from referrals.directory import lists
from referrals.directory.lists import Target
from referrals.publishing.briefs.figures import LONG, MONTH, WEEK, Figures
from referrals.reporting.money import name_of

LONGEST: Final = 450
_NUMBERS: Final = {5: "five", 10: "ten", 20: "twenty"}


@dataclass(frozen=True, slots=True)
class Subject:
    """What a brief is about, in words."""

    issue: str
    body: str
    # Whose residents: "Thurcroft Big Local", or the seat.
    place: str
    first: date
    last: date
    target: Target | None


def draft(subject: Subject, figures: Figures) -> dict[str, str]:
    """A text for each part."""
    return {
        "happening": _happening(subject, figures),
        "answers": _answers(subject, figures),
        "costs": _costs(figures),
        "worked": _worked(figures),
        "asking": "",
    }


def residents(figures: Figures) -> str:
    """How many, as one may say it: "five or more", "about 15"."""
    return about(figures.residents, figures.threshold)


def about(count: int, threshold: int) -> str:
    """A count as it is shown, in words that say how exact it is."""
    return f"{_NUMBERS.get(count, count)} or more" if count <= threshold else f"about {count:,}"


def month(code: str) -> str:
    """ "March 2026" for "2026-03"."""
    year, number = code.split("-")
    return f"{date(int(year), int(number), 1):%B %Y}"


def wait(days: int) -> str:
    """A wait as it is shown: weeks, or months where it is long."""
    unit, name = (MONTH, "month") if days >= LONG else (Decimal(WEEK), "week")
    number = round(Decimal(days) / unit)
    return f"{number} {name}{'' if number == 1 else 's'}" if number else "less than a week"


def day(value: date) -> str:
    """ "3 March 2026"."""
    return f"{value.day} {value:%B %Y}"


def _happening(subject: Subject, figures: Figures) -> str:
    many = residents(figures)
    first = (
        f"In the 90 days to {day(subject.last)}, {many} residents of {subject.place} came for help with the same issue "
        f"and the same body: {_lower(subject.issue)}, {subject.body}."
    )
    least = about(figures.threshold, figures.threshold).capitalize()
    more = f" {least} had come by the end of {month(figures.reached)}."
    if figures.areas:
        more += f" It is not one place: in {figures.areas} areas there are that many each."
    return first + more


def _answers(subject: Subject, figures: Figures) -> str:
    found = []
    if figures.reply_days is not None:
        found.append(f"Half of the enquiries that were answered had their answer within {figures.reply_days} days.")
    if subject.target is None:
        found.append("We know of no published target for its answers to an MP.")
    else:
        kept = figures.kept_percent
        kept_to = "" if kept is None else f" It kept to that {kept}% of the time."
        found.append(f"Its published target is {subject.target.days} working days.{kept_to}")
    if figures.reply_days is None and figures.kept_percent is None:
        found.append("Too few enquiries have been answered to say how fast it is.")
    return " ".join(found)


def _costs(figures: Figures) -> str:
    if figures.waited_days is None:
        first = "Too few residents could say since when they had been waiting."
    else:
        first = f"Half of these residents had waited {wait(figures.waited_days)} or longer before they came for help."
    sums = [f"{name_of(kind, basis)}, £{pounds:,}" for kind, basis, pounds in figures.money]
    return f"{first} Put right since, in money: {_joined(sums)}." if sums else first


def _worked(figures: Figures) -> str:
    if not figures.codes:
        return "Too few of these cases are finished to say what works."
    parts = [f"{_lower(lists.label('outcomes', code))} ({about(n, figures.threshold)})" for code, n in figures.codes]
    return f"Taken up one by one, these and earlier cases came to this for residents: {_joined(parts)}."


def _lower(label: str) -> str:
    """A label within a sentence; names such as PIP or Universal Credit keep their capitals."""
    first, _, rest = label.partition(" ")
    return label if first.isupper() or rest[:1].isupper() else label[:1].lower() + label[1:]


def _joined(parts: Iterable[str]) -> str:
    found = list(parts)
    return found[0] if len(found) == 1 else f"{'; '.join(found[:-1])}; and {found[-1]}"
