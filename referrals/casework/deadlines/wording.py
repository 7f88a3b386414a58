"""How a rule counts, in plain words."""

from referrals.casework.deadlines.catalogue import Counting, Rule, Unit

_UNITS = {
    Unit.HOURS: "hour",
    Unit.DAYS: "day",
    Unit.WORKING_DAYS: "working day",
    Unit.WEEKS: "week",
    Unit.MONTHS: "month",
}
_HOW = {
    Counting.BEGINS_WITH: "{period}. The day itself is day 1",
    Counting.EXCLUDES: "{period}. The day after is day 1",
    Counting.CORRESPONDING: "{period}, to the same day of the month, or the last day of a shorter month",
    Counting.WORKING: "{period}. The next working day is day 1. Weekends and bank holidays of England and Wales do not "
    "count",
    Counting.CLOCK: "{period} on the clock. Nights, weekends and holidays count",
    Counting.BEFORE: "the {period} before that day",
    Counting.ON_THE_DAY: "the day itself",
    Counting.BY_HAND: "nobody can count it from the date alone. Look it up and enter the day",
}


def how_counted(rule: Rule) -> str:
    """How the rule counts, as sentences: "21 days. The day itself is day 1."."""
    words = _HOW[rule.counting].format(period=_period(rule))
    sentences = [words[:1].upper() + words[1:]]
    if rule.next_working_day:
        sentences.append("If it ends on a weekend or bank holiday, the next working day counts")
    if rule.stops:
        sentences.append("The clock stands while the person is asked for more")
    return ". ".join(sentences) + "."


def _period(rule: Rule) -> str:
    if rule.unit is None:
        return ""
    return f"{rule.period} {_UNITS[rule.unit]}{'' if rule.period == 1 else 's'}"
