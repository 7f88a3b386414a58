"""The first text of each section, in sentences made from what was counted, with questions that only people can answer.

A question stands between double brackets until somebody has written something in its place.
"""

from typing import Final

from referrals.accounts.roles import Side
from referrals.publishing.drafting import sections
from referrals.publishing.drafting.aims import aims_of
from referrals.publishing.drafting.counting import Counted
from referrals.publishing.drafting.numbers import Numbers, written
from referrals.reporting.periods import Period, quarters_of
from referrals.reporting.report import Unit, Value

_PROMPTS: Final = {
    sections.RECEIVED: "((Say what was behind these numbers: what changed, and what keeps coming back.))",
    sections.RESIDENTS: "((Say what residents told you, with nothing that shows who said it.))",
    sections.LEARNED: "((What worked?))\n\n((What did not, and why?))\n\n((What will you do next?))",
}
_AIM: Final = "((What did you learn about this? Name something that happened, or leave this empty.))"
NO_MEDIANS: Final = "How long people waited is said in reports of single quarters, where enough of them are behind it."
TOO_FEW: Final = "Too few referrals had a result to say how they ended without pointing at somebody."


def first_words(counted: Counted, period: Period) -> dict[str, str]:
    """The text of each section by its key."""
    numbers, side = counted.numbers, Side(counted.plain["side"])
    found = {
        sections.SUMMARY: _summary(counted, side, period),
        sections.RECEIVED: _received(numbers),
        sections.RESULTS: _results(numbers, side),
        sections.MONEY: _money(numbers),
        sections.WAITING: NO_MEDIANS if quarters_of(period) else _waiting(numbers),
        sections.RESIDENTS: "",
        sections.LEARNED: "",
    }
    prompted = {key: _joined(text, _PROMPTS.get(key, "")) for key, text in found.items()}
    return prompted | {sections.aim_key(aim.code): _AIM for aim in aims_of(counted.plain["aims_of"])}


def _joined(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part)


def _summary(counted: Counted, side: Side, period: Period) -> str:
    numbers, about = counted.numbers, counted.plain["about"]
    total = numbers.total("referrals", "Received")
    first = {
        Side.GROUP: f"{about} took {_about(total, 'issue')} that residents were stuck with to their MP’s office.",
        Side.OFFICE: f"{_capital(_about(total, 'issue'))} that residents were stuck with reached the {about}.",
        Side.PROGRAMME: f"The areas of {about} took {_about(total, 'issue')} of residents to MPs’ offices.",
    }[side]
    if total is None:
        first = "Fewer issues came in than can be counted here without pointing at somebody."
    return f"{period.label}. {first} {numbers.report.headline[0]}{_confirmed(numbers, side)}"


def _received(numbers: Numbers) -> str:
    found = [f"{_small(label)} (about {value:,})" for label, value in numbers.lines("referrals", "Received")]
    parts = [f"Most of what came in was about {_listed(found)}." if len(found) > 1 else ""]
    if numbers.has("signposts") and (people := numbers.total("signposts", "People")):
        parts.append(f"Besides, {_about(people, 'person', 'people')} were told where to go, without a referral.")
    return " ".join(part for part in parts if part)


def _results(numbers: Numbers, side: Side) -> str:
    total = numbers.total("standing", "Claimed")
    if not total:
        return TOO_FEW
    first = f"MPs’ offices recorded {_about(total, 'result')}.{_confirmed(numbers, side)}"
    most = [f"{_small(label)} (about {value:,})" for label, value in numbers.lines("outcomes", "Claimed")[:3]]
    return f"{first} What came of it most often: {_listed(most)}." if most else first


def _confirmed(numbers: Numbers, side: Side) -> str:
    confirmed = numbers.total("standing", "Confirmed")
    if not confirmed:
        return ""
    who = "the group that had sent the referral" if side is Side.GROUP else "the groups that had sent the referrals"
    return f" {_capital(_about(confirmed, 'of the results', 'of the results'))} were confirmed by {who}."


def _money(numbers: Numbers) -> str:
    rows = [(row.label, row.values[0]) for row in numbers.table("money").rows if row.values[0]]
    if not rows:
        return "No sum of money has enough referrals behind it to be shown."
    sums = [f"{written(value, Unit.POUNDS)} ({_small(label.replace(': ', ', '))})" for label, value in rows]
    apart = " These are different things, so they are not added up." if len(sums) > 1 else ""
    return f"What people were paid or no longer owe, as MPs’ offices recorded it: {_listed(sums)}.{apart}"


def _waiting(numbers: Numbers) -> str:
    before, after = numbers.total("waiting", "Median days before"), numbers.total("waiting", "Median days after")
    parts = [
        f"Half of the people had waited {_days(before)} or longer before they were referred." if before else "",
        f"Half of the results came within {_days(after)} of the referral." if after else "",
    ]
    return " ".join(part for part in parts if part) or "Too few referrals to say how long people waited."


def _about(value: Value, one: str, many: str | None = None) -> str:
    number = written(value, Unit.REFERRALS)
    return f"about {number} {one if value == 1 else many or one + 's'}"


def _days(value: Value) -> str:
    return written(value, Unit.DAYS)


def _listed(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def _small(label: str) -> str:
    return label[:1].lower() + label[1:]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
