"""How dates, ages, money and counts read on a page."""

from datetime import UTC, date, datetime
from decimal import Decimal

from markupsafe import Markup

from referrals.foundation.clock import LONDON


def local(moment: datetime) -> datetime:
    """The moment as London's clocks show it; a moment without a zone is taken as UTC."""
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return aware.astimezone(LONDON)


def day(value: date | datetime | None) -> str:
    """'3 March 2026'; nothing for nothing."""
    if value is None:
        return ""
    shown = local(value) if isinstance(value, datetime) else value
    return f"{shown.day} {shown:%B %Y}"


def short_day(value: date | datetime | None) -> str:
    """'3 Mar' for dense tables, with the whole date on hover and for machines."""
    if value is None:
        return ""
    shown = local(value).date() if isinstance(value, datetime) else value
    return Markup('<time datetime="{}" title="{}">{} {}</time>').format(
        shown.isoformat(), day(shown), shown.day, shown.strftime("%b")
    )


def clock(value: datetime) -> str:
    """'2:05pm', or 'midday' and 'midnight' as GOV.UK writes them."""
    shown = local(value)
    if shown.minute == 0 and shown.hour in {0, 12}:
        return "midday" if shown.hour else "midnight"
    minutes = f":{shown:%M}" if shown.minute else ""
    return f"{shown.hour % 12 or 12}{minutes}{'am' if shown.hour < 12 else 'pm'}"


def moment(value: datetime | None) -> str:
    """'3 March 2026 at 2:05pm'; nothing for nothing."""
    return "" if value is None else f"{day(value)} at {clock(value)}"


def age(days: int) -> str:
    """'today', '1 day', '12 days'."""
    return "today" if days == 0 else count(days, "day")


def count(number: int, one: str, many: str | None = None) -> str:
    """'1 referral', '1,204 referrals'; `many` is the plural when it is not `one` with an s."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def pounds(amount: Decimal | None) -> str:
    """'£1,234.50', or '£1,234' when there are no pence; amounts are pounds."""
    if amount is None:
        return ""
    exact = amount.quantize(Decimal("0.01"))
    shown = f"{abs(exact):,.2f}".removesuffix(".00")
    return f"{'−' if exact < 0 else ''}£{shown}"


def capitalise(words: str) -> str:
    """The same words to begin a sentence with; unlike Jinja's `capitalize` it leaves the other letters alone."""
    return words[:1].upper() + words[1:]


FILTERS = {
    "age": age,
    "capitalise": capitalise,
    "clock": clock,
    "count_of": count,
    "day": day,
    "moment": moment,
    "pounds": pounds,
    "short_day": short_day,
}
